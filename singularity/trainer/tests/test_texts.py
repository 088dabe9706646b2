"""The text files of a training: parameters, labels, lists of files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from slipway_trainer.errors import TrainerError
from slipway_trainer.labels import Labels
from slipway_trainer.parameters import Parameters
from slipway_trainer.sources.paths import locate, read_names, shown

EXAMPLE = {
    "nevts": 50000,
    "shuffle": True,
    "chunk_size": 10000,
    "epochs": 5,
    "batch_size": 100,
    "identifier": "",
    "branch": "Events",
    "selected_branches": "",
    "exclude_branches": ["run", "event", "luminosityBlock"],
    "hist": "pdfs",
    "redirector": "",
    "verbose": 1,
}


def test_the_users_example_of_parameters_is_read(tmp_path: Path) -> None:
    (tmp_path / "params.json").write_text(json.dumps(EXAMPLE))
    parameters = Parameters.read(tmp_path / "params.json")
    assert parameters == Parameters(
        nevts=50000, hist="pdfs", exclude_branches=("run", "event", "luminosityBlock"), branch="Events"
    )


@pytest.mark.parametrize(
    ("document", "name", "value"),
    [
        ({"identifier": "run, event,,"}, "identifier", ("run", "event")),
        ({"selected_branches": ["a", "a", " b "]}, "selected_branches", ("a", "b")),
        ({"batch_size": 64.0}, "batch_size", 64),
        ({"shuffle": "False"}, "shuffle", False),
        ({"nan": None}, "nan", 0.0),
        ({"nan": -1}, "nan", -1.0),
        ({"split": 0.3}, "split", 0.3),
        ({"keras": 3}, "keras", 3),
        ({"verbose": True}, "verbose", 1),
        ({"colour": "red"}, "extras", {"colour": "red"}),
        ({"redirector": "root://host:1094"}, "redirector", "root://host:1094"),
    ],
)
def test_parameters_have_their_types(document: dict[str, object], name: str, value: object) -> None:
    assert getattr(Parameters.of(document), name) == value


@pytest.mark.parametrize(
    "document",
    [
        {"nevts": 0},
        {"nevts": "all"},
        {"nevts": True},
        {"chunk_size": 0},
        {"chunk_size": 2.5},
        {"epochs": -1},
        {"batch_size": 2**40},
        {"shuffle": "perhaps"},
        {"identifier": {"run": 1}},
        {"selected_branches": [1]},
        {"redirector": "http://host"},
        {"split": 1.0},
        {"nan": float("nan")},
        {"nan": "0"},
        {"keras": 4},
        {"branch": 5},
        {"branch": "a\nb"},
    ],
)
def test_wrong_parameters_are_named(document: dict[str, object]) -> None:
    with pytest.raises(TrainerError, match=f"params: {next(iter(document))} is .*, but must be "):
        Parameters.of(document)


@pytest.mark.parametrize("text", ["[1, 2]", "{", "not json"])
def test_a_file_of_parameters_must_be_an_object(tmp_path: Path, text: str) -> None:
    (tmp_path / "params.json").write_text(text)
    with pytest.raises(TrainerError, match=r"params\.json"):
        Parameters.read(tmp_path / "params.json")
    with pytest.raises(TrainerError, match="missing"):
        Parameters.read(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1\n0\n", Labels((1, 0))),
        (" 1.0 \n\n2\n", Labels((1, 2))),
        ("isSignal\n", Labels(branch="isSignal")),
        ("3", Labels((3,))),
    ],
)
def test_a_file_of_labels_has_a_label_a_line_or_a_branch(tmp_path: Path, text: str, labels: Labels) -> None:
    (tmp_path / "labels.txt").write_text(text)
    assert Labels.read("labels.txt", tmp_path) == labels


def test_a_label_branch_needs_no_file(tmp_path: Path) -> None:
    assert Labels.read("isSignal", tmp_path) == Labels(branch="isSignal")


@pytest.mark.parametrize("text", ["", "\n", "1\nx\n", "-1\n0\n", "0.5\n1\n", "nan\n1\n", "9999999999\n"])
def test_wrong_labels_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "labels.txt").write_text(text)
    with pytest.raises(TrainerError, match=r"labels\.txt"):
        Labels.read("labels.txt", tmp_path)


@pytest.mark.parametrize("name", ["none.txt", "../labels.txt", "sub/none", ""])
def test_a_missing_file_of_labels_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "labels.txt").write_text("1\n")
    with pytest.raises(TrainerError, match="missing"):
        Labels.read(name, tmp_path / "folder")


def test_a_list_of_files_has_a_name_a_line(tmp_path: Path) -> None:
    (tmp_path / "files.txt").write_text("a.root\n\n# none\n  sub/b.root \n")
    assert read_names(tmp_path / "files.txt") == ["a.root", "sub/b.root"]
    (tmp_path / "files.txt").write_text("\n")
    with pytest.raises(TrainerError, match="empty"):
        read_names(tmp_path / "files.txt")
    with pytest.raises(TrainerError, match="missing"):
        read_names(tmp_path / "none.txt")


def test_files_are_found_in_the_folder_then_in_the_datasets(tmp_path: Path) -> None:
    folder, datasets = tmp_path / "folder", tmp_path / "datasets"
    for path in (folder / "a", datasets / "a", datasets / "sub" / "b"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert locate("a", folder, datasets, "") == folder / "a"
    assert locate("sub/b", folder, datasets, "") == datasets / "sub" / "b"
    assert locate(str(datasets / "sub" / "b"), folder, datasets, "") == datasets / "sub" / "b"


@pytest.mark.parametrize("name", ["../outside", "sub/../../outside", "link", "{out}", "links/outside", "a\0b"])
def test_no_name_leads_out_of_the_folders(tmp_path: Path, name: str) -> None:
    folder, datasets = tmp_path / "folder", tmp_path / "datasets"
    folder.mkdir()
    datasets.mkdir()
    (tmp_path / "outside").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "outside")
    (folder / "links").symlink_to(tmp_path)
    with pytest.raises(TrainerError):
        locate(name.format(out=tmp_path / "outside"), folder, datasets, "")


def test_remote_names_go_through_the_redirector(tmp_path: Path) -> None:
    assert locate("/store/x.root", tmp_path, None, "root://h/") == "root://h//store/x.root"
    assert locate("root://h//x.root", tmp_path, None, "") == "root://h//x.root"
    with pytest.raises(TrainerError, match="redirector"):
        locate("/store/x.root", tmp_path, None, "")
    with pytest.raises(TrainerError):
        locate("/store/../etc/passwd", tmp_path, None, "root://h")
    with pytest.raises(TrainerError, match="address"):
        locate("root:///x y", tmp_path, None, "")


def test_what_an_address_says_after_its_question_mark_is_not_shown() -> None:
    assert shown("root://h//x.root?authz=Bearer%20secret") == "root://h//x.root"
    assert shown("what?.root") == "what?.root"

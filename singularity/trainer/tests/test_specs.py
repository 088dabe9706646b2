"""Specs: what is in them, when they are used again, and what users read meanwhile."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from samples import all_chunks, dataset, jagged, write_tree
from slipway_trainer.errors import TrainerError
from slipway_trainer.specs import BranchSpecs, branch_document, branches_of
from slipway_trainer.specs_files import SpecsFolder


def write_pair(folder: Path) -> list[str]:
    """Write two files with flat and jagged branches."""
    write_tree(folder / "a.root", {"x": np.array([1.0, 5.0]), "j": jagged([2, 1], np.array([3.0, 4.0, 5.0]))})
    write_tree(
        folder / "b.root",
        {"x": np.array([-1.0, np.nan, np.inf]), "j": jagged([0, 3, 0], np.array([9.0, -np.inf, 8.0]))},
    )
    return ["a.root", "b.root"]


def read_lines(folder: Path, files: list[str], **parameters: Any) -> list[str]:  # noqa: ANN401
    """Make a first pass, and give what users read."""
    lines: list[str] = []
    dataset(folder, files, log=lines.append, **parameters).first_pass()
    return lines


def test_specs_have_ranges_of_finite_values_and_longest_lists(tmp_path: Path) -> None:
    data = dataset(tmp_path / "data", write_pair(tmp_path / "data"), exclude_branches=("nj",))
    specs = data.first_pass()
    assert specs.branches == {"x": BranchSpecs(False, -1, 5, 1, 2), "j": BranchSpecs(True, 3, 9, 3, 1)}
    assert specs.events == {"a.root": 2, "b.root": 3}
    written = json.loads((tmp_path / "specs" / "global-specs.json").read_text())
    assert written["fkeys"] == ["x"] and written["jkeys"] == ["j"] and written["jdim"] == {"j": 3}
    assert written["minv"] == {"x": -1, "j": 3} and written["maxv"] == {"x": 5, "j": 9}
    assert written["events"] == {"total": 5, "a.root": 2, "b.root": 3}
    assert written["nans"]["x"] == pytest.approx(1 / 6)
    assert sorted(os.listdir(tmp_path / "specs")) == ["global-specs.json", "specs-a.json", "specs-b.json"]


def test_users_read_the_lines_that_they_know(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    columns = {f"b{i:02d}": random.normal(size=10_000).astype("f4") for i in range(29)}
    write_tree(tmp_path / "data" / "ttH_signal.root", columns)
    lines = read_lines(tmp_path / "data", ["ttH_signal.root"])
    assert lines[0] == "Reading ttH_signal.root"
    known = r"# 10000 entries, 29 branches, 1\.10626220703125 MB, \d+\.\d{4} sec, \d+\.\d\d MB/sec, \d+\.\d kHz"
    assert re.fullmatch(known, lines[1])
    assert lines[2] == "--- first pass: 10000 events, (29-flat, 0-jagged) branches, 29 attrs"
    assert lines[3:] == ["write specs-ttH_signal.json", "write global-specs.json"]


def test_a_large_file_has_few_lines_that_add_up(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", {"b": np.arange(5000.0)})
    lines = read_lines(tmp_path / "data", ["a.root"], chunk_size=10)
    counts = [int(match[1]) for line in lines if (match := re.match(r"# (\d+) entries", line))]
    assert sum(counts) == 5000 and len(counts) < 30


def test_specs_are_used_again(tmp_path: Path) -> None:
    files = write_pair(tmp_path / "data")
    first = all_chunks(dataset(tmp_path / "data", files))
    lines: list[str] = []
    again = all_chunks(dataset(tmp_path / "data", files, log=lines.append))
    assert "load specs from specs-a.json for a.root" in lines
    assert not any(line.startswith("Reading") for line in lines)
    np.testing.assert_array_equal(first.x, again.x)


def grow(folder: Path, specs: Path) -> dict[str, Any]:
    """Write another data file of the same name."""
    write_tree(folder / "a.root", {"x": np.array([1.0, 50.0]), "j": jagged([2, 1], np.array([3.0, 4.0, 5.0]))})
    return {}


def damage(folder: Path, specs: Path) -> dict[str, Any]:
    """Cut the specs file off."""
    path = specs / "specs-a.json"
    path.write_bytes(path.read_bytes()[:100])
    return {}


def replace(key: str, value: object) -> Callable[[Path, Path], dict[str, Any]]:
    """Give a function that writes something else into the specs file."""

    def act(folder: Path, specs: Path) -> dict[str, Any]:
        path = specs / "specs-a.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
        return {}

    return act


CHANGES: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "another data file": grow,
    "a damaged file": damage,
    "another format": replace("format", 99),
    "a foreign file": replace("fkeys", "x"),
    "impossible ranges": replace("minv", {"x": 99, "j": 3}),
    "infinite ranges": replace("maxv", {"x": float("inf"), "j": 3}),
    "a negative number of events": replace("events", -1),
    "another selection": lambda folder, specs: {"selected_branches": ("x",)},
    "another exclusion": lambda folder, specs: {"exclude_branches": ("nj", "j")},
    "another identifier": lambda folder, specs: {"identifier": ("j",)},
}


@pytest.mark.parametrize("change", CHANGES)
def test_specs_that_do_not_match_are_made_anew_with_a_word(tmp_path: Path, change: str) -> None:
    files = write_pair(tmp_path / "data")
    read_lines(tmp_path / "data", files, exclude_branches=("nj",))
    parameters = {"exclude_branches": ("nj",), **CHANGES[change](tmp_path / "data", tmp_path / "specs")}
    lines = read_lines(tmp_path / "data", files, **parameters)
    assert any(line.startswith("specs-a.json is made anew: ") for line in lines)
    assert "Reading a.root" in lines
    assert "Reading a.root" not in read_lines(tmp_path / "data", files, **parameters)


def test_specs_of_other_kinds_of_files_notice_a_change(tmp_path: Path) -> None:
    path = tmp_path / "data" / "a.csv"
    path.parent.mkdir()
    path.write_text("x,y\n1,2\n3,4\n")
    assert "Reading a.csv" in read_lines(tmp_path / "data", ["a.csv"])
    assert "Reading a.csv" not in read_lines(tmp_path / "data", ["a.csv"])
    path.write_text("x,y\n1,2\n3,5\n")
    assert "Reading a.csv" in read_lines(tmp_path / "data", ["a.csv"])


def test_a_training_on_some_events_looks_at_these_alone_until_more_are_wanted(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", {"x": np.arange(1000.0)}, step=100)
    few = dataset(tmp_path / "data", ["a.root"], nevts=50)
    assert few.first_pass().branches["x"].maximum == 49 and few.events == 50
    assert any("more events are wanted" in line for line in read_lines(tmp_path / "data", ["a.root"], nevts=60))
    everything = dataset(tmp_path / "data", ["a.root"])
    assert everything.first_pass().branches["x"].maximum == 999
    assert not any(line.startswith("Reading") for line in read_lines(tmp_path / "data", ["a.root"], nevts=10))


def test_files_of_one_stem_have_specs_of_their_own() -> None:
    folder = SpecsFolder(Path("specs"), ["run1/x.root", "run2/x.root", "y.root", "root://h//z.root?authz=secret"])
    files = [folder.file(name) for name in ("run1/x.root", "run2/x.root", "y.root", "root://h//z.root?authz=secret")]
    assert len(set(files)) == 4 and files[2:] == ["specs-y.json", "specs-z.json"]
    assert len(SpecsFolder(Path("specs"), ["ä" * 120 + ".root"]).file("ä" * 120 + ".root").encode()) < 255


def test_a_folder_that_specs_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    files = write_pair(tmp_path / "data")
    (tmp_path / "specs").write_text("no folder")
    with pytest.raises(TrainerError, match=r"the specs specs-a\.json cannot be written: "):
        read_lines(tmp_path / "data", files)


def test_branches_that_not_all_files_have_are_left_out_or_refused_if_selected(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", {"x": np.ones(2), "y": np.ones(2), "z": np.ones(2)})
    write_tree(tmp_path / "data" / "b.root", {"x": np.zeros(2), "z": jagged([1, 0], np.ones(1))})
    lines: list[str] = []
    data = dataset(tmp_path / "data", ["a.root", "b.root"], log=lines.append)
    data.first_pass()
    assert data.columns == ["x"]
    assert "left out y: b.root has no such branch" in lines
    assert any(line.startswith("left out z: it is flat in one file") for line in lines)
    for name in ("y", "z"):
        with pytest.raises(TrainerError, match=f"the branch {name} was selected, but"):
            dataset(tmp_path / "data", ["a.root", "b.root"], selected_branches=("x", name)).first_pass()
    with pytest.raises(TrainerError, match="no branch is left"):
        dataset(tmp_path / "data", ["a.root", "b.root"], selected_branches=("[yz]*",)).first_pass()


def test_a_branch_without_a_finite_value_is_missing_everywhere(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", {"x": np.arange(3.0), "none": np.full(3, np.nan)})
    chunk = all_chunks(dataset(tmp_path / "data", ["a.root"], nan=-1.0))
    assert np.all(chunk.x[:, 0] == -1) and not chunk.mask[:, 0].any() and chunk.mask[:, 1].all()


def test_branches_are_the_same_after_writing_and_reading() -> None:
    branches = {"f": BranchSpecs(False, -1.5, 2.0, 1, 3), "j": BranchSpecs(True, None, None, 0, 0)}
    assert branches_of(json.loads(json.dumps(branch_document(branches)))) == branches

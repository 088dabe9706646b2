"""What users get wrong: each ends with one sentence that names it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import uproot
from samples import all_chunks, dataset, jagged, write_tree
from slipway_trainer.dataset import Dataset
from slipway_trainer.errors import TrainerError
from slipway_trainer.labels import Labels
from slipway_trainer.parameters import Parameters


def good(folder: Path) -> Path:
    """Write a file with which nothing is wrong."""
    return write_tree(
        folder / "a.root",
        {"x": np.arange(5000.0), "j": jagged(np.arange(5000) % 3, np.arange(4999.0))},
        step=500,
        compression=uproot.ZLIB(1),
    )


def cut_off(folder: Path) -> None:
    """Leave the first half of a file."""
    path = good(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def erase(folder: Path) -> None:
    """Write zeros over an uncompressed basket, as a copy that was broken off leaves them."""
    path = write_tree(folder / "a.root", {"x": np.arange(500_000.0)}, step=50_000)
    with uproot.open(path) as file:
        branch = file["Events"]["x"]
        seek, size = int(branch.member("fBasketSeek")[7]), int(branch.member("fBasketBytes")[7])
    content = bytearray(path.read_bytes())
    content[seek : seek + size] = bytes(size)
    path.write_bytes(content)


def overwrite(folder: Path) -> None:
    """Write rubbish over a compressed basket."""
    path = good(folder)
    with uproot.open(path) as file:
        seek = int(file["Events"]["x"].member("fBasketSeek")[4])
    content = bytearray(path.read_bytes())
    content[seek + 120 : seek + 400] = bytes(range(256)) + bytes(24)
    path.write_bytes(content)


def text(folder: Path) -> None:
    """Write a text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.root").write_text("this is no ROOT file, " * 100)


def nothing(folder: Path) -> None:
    """Write a file of no byte."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.root").touch()


def folder_in_its_place(folder: Path) -> None:
    """Make a folder where a file should be."""
    (folder / "a.root").mkdir(parents=True)


def no_events(folder: Path) -> None:
    """Write a tree without events."""
    write_tree(folder / "a.root", {"x": np.empty(0)})


def no_tree(folder: Path) -> None:
    """Write a file without a tree."""
    folder.mkdir(parents=True, exist_ok=True)
    with uproot.recreate(folder / "a.root") as file:
        file["Events"] = np.histogram(np.arange(10))


def ntuple(folder: Path) -> None:
    """Write the newer kind of container."""
    folder.mkdir(parents=True, exist_ok=True)
    with uproot.recreate(folder / "a.root") as file:
        file.mkrntuple("Events", {"x": np.arange(5)})


def no_numbers(folder: Path) -> None:
    """Write a tree of text alone."""
    folder.mkdir(parents=True, exist_ok=True)
    with uproot.recreate(folder / "a.root") as file:
        file.mktree("Events", {"name": "string"}).extend({"name": ["x", "y"]})


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off": (cut_off, "a.root is no ROOT file, or is corrupt or cut off"),
    "erased": (erase, "a.root, branch x, is no ROOT file, or is corrupt or cut off"),
    "overwritten": (overwrite, "a.root, branch x, is no ROOT file, or is corrupt or cut off"),
    "a text": (text, "a.root is no ROOT file, or is corrupt or cut off"),
    "empty": (nothing, "a.root is empty: it has no byte"),
    "a folder": (folder_in_its_place, "a.root is missing"),
    "without events": (no_events, "a.root: the tree Events has no events: take the file off the list"),
    "without a tree": (no_tree, "a.root: 'Events' is no tree"),
    "an RNTuple": (ntuple, "a.root: 'Events' is an RNTuple: write it as a tree"),
    "without numbers": (no_numbers, "a.root: no branch is left"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, what: str) -> None:
    make, sentence = FILES[what]
    make(tmp_path / "data")
    with pytest.raises(TrainerError) as caught:
        all_chunks(dataset(tmp_path / "data", ["a.root"]))
    assert str(caught.value).startswith(sentence) and "\n" not in str(caught.value)


def test_a_file_that_shrinks_between_the_passes_is_one_sentence(tmp_path: Path) -> None:
    good(tmp_path / "data")
    data = dataset(tmp_path / "data", ["a.root"])
    data.first_pass()
    cut_off(tmp_path / "data")
    with pytest.raises(TrainerError, match=r"a\.root, branch x, is no ROOT file, or is corrupt or cut off"):
        list(data.chunks())


def test_a_file_that_shrinks_while_it_is_read_is_one_sentence(tmp_path: Path) -> None:
    path = write_tree(tmp_path / "data" / "a.root", {"x": np.arange(500_000.0)})
    data = dataset(tmp_path / "data", ["a.root"])
    data.first_pass()
    chunks = data.chunks()
    next(chunks)
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(TrainerError, match=r"a\.root, branch x, is no ROOT file, or is corrupt or cut off \(the file"):
        list(chunks)


@pytest.mark.parametrize(
    ("files", "tree", "sentence"),
    [
        (["none.root"], "Events", "none.root is missing: there is no such file in the folder"),
        (["a.root", "a.root"], "Events", "a.root is listed twice"),
        (["a.root"], "events", "a.root has no tree 'events': it has Events"),
        (["a.root"], "dir/tree", "a.root has no tree 'dir/tree': it has Events"),
        (["../a.root"], "Events", "'../a.root' leads out of the folder"),
        (["/etc/passwd"], "Events", "/etc/passwd ends like none of root, json"),
        (["/etc/a.root"], "Events", "'/etc/a.root' leads out of the folder"),
        (["/store/a.root"], "Events", "/store/a.root is a remote file, but the parameters name no redirector"),
        (["root://h//a.csv"], "Events", "root://h//a.csv is a remote csv file"),
        ([], "Events", "there is no file to read"),
    ],
)
def test_wrong_lists_of_files_are_one_sentence(tmp_path: Path, files: list[str], tree: str, sentence: str) -> None:
    good(tmp_path / "data")
    with pytest.raises(TrainerError) as caught:
        dataset(tmp_path / "data", files, branch=tree).first_pass()
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("labels", [(), (1,), (1, 0, 1)])
def test_labels_that_are_not_as_many_as_files_are_counted(tmp_path: Path, labels: tuple[int, ...]) -> None:
    with pytest.raises(TrainerError, match=f"there are {len(labels)} labels for 2 files"):
        Dataset(["a.root", "b.root"], Labels(labels), Parameters(), folder=tmp_path, specs_folder=tmp_path)


@pytest.mark.parametrize("values", [[0, -1], [0, 0.5], [0, np.nan], [0, np.inf]])
def test_labels_of_a_branch_must_be_whole_numbers(tmp_path: Path, values: list[float]) -> None:
    write_tree(tmp_path / "data" / "a.root", {"x": np.arange(2.0), "y": np.array(values, "f8")})
    with pytest.raises(TrainerError, match=r"a\.root: the label branch y has the value .*whole numbers"):
        dataset(tmp_path / "data", ["a.root"], Labels(branch="y")).first_pass()


def test_a_jagged_label_branch_is_refused(tmp_path: Path) -> None:
    good(tmp_path / "data")
    with pytest.raises(TrainerError, match="the label branch j has a list an event"):
        dataset(tmp_path / "data", ["a.root"], Labels(branch="j")).first_pass()

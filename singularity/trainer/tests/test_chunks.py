"""How chunks are mixed from files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from samples import all_chunks, dataset, jagged, write_tree
from slipway_trainer.labels import Labels
from slipway_trainer.mixing import quotas, shares

SIZES = (1000, 300, 7, 4993)


def write_numbered(folder: Path) -> list[str]:
    """Write files whose events have a number each, over all files."""
    start = 0
    for index, size in enumerate(SIZES):
        counts = np.arange(size) % 3
        columns = {"number": np.arange(start, start + size, dtype="f8"), "lists": jagged(counts, np.ones(counts.sum()))}
        write_tree(folder / f"f{index}.root", columns, step=97)
        start += size
    return [f"f{index}.root" for index in range(len(SIZES))]


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("chunk_size", [1, 64, 1000, 100_000])
def test_every_event_comes_once_with_its_files_label(tmp_path: Path, shuffle: bool, chunk_size: int) -> None:
    files = write_numbered(tmp_path / "data")
    if chunk_size == 1:
        files = files[1:3]
    data = dataset(tmp_path / "data", files, shuffle=shuffle, chunk_size=chunk_size, selected_branches=("number",))
    chunk = all_chunks(data)
    first, last = int(data.minima[0]), int(data.maxima[0])
    numbers = np.rint(chunk.x[:, 0].astype("f8") * (last - first)).astype("i8") + first
    assert sorted(numbers) == list(range(first, last + 1))
    offset = 0 if len(files) == len(SIZES) else 1
    owners = np.searchsorted(np.cumsum(SIZES), numbers, "right") - offset
    np.testing.assert_array_equal(chunk.y, owners)


def test_each_chunk_has_events_of_the_files_in_proportion(tmp_path: Path) -> None:
    data = dataset(tmp_path / "data", write_numbered(tmp_path / "data"), chunk_size=630)
    data.first_pass()
    sizes = []
    for chunk in data.chunks():
        sizes.append(len(chunk.y))
        expected = np.array(SIZES) * len(chunk.y) / sum(SIZES)
        assert np.all(np.abs(np.bincount(chunk.y, minlength=4) - expected) < 2)
    assert sizes == [630] * 10


@pytest.mark.parametrize("nevts", [5, 100, 3333, 6300, 99999])
def test_nevts_is_shared_in_proportion_and_no_file_is_left_out(tmp_path: Path, nevts: int) -> None:
    data = dataset(tmp_path / "data", write_numbered(tmp_path / "data"), chunk_size=500, nevts=nevts)
    counts = np.bincount(all_chunks(data).y)
    assert counts.sum() == min(nevts, sum(SIZES)) == data.events
    assert counts.min() >= 1
    assert np.all(np.abs(counts - np.array(SIZES) * counts.sum() / sum(SIZES)) < 3)


def test_chunks_are_the_same_again_and_other_seeds_give_other_orders(tmp_path: Path) -> None:
    files = write_numbered(tmp_path / "data")
    data = dataset(tmp_path / "data", files, chunk_size=1000)
    first, again = all_chunks(data), all_chunks(data)
    other = all_chunks(dataset(tmp_path / "data", files, chunk_size=1000, seed=22))
    plain = all_chunks(dataset(tmp_path / "data", files, chunk_size=1000, shuffle=False))
    np.testing.assert_array_equal(first.x, again.x)
    assert not np.array_equal(first.x, other.x) and not np.array_equal(first.x, plain.x)
    np.testing.assert_array_equal(np.sort(first.x[:1000, 0]), np.sort(plain.x[:1000, 0]))


def test_rows_stay_whole_when_they_are_shuffled(tmp_path: Path) -> None:
    numbers = np.arange(500.0)
    columns = {"a": numbers, "b": 2 * numbers, "c": jagged(np.ones(500, int), 3 * numbers)}
    write_tree(tmp_path / "data" / "a.root", columns)
    x = all_chunks(dataset(tmp_path / "data", ["a.root"], exclude_branches=("nc",))).x
    np.testing.assert_array_equal(x[:, 0], x[:, 1])
    np.testing.assert_array_equal(x[:, 0], x[:, 2])


@pytest.mark.parametrize("kind", ["i4", "f4", "f8", "u1"])
def test_a_label_branch_is_the_label_and_no_feature(tmp_path: Path, kind: str) -> None:
    truth = np.arange(300) % 3
    write_tree(tmp_path / "data" / "a.root", {"b": truth.astype("f8"), "target": truth.astype(kind)})
    data = dataset(tmp_path / "data", ["a.root"], Labels(branch="target"))
    chunk = all_chunks(data)
    assert data.columns == ["b"] and data.classes == 3
    np.testing.assert_array_equal(chunk.y, np.rint(chunk.x[:, 0] * 2).astype("i8"))


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [(10, [1, 1, 1], [4, 3, 3]), (0, [5], [0]), (7, [7, 0], [7, 0]), (3, [10, 10, 1], [2, 1, 0]), (4, [2, 2], [2, 2])],
)
def test_shares_add_up_and_take_no_more_than_there_is(total: int, weights: list[int], expected: list[int]) -> None:
    assert shares(total, weights) == expected


def test_quotas_give_nothing_of_a_file_without_events() -> None:
    assert quotas(3, [0, 5, 5]) == [0, 2, 1]
    assert quotas(-1, [0, 5]) == [0, 5]

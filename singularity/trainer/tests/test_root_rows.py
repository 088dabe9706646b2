"""Rows out of ROOT files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import oracle
import pytest
import uproot
from samples import INTEGERS, all_chunks, dataset, jagged, mixed_columns, write_tree
from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.baskets import _without_headers
from slipway_trainer.sources.compressed import decompress
from slipway_trainer.sources.root import RootSource

COMPRESSIONS = {
    "none": None,
    "zlib": uproot.ZLIB(1),
    "lzma": uproot.LZMA(1),
    "lz4": uproot.LZ4(1),
    "zstd": uproot.ZSTD(1),
}


def assert_equals_oracle(data: Any, columns: dict[str, Any], nan: float = 0.0) -> None:  # noqa: ANN401
    """Compare a dataset of one file, not shuffled, with rows made event by event."""
    chunk = all_chunks(data)
    names, x, mask = oracle.rows(columns, nan)
    assert data.columns == names
    np.testing.assert_array_equal(chunk.mask, mask)
    np.testing.assert_allclose(chunk.x, x, rtol=0, atol=1e-6)
    assert chunk.x.dtype == np.float32 and chunk.mask.dtype == np.bool_ and chunk.y.dtype == np.int64


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("step", [None, 100])
def test_rows_of_all_kinds_of_branches_are_those_made_event_by_event(
    tmp_path: Path, compression: str, step: int | None
) -> None:
    columns = mixed_columns(700)
    write_tree(tmp_path / "data" / "a.root", columns, step=step, compression=COMPRESSIONS[compression])
    data = dataset(tmp_path / "data", ["a.root"], shuffle=False, chunk_size=256, exclude_branches=("n*",))
    assert_equals_oracle(data, {name: column for name, column in columns.items() if not name.startswith("n")})


@pytest.mark.parametrize("nan", [0.0, -1.0, 0.5])
def test_what_is_missing_becomes_the_parameter_nan(tmp_path: Path, nan: float) -> None:
    columns = {name: mixed_columns(300)[name] for name in ("single", "jet_pt", "constant")}
    write_tree(tmp_path / "data" / "a.root", columns)
    data = dataset(tmp_path / "data", ["a.root"], shuffle=False, nan=nan, exclude_branches=("njet_pt",))
    assert_equals_oracle(data, columns, nan)


def test_a_hundred_branches_become_a_hundred_columns(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    kinds = ("f4", "f8", *INTEGERS)
    columns = {f"b{i:03d}": (random.normal(50, 9, 500)).astype(kinds[i % len(kinds)]) for i in range(100)}
    write_tree(tmp_path / "data" / "a.root", columns, compression=uproot.LZ4(1))
    assert_equals_oracle(dataset(tmp_path / "data", ["a.root"], shuffle=False, chunk_size=333), columns)


def test_values_far_from_zero_keep_their_differences(tmp_path: Path) -> None:
    columns = {
        "big": np.array([2**40, 2**40 + 1, 2**40 + 2], "i8"),
        "far": np.array([1e9, 1e9 + 0.25, 1e9 + 1], "f8"),
        "wide": np.array([-3e38, 0, 3e38], "f4"),
        "tiny": np.array([0, 2.0**-140, 2.0**-139], "f4"),
        "ends": np.array([-1.5e308, 0, 1.5e308], "f8"),
    }
    write_tree(tmp_path / "data" / "a.root", columns)
    chunk = all_chunks(dataset(tmp_path / "data", ["a.root"], shuffle=False))
    expected = np.array([[0, 0, 0, 0, 0], [0.5, 0.5, 0.25, 0.5, 0.5], [1, 1, 1, 1, 1]])
    np.testing.assert_allclose(chunk.x, expected, atol=1e-6)


def test_scaled_values_lie_in_the_unit_interval_and_reach_both_ends(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    columns = {f"b{i}": random.normal(10.0**i, 10.0 ** (i - 1), 5000).astype("f4") for i in range(8)}
    write_tree(tmp_path / "data" / "a.root", columns)
    x = all_chunks(dataset(tmp_path / "data", ["a.root"])).x
    assert np.all(x.min(axis=0) == 0) and np.all(x.max(axis=0) == 1)


def test_names_of_columns_are_never_the_same(tmp_path: Path) -> None:
    columns = {"jet_0": np.ones(2, "f4"), "jet": jagged([1, 2], np.ones(3, "f4"))}
    write_tree(tmp_path / "data" / "a.root", columns)
    data = dataset(tmp_path / "data", ["a.root"])
    data.first_pass()
    assert data.columns == ["jet_0", "njet", "jet[0]", "jet[1]"]


def test_raw_rows_are_the_values_before_scaling_in_the_same_order(tmp_path: Path) -> None:
    columns = mixed_columns(400)
    write_tree(tmp_path / "data" / "a.root", columns)
    data = dataset(tmp_path / "data", ["a.root"], chunk_size=150, exclude_branches=("double",))
    data.first_pass()
    raw, scaled = data.raw_rows(50)
    mask = next(data.chunks()).mask[:50]
    width = np.where(data.maxima == data.minima, 1, data.maxima - data.minima)
    np.testing.assert_array_equal(np.isfinite(raw), mask)
    np.testing.assert_allclose(np.where(mask, (raw - data.minima) / width, 0), scaled, atol=1e-6)


def test_a_tree_in_a_folder_of_the_file_is_found(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", {"b": np.arange(5.0)}, tree="analysis/events")
    assert all_chunks(dataset(tmp_path / "data", ["a.root"], branch="analysis/events")).x.shape == (5, 1)


def test_the_only_tree_needs_no_name(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", {"b": np.arange(5.0)}, tree="any")
    assert all_chunks(dataset(tmp_path / "data", ["a.root"], branch="")).x.shape == (5, 1)


def test_lists_of_vectors_lose_their_headers() -> None:
    header = b"\x40\x00\x00\x0e\x00\x09\x00\x00\x00\x02"
    events = [header + np.array(values, ">f4").tobytes() for values in ([1, 2], [], [3])]
    places = np.cumsum([0, *(len(event) for event in events)])
    data = np.frombuffer(b"".join(events), np.uint8)
    column = _without_headers(data, places, np.diff(places), 10, np.dtype(">f4"))
    assert column.offsets.tolist() == [0, 2, 2, 3] and column.content.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("block", "size"),
    [(b"ZL\x08\x05\x00\x00", 4), (b"QQ\x00\x01\x00\x00\x01\x00\x00x", 1), (b"ZL\x08\x02\x00\x00\x04\x00\x00ab", 4)],
    ids=["cut off", "unknown", "damaged"],
)
def test_damaged_compressed_blocks_are_errors(block: bytes, size: int) -> None:
    with pytest.raises(ValueError, match="compressed"):
        decompress(memoryview(block), size)


def test_text_is_skipped_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "data" / "a.root"
    path.parent.mkdir()
    with uproot.recreate(path) as file:
        file.mktree("Events", {"b": "f4", "name": "string"}).extend({"b": [1.0, 2.0], "name": ["x", "y"]})
    lines: list[str] = []
    data = dataset(tmp_path / "data", ["a.root"], log=lines.append)
    data.first_pass()
    assert data.columns == ["b"]
    assert any("skipped" in line and "name" in line for line in lines)
    with pytest.raises(TrainerError, match=r"name holds .* no number"):
        dataset(tmp_path / "data", ["a.root"], selected_branches=("name",)).first_pass()


@pytest.mark.parametrize("name", ["uproot-HZZ.root", "uproot-Zmumu.root"])
def test_rows_of_real_files_are_those_made_event_by_event(tmp_path: Path, name: str) -> None:
    folder = Path(os.environ.get("SLIPWAY_TEST_HEP_DATA", "/data"))
    if not (folder / name).exists():
        pytest.skip(f"{folder / name} is not there: set SLIPWAY_TEST_HEP_DATA to the folder of the real files")
    (tmp_path / "data").mkdir()
    data = dataset(tmp_path / "data", [name], datasets=folder, branch="events", shuffle=False, chunk_size=1000)
    source = RootSource(name, folder / name, "events")
    with uproot.open(folder / name) as file:
        columns = {branch: file["events"][branch].array(library="np") for branch in source.branches}
    source.close()
    assert_equals_oracle(data, columns)

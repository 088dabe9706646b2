"""Expressions, cuts, new branches, and users' own functions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np
import pytest
from samples import all_chunks, dataset, jagged, mixed_columns, write_tree
from slipway_trainer.errors import TrainerError
from slipway_trainer.expressions import Expression

N = [1, 2, 3, 0]
PT = [[10.0], [20.0, 30.0], [5.0, 6.0, 7.0], []]
ARRAYS = {"n": ak.Array(np.array(N)), "pt": ak.Array(PT), "Muon.eta": ak.Array([0.5, -1.0, 2.0, 0.0])}


def same(left: Any, right: Any) -> bool:  # noqa: ANN401
    """Whether two values are equal, NaN with NaN."""
    if isinstance(left, list):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return bool(np.isclose(left, right, equal_nan=True))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n + 1", [2, 3, 4, 1]),
        ("2 * n - 3 / 2", [0.5, 2.5, 4.5, -1.5]),
        ("n**2", [1, 4, 9, 0]),
        ("n**-1", [1, 0.5, 1 / 3, np.inf]),
        ("-n", [-1, -2, -3, 0]),
        ("7 % 4 + 7 // 2 + 0 * n", [6, 6, 6, 6]),
        ("1 <= n <= 2", [True, True, False, False]),
        ("1 <= n and not n == 2", [True, False, True, False]),
        ("(n > 2) | (n < 1)", [False, False, True, True]),
        ("~(n > 2) & (n != 1)", [False, True, False, True]),
        ("log(n)", [0, np.log(2), np.log(3), -np.inf]),
        ("np.sqrt(n) + numpy.abs(-n)", [2, np.sqrt(2) + 2, np.sqrt(3) + 3, 0]),
        ("abs(Muon.eta)", [0.5, 1, 2, 0]),
        ("cos(pi * n)", [-1, 1, -1, 1]),
        ("pt * n", [[10], [40, 60], [15, 18, 21], []]),
        ("pt > 6", [[True], [True, True], [False, False, True], []]),
        ("sum(pt)", [10, 50, 18, 0]),
        ("len(pt) + count(pt)", [2, 4, 6, 0]),
        ("max(pt)", [10, 30, 7, np.nan]),
        ("min(pt)", [10, 20, 5, np.nan]),
        ("mean(pt)", [10, 25, 6, np.nan]),
        ("any(pt > 6)", [True, True, True, False]),
        ("all(pt > 6)", [True, True, False, True]),
        ("sum(pt > 6)", [1, 2, 1, 0]),
        ("max(n, 2)", [2, 2, 3, 2]),
        ("min(n, 2, 1)", [1, 1, 1, 0]),
        ("where(n > 1, n, -1)", [-1, 2, 3, -1]),
        ("pt[1]", [np.nan, 30, 6, np.nan]),
        ("pt[999999999]", [np.nan] * 4),
        ("pt[pt > 6]", [[10], [20, 30], [7], []]),
        ("sum(pt[pt > 6])", [10, 50, 7, 0]),
    ],
)
def test_expressions_have_the_values_of_their_arithmetic(text: str, value: list[Any]) -> None:
    assert same(ak.to_list(Expression(text).evaluate(ARRAYS)), value)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "characters"),
        ("n +", "cannot be read"),
        ("n = 2", "cannot be read"),
        ("x" * 3000, "characters"),
        ("(" * 300 + "n" + ")" * 300, "cannot be read"),
        ("-" * 100 + "n", "nested"),
        ("nn > 1", "no branch nn: is it n"),
        ("sine(n)", "no function sine: is it sin"),
        ("n > 1 & n < 2", "parentheses"),
        ("~n", "parentheses"),
        ("sum(n)", "jagged"),
        ("sum(pt, n)", "one jagged branch"),
        ("n[0]", "jagged"),
        ("pt[-1]", "index"),
        ("pt[0.5]", "index"),
        ("sqrt(n, n, n)", "no value"),
        ("__import__('os')", "no function __import__"),
        ("n.__class__", "no branch n.__class__"),
        ("().__class__", "no name"),
        ("[n for n in n]", "not allowed"),
        ("lambda: n", "not allowed"),
        ("n if n else n", "not allowed"),
        ("'n' == n", "not allowed"),
        ("f'{n}'", "not allowed"),
        ("(n := 2)", "not allowed"),
        ("sqrt(x=n)", "not allowed"),
        ("open(n)", "no function open"),
        ("1e308 ** 2 > n", "too large"),
    ],
)
def test_what_is_no_expression_is_refused_and_named(text: str, word: str) -> None:
    with pytest.raises(TrainerError) as caught:
        Expression(text).evaluate(ARRAYS)
    assert word in str(caught.value)


def test_powers_of_numbers_take_no_time() -> None:
    assert Expression("9**9**9**9").evaluate({}) == np.inf


DOCUMENT = {
    "new_branch": {
        "log_Energy": {
            "def": "log(Energy)",
            "type": "jagged",
            "cut_1": ["log_Energy<3.5", "any"],
            "cut_2": ["log_Energy>-5", "all"],
            "remove": "False",
            "keys_to_remove": ["Energy"],
        },
        "nMuon_square": {
            "def": "nMuon**2",
            "type": "flat",
            "cut": "1<=nMuon_square<=16",
            "remove": "False",
            "keys_to_remove": ["nMuon"],
        },
    },
    "flat_cut": {"nLeptons": {"cut": "nLeptons<=2", "remove": "False"}},
    "jagged_cut": {"Muon_Pt": {"cut": ["Muon_Pt>1", "all"], "remove": "True"}},
}


def write_muons(folder: Path) -> dict[str, Any]:
    """Write a file with the branches of the example."""
    random = np.random.default_rng(4)
    counts = random.integers(0, 6, 2000)
    columns = {
        "nMuon": counts.astype("i4"),
        "nLeptons": random.integers(0, 5, 2000).astype("i4"),
        "Energy": jagged(counts, random.exponential(20, counts.sum()).astype("f4")),
        "Muon_Pt": jagged(counts, random.exponential(50, counts.sum()).astype("f4")),
    }
    write_tree(folder / "a.root", columns, step=300)
    return columns


def write_json(folder: Path, document: object) -> Path:
    """Write a preprocessing file."""
    path = folder / "preproc.json"
    path.write_text(json.dumps(document))
    return path


def test_the_example_of_the_papers_makes_branches_and_cuts(tmp_path: Path) -> None:
    columns = write_muons(tmp_path / "data")
    path = write_json(tmp_path / "data", DOCUMENT)
    data = dataset(
        tmp_path / "data",
        ["a.root"],
        preprocessing=path,
        shuffle=False,
        chunk_size=450,
        exclude_branches=("nEnergy", "nMuon_Pt"),
    )
    chunk = all_chunks(data)
    energies, momenta = ak.to_list(columns["Energy"]), ak.to_list(columns["Muon_Pt"])
    kept = [
        event
        for event in range(2000)
        if any(np.log(value) < 3.5 for value in energies[event])
        and all(np.log(value) > -5 for value in energies[event])
        and 1 <= columns["nMuon"][event] ** 2 <= 16
        and columns["nLeptons"][event] <= 2
        and all(value > 1 for value in momenta[event])
    ]
    assert data.events == len(kept) == len(chunk.y) > 100
    assert data.columns[:2] == ["nLeptons", "nMuon_square"]
    assert {name.rsplit("_", 1)[0] for name in data.columns[2:]} == {"log_Energy"}
    squares = chunk.x[:, 1] * (data.maxima[1] - data.minima[1]) + data.minima[1]
    np.testing.assert_allclose(squares, columns["nMuon"][kept] ** 2, atol=1e-4)


@pytest.mark.parametrize(
    ("document", "events"),
    [
        ({"cuts": "nMuon > 3"}, lambda muons, leptons: muons > 3),
        ({"cuts": ["nMuon > 3", "nLeptons == 1"]}, lambda muons, leptons: (muons > 3) & (leptons == 1)),
        ({"cuts": "len(Energy) == nMuon"}, lambda muons, leptons: muons >= 0),
        ({"new_branch": {"both": "nMuon + nLeptons"}, "cuts": "both == 4"}, lambda m, n: m + n == 4),
        ({}, lambda muons, leptons: muons >= 0),
    ],
)
def test_short_forms_cut_as_they_say(tmp_path: Path, document: dict[str, Any], events: Any) -> None:  # noqa: ANN401
    columns = write_muons(tmp_path / "data")
    data = dataset(tmp_path / "data", ["a.root"], preprocessing=write_json(tmp_path, document), chunk_size=77)
    assert len(all_chunks(data).y) == int(np.sum(events(columns["nMuon"], columns["nLeptons"])))


def test_cuts_read_branches_that_are_no_features(tmp_path: Path) -> None:
    columns = write_muons(tmp_path / "data")
    path = write_json(tmp_path, {"cuts": "nMuon == 2", "new_branch": {"double": "2 * nLeptons"}})
    data = dataset(tmp_path / "data", ["a.root"], preprocessing=path, selected_branches=("Muon_Pt",))
    assert len(all_chunks(data).y) == int(np.sum(columns["nMuon"] == 2))
    assert data.columns == ["double", "Muon_Pt_0", "Muon_Pt_1"]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"cuts": "nMuon > 99"}, "the cuts remove all events of all files: nMuon > 99"),
        ({"cuts": "nMoun > 1"}, "'nMoun > 1': there is no branch nMoun: is it nMuon"),
        ({"cuts": "Energy > 1"}, "write any(Energy > 1) or all(Energy > 1)"),
        ({"cuts": 5}, "5 must be a text"),
        ({"cut": "nMuon > 1"}, "knows only new_branch, flat_cut, jagged_cut, cuts"),
        ({"new_branch": {"b": {"type": "flat"}}}, "new_branch b has no def"),
        ({"new_branch": {"b": {"def": "nMuon", "type": "round"}}}, "must be flat or jagged"),
        ({"new_branch": {"b": {"def": "nMuon", "type": "jagged"}}}, "new_branch b is flat, but its type says jagged"),
        ({"new_branch": {"b": {"def": "Energy", "type": "flat"}}}, "new_branch b is jagged, but its type says flat"),
        ({"new_branch": {"b": {"def": "nMuon", "cutt": "b>1"}}}, "has 'cutt'"),
        ({"new_branch": {"b": "c + 1"}}, "there is no branch c"),
        ({"new_branch": ["b"]}, "must be a JSON object"),
        ({"jagged_cut": {"Energy": {"cut": "Energy>1"}}}, 'a list such as ["Muon_pt > 20", "any"]'),
        ({"flat_cut": {"nMuon": {"cut": "nMuon>1", "remove": "maybe"}}}, "must be True or False"),
        ([], "must be a JSON object"),
    ],
)
def test_wrong_preprocessing_is_named(tmp_path: Path, document: object, sentence: str) -> None:
    write_muons(tmp_path / "data")
    with pytest.raises(TrainerError) as caught:
        dataset(tmp_path / "data", ["a.root"], preprocessing=write_json(tmp_path, document)).first_pass()
    assert sentence in str(caught.value)


def test_a_file_that_the_cuts_empty_leaves_the_others(tmp_path: Path) -> None:
    for index in range(2):
        write_tree(tmp_path / "data" / f"{index}.root", {"x": np.arange(10.0) + 10 * index})
    data = dataset(
        tmp_path / "data", ["0.root", "1.root"], preprocessing=write_json(tmp_path, {"cuts": "x > 14"}), nevts=3
    )
    chunk = all_chunks(data)
    assert chunk.y.tolist() == [1, 1, 1] and data.specs.events == {"0.root": 0, "1.root": 5}


FUNCTION = """
import awkward as ak


def preprocessing(events):
    events = events[events.nMuon > 1]
    events["leading"] = ak.max(events.Muon_Pt, axis=1)
    events["name"] = ["x"] * len(events)
    return ak.without_field(events, "Energy")
"""


def test_a_function_adds_and_removes_branches_and_events(tmp_path: Path) -> None:
    columns = write_muons(tmp_path / "data")
    (tmp_path / "preproc.py").write_text(FUNCTION)
    data = dataset(
        tmp_path / "data",
        ["a.root"],
        preprocessing=tmp_path / "preproc.py",
        selected_branches=("nLeptons",),
        shuffle=False,
    )
    chunk = all_chunks(data)
    kept = columns["nMuon"] > 1
    assert data.columns == ["leading", "nLeptons"] and len(chunk.y) == kept.sum()
    leading = np.asarray(ak.max(columns["Muon_Pt"][kept], axis=1))
    np.testing.assert_allclose(chunk.x[:, 0] * (data.maxima[0] - data.minima[0]) + data.minima[0], leading, rtol=1e-5)


def test_a_function_that_changes_nothing_leaves_all_rows_as_they_are(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", mixed_columns(500))
    (tmp_path / "preproc.py").write_text("def preprocessing(events):\n    return events\n")
    plain = all_chunks(dataset(tmp_path / "data", ["a.root"], chunk_size=120))
    data = dataset(tmp_path / "data", ["a.root"], chunk_size=120, preprocessing=tmp_path / "preproc.py")
    through = all_chunks(data)
    np.testing.assert_array_equal(plain.x, through.x)
    np.testing.assert_array_equal(plain.mask, through.mask)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("def preprocessing(events):\n    return events.nothing\n", "preproc.py failed: AttributeError in line 2"),
        ("def preprocessing(events):\n    return 3\n", "must give an awkward array of events with branches, not int"),
        ("def other(events):\n    return events\n", "has no function preprocessing"),
        ("import nothing_of_this_name\n", "preproc.py cannot be run: ModuleNotFoundError in line 1"),
        ("def preprocessing(\n", "preproc.py cannot be run: SyntaxError"),
        ("def preprocessing(events):\n    return events[events.nMuon > 99]\n", "the cuts remove all events"),
    ],
)
def test_a_function_that_fails_is_named_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    write_muons(tmp_path / "data")
    (tmp_path / "preproc.py").write_text(text)
    with pytest.raises(TrainerError) as caught:
        dataset(tmp_path / "data", ["a.root"], preprocessing=tmp_path / "preproc.py").first_pass()
    assert sentence in str(caught.value)


@pytest.mark.parametrize(("name", "word"), [("none.json", "missing"), ("preproc.txt", "must end in .json or .py")])
def test_a_preprocessing_file_must_be_there_and_of_a_known_kind(tmp_path: Path, name: str, word: str) -> None:
    write_muons(tmp_path / "data")
    (tmp_path / "preproc.txt").write_text("x")
    with pytest.raises(TrainerError, match=word):
        dataset(tmp_path / "data", ["a.root"], preprocessing=tmp_path / name)


def test_another_preprocessing_makes_specs_anew(tmp_path: Path) -> None:
    write_muons(tmp_path / "data")
    for cut, made in (("nMuon > 1", True), ("nMuon > 1", False), ("nMuon > 2", True)):
        lines: list[str] = []
        path = write_json(tmp_path, {"cuts": cut})
        dataset(tmp_path / "data", ["a.root"], preprocessing=path, log=lines.append).first_pass()
        assert ("Reading a.root" in lines) == made

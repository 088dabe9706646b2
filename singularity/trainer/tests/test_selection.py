"""Which branches become features."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from samples import dataset, write_tree
from slipway_trainer.errors import TrainerError
from slipway_trainer.labels import Labels

NAMES = ("Jet_eta", "Jet_pt", "MET", "event", "label", "run")


@pytest.mark.parametrize(
    ("parameters", "left"),
    [
        ({}, NAMES),
        ({"selected_branches": ("Jet_*",)}, ("Jet_eta", "Jet_pt")),
        ({"selected_branches": ("MET", "Jet_[pq]t")}, ("Jet_pt", "MET")),
        ({"exclude_branches": ("Jet_pt", "r?n", "lab*")}, ("Jet_eta", "MET", "event")),
        ({"selected_branches": ("Jet_*",), "exclude_branches": ("*eta",)}, ("Jet_pt",)),
        ({"identifier": ("run", "event", "luminosityBlock")}, ("Jet_eta", "Jet_pt", "MET", "label")),
    ],
)
def test_names_and_patterns_select_and_exclude(
    tmp_path: Path, parameters: dict[str, tuple[str, ...]], left: tuple[str, ...]
) -> None:
    write_tree(tmp_path / "data" / "a.root", {name: np.arange(3.0) for name in NAMES})
    data = dataset(tmp_path / "data", ["a.root"], **parameters)
    data.first_pass()
    assert tuple(data.columns) == left


@pytest.mark.parametrize(
    ("parameters", "label", "sentence"),
    [
        ({"selected_branches": ("Jet_p",)}, None, "selected_branches: 'Jet_p' is no branch of any file: is it Jet_pt"),
        ({"selected_branches": ("Muon_*",)}, None, "'Muon_*' is no branch of any file: there are Jet_eta, "),
        ({"exclude_branches": ("events",)}, None, "exclude_branches: 'events' is no branch of any file: is it event"),
        ({}, "lable", "the label branch 'lable' is no branch of any file: is it label"),
        ({"selected_branches": ("MET",), "exclude_branches": ("M*",)}, None, "a.root: no branch is left"),
    ],
)
def test_what_matches_nothing_is_an_error_that_names_what_is_near(
    tmp_path: Path, parameters: dict[str, tuple[str, ...]], label: str | None, sentence: str
) -> None:
    write_tree(tmp_path / "data" / "a.root", {name: np.arange(3.0) for name in NAMES})
    with pytest.raises(TrainerError) as caught:
        dataset(tmp_path / "data", ["a.root"], Labels(branch=label) if label else None, **parameters).first_pass()
    assert sentence in str(caught.value)

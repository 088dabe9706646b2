"""Figures for programs, and what the frameworks are told of the machine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from slipway_trainer import report, surroundings
from slipway_trainer.errors import TrainerError
from slipway_trainer.history import History
from slipway_trainer.judgement import Judgement
from slipway_trainer.metrics import accuracy, area_under_curve, probabilities


@pytest.mark.parametrize(("chunks", "is_apart"), [(10, False), (2000, True)])
def test_metrics_stay_small_enough_to_be_shown(chunks: int, is_apart: bool, tmp_path: Path) -> None:
    history = History()
    for number in range(1, chunks + 1):
        history.add(number, [{"loss": 1 / 3, "val_loss": 2 / 3, "auc": 0.75}] * 2)
    learner: Any = SimpleNamespace(columns=4, framework="Keras 3")
    report.write(tmp_path, history, Judgement(10, 0.5, 0.9, None), learner, 100, 1.5)
    assert (tmp_path / "metrics.json").stat().st_size <= 65_536
    metrics = json.loads((tmp_path / "metrics.json").read_text())
    assert (metrics["test_auc"], metrics["epochs"]) == (None, 2 * chunks)
    assert ("history" in metrics) == (not is_apart)
    assert (tmp_path / "history.json").exists() == is_apart


def test_a_figure_that_comes_later_is_unknown_before() -> None:
    history = History()
    history.add(1, [{"loss": 1.0}])
    history.add(2, [{"loss": 0.5, "auc": float("nan")}, {"auc": 0.75, "loss": 0.25}])
    assert history.document() == {
        "chunk": [1, 2, 2],
        "epoch": [1, 1, 2],
        "loss": [1.0, 0.5, 0.25],
        "auc": [None, None, 0.75],
    }
    with pytest.raises(TrainerError, match="the model diverged: val_loss is inf in epoch 1 of chunk 3"):
        history.add(3, [{"loss": 0.1, "val_loss": float("inf")}])


def test_logits_become_probabilities() -> None:
    one = probabilities(np.array([[0.0], [100.0], [-100.0]], np.float32), True)
    assert one[:, 0].tolist() == pytest.approx([0.5, 1, 0])
    three = probabilities(np.array([[1000.0, 0.0, 0.0], [0.0, 0.0, 0.0]], np.float32), True)
    assert three[0].tolist() == pytest.approx([1, 0, 0])
    assert three[1].tolist() == pytest.approx([1 / 3] * 3)


def test_accuracy_and_area_are_those_of_all_labels() -> None:
    y = np.array([0, 0, 1, 1])
    assert accuracy(np.array([[0.1], [0.6], [0.7], [0.9]], np.float32), y) == 0.75
    assert area_under_curve(np.array([[0.1], [0.8], [0.7], [0.9]], np.float32), y) == 0.75
    assert area_under_curve(np.array([[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.1, 0.9]], np.float32), y) == 0.75
    assert area_under_curve(np.array([[0.1], [0.2]], np.float32), np.array([1, 1])) is None
    perfect = np.eye(3, dtype=np.float32)
    assert area_under_curve(perfect, np.array([0, 1, 2])) == 1
    assert accuracy(perfect, np.array([0, 1, 1])) == pytest.approx(2 / 3)


@pytest.mark.parametrize(("given", "wanted"), [("1", 1), ("100000", None), ("", None), ("many", None), ("0", None)])
def test_threads_follow_what_slurm_gave(given: str, wanted: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", given)
    assert surroundings.processors() == (wanted or len(os.sched_getaffinity(0)))


def test_what_somebody_has_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", "1")
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    for variable in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "MPLBACKEND", "MPLCONFIGDIR"):
        # Set first, so that what is prepared is undone.
        monkeypatch.setenv(variable, "")
        monkeypatch.delenv(variable)
    surroundings.prepare(tmp_path)
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert os.environ["TF_NUM_INTRAOP_THREADS"] == "1"

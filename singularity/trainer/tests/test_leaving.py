"""What a training leaves where others change its folders, or where there is no place to write to."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from array_dataset import ArrayDataset, assignment, separable
from samples import dataset, write_tree
from slipway_trainer import training
from slipway_trainer.errors import TrainerError
from slipway_trainer.export import companions
from slipway_trainer.export.publication import Publication
from slipway_trainer.frameworks.learner import Rows
from slipway_trainer.heldout import HeldOut
from slipway_trainer.labels import Labels


@pytest.mark.parametrize("known", [False, True], ids=["made", "loaded"])
def test_specs_that_another_job_removed_meanwhile_are_left_all_the_same(tmp_path: Path, known: bool) -> None:
    write_tree(tmp_path / "data" / "a.root", {"x": np.arange(20.0)})
    for _ in range(2 if known else 1):
        data = dataset(tmp_path / "data", ["a.root"])
        data.first_pass()
    for file in (tmp_path / "specs").iterdir():
        file.unlink()
    model = tmp_path / "model"
    model.mkdir()
    companions.write_specs(model, data.specs_texts)
    assert json.loads((model / "specs" / "specs-a.json").read_text())["events"] == 20
    assert json.loads((model / "specs" / "global-specs.json").read_text())["maxv"] == {"x": 19.0}


def test_a_full_folder_of_temporary_files_is_one_sentence() -> None:
    rows = Rows(np.zeros((1000, 4), np.float32), np.zeros(1000, np.int64))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with HeldOut(4) as events:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, before[1]))
        try:
            with pytest.raises(
                TrainerError, match=r"the test events, 0 MB by now,.* too large; set TMPDIR to a folder"
            ):
                events.add(rows)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_folder_that_cannot_be_made_is_one_sentence() -> None:
    with pytest.raises(TrainerError, match="the model cannot be written to the folder luca: "):
        Publication(Path("/proc/luca")).begin()


def test_an_earlier_models_files_do_not_stay_beside_another(tmp_path: Path) -> None:
    for name in ("params.json", "labels.txt", "history.json", "preprocess.json", "fingerprint.pb"):
        (tmp_path / name).touch()
    Publication(tmp_path).begin()
    assert [path.name for path in tmp_path.iterdir()] == ["params.json"]


@pytest.mark.parametrize(
    ("events", "chunk_size", "sentence"),
    [(4, 100, "too few events for training, validation and test: there are 4"), (50, 4, "chunk_size is 4, but must")],
)
def test_what_leaves_no_test_events_is_refused_before_the_model_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: int, chunk_size: int, sentence: str
) -> None:
    data: Any = SimpleNamespace(events=events, first_pass=lambda: None, close=lambda: None)
    monkeypatch.setattr(training, "Dataset", lambda *_, **__: data)
    task = assignment(tmp_path / "f", "def model(idim): 1 / 0\n", json.dumps({"chunk_size": chunk_size}))
    with pytest.raises(TrainerError, match=sentence):
        training.Training(task, lambda _: None).run()


NETWORK = """
import keras


def model(idim):
    return keras.Sequential([keras.Input((idim,)), keras.layers.Dense(1, activation="sigmoid")])
"""


def test_a_last_chunk_of_one_event_is_for_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = separable(401)
    monkeypatch.setattr(training, "Dataset", lambda *_, **__: ArrayDataset(x, y, 200))
    task = assignment(tmp_path / "f", NETWORK, '{"epochs": 1, "verbose": 0}')
    assert training.Training(task, lambda _: None).run().events == 40 + 40 + 1
    assert json.loads((tmp_path / "f" / "output" / "metrics.json").read_text())["history"]["chunk"] == [1, 2]


def test_a_split_that_leaves_nothing_to_learn_from_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = separable(40)
    monkeypatch.setattr(training, "Dataset", lambda *_, **__: ArrayDataset(x, y, 20))
    task = assignment(tmp_path / "f", NETWORK, '{"split": 0.99}')
    with pytest.raises(TrainerError, match=r"split is 0\.99, which leaves no events"):
        training.Training(task, lambda _: None).run()


@pytest.mark.parametrize(("value", "values"), [("1,0", (1, 0)), ("2", (2,)), ("1, 0 ,3", (1, 0, 3))])
def test_labels_may_be_given_with_commas(tmp_path: Path, value: str, values: tuple[int, ...]) -> None:
    assert Labels.read(value, tmp_path) == Labels(values)


def test_as_many_files_are_open_as_the_system_allows(tmp_path: Path) -> None:
    script = f"""
import resource
from pathlib import Path
from slipway_trainer.surroundings import prepare

hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
prepare(Path({str(tmp_path)!r}))
assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
"""
    subprocess.run([sys.executable, "-c", script], check=True)

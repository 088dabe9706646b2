"""The command and the server's job, from ROOT files to a model, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import awkward as ak
import numpy as np
import pytest
import uproot
import user_models
from slipway_trainer.dataset import Dataset
from slipway_trainer.export import onnx
from slipway_trainer.labels import Labels
from slipway_trainer.parameters import Parameters

EVENTS = 3000
JOB = "from slipway_trainer import job; job.main()"
COMMAND = ["--files", "signal.root,background.root", "--labels", "labels.txt", "--model", "model.py", "--fout", "luca"]


def upload(folder: Path, model: str = user_models.EXAMPLE) -> Path:
    """Write the folder of a user: two ROOT files and what says how to train on them."""
    folder.mkdir()
    random = np.random.default_rng(6)
    for name, shift in (("signal", 2.0), ("background", 0.0)):
        branches = {f"f{index}": random.normal(shift, 1, EVENTS) * 10.0**index for index in range(4)}
        branches["f2"][::50] = np.nan
        branches["runNo"] = np.arange(EVENTS, dtype=np.float64)
        counts = random.integers(0, 3, EVENTS)
        counts[0] = 2
        jets = ak.unflatten(random.normal(50, 5, counts.sum()), counts)
        with uproot.recreate(folder / f"{name}.root") as file:
            types = {key: values.dtype for key, values in branches.items()}
            file.mktree("events", {**types, "jet": "var * float64"}).extend({**branches, "jet": jets})
    (folder / "files.txt").write_text("signal.root\nbackground.root\n")
    (folder / "labels.txt").write_text("1\n0\n")
    (folder / "model.py").write_text(model)
    params: dict[str, object] = {
        "chunk_size": 2000,
        "epochs": 3,
        "batch_size": 50,
        "identifier": ["runNo"],
        "branch": "events",
    }
    params["exclude_branches"] = "njet"
    (folder / "params.json").write_text(json.dumps(params))
    return folder


def run_job(folder: Path, output: Path, **other: str) -> subprocess.CompletedProcess[str]:
    output.mkdir()
    asked = {"name": "luca_1", "files": "files.txt", "labels": "labels.txt", "model": "model.py"}
    asked |= {"params": "params.json", "specs": str(output.parent / "specs"), "datasets": str(output.parent), **other}
    params = output.parent / "slipway.json"
    params.write_text(json.dumps(asked))
    return subprocess.run(
        [sys.executable, "-c", JOB, f"--input_path={folder}", f"--output_path={output}"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SLIPWAY_PARAMS": str(params)},
    )


@pytest.mark.parametrize("model", [user_models.EXAMPLE, user_models.TORCH], ids=["keras", "torch"])
def test_a_job_leaves_a_model_that_answers_for_raw_values(model: str, tmp_path: Path) -> None:
    folder, output = upload(tmp_path / "upload", model), tmp_path / "output"
    before = sorted(path.name for path in folder.iterdir())
    process = run_job(folder, output)
    assert process.returncode == 0, process.stderr
    assert sorted(path.name for path in folder.iterdir()) == before
    assert json.loads((output / "params.json").read_text())["feature_names"] == [
        *("f0", "f1", "f2", "f3"),
        *("jet_0", "jet_1"),
    ]
    assert json.loads((output / "metrics.json").read_text())["test_auc"] > 0.95
    assert sorted(path.name for path in (output / "specs").iterdir()) == [
        "global-specs.json",
        "specs-background.json",
        "specs-signal.json",
    ]
    lines = process.stdout.splitlines()
    for begin in ("load model.py <function model at 0x", "model parameters: {", "Reading signal.root", "test: 1200 "):
        assert sum(line.startswith(begin) for line in lines) == 1
    assert "\r" not in process.stdout
    assert "\b" not in process.stdout

    # The server's arithmetic: double precision, then the model's own.
    scaling = json.loads((output / "preprocess.json").read_text())
    assert scaling["jagged"] == {"jet": 2}
    dataset = Dataset(
        ["signal.root", "background.root"],
        Labels(values=(1, 0)),
        Parameters.read(folder / "params.json"),
        folder=folder,
        specs_folder=tmp_path / "specs",
        log=lambda _: None,
    )
    dataset.first_pass()
    raw, scaled = dataset.raw_rows(1000)
    assert np.isnan(raw).any()
    least, most = np.array(scaling["min"]), np.array(scaling["max"])
    rows = np.nan_to_num((raw.astype(np.float64) - least) / (most - least), nan=scaling["nan"]).astype(np.float32)
    assert np.abs(rows - scaled).max() < 1e-6
    golden = json.loads((output / "golden.json").read_text())
    (name,) = golden["inputs"]
    ((_, wanted),) = onnx.run(output / "model.onnx", name, scaled).items()
    ((_, found),) = onnx.run(output / "model.onnx", name, rows).items()
    assert np.abs(found - wanted).max() < 1e-5


def test_the_command_writes_the_named_folder(tmp_path: Path) -> None:
    folder = upload(tmp_path / "upload", user_models.TORCH)
    process = subprocess.run(
        [sys.executable, "-m", "slipway_trainer.cli", *COMMAND],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert process.returncode == 0, process.stderr
    assert json.loads((folder / "luca" / "params.json").read_text())["name"] == "luca"
    assert (folder / "global-specs.json").is_file()


def test_a_file_that_mixes_both_keras_trains_where_the_parameters_make_them_one(tmp_path: Path) -> None:
    folder = upload(tmp_path / "upload", user_models.EXAMPLE.replace("keras.layers.Dense(64", "Dense(64"))
    params = json.loads((folder / "params.json").read_text())
    (folder / "params.json").write_text(json.dumps({**params, "keras": 3}))
    process = run_job(folder, tmp_path / "output")
    assert process.returncode == 0, process.stderr
    assert json.loads((tmp_path / "output" / "metrics.json").read_text())["framework"].startswith("Keras 3.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"files.txt": "signal.root\nlost.root\n"}, "slipway-train: lost.root is missing"),
        ({"labels.txt": "1\n"}, "slipway-train: there are 1 labels for 2 files"),
        ({"signal.root": "no ROOT file"}, "slipway-train: signal.root"),
        ({"params.json": '{"branch": "other"}'}, "slipway-train: signal.root"),
        ({"params.json": '{"epochs": 0}'}, "slipway-train: params.json: epochs is 0, but must be"),
        ({"model.py": "def modell(idim): pass"}, "slipway-train: the model file model.py has no function model(idim)"),
        ({"model.py": "import keras\ndef model(idim):\n    return keras.Sequential([keras.layers.Dense(4)])"},
         "slipway-train: the model of model.py has 4 values in its output"),
    ],
)  # fmt: skip
def test_a_fault_ends_the_job_with_one_sentence(change: dict[str, str], sentence: str, tmp_path: Path) -> None:
    folder = upload(tmp_path / "upload")
    for name, text in change.items():
        (folder / name).write_text(text)
    process = run_job(folder, tmp_path / "output")
    assert process.returncode == 1
    assert process.stderr.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in process.stderr
    assert not list((tmp_path / "output").iterdir())


def test_a_model_beside_the_folder_is_refused(tmp_path: Path) -> None:
    folder = upload(tmp_path / "upload")
    (tmp_path / "stranger.py").write_text("def model(idim): pass")
    process = run_job(folder, tmp_path / "output", model="../stranger.py")
    assert process.returncode == 1
    assert process.stderr.splitlines()[-1] == (
        "slipway-train: ../stranger.py is not in the folder: name a file of the folder"
    )

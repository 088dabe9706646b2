"""Models of PyTorch. Run in a process of their own by ``test_training.py``: a job has one framework, and the exporters
of two do not share a process.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import user_models
from learning import check_forms, snapshots, train
from slipway_trainer import training
from slipway_trainer.errors import TrainerError


@pytest.mark.parametrize(
    ("model", "classes"),
    [
        pytest.param(user_models.TORCH, 2, id="probabilities"),
        pytest.param(user_models.TORCH_LOGITS, 2, id="logits"),
        pytest.param(user_models.TORCH_CLASSES, 3, id="classes"),
        pytest.param(user_models.TORCH_CLASSES.replace("32, 3)", "32, 3), torch.nn.Softmax(1)"), 3, id="softmax"),
    ],
)
def test_a_model_learns_and_its_forms_agree_on_held_out_rows(
    model: str, classes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_forms(tmp_path, monkeypatch, model, classes)
    assert not {"tensorflow", "keras", "tf_keras"} & set(sys.modules)


def test_the_same_seed_gives_the_same_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = train(tmp_path / "a", monkeypatch, user_models.TORCH, seed=5, epochs=1, events=1000)
    second, _ = train(tmp_path / "b", monkeypatch, user_models.TORCH, seed=5, epochs=1, events=1000)
    assert first == second


def test_a_loss_that_is_not_a_number_ends_the_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = user_models.TORCH_LOGITS.replace("lr=0.5", "lr=1e30")
    with pytest.raises(TrainerError, match=r"the model diverged: loss is (nan|inf) in epoch \d of chunk 1"):
        train(tmp_path, monkeypatch, model)
    assert not (tmp_path / "output" / "model.onnx").exists()


def test_a_model_that_can_be_served_is_there_between_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "WORTH_A_SNAPSHOT", 0)
    seen = snapshots(monkeypatch, tmp_path / "output")
    train(tmp_path, monkeypatch, user_models.TORCH, chunk_size=3000, epochs=1)
    assert sorted(seen[1]) == ["feature_names.txt", "model.onnx", "params.json", "preprocess.json"]


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (user_models.TORCH_CLASSES, r"has 3 values in its output outputs, .* its last layer must have 1 or 2"),
        (user_models.TORCH.replace("idim, 16", "idim + 1, 16"), r"does not take rows of 6 columns: RuntimeError"),
        (user_models.TORCH + "\ndef optimizer(parameters):\n    return 1 / 0\n", r"model.py line 11: ZeroDivisionErr"),
        (user_models.TORCH + "\ndef loss(outputs, targets):\n    raise ValueError('no')\n",
         r"the training of model.py failed in chunk 1: model.py line 11: ValueError: no"),
        ("import torch\ndef model(idim):\n    return torch.nn.LSTM(idim, 3)\n", r"gives tuple for 2 rows"),
    ],
)  # fmt: skip
def test_a_fault_of_the_model_is_one_sentence(
    model: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TrainerError, match=sentence) as raised:
        train(tmp_path, monkeypatch, model, events=500)
    assert "\n" not in str(raised.value)

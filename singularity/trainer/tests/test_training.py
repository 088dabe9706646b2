"""Models of each framework, trained on arrays, and what they leave."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import user_models
from array_dataset import ArrayDataset, assignment
from learning import check_forms, golden, snapshots, train
from slipway_trainer import training
from slipway_trainer.errors import TrainerError
from slipway_trainer.frameworks import learning_rate


def test_models_of_pytorch_learn_in_a_process_without_tensorflow(tmp_path: Path) -> None:
    cases = Path(__file__).with_name("torch_cases.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path}/cases", cases]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(
    ("model", "classes"),
    [
        pytest.param(user_models.EXAMPLE, 2, id="example"),
        pytest.param(user_models.KERAS_2, 2, id="keras2"),
        pytest.param(user_models.KERAS_3, 2, id="keras3"),
        pytest.param(user_models.KERAS_3_CLASSES, 3, id="keras3-classes"),
        pytest.param(user_models.KERAS_2_TWO_OUTPUTS, 3, id="keras2-outputs"),
        pytest.param(user_models.KERAS_2_OWN_FIT, 2, id="keras2-own-fit"),
        pytest.param(user_models.KERAS_3_UNCOMPILED, 2, id="keras3-uncompiled"),
    ],
)
def test_a_model_learns_and_its_forms_agree_on_held_out_rows(
    model: str, classes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_forms(tmp_path, monkeypatch, model, classes)
    assert "torch" not in sys.modules


def test_the_example_s_tensors_have_the_names_of_its_layers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(tmp_path, monkeypatch, user_models.KERAS_2)
    assert list(golden(tmp_path)["inputs"]) == ["inputs_input"]
    assert list(golden(tmp_path)["outputs"]) == ["signal"]


def test_metrics_tell_each_epoch_of_each_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judgement, _ = train(tmp_path, monkeypatch, user_models.KERAS_3, chunk_size=2000)
    metrics = json.loads((tmp_path / "output" / "metrics.json").read_text())
    assert metrics["test_auc"] == judgement.auc
    assert (metrics["events"], metrics["chunks"], metrics["epochs"]) == (6000, 3, 12)
    assert metrics["history"]["chunk"] == [1] * 4 + [2] * 4 + [3] * 4
    assert metrics["history"]["val_loss"][-1] < metrics["history"]["val_loss"][0]


def test_the_same_seed_gives_the_same_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for model in (user_models.KERAS_2, user_models.KERAS_3):
        first, _ = train(tmp_path / "a", monkeypatch, model, seed=5, epochs=1, events=1000)
        second, _ = train(tmp_path / "b", monkeypatch, model, seed=5, epochs=1, events=1000)
        assert first == second


def test_plain_keras_on_the_same_arrays_is_as_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tf_keras as keras
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import train_test_split

    random = np.random.default_rng(3)
    y = random.integers(0, 2, 4000)
    # Overlapping, so that the figures are not simply 1.
    x = np.clip(random.normal(0.45 + 0.1 * y[:, None], 0.2, (4000, 6)), 0, 1).astype(np.float32)
    monkeypatch.setattr(training, "Dataset", lambda *_, **__: ArrayDataset(x, y, 4000))
    params = json.dumps({"epochs": 8, "batch_size": 50, "seed": 21})
    judgement = training.Training(assignment(tmp_path, user_models.EXAMPLE, params), lambda _: None).run()

    rest, test, y_rest, y_test = train_test_split(x, y, stratify=y, test_size=0.2, random_state=21)
    rows, validation, y_rows, y_validation = train_test_split(
        rest, y_rest, stratify=y_rest, test_size=0.2, random_state=21
    )
    keras.utils.set_random_seed(21)
    plain = keras.Sequential(
        [
            keras.layers.Dense(128, activation="relu", input_shape=(6,)),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    plain.compile(keras.optimizers.Adam(learning_rate=1e-3), "binary_crossentropy")
    plain.fit(rows, y_rows, epochs=8, batch_size=50, verbose=0, validation_data=(validation, y_validation))
    found = plain.predict(test, verbose=0)[:, 0]
    assert judgement.auc == pytest.approx(roc_auc_score(y_test, found), abs=0.01)
    assert judgement.accuracy == pytest.approx(np.mean((found > 0.5) == y_test), abs=0.01)
    assert 0.6 < judgement.accuracy < 0.95


def test_a_model_that_can_be_served_is_there_between_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "WORTH_A_SNAPSHOT", 0)
    seen = snapshots(monkeypatch, tmp_path / "output")
    train(tmp_path, monkeypatch, user_models.KERAS_2, chunk_size=2000, epochs=1)
    assert [sorted(names) for names in seen] == [
        [],
        *[["feature_names.txt", "fingerprint.pb", "params.json", "preprocess.json", "saved_model.pb", "variables"]] * 2,
    ]
    assert (tmp_path / "output" / "golden.json").exists()


def test_chunks_do_not_trace_the_model_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for keras in ("tf_keras", "keras"):
        model = f"""
import {keras} as keras

class Net(keras.Model):
    traces = 0

    def __init__(self):
        super().__init__()
        self.last = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x, training=False):
        return self.last(x)

    def train_step(self, data):
        Net.traces += 1
        return super().train_step(data)

def model(idim):
    net = Net()
    net.compile("adam", "binary_crossentropy")
    return net
"""
        train(tmp_path / keras, monkeypatch, model, chunk_size=700, epochs=1)
        # Whole batches, and once more for a last one of any size.
        assert 1 <= sys.modules["slipway_user_model"].Net.traces <= 3


@pytest.mark.parametrize(
    ("model", "classes", "sentence"),
    [
        ("def model(idim)\n", 2, r"cannot be loaded: model.py line 1: SyntaxError: expected ':'"),
        ("import nowhere_to_be_found\n", 2, r"model.py line 1: ModuleNotFoundError: No module named 'nowhere_to_be"),
        ("import sys\nsys.exit(3)\n", 2, r"cannot be loaded: model.py line 2: SystemExit: 3"),
        ("def modell(idim): pass\n", 2, r"has no function model\(idim\), which must return the model"),
        ("def model(idim):\n    return 1 / 0\n", 2, r"model\(6\) of model.py failed: model.py line 2: ZeroDivisionErr"),
        ("def model(idim):\n    return [1]\n", 2, r"returned a list; it must return a Keras model or a torch.nn.Mod"),
        ("def model(idim):\n    pass\n", 2, r"returned nothing; it must return a Keras model"),
        (user_models.KERAS_2, 3, r"has 1 value in its output signal, but there are labels 0 to 2: .* have 3 values"),
        (user_models.KERAS_3.replace("(idim,)", "(idim + 1,)"), 2, r"does not take rows of 6 columns: "),
        (user_models.KERAS_2_OWN_FIT.replace("for _ in", "self.nothing\n        for _ in"), 2,
         r"the training of model.py failed in chunk 1: model.py line 14: AttributeError: 'Net' object has no"),
        (user_models.EXAMPLE.replace("keras.layers.Dense(64", "Dense(64"), 2, r"import all of them from the same one"),
    ],
)  # fmt: skip
def test_a_fault_of_the_model_is_one_sentence(
    model: str, classes: int, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TrainerError, match=sentence) as raised:
        train(tmp_path, monkeypatch, model, classes, events=500)
    assert "\n" not in str(raised.value)


def test_a_missing_model_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = assignment(tmp_path, "")
    (tmp_path / "model.py").unlink()
    with pytest.raises(TrainerError, match=r"there is no model file model.py"):
        training.Training(task, lambda _: None).run()


def test_an_uncompiled_model_is_compiled_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, lines = train(tmp_path, monkeypatch, user_models.KERAS_3_UNCOMPILED, epochs=1, events=500)
    assert any("is not compiled: it is trained with Adam" in line for line in lines)


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "thesis.tex").write_text("")
    with pytest.raises(TrainerError, match="the folder output holds other things than a model"):
        train(tmp_path, monkeypatch, user_models.KERAS_2)
    assert (tmp_path / "output" / "thesis.tex").exists()


@pytest.mark.parametrize("keras", ["tf_keras", "keras"])
def test_lr_is_the_learning_rate(keras: str) -> None:
    learning_rate.accept_lr()
    optimizers = importlib.import_module(keras).optimizers
    for name in ("Adam", "SGD", "RMSprop", "Adagrad", "Nadam"):
        assert float(getattr(optimizers, name)(lr=0.125).learning_rate) == 0.125
        assert float(getattr(optimizers, name)(0.25).learning_rate) == 0.25
        same = getattr(optimizers, name).from_config(getattr(optimizers, name)(lr=0.5).get_config())
        assert float(same.learning_rate) == 0.5
    with pytest.raises(TypeError, match="got both lr and learning_rate"):
        optimizers.Adam(lr=0.1, learning_rate=0.1)

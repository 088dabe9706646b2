"""Models of PyTorch."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from slipway_trainer import faults
from slipway_trainer.errors import TrainerError
from slipway_trainer.export import onnx
from slipway_trainer.frameworks.learner import Floats, Learner, Plan, Rows
from slipway_trainer.frameworks.torch_ending import ending
from slipway_trainer.metrics import accuracy, area_under_curve, probabilities
from slipway_trainer.surroundings import processors

if TYPE_CHECKING:
    from slipway_trainer.model import ModelFile

BLOCK = 8192
"""Rows of one run when nothing is learned."""


class TorchLearner(Learner):
    """Trains a ``torch.nn.Module`` that takes float32[rows, columns] and gives one value, or one a class, for each row.

    The model's file may hold

    ``loss``
        called with the outputs and the targets: float32 of the outputs' shape where there is one value a row, int64
        numbers of classes otherwise. By default cross-entropy, binary where there is one value, of probabilities where
        the model ends in a sigmoid or softmax, of logits otherwise.
    ``optimizer``
        called with the model's parameters. Adam by default.
    ``learning_rate``
        of the default optimizer; 0.001 by default.
    """

    main_file = onnx.FILE
    input_name = "inputs"

    def __init__(self, model: Any, file: ModelFile, columns: int, log: Callable[[str], None]) -> None:  # noqa: ANN401
        torch.set_num_threads(processors())
        self.framework = f"PyTorch {torch.__version__}"
        self.columns = columns
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._model: torch.nn.Module = model.to(self._device)
        self._log = log
        self._model.eval()
        try:
            with torch.no_grad():
                result = self._model(torch.zeros(2, columns, device=self._device))
            last = ending(self._model, columns, self._device)
        except Exception as error:
            told = faults.told(error, file.path.parent)
            raise TrainerError(
                f"the model of {file.path.name} does not take rows of {columns} columns: {told}"
            ) from error
        if not isinstance(result, torch.Tensor) or result.ndim not in (1, 2) or len(result) != 2:
            shape = f"the shape {list(result.shape)}" if isinstance(result, torch.Tensor) else type(result).__name__
            raise TrainerError(f"the model of {file.path.name} gives {shape} for 2 rows; it must be [2, values]")
        width = 1 if result.ndim == 1 else int(result.shape[1])
        self.outputs = {"outputs": width}
        own = getattr(file.module, "loss", None)
        self._loss = own if callable(own) else _default_loss(width, last)
        self.logits = last not in ("sigmoid", "softmax")
        try:
            self._optimizer = self._make_optimizer(file)
        except Exception as error:
            told = faults.told(error, file.path.parent)
            raise TrainerError(f"the optimizer of {file.path.name} cannot be made: {told}") from error

    def _make_optimizer(self, file: ModelFile) -> torch.optim.Optimizer:
        make = getattr(file.module, "optimizer", None)
        if callable(make):
            return make(self._model.parameters())
        rate = float(getattr(file.module, "learning_rate", 1e-3))
        return torch.optim.Adam(self._model.parameters(), lr=rate)

    def summary(self) -> str:
        count = sum(parameter.numel() for parameter in self._model.parameters())
        return f"{self._model}\nTotal params: {count}"

    def fit(self, train: Rows, validation: Rows | None, plan: Plan) -> list[dict[str, float]]:
        x, y = self._tensors(train)
        generator = torch.Generator().manual_seed(plan.seed)
        history = []
        for epoch in range(1, plan.epochs + 1):
            started = time.monotonic()
            order = torch.randperm(len(x), generator=generator) if plan.shuffle else torch.arange(len(x))
            loss, scores = self._learn(x, y, order.to(self._device), plan.batch_size)
            entry = {"loss": loss, **self._judged(scores, train.y[order.numpy()])}
            if validation:
                found = self._judged(self._scores(validation.x), validation.y)
                entry |= {"val_loss": self.loss(validation), **{f"val_{name}": value for name, value in found.items()}}
            history.append(entry)
            if plan.verbose:
                shown = " - ".join(f"{name}: {value:.4f}" for name, value in entry.items())
                self._log(f"Epoch {epoch}/{plan.epochs} - {time.monotonic() - started:.1f}s - {shown}")
        return history

    def predict(self, x: Floats) -> dict[str, Floats]:
        return {"outputs": self._scores(x)}

    def loss(self, rows: Rows) -> float:
        self._model.eval()
        total = 0.0
        with torch.no_grad():
            for start in range(0, len(rows.x), BLOCK):
                x, y = self._tensors(Rows(rows.x[start : start + BLOCK], rows.y[start : start + BLOCK]))
                total += float(self._loss_of(self._model(x), y)) * len(x)
        return total / len(rows.x)

    def save_snapshot(self, folder: Path) -> None:
        model = _Served(copy.deepcopy(self._model), self.outputs["outputs"]).cpu().eval()
        onnx.from_torch(model, self.columns, self.input_name, list(self.outputs), folder / onnx.FILE)

    def save(self, folder: Path, sample: Floats, log: Callable[[str], None]) -> None:
        try:
            self.save_snapshot(folder)
        except Exception as error:
            raise TrainerError(f"the model cannot be written as {onnx.FILE}: {faults.told(error, folder)}") from error
        onnx.check(folder / onnx.FILE, self.input_name, sample, self.predict(sample))
        torch.save({name: value.cpu() for name, value in self._model.state_dict().items()}, folder / "model.pt")

    def _learn(self, x: torch.Tensor, y: torch.Tensor, order: torch.Tensor, batch_size: int) -> tuple[float, Floats]:
        self._model.train()
        batches = list(order.split(batch_size))
        if len(batches) > 1 and len(batches[-1]) == 1:
            # Batch normalisation refuses a single row.
            last = batches.pop()
            batches[-1] = torch.cat((batches[-1], last))
        total, scores = 0.0, []
        for batch in batches:
            self._optimizer.zero_grad()
            results = self._model(x[batch])
            loss = self._loss_of(results, y[batch])
            loss.backward()
            self._optimizer.step()
            total += loss.item() * len(batch)
            scores.append(results.detach().cpu().reshape(len(batch), -1).numpy())
        return total / len(order), np.concatenate(scores)

    def _loss_of(self, results: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return self._loss(results, y if self.outputs["outputs"] > 1 else y.to(results.dtype).reshape(results.shape))

    def _scores(self, x: Floats) -> Floats:
        self._model.eval()
        blocks = [torch.from_numpy(x[start : start + BLOCK]) for start in range(0, len(x), BLOCK)]
        with torch.no_grad():
            return np.concatenate(
                [self._model(block.to(self._device)).cpu().reshape(len(block), -1).numpy() for block in blocks]
            )

    def _judged(self, scores: Floats, y: npt.NDArray[np.int64]) -> dict[str, float]:
        given = probabilities(scores, self.logits)
        found = {"accuracy": accuracy(given, y)}
        area = area_under_curve(given, y)
        return found if area is None else found | {"auc": area}

    def _tensors(self, rows: Rows) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.from_numpy(rows.x).to(self._device), torch.from_numpy(rows.y).to(self._device)


class _Served(torch.nn.Module):
    """A model whose outputs are a table also where it gives one number a row."""

    def __init__(self, model: torch.nn.Module, width: int) -> None:
        super().__init__()
        self.model = model
        self.width = width

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.model(rows).reshape(-1, self.width)


def _default_loss(width: int, last: str) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    if width == 1:
        return torch.nn.BCELoss() if last == "sigmoid" else torch.nn.BCEWithLogitsLoss()
    if last == "softmax":
        return lambda results, y: torch.nn.functional.nll_loss(torch.log(results.clamp_min(1e-7)), y)
    return torch.nn.NLLLoss() if last == "log_softmax" else torch.nn.CrossEntropyLoss()

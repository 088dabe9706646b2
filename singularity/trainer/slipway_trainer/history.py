"""What was seen while the model learned."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from slipway_trainer.errors import TrainerError


@dataclass
class History:
    """Figures of each epoch of each chunk, in their order."""

    chunks: list[int] = field(default_factory=list)
    """The chunk of each epoch, counted from 1."""
    epochs: list[int] = field(default_factory=list)
    """The epoch within its chunk, counted from 1."""
    values: dict[str, list[float | None]] = field(default_factory=dict)
    """``loss``, ``val_loss`` and metrics by name; None in epochs that do not have them."""

    def add(self, chunk: int, epochs: list[dict[str, float]]) -> None:
        """Add the epochs of a chunk.

        Raises
        ------
        TrainerError
            Where a loss is not a number: what has been learned is lost then.
        """
        for number, figures in enumerate(epochs, 1):
            for name in ("loss", "val_loss"):
                if not math.isfinite(figures.get(name, 0.0)):
                    raise TrainerError(
                        f"the model diverged: {name} is {figures[name]} in epoch {number} of chunk {chunk};"
                        " a lower learning rate, or another loss, may help"
                    )
            before = len(self.epochs)
            self.chunks.append(chunk)
            self.epochs.append(number)
            for name in figures.keys() | self.values.keys():
                value = figures.get(name)
                known = value is not None and math.isfinite(value)
                self.values.setdefault(name, [None] * before).append(value if known else None)

    def document(self) -> dict[str, list[float | None] | list[int]]:
        """Return the history for JSON, rounded to what can matter."""
        rounded = {
            name: [None if value is None else float(f"{value:.6g}") for value in values]
            for name, values in sorted(self.values.items())
        }
        return {"chunk": self.chunks, "epoch": self.epochs, **rounded}

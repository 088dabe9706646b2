"""The training curve as a picture."""

from __future__ import annotations

from pathlib import Path

from slipway_trainer.history import History


def draw(history: History, path: Path, title: str) -> None:
    """Draw the loss above the metrics, of training and of validation, over all epochs of all chunks."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    losses = [name for name in ("loss", "val_loss") if name in history.values]
    metrics = sorted(
        (name for name in history.values if not name.endswith("loss") and name not in ("lr", "learning_rate")),
        key=lambda name: (name.removeprefix("val_"), name),
    )
    figure = Figure(figsize=(8, 7 if metrics else 4), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(2 if metrics else 1, 1, sharex=True, squeeze=False)[:, 0]
    epochs = range(1, len(history.epochs) + 1)
    for panel, names, label in zip(panels, (losses, metrics), ("loss", "metrics"), strict=False):
        for index, name in enumerate(names):
            values = [float("nan") if value is None else value for value in history.values[name]]
            style = "--" if name.startswith("val_") else "-"
            color = f"C{sorted({n.removeprefix('val_') for n in names}).index(name.removeprefix('val_'))}"
            shown = name.removeprefix("val_") + (" (validation)" if style == "--" else " (training)")
            # A line of one point cannot be seen.
            marker = "o" if len(epochs) <= 20 else None
            panel.plot(epochs, values, style, color=color, label=shown, marker=marker, markersize=3, zorder=index + 2)
        begins = [epoch for epoch, number in zip(epochs, history.epochs, strict=True) if number == 1]
        if 1 < len(begins) <= 50:
            for begin in begins[1:]:
                panel.axvline(begin - 0.5, color="0.85", linewidth=0.8, zorder=1)
        panel.set_ylabel(label)
        panel.legend(fontsize="small")
    panels[-1].set_xlabel("epoch, through all chunks")
    panels[0].set_title(title)
    figure.savefig(path, dpi=100, format="png")

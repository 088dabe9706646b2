"""Compares what the server says of fresh events with what the framework that trained the model says of them.

``served.py FRAMEWORK SAMPLE UPLOAD VERSION URL NAME`` runs in the image that trained: SAMPLE is the folder of the
program that makes events, UPLOAD the folder that was trained from, VERSION the published model's files. The rows are
scaled here anew, from the files themselves. Prints the largest differences, and the AUC on the fresh events, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np
import numpy.typing as npt
import uproot
from sklearn.metrics import roc_auc_score

EVENTS = 1000
Branches = dict[str, ak.Array]


def main() -> None:
    """Ask framework and server, and compare."""
    framework, sample, upload, version, url, name = sys.argv[1:]
    training = [branches_of(Path(upload) / f"{kind}.root") for kind in ("signal", "background")]
    fresh, labels = fresh_events(sample, longest(training))
    features = (Path(version) / "feature_names.txt").read_text().split()
    rows = scaled(fresh, features, training)
    wanted = by_framework(framework, Path(upload), Path(version), rows)
    server = Server(url, name, os.environ["SLIPWAY_TOKEN"])
    normalised = server.infer(rows)
    raw = server.predict_raw(fresh)
    metrics = json.loads((Path(version) / "metrics.json").read_text())
    print(
        json.dumps(
            {
                "events": len(wanted),
                "normalised": float(np.abs(normalised - wanted).max()),
                "raw": float(np.abs(raw - wanted).max()),
                "auc": float(roc_auc_score(labels, wanted)),
                "test_auc": metrics["test_auc"],
                "platform": server.platform,
            }
        )
    )


def branches_of(path: Path) -> Branches:
    """Read all branches of a file that are features."""
    tree = uproot.open(path)["events"]
    return {name: tree[name].array() for name in tree.keys() if name not in ("runNo", "evtNo", "lumi")}  # noqa: SIM118


def longest(files: list[Branches]) -> int:
    """Give the most jets of an event."""
    return max(int(ak.max(file["nJet"])) for file in files)


def fresh_events(sample: str, most_jets: int) -> tuple[Branches, npt.NDArray[np.int64]]:
    """Make events that no training has seen, half of them signal, with no more jets than those that one has."""
    sys.path.insert(0, sample)
    from make_sample import events

    halves = []
    for signal in (True, False):
        made = events(np.random.default_rng(4711 + signal), EVENTS, signal=signal, first=0)
        jets = made.pop("Jet")
        half = {name: ak.Array(values) for name, values in made.items() if name not in ("runNo", "evtNo", "lumi")}
        half |= {f"Jet_{field}": jets[field] for field in jets.fields} | {"nJet": ak.num(jets)}
        kept = half["nJet"] <= most_jets
        halves.append({name: values[kept][: EVENTS // 2] for name, values in half.items()})
    both = {name: ak.concatenate([half[name] for half in halves]) for name in halves[0]}
    return both, np.repeat([1, 0], EVENTS // 2)


def scaled(events: Branches, features: list[str], training: list[Branches]) -> npt.NDArray[np.float32]:
    """Put events into rows of shape (events, features), each branch between its least and its greatest value."""
    rows = np.zeros((len(events["nJet"]), len(features)), np.float64)
    for column, feature in enumerate(features):
        branch, _, place = feature.rpartition("_")
        branch, index = (branch, int(place)) if branch in events and place.isdigit() else (feature, None)
        least = min(float(ak.min(file[branch])) for file in training)
        greatest = max(float(ak.max(file[branch])) for file in training)
        values = events[branch]
        if index is not None:
            values = ak.fill_none(ak.pad_none(values, index + 1)[:, index], np.nan)
        values = ak.to_numpy(values).astype(np.float64)
        rows[:, column] = 0 if greatest == least else (values - least) / (greatest - least)
    return np.nan_to_num(rows, nan=0.0).astype(np.float32)


def by_framework(framework: str, upload: Path, version: Path, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Give the scores of shape (events,) by the library that trained the model."""
    if framework == "torch":
        import torch

        sys.path.insert(0, str(upload))
        from ex_torch_model import model

        network = model(rows.shape[1])
        network.load_state_dict(torch.load(version / "model.pt", weights_only=True))
        network.eval()
        with torch.no_grad():
            return network(torch.from_numpy(rows)).numpy()[:, 0]
    if framework == "keras2":
        from tensorflow import keras
    else:
        import keras
    return keras.models.load_model(version / "model.keras").predict(rows, verbose=0)[:, 0]


class Server:
    """The server, asked for one model."""

    def __init__(self, url: str, name: str, token: str) -> None:
        self._url, self._name, self._token = url, name, token
        metadata = self._get(f"/v2/models/{name}")
        self.platform = metadata["platform"]
        self._input = metadata["inputs"][0]["name"]

    def infer(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Ask with rows as the training saw them."""
        tensor = {
            "name": self._input,
            "shape": list(rows.shape),
            "datatype": "FP32",
            "data": rows.ravel().tolist(),
        }
        answer = self._get(f"/v2/models/{self._name}/infer", {"inputs": [tensor]})
        return np.asarray(answer["outputs"][0]["data"], np.float32)

    def predict_raw(self, events: Branches) -> npt.NDArray[np.float32]:
        """Ask with events as their file has them: lists for jets, nothing scaled."""
        rows = ak.to_list(ak.zip(events, depth_limit=1))
        answer = self._get(f"/api/v1/models/{self._name}/predict", {"rows": rows, "raw": True})
        return np.asarray(answer["predictions"], np.float32).reshape(len(rows))

    def _get(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(self._url + path, headers={"Authorization": f"Bearer {self._token}"})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


if __name__ == "__main__":
    main()

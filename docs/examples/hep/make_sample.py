"""Writes a folder as MLaaS4HEP's users upload it: ROOT files of made-up events, models, parameters and lists.

The signal has more and harder jets than the background, so that a small network tells them apart:
    python3 make_sample.py folder --events 20000
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import awkward as ak
import numpy as np
import uproot

BLOCK = 100_000

PARAMETERS = {
    "nevts": -1,
    "shuffle": True,
    "chunk_size": 10_000,
    "epochs": 3,
    "batch_size": 100,
    "identifier": ["runNo", "evtNo", "lumi"],
    "branch": "events",
    "selected_branches": "",
    "exclude_branches": "",
    "hist": "pdfs",
    "redirector": "root://localhost",
    "verbose": 1,
}


def events(rng: np.random.Generator, count: int, *, signal: bool, first: int) -> dict[str, ak.Array | np.ndarray]:
    """Make branches of ``count`` events: flat ones of shape (count,), and ``Jet`` with a list of jets for each event.

    Its fields become the jagged branches ``Jet_pt`` and so on, beside their count ``nJet``.
    Momenta and masses are in GeV, angles in radians.
    """
    jets = rng.poisson(5.5 if signal else 3.5, count)
    total = int(jets.sum())
    values = {
        "pt": 25 + rng.exponential(60 if signal else 35, total),
        "eta": rng.normal(0, 1.1 if signal else 1.6, total),
        "phi": rng.uniform(-np.pi, np.pi, total),
        "mass": rng.gamma(4, 3, total),
        "btag": rng.beta(3.5 if signal else 1.5, 2.5, total),
    }
    lists = ak.zip({name: ak.unflatten(flat.astype(np.float32), jets) for name, flat in values.items()})
    scale = 1.3 if signal else 1.0
    return {
        "runNo": np.full(count, 1, np.int32),
        "lumi": (np.arange(first, first + count) // 1000).astype(np.int32),
        "evtNo": np.arange(first, first + count, dtype=np.int64),
        "MET_pt": rng.exponential(45 * scale, count).astype(np.float32),
        "MET_phi": rng.uniform(-np.pi, np.pi, count).astype(np.float32),
        "HT": np.asarray(ak.sum(lists["pt"], axis=1), np.float32),
        "sphericity": rng.beta(5 if signal else 2, 4, count).astype(np.float32),
        "nVertex": rng.poisson(30, count).astype(np.int32),
        "isTriggered": rng.random(count) < 0.9,
        "Jet": lists,
    }


def write_events(path: Path, count: int, *, signal: bool, seed: int) -> None:
    """Write ``count`` events to the tree ``events`` of a ROOT file, block by block."""
    rng = np.random.default_rng(seed)
    with uproot.recreate(path, compression=uproot.LZ4(1)) as file:
        for first in range(0, count, BLOCK):
            block = events(rng, min(BLOCK, count - first), signal=signal, first=first)
            if first == 0:
                file.mktree("events", {name: ak.type(ak.Array(values)).content for name, values in block.items()})
            file["events"].extend(block)


def main() -> None:
    """Write the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=20_000, help="events of signal and background together")
    parser.add_argument("--store", default="/store/user/sample", help="where a server of remote files shows them")
    options = parser.parse_args()

    options.folder.mkdir(parents=True, exist_ok=True)
    samples = {"signal": 1, "background": 0}
    for name, label in samples.items():
        write_events(options.folder / f"{name}.root", options.events // 2, signal=label == 1, seed=label)
    files = [f"{name}.root" for name in samples]
    texts = {
        "files_local.txt": "".join(f"{file}\n" for file in files),
        "files_remote.txt": "".join(f"{options.store}/{file}\n" for file in files),
        "labels_local.txt": "".join(f"{label}\n" for label in samples.values()),
        "labels_remote.txt": "".join(f"{label}\n" for label in samples.values()),
        "params_local.json": json.dumps(PARAMETERS, indent=4) + "\n",
        "params_remote.json": json.dumps(PARAMETERS, indent=4) + "\n",
    }
    for name, text in texts.items():
        (options.folder / name).write_text(text)
    for model in Path(__file__).parent.glob("ex_*_model.py"):
        (options.folder / model.name).write_text(model.read_text())


if __name__ == "__main__":
    main()

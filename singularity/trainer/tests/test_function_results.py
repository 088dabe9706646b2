"""What users' functions for events may give, and how many events they get at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from samples import all_chunks, dataset, write_tree
from slipway_trainer.errors import TrainerError

HEAD = "import awkward as ak\nimport numpy as np\n\n\ndef preprocessing(events):\n"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("return {'x': [1, 2]}", "must give an awkward array of events with branches, not dict"),
        ("return events.to_list()", "must give an awkward array of events with branches, not list"),
        ("return (event for event in events)", "must give an awkward array of events with branches, not generator"),
        ("return events.x", "must give an awkward array of events with branches, not an array without branches"),
        ("return events if len(events) > 200 else events[['x']]", "gives the branch y to some events only"),
        ("raise SystemExit(2)", "f.py failed: SystemExit in line 6: 2"),
    ],
)
def test_other_results_than_events_are_one_sentence(tmp_path: Path, body: str, sentence: str) -> None:
    write_tree(tmp_path / "data" / "a.root", {"x": np.arange(300.0), "y": np.arange(300.0)})
    (tmp_path / "f.py").write_text(f"{HEAD}    {body}\n")
    with pytest.raises(TrainerError) as caught:
        all_chunks(dataset(tmp_path / "data", ["a.root"], preprocessing=tmp_path / "f.py", chunk_size=250))
    assert sentence in str(caught.value) and str(caught.value).startswith("a.root: ")


def test_many_files_share_a_chunk_of_memory(tmp_path: Path) -> None:
    names = [f"{index}.root" for index in range(4)]
    for name in names:
        write_tree(tmp_path / "data" / name, {"x": np.arange(5000.0)})
    counts = tmp_path / "counts"
    body = f"with open({str(counts)!r}, 'a') as file:\n        print(len(events), file=file)\n    return events"
    (tmp_path / "f.py").write_text(f"{HEAD}    {body}\n")
    chunk = all_chunks(dataset(tmp_path / "data", names, preprocessing=tmp_path / "f.py", chunk_size=8000))
    assert len(chunk.y) == 20_000
    assert max(map(int, counts.read_text().split())) == 2000

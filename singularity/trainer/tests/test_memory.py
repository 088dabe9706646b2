"""Memory is bounded by the chunk, whatever the file's size."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import uproot
from samples import write_tree

SCRIPT = """
import re, sys
from pathlib import Path
from samples import dataset

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024

small, large = (dataset(Path(sys.argv[1]), [name], chunk_size=5000) for name in sys.argv[2:])
for data in (small, large):
    data.first_pass()
    assert sum(len(chunk.y) for chunk in data.chunks()) == data.events
    print(peak())
"""


@pytest.mark.parametrize(
    ("compression", "step"), [(None, 120_000), (uproot.LZ4(1), 10_000)], ids=["one large basket", "small baskets"]
)
def test_a_large_file_takes_no_more_memory_than_a_small_one(tmp_path: Path, compression: object, step: int) -> None:
    random = np.random.default_rng(1)
    for name, events in (("small.root", 10_000), ("large.root", 120_000)):
        columns = {f"b{i:02d}": random.integers(0, 1000, events).astype("f8") for i in range(30)}
        write_tree(tmp_path / "data" / name, columns, step=step, compression=compression)
    size = 120_000 * 30 * 8
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": f"{here.parent}:{here}:{os.environ.get('PYTHONPATH', '')}"}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "data"), "small.root", "large.root"]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()
    small, large = map(int, said)
    assert large - small < size / 3

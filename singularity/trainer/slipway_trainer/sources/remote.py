"""Bytes of a remote ROOT file, through XRootD."""

from __future__ import annotations

import os
import queue
from collections.abc import Sequence
from typing import Any

from slipway_trainer.sources.ranges import Ranges

LIMITS = {
    "XRD_CONNECTIONWINDOW": 10,
    "XRD_CONNECTIONRETRY": 2,
    "XRD_REQUESTTIMEOUT": 25,
    "XRD_STREAMTIMEOUT": 25,
    "XRD_STREAMERRORWINDOW": 20,
    "XRD_TIMEOUTRESOLUTION": 1,
}
"""Seconds and attempts: XRootD's client waits half an hour for a server that died; these make it a minute at most."""


def limit_waiting() -> int:
    """Set XRootD's limits, where the site has not set its own, before its library is loaded.

    Returns
    -------
    int
        Seconds that one request may take.
    """
    for name, value in LIMITS.items():
        os.environ.setdefault(name, str(value))
    timeout = os.environ["XRD_REQUESTTIMEOUT"]
    return int(timeout) if timeout.isdecimal() else LIMITS["XRD_REQUESTTIMEOUT"]


def remote_options() -> dict[str, Any]:
    """Give uproot's options for a remote file: XRootD's client itself, for its vector reads and its time limits."""
    timeout = limit_waiting()
    from uproot.source.xrootd import XRootDSource

    return {"handler": XRootDSource, "timeout": timeout, "num_workers": 1, "use_threads": False}


class RemoteRanges(Ranges):
    """Ranges of a remote file: those announced come in one vector read."""

    def __init__(self, address: str) -> None:
        """Open the file at an address ``root://host//path``."""
        options = remote_options()
        self._source = options.pop("handler")(address, **options)
        self._fetched: dict[tuple[int, int], memoryview] = {}

    def read(self, start: int, size: int) -> memoryview:
        """Give ``size`` bytes from ``start``; what was fetched is given once."""
        data = self._fetched.pop((start, size), None)
        if data is None:
            self.prefetch([(start, size)])
            data = self._fetched.pop((start, size))
        return data

    def prefetch(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Fetch ranges in one vector read."""
        wanted = sorted({entry for entry in ranges if entry not in self._fetched})
        if not wanted:
            return
        notes: queue.Queue[Any] = queue.Queue()
        chunks = self._source.chunks([(start, start + size) for start, size in wanted], notes)
        for (start, size), chunk in zip(wanted, chunks, strict=True):
            data = memoryview(chunk.raw_data).cast("B")
            if len(data) != size:
                raise OSError("the file is cut off")
            self._fetched[start, size] = data

    def close(self) -> None:
        """Close the file, and forget what was fetched."""
        self._fetched.clear()
        self._source.close()

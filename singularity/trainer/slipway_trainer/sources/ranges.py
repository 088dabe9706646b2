"""Bytes of a ROOT file, local or remote."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from pathlib import Path


class Ranges(ABC):
    """Ranges of bytes of one file."""

    @abstractmethod
    def read(self, start: int, size: int) -> memoryview:
        """Give ``size`` bytes from ``start``.

        Raises
        ------
        OSError
            The file cannot be read, or ends before.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""


class LocalRanges(Ranges):
    """Ranges of a file on a disk."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def read(self, start: int, size: int) -> memoryview:
        """Give ``size`` bytes from ``start``."""
        data = os.pread(self._descriptor, size, start)
        # A read gives at most 2 GiB at a time, and may give less.
        if len(data) < size:
            pieces = [data]
            got = len(data)
            while got < size:
                piece = os.pread(self._descriptor, size - got, start + got)
                if not piece:
                    raise OSError("the file is cut off")
                pieces.append(piece)
                got += len(piece)
            data = b"".join(pieces)
        return memoryview(data)

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

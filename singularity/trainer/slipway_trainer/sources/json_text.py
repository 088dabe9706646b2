"""From JSON as it is written to JSON lines, block by block."""

from __future__ import annotations

import re
from typing import Protocol

import numpy as np
import numpy.typing as npt

NO_NUMBER = re.compile(rb"(?<=[:\[,\s])-?(?:NaN|Infinity|nan|inf)(?=[,\]}\s])")
"""Python's words for what JSON has no number for."""


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int) -> bytes:
        """Give at most ``size`` bytes; none at the end."""


class Lines:
    """A file object of JSON lines, out of one array of objects, or out of lines.

    An array's brackets become spaces, and the commas between its objects line feeds; a line feed inside an object
    becomes a space. What is neither a number nor null, such as ``NaN``, becomes null. All but that is done a block
    at a time by NumPy.
    """

    def __init__(self, stream: Readable) -> None:
        """Read from ``stream``."""
        self._stream = stream
        self._array: bool | None = None
        self._depth = 0
        self._quoted = False
        self._escaped = False
        self._rest = b""
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        """Give a block of about ``size`` bytes, which ends between two values; none at the end."""
        size = max(size, 1 << 16)
        while True:
            block = self._stream.read(size)
            if not block:
                if self._depth:
                    raise ValueError("the array has no end")
                block, self._rest = self._rest, b""
                return NO_NUMBER.sub(b"null", block)
            if self._array is None:
                if not block.strip():
                    continue
                self._array = block.lstrip().startswith(b"[")
            text = self._rest + (self._unwrapped(block) if self._array else bytes(block))
            # A word that a block's end cuts in two must not be missed: keep what follows the last line.
            end = text.rfind(b"\n") + 1
            self._rest = text[end:]
            if end:
                return NO_NUMBER.sub(b"null", text[:end])

    def close(self) -> None:
        """Nothing is held."""
        self.closed = True

    def readable(self) -> bool:
        """Give true: bytes can be read."""
        return True

    def writable(self) -> bool:
        """Give false."""
        return False

    def seekable(self) -> bool:
        """Give false."""
        return False

    def _unwrapped(self, block: bytes) -> bytes:
        letters = np.frombuffer(block, np.uint8).copy()
        quotes = (letters == ord('"')) & ~self._after_escape(letters == ord("\\"))
        inside = (np.cumsum(quotes) + self._quoted) % 2 == 1
        opens = ((letters == ord("[")) | (letters == ord("{"))) & ~inside
        closes = ((letters == ord("]")) | (letters == ord("}"))) & ~inside
        depth = self._depth + np.cumsum(opens.astype(np.int64) - closes)
        letters[(letters == ord("\n")) | (letters == ord("\r"))] = ord(" ")
        letters[(letters == ord(",")) & (depth == 1) & ~inside] = ord("\n")
        letters[(opens & (depth == 1)) | (closes & (depth == 0))] = ord(" ")
        self._depth = int(depth[-1])
        self._quoted = bool(inside[-1])
        return letters.tobytes()

    def _after_escape(self, slashes: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Give the letters that a backslash escapes: those after an odd number of backslashes."""
        if not slashes.any() and not self._escaped:
            return slashes
        places = np.arange(1, len(slashes) + 1)
        runs = places - np.maximum.accumulate(np.where(slashes, 0, places))
        if self._escaped:
            first = len(slashes) if slashes.all() else int(np.argmin(slashes))
            runs[:first] += 1
        escaped = np.empty(len(slashes), np.bool_)
        escaped[0] = self._escaped
        escaped[1:] = runs[:-1] % 2 == 1
        self._escaped = bool(runs[-1] % 2)
        return escaped

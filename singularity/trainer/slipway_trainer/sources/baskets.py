"""One branch of a ROOT tree, basket by basket.

uproot finds the baskets and says what is in them; their bytes are read here, because uproot's way costs some hundred
microseconds and three copies a basket. A basket is a record with a key's header, the data, and, where lists have
changing lengths, an array of 4-byte offsets after them (ROOT, ``io/doc/TFile/TBasket.md``).
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from typing import Any

import numpy as np
import numpy.typing as npt
from uproot.behaviors.TBranch import TBranch

from slipway_trainer.columns import Column, Jagged, join, native, offsets, regular, span
from slipway_trainer.sources.compressed import decompress
from slipway_trainer.sources.ranges import Ranges
from slipway_trainer.sources.shapes import Shape, shape_of

KEY = struct.Struct(">ihiIh")
TAIL = struct.Struct(">Hiiii")
LARGEST_KEY = 4096
DIRECT = 1 << 16
"""Bytes from which on an uncompressed basket is read piece by piece as its events are wanted, and never kept."""


class Baskets:
    """A branch's values, from any event on; the basket that was read last is kept."""

    def __init__(self, branch: TBranch, shape: Shape, ranges: Ranges) -> None:
        """Look up where the baskets are."""
        self._shape = shape
        self._ranges = ranges
        self._first = [int(entry) for entry in branch.entry_offsets]
        stored = branch.num_baskets - len(branch.embedded_baskets)
        self._seek = [int(place) for place in branch.member("fBasketSeek")[:stored]]
        self._size = [int(size) for size in branch.member("fBasketBytes")[:stored]]
        self._counter = _counter(branch, shape, ranges)
        # A branch holds its whole tree in memory: it is kept only where its bytes are no plain baskets.
        self.branch = branch if shape.stored is None or len(self._seek) < branch.num_baskets else None
        self._kept: tuple[int, Column] | None = None
        self._key: tuple[int, int, int, int] | None = None

    def ranges(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Give the place and size of each basket that `take` will read for these events."""
        kept = self._kept[0] if self._kept else -1
        return [
            (self._seek[number], self._size[number])
            for number in self._numbers(start, stop)
            if number < len(self._seek) and number != kept
        ]

    def take(self, start: int, stop: int, direct: bool) -> Column:
        """Give the values of the events from ``start`` to before ``stop``.

        Parameters
        ----------
        direct : bool
            Whether parts of a basket may be read alone.

        Raises
        ------
        ValueError, OSError
            The file is damaged or cut off, or cannot be read.
        """
        if self._shape.stored is None:
            return self._unpacked(start, stop)
        if start == stop:
            values = np.empty(0, self._shape.stored)
            return Jagged(np.zeros(1, np.int64), values) if self._shape.jagged else values
        pieces: list[Column] = []
        for number in self._numbers(start, stop):
            first, last = self._first[number], self._first[number + 1]
            begin, end = max(start, first) - first, min(stop, last) - first
            piece = self._part(number, last - first, begin, end) if direct else None
            pieces.append(span(self._basket(number, last - first), begin, end) if piece is None else piece)
        return join(pieces)

    def _numbers(self, start: int, stop: int) -> range:
        if stop <= self._first[-1]:
            return range(bisect_right(self._first, start) - 1, bisect_left(self._first, stop))
        raise ValueError(f"baskets hold {self._first[-1]} events")

    def _unpacked(self, start: int, stop: int) -> Column:
        """Read what only uproot unpacks, such as ``Double32_t`` with a range."""
        assert self.branch is not None, "kept for this"
        values = self.branch.array(entry_start=start, entry_stop=stop, library="np", array_cache=None)
        return np.asarray(values)

    def _part(self, number: int, events: int, begin: int, end: int) -> Column | None:
        """Read some events of an uncompressed basket of flat values; None where it is none."""
        stored, width = self._shape.stored, self._shape.width
        if stored is None or not width or number >= len(self._seek) or self._size[number] < DIRECT:
            return None
        if self._key is None or self._key[0] != number:
            seek, size = self._seek[number], self._size[number]
            data = self._ranges.read(seek, min(size, LARGEST_KEY))
            self._key = (number, *self._header(data, size))
        _, key, length, border = self._key
        step = stored.itemsize * width
        if length != self._size[number] - key or border != events * step:
            return None
        data = self._ranges.read(self._seek[number] + key + begin * step, (end - begin) * step)
        values = np.frombuffer(data, stored)
        return values if width == 1 else regular(values.reshape(-1, width))

    def _basket(self, number: int, events: int) -> Column:
        """Read a basket, or give the one that was read last."""
        if self._kept is None or self._kept[0] != number:
            self._kept = (number, self._decoded(number, events))
        return self._kept[1]

    def _decoded(self, number: int, events: int) -> Column:
        if number >= len(self._seek):
            assert self.branch is not None, "kept for this"
            basket = self.branch.basket(number)
            return self._column(basket.data, basket.byte_offsets, number, events)
        record = self._ranges.read(self._seek[number], self._size[number])
        key, length, border = self._header(record, len(record))
        body = record[key:]
        data = np.frombuffer(body, np.uint8) if len(body) == length else decompress(body, length)
        places: npt.NDArray[np.int64] | None = None
        if border != length:
            places = data[border:].view(">i4")[1:] - np.int64(key)
            places[-1] = border
        return self._column(data[:border], places, number, events)

    @staticmethod
    def _header(record: memoryview, size: int) -> tuple[int, int, int]:
        """Give the lengths of the key and of the uncompressed record after it, and where in it the data end."""
        if len(record) < KEY.size:
            raise ValueError("a basket is cut off")
        stored, _, length, _, key = KEY.unpack_from(record)
        if stored != size or not KEY.size + TAIL.size < key <= len(record) or length < 0:
            raise ValueError("a basket's header is damaged")
        border = TAIL.unpack_from(record, key - TAIL.size - 1)[4] - key
        if not 0 <= border <= length:
            raise ValueError("a basket's header is damaged")
        return key, length, border

    def _column(self, data: npt.NDArray[np.uint8], places: npt.NDArray[Any] | None, number: int, events: int) -> Column:
        """Give the values of one basket, whose lists begin at the bytes ``places``."""
        stored, width = self._shape.stored, self._shape.width
        assert stored is not None, "uproot unpacks such a branch"
        if width:
            if len(data) != events * width * stored.itemsize:
                raise ValueError(f"a basket holds {len(data)} bytes for {events} events")
            values = data.view(stored)
            return values if width == 1 else regular(values.reshape(events, width))
        if places is None:
            if self._counter is None:
                raise ValueError("a basket of lists has no offsets")
            counts = self._counter.take(self._first[number], self._first[number + 1], direct=False)
            assert not isinstance(counts, Jagged), "a counter has one number an event"
            places = offsets(native(counts)) * stored.itemsize
        steps = np.diff(places)
        if len(places) != events + 1 or places[0] != 0 or places[-1] != len(data) or steps.min(initial=0) < 0:
            raise ValueError("a basket's offsets are damaged")
        return _without_headers(data, places, steps, self._shape.header, stored)


def _counter(branch: TBranch, shape: Shape, ranges: Ranges) -> Baskets | None:
    """Give the branch of lists' lengths, where the baskets of the lists may have no offsets themselves."""
    if shape.width or shape.header:
        return None
    tree = branch.tree
    features = tree.member("fIOFeatures").member("fIOBits") if tree.has_member("fIOFeatures") else 0
    if branch.member("fEntryOffsetLen") and not features:
        return None
    counter = branch.count_branch
    counted = None if counter is None else shape_of(counter, branch.num_entries)
    return Baskets(counter, counted, ranges) if isinstance(counted, Shape) and counted.width == 1 else None


def _without_headers(
    data: npt.NDArray[np.uint8],
    places: npt.NDArray[np.int64],
    steps: npt.NDArray[np.int64],
    header: int,
    stored: np.dtype[Any],
) -> Jagged:
    """Give the lists between the bytes ``places``, without the ``header`` bytes at each one's beginning."""
    lengths = steps - header
    counts = lengths // stored.itemsize
    if lengths.min(initial=0) < 0 or np.any(counts * stored.itemsize != lengths):
        raise ValueError("a basket's offsets are damaged")
    if header:
        keep = np.ones(len(data), np.bool_)
        keep[(places[:-1, None] + np.arange(header)).reshape(-1)] = False
        data = data[keep]
    return Jagged(offsets(counts), data.view(stored))

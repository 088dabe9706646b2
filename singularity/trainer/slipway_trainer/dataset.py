"""The files of a training, in two passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from slipway_trainer.chunks import Chunk
from slipway_trainer.columns import Events
from slipway_trainer.errors import TrainerError
from slipway_trainer.first_pass import FirstPass
from slipway_trainer.labels import Labels
from slipway_trainer.mixing import quotas, shares
from slipway_trainer.parameters import Parameters
from slipway_trainer.preprocessing import Preprocessing
from slipway_trainer.rows import Rows
from slipway_trainer.scanning import BLOCK, whole_labels
from slipway_trainer.sources.paths import check_names, shown
from slipway_trainer.sources.source import Stream
from slipway_trainer.specs import Specs


class Dataset:
    """The files of a training: a first pass for the specs, then chunks as often as wanted."""

    def __init__(
        self,
        files: Sequence[str],
        labels: Labels,
        parameters: Parameters,
        *,
        folder: Path,
        datasets: Path | None = None,
        specs_folder: Path,
        preprocessing: Preprocessing | None = None,
        dtype: str | None = None,
        log: Callable[[str], None] = print,
    ) -> None:
        """Take the files together; nothing is read yet.

        Parameters
        ----------
        files : sequence of str
            Names relative to ``folder``, else to ``datasets``; ``/store/…`` paths; ``root://`` addresses.
        specs_folder : Path
            Where specs of earlier jobs may be, and those of this one go.
        dtype : str, optional
            The files' kind, where their endings do not tell.
        log : function
            Gets the lines that users read.

        Raises
        ------
        TrainerError
            No file or one twice, labels that are not as many as files, or a file of an unknown kind.
        """
        check_names(files)
        labels.check_count(len(files))
        self._labels = labels
        self._parameters = parameters
        self._first = FirstPass(
            files,
            labels.branch,
            parameters,
            folder=folder,
            datasets=datasets,
            specs_folder=specs_folder,
            preprocessing=preprocessing,
            dtype=dtype,
            log=log,
        )
        self._files = list(files)
        self._specs: Specs | None = None
        self._rows: Rows | None = None
        self._quotas: list[int] = []

    def first_pass(self) -> Specs:
        """Read, or take from earlier jobs, the specs of each file and of all.

        Raises
        ------
        TrainerError
            A file cannot be read, the selection names what is not there, or no branch or no event is left.
        """
        self._specs = self._first.run()
        self._rows = Rows(self._specs.branches, self._parameters.nan)
        counts = [self._specs.events[shown(name)] for name in self._files]
        self._quotas = quotas(self._parameters.nevts, counts)
        return self._specs

    @property
    def specs(self) -> Specs:
        """The specs of all files; only after `first_pass`."""
        if self._specs is None:
            raise RuntimeError("the first pass was not made")
        return self._specs

    @property
    def specs_texts(self) -> dict[str, str]:
        """What the specs files of this training hold, by their names; only after `first_pass`."""
        return self._first.specs_texts

    @property
    def rows(self) -> Rows:
        """The columns of a row; only after `first_pass`."""
        if self._rows is None:
            raise RuntimeError("the first pass was not made")
        return self._rows

    @property
    def columns(self) -> list[str]:
        """Names of a row's columns: flat branches, then each jagged one's ``Jet_pt_0``, ``Jet_pt_1``, …"""
        return self.rows.columns

    @property
    def minima(self) -> npt.NDArray[np.float64]:
        """The value that becomes 0, a column."""
        return self.rows.minima

    @property
    def maxima(self) -> npt.NDArray[np.float64]:
        """The value that becomes 1, a column; where equal to the minimum, all values become 0."""
        return self.rows.maxima

    @property
    def events(self) -> int:
        """Events in all chunks together."""
        return sum(self._quotas)

    @property
    def classes(self) -> int:
        """The greatest label, plus one."""
        if self._labels.values is not None:
            return max(self._labels.values) + 1
        label = self.specs.label
        return 1 if label is None or label.maximum is None else int(label.maximum) + 1

    def chunks(self) -> Iterator[Chunk]:
        """Give chunks of ``chunk_size`` events, the last one smaller; the same again for the same seed.

        Each chunk has events of all files, in proportion to what is left of each; every event comes once.
        """
        return self._chunks(self.rows)

    def close(self) -> None:
        """Close all files that were kept open."""
        self._first.close()

    def raw_rows(self, events: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Give the first ``events`` rows of the first chunk: as before scaling (NaN: missing), and scaled.

        Returns
        -------
        raw, scaled : float32[events, columns]
        """
        return self.raw_chunk().x[:events], next(self.chunks()).x[:events]

    def raw_chunk(self) -> Chunk:
        """Give the first chunk as it is before scaling, NaN where a value is missing; its rows have the same order."""
        return next(self._chunks(self.rows.raw()))

    def _chunks(self, rows: Rows) -> Iterator[Chunk]:
        left = list(self._quotas)
        number = 0
        with ExitStack() as stack:
            streams: list[Stream] = []
            for name in self._files:
                source = self._first.open(name)
                stream = self._first.stream(source, list(self.specs.branches))
                streams.append(stack.enter_context(closing(stream)))
                self._first.park(name)
            while sum(left):
                size = min(self._parameters.chunk_size, sum(left))
                parts = shares(size, left)
                yield self._chunk(rows, streams, parts, number)
                left = [rest - part for rest, part in zip(left, parts, strict=True)]
                number += 1

    def _chunk(self, rows: Rows, streams: list[Stream], parts: list[int], number: int) -> Chunk:
        size = sum(parts)
        x, mask = rows.empty(size)
        y = np.empty(size, np.int64)
        order: npt.NDArray[np.intp] | None = None
        if self._parameters.shuffle:
            order = np.random.default_rng((self._parameters.seed, number)).permutation(size)
        position = 0
        for index, (stream, part) in enumerate(zip(streams, parts, strict=True)):
            end = position + part
            while position < end:
                events = stream.take(min(end - position, BLOCK))
                if not events.count:
                    raise TrainerError(f"{shown(self._files[index])} ends before the {part} events that it had before")
                span = slice(position, position + events.count)
                places = span if order is None or rows.flat else order[span]
                rows.fill(x, mask, places, events)
                y[places] = self._label(index, events)
                position += events.count
        if order is not None and rows.flat:
            # Short rows are quicker moved at the end, long ones quicker written where they belong.
            x, mask, y = x.take(order, 0), mask.take(order, 0), y.take(order)
        return Chunk(x, mask, y)

    def _label(self, index: int, events: Events) -> int | npt.NDArray[np.int64]:
        if self._labels.values is not None:
            return self._labels.values[index]
        branch = self._labels.branch or ""
        return whole_labels(events.columns[branch], shown(self._files[index]), branch)

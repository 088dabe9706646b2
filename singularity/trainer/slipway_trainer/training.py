"""Reads, trains and leaves a model."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from slipway_trainer import curve, faults, frameworks, report
from slipway_trainer.assignment import Assignment
from slipway_trainer.chunks import Chunk
from slipway_trainer.dataset import Dataset
from slipway_trainer.errors import TrainerError
from slipway_trainer.export import companions
from slipway_trainer.export.publication import Publication
from slipway_trainer.frameworks.learner import Learner, Plan, Rows
from slipway_trainer.heldout import HeldOut
from slipway_trainer.history import History
from slipway_trainer.judgement import Judgement
from slipway_trainer.labels import Labels
from slipway_trainer.model import ModelFile
from slipway_trainer.parameters import SERVED_FILES, Parameters
from slipway_trainer.preprocessing import Preprocessing
from slipway_trainer.sources.paths import read_names
from slipway_trainer.split import FEWEST, Split

GOLDEN_ROWS = 8
SAMPLE_ROWS = 1000
"""Test rows on which all forms of the model must agree."""
WORTH_A_SNAPSHOT = 2.0
"""Seconds of training that are worth leaving a model in between."""


class Training:
    """One training, from the files of an assignment to the model in its output folder."""

    def __init__(self, assignment: Assignment, log: Callable[[str], None]) -> None:
        self._assignment = assignment
        self._log = log
        self._started = time.monotonic()
        self._history = History()
        self._publication = Publication(assignment.output)
        self._leaves_snapshots = True

    def run(self) -> Judgement:
        """Read, train and leave the model.

        Raises
        ------
        TrainerError
            Where that cannot be done; the output folder then holds what the last chunk left, if anything.
        """
        assignment = self._assignment
        self._publication.check()
        parameters = Parameters.read(assignment.path(assignment.params))
        if parameters.keras is not None:
            # What `tf.keras` is; read when TensorFlow is first imported.
            os.environ["TF_USE_LEGACY_KERAS"] = "1" if parameters.keras == 2 else "0"
        preproc = Preprocessing.read(assignment.path(assignment.preproc)) if assignment.preproc else None
        labels = Labels.read(assignment.labels, assignment.folder)
        files = self._files()
        # Before the files are read, which may take long: the model's is what is wrong most often.
        model = ModelFile.load(assignment.path(assignment.model))
        self._log(str(model))
        self._log(f"model parameters: {json.dumps(json.loads(assignment.path(assignment.params).read_text()))}")
        dataset = Dataset(
            files,
            labels,
            parameters,
            folder=assignment.folder,
            datasets=assignment.datasets,
            specs_folder=assignment.specs,
            preprocessing=preproc,
            dtype=assignment.dtype,
            log=self._log,
        )
        with contextlib.closing(dataset):
            dataset.first_pass()
            _check_sizes(dataset.events, parameters.chunk_size)
            columns = len(dataset.columns)
            built = model.build(columns, parameters.seed)
            learner = frameworks.learner(built, model, columns, dataset.classes, self._log)
            self._log(f"{learner.framework}\n{learner.summary()}")
            self._publication.begin()
            with HeldOut(columns) as heldout:
                self._learn(learner, dataset, parameters, heldout, model)
                return self._finish(learner, dataset, parameters, heldout)

    def _files(self) -> list[str]:
        named = self._assignment.files
        if named.endswith(".root") or ("," in named and not (self._assignment.folder / named).exists()):
            return [name.strip() for name in named.split(",") if name.strip()]
        return read_names(self._assignment.path(named))

    def _learn(
        self, learner: Learner, dataset: Dataset, parameters: Parameters, heldout: HeldOut, model: ModelFile
    ) -> None:
        plan = Plan(
            parameters.epochs, parameters.batch_size, parameters.shuffle, parameters.verbose > 0, parameters.seed
        )
        unsaved = 0.0
        for number, chunk in enumerate(dataset.chunks(), 1):
            began = time.monotonic()
            train, validation, test = self._parts(chunk, parameters)
            heldout.add(test)
            shares = f"{len(train.y)} for training, {len(validation.y)} for validation, {len(test.y)} for test"
            self._log(f"chunk {number}: {len(chunk.y)} events, {chunk.x.shape[1]} columns: {shares}")
            del chunk, test
            if not len(train.y):
                continue
            try:
                epochs = learner.fit(train, validation if len(validation.y) else None, plan)
            except (MemoryError, TrainerError):
                raise
            except Exception as error:
                told = faults.told(error, model.path.parent)
                raise TrainerError(f"the training of {model.path.name} failed in chunk {number}: {told}") from error
            self._history.add(number, epochs)
            took = time.monotonic() - began
            self._log(f"chunk {number} took {took:.2f} s")
            unsaved += took
            if unsaved >= WORTH_A_SNAPSHOT:
                self._leave_snapshot(learner, dataset, parameters)
                unsaved = 0.0
        if not self._history.epochs:
            raise TrainerError(
                f"split is {parameters.split}, which leaves no events of a chunk for training: a smaller one is right"
            )

    def _parts(self, chunk: Chunk, parameters: Parameters) -> tuple[Rows, Rows, Rows]:
        split = Split.of(chunk.y, self._log, seed=parameters.seed, test_share=parameters.split)
        train, validation, test = (
            Rows(chunk.x[part], chunk.y[part]) for part in (split.train, split.validation, split.test)
        )
        return train, validation, test

    def _leave_snapshot(self, learner: Learner, dataset: Dataset, parameters: Parameters) -> None:
        if not self._leaves_snapshots:
            return
        try:
            with self._publication.change() as folder:
                learner.save_snapshot(folder)
                self._write_companions(folder, learner, dataset, parameters)
        except (MemoryError, TrainerError):
            raise
        except Exception as error:
            # What has been learned is worth more than a model in between.
            self._log(f"no model is left between chunks: {faults.told(error, self._assignment.output)}")
            self._leaves_snapshots = False

    def _write_companions(self, folder: Path, learner: Learner, dataset: Dataset, parameters: Parameters) -> None:
        width = next(iter(learner.outputs.values()))
        classes = [str(label) for label in range(width)] if width > 1 else None
        served = SERVED_FILES.get(parameters.serve or "", learner.main_file)
        # Some forms are written at the end only, and of some frameworks there is but one.
        main_file = served if (folder / served).exists() else learner.main_file
        companions.write_parameters(folder, self._assignment.name, main_file, dataset.columns, classes)
        jagged = {name: branch.length for name, branch in dataset.specs.branches.items() if branch.jagged}
        companions.write_preprocessing(folder, dataset.columns, dataset.minima, dataset.maxima, parameters.nan, jagged)

    def _finish(self, learner: Learner, dataset: Dataset, parameters: Parameters, heldout: HeldOut) -> Judgement:
        judgement = Judgement.of(learner, heldout)
        self._log(str(judgement))
        with self._publication.writing(), self._publication.change() as folder:
            sample = heldout.first(SAMPLE_ROWS).x
            learner.save(folder, sample, self._log)
            self._write_companions(folder, learner, dataset, parameters)
            golden = sample[:GOLDEN_ROWS]
            companions.write_golden(folder, learner.input_name, golden, learner.predict(golden))
            companions.write_specs(folder, dataset.specs_texts)
            curve.draw(self._history, folder / "history.png", self._assignment.name)
            seconds = time.monotonic() - self._started
            report.write(folder, self._history, judgement, learner, dataset.events, seconds)
            written = sorted({path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file()})
        self._log(f"wrote {self._assignment.name}: {', '.join(written)}")
        return judgement


def _check_sizes(events: int, chunk_size: int) -> None:
    """Refuse what leaves no event for the test, before anything is learned."""
    if events < FEWEST:
        raise TrainerError(
            f"too few events for training, validation and test: there are {events}, and {FEWEST} must be;"
            " take more files, or a larger nevts"
        )
    if chunk_size < FEWEST:
        raise TrainerError(
            f"chunk_size is {chunk_size}, but must be {FEWEST} or above:"
            " each chunk is split into training, validation and test"
        )

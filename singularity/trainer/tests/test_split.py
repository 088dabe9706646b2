"""Which events are for what."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import train_test_split
from slipway_trainer.frameworks.learner import Rows
from slipway_trainer.heldout import HeldOut
from slipway_trainer.split import Split


@pytest.mark.parametrize(
    ("share", "sizes"), [(None, (640, 160, 200)), (0.5, (400, 100, 500))], ids=["as it was", "asked"]
)
def test_events_are_split_by_label(share: float | None, sizes: tuple[int, int, int]) -> None:
    y = np.repeat(np.array([0, 1]), [750, 250])
    words: list[str] = []
    split = Split.of(y, words.append, test_share=share)
    parts = (split.train, split.validation, split.test)
    assert tuple(len(part) for part in parts) == sizes
    assert sorted(np.concatenate(parts)) == list(range(1000))
    for part in parts:
        assert y[part].mean() == pytest.approx(0.25, abs=0.005)
    assert not words


def test_the_split_is_the_one_of_rows_split_twice() -> None:
    y = np.random.default_rng(2).integers(0, 2, 500)
    rows = np.arange(500)
    rest, test = train_test_split(rows, stratify=y, test_size=0.2, random_state=21)
    train, validation = train_test_split(rest, stratify=y[rest], test_size=0.2, random_state=21)
    split = Split.of(y, print)
    assert split.train.tolist() == train.tolist()
    assert split.validation.tolist() == validation.tolist()
    assert split.test.tolist() == test.tolist()


def test_a_label_with_one_event_is_said_and_the_rest_still_split() -> None:
    words: list[str] = []
    split = Split.of(np.array([0] * 99 + [1]), words.append)
    assert (len(split.train), len(split.validation), len(split.test)) == (64, 16, 20)
    assert "the label 1 has 1 of 100 events" in words[0]


@pytest.mark.parametrize(("events", "share"), [(1, None), (4, None), (5, 0.8), (5, 0.9), (20, 0.99)])
def test_a_chunk_of_few_events_is_all_for_test(events: int, share: float | None) -> None:
    words: list[str] = []
    split = Split.of(np.zeros(events, np.int64), words.append, test_share=share)
    assert (len(split.train), len(split.validation), len(split.test)) == (0, 0, events)
    assert "too small to be split" in words[0]


def test_held_out_events_come_back_in_their_order() -> None:
    random = np.random.default_rng(4)
    x, y = random.random((200_000, 3), dtype=np.float32), random.integers(0, 2, 200_000)
    with HeldOut(3) as held:
        held.add(Rows(x[:70_000], y[:70_000]))
        assert held.first(5).x.tolist() == x[:5].tolist()
        held.add(Rows(x[70_000:], y[70_000:]))
        blocks = list(held.blocks())
        assert len(blocks) == 4
        assert np.array_equal(np.concatenate([block.x for block in blocks]), x)
        assert np.array_equal(np.concatenate([block.y for block in blocks]), y)

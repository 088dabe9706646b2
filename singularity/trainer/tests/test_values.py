"""Expressions reckon with whole numbers and truth values as users mean them, in whatever types files have them."""

from __future__ import annotations

from typing import Any

import awkward as ak
import numpy as np
import pytest
from slipway_trainer.expressions import Expression

BRANCHES = {
    "nMuon": ak.Array(np.array([2, 0, 3], np.uint32)),
    "nElectron": ak.Array(np.array([3, 0, 1], np.uint32)),
    "hits": ak.Array(np.array([200, 20, 3], np.uint8)),
    "event": ak.Array(np.array([2**60 + 1, 4, 7], np.uint64)),
    "hash": ak.Array(np.array([2**64 - 1, 4, 7], np.uint64)),
    "HLT_Mu": ak.Array(np.array([True, True, False])),
    "HLT_Ele": ak.Array(np.array([True, False, False])),
    "Jet_id": ak.values_astype(ak.Array([[1, 7], [], [2]]), np.uint8),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nMuon - nElectron", [-1, 0, 2]),
        ("nMuon - 1 > 0", [True, False, True]),
        ("abs(nMuon - nElectron)", [1, 0, 2]),
        ("hits + hits", [400, 40, 6]),
        ("hits * 300", [60000, 6000, 900]),
        ("square(hits)", [40000, 400, 9]),
        ("min(hits, 300) - 1", [199, 19, 2]),
        ("exp(hits)", [np.exp(200.0), np.exp(20.0), np.exp(3.0)]),
        ("sqrt(hits)", [np.sqrt(200.0), np.sqrt(20.0), np.sqrt(3.0)]),
        ("HLT_Mu + HLT_Ele", [2, 1, 0]),
        ("HLT_Mu - HLT_Ele", [0, 1, 0]),
        ("HLT_Mu and not HLT_Ele", [False, True, False]),
        ("where(HLT_Ele, nMuon, -1)", [2, -1, -1]),
        ("Jet_id - 3", [[-2, 4], [], [-1]]),
        ("sum(Jet_id) - 30", [-22, -30, -28]),
        ("event % 2", [1, 0, 1]),
        ("event - 1", [2**60, 3, 6]),
        ("hash / 2", [2.0**63, 2, 3.5]),
    ],
)
def test_numbers_neither_wrap_nor_lose_digits(text: str, value: list[Any]) -> None:
    assert ak.to_list(Expression(text).evaluate(BRANCHES)) == value

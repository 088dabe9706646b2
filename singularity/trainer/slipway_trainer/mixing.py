"""How many events of each file a chunk gets."""

from __future__ import annotations

from collections.abc import Sequence


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Divide ``total`` in proportion to ``weights``, exactly, and to none more than its weight.

    The whole parts first, then one each for the largest remainders; ``total`` is at most the weights' sum.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    largest = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in largest[: total - sum(parts)]:
        parts[index] += 1
    return parts


def quotas(nevts: int, events: Sequence[int]) -> list[int]:
    """Give each file's events for a training on ``nevts`` (-1: all): in proportion, but one of each file at least."""
    total = sum(events)
    if nevts < 0 or nevts >= total:
        return list(events)
    # One of each file first, and the others in proportion to what is left.
    first = [min(count, 1) for count in events]
    rest = [count - one for count, one in zip(events, first, strict=True)]
    others = shares(max(nevts - sum(first), 0), rest)
    return [one + share for one, share in zip(first, others, strict=True)]

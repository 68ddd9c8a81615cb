"""How alike two sheets are: in the amounts of the fiscal years that both tell, in name, in summary.

Equal amounts are the better proof the more digits they have: 5,000 and 5,000 agree by chance, 4,617 and 4,617 hardly ever. So the
digits after the first of each amount count, once for amounts of one size. Sheets until 2023 round to 百万円, so amounts
less than a million apart are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from konkyo.build.lineage.names import bare_name
from konkyo.build.lineage.shown import Shown, Told

ENOUGH = 5
"""How many digits must agree where nothing else does. Of 25,000 projects that keep their names, such amounts lead two to another one."""
_UNIT = 1_000_000
_REVISED = 0.01
LIKE = 60.0
"""From which likeness on names or summaries are alike."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two sheets tell alike: digits beyond the first, and fiscal years whose initial budgets agree (not 0) or differ."""

    digits: int
    years: tuple[int, ...]
    differing: int


def agreement(one: Told, other: Told) -> Agreement:
    """Compare the amounts that two sheets both tell."""
    digits = differing = 0
    years = []
    counted: set[int] = set()
    for key, yen in one.amounts.items():
        same = other.amounts.get(key)
        if same is None:
            continue
        equal = yen == same or (abs(yen - same) < _UNIT <= min(abs(yen), abs(same)))
        if equal and yen:
            # Of two that are rounded alike only what both state agrees.
            agreed = yen if yen == same else round(yen / _UNIT)
            if agreed not in counted:
                counted.add(agreed)
                digits += digits_of(agreed)
            if key[0] == "initial":
                years.append(key[1])
        elif key[0] == "initial" and abs(yen - same) >= max(_UNIT, _REVISED * max(abs(yen), abs(same))):
            differing += 1
    return Agreement(digits, tuple(sorted(years)), differing)


def digits_of(amount: int) -> int:
    """Return how many digits an amount has after its first one, the zeros at its end aside.

    >>> digits_of(4_617_000_000), digits_of(5_000_000), digits_of(0)
    (3, 0, 0)
    """
    return max(0, len(str(abs(amount)).rstrip("0")) - 1)


def likeness(one: Shown, other: Shown) -> float:
    """Return how like two names are, from 0 to 100."""
    return fuzz.ratio(bare_name(one.name), bare_name(other.name))


def like(one: Shown, other: Shown, told: Told, before: Told) -> bool:
    """Return whether names or summaries are like each other."""
    return likeness(one, other) >= LIKE or like_summaries(told, before)


def like_summaries(told: Told, before: Told) -> bool:
    """Return whether two sheets have summaries that are like each other."""
    return bool(told.summary and before.summary) and fuzz.ratio(told.summary, before.summary) >= LIKE

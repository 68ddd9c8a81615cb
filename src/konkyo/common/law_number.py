"""The number of a law (法令番号) as sources write it: 昭和二十五年法律第百三十一号, 平成26年5月30日法律第49号."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from konkyo.common.text import fold

_DIGIT = "0-9〇一二三四五六七八九十百千"
_STATED = re.compile(
    rf"(?:(?P<era>明治|大正|昭和|平成|令和)\s*(?P<year>元|[{_DIGIT}]+)\s*年(?:[{_DIGIT}\s]+月[{_DIGIT}\s]+日)?"
    rf"\s*(?P<kind>[^第]{{0,12}}))?[^第]{{0,6}}第\s*(?P<number>[{_DIGIT}]+)\s*号"
)
_ERA_DIGIT = {"明治": 1, "大正": 2, "昭和": 3, "平成": 4, "令和": 5}
# The kinds whose sign in a law's id says one word. An id of a ministry's order has a sign for each ministry.
_KIND_OF_SIGN = {"AC": "法律", "CO": "政令", "IO": "勅令"}


@dataclass(frozen=True, slots=True)
class LawNumber:
    """A law's number: the era's digit in a law's id (昭和 is 3), year, kind (法律) and number; None where not stated."""

    era: int | None
    year: int | None
    kind: str | None
    number: int

    def __str__(self) -> str:
        return "-".join(str(part) for part in (self.era, self.year, self.kind, self.number) if part)

    def may_be(self, law_id: str) -> bool:
        """Return whether this can be the number of a law by its e-Gov id (15 signs: era, year, kind, …, number).

        What is not stated contradicts nothing.
        """
        if self.number % 1000 != int(law_id[-3:]):
            return False
        if self.year is None:
            return True
        word = _KIND_OF_SIGN.get(law_id[3:5])
        return (self.era, self.year) == (int(law_id[0]), int(law_id[1:3])) and (
            word is None or not self.kind or self.kind == word
        )

    def contradicts(self, other: LawNumber) -> bool:
        """Return whether the two cannot be numbers of one law."""
        pairs = ((self.era, other.era), (self.year, other.year), (self.kind, other.kind))
        return self.number != other.number or any(a and b and a != b for a, b in pairs)


def law_number(text: str) -> LawNumber | None:
    """Return the number that a text states, or None where it states none.

    >>> law_number("平成２６年５月３０日法律第４９号") == law_number("平成二十六年法律第四十九号")
    True
    """
    match = _STATED.search(fold(text))
    if match is None:
        return None
    era, year = match["era"], match["year"]
    return LawNumber(
        era=_ERA_DIGIT[era] if era else None,
        year=(1 if year == "元" else _value(year)) if year else None,
        kind=match["kind"].strip() or None if era else None,
        number=_value(match["number"]),
    )


def _value(text: str) -> int:
    """Return the value of 九十四, 百七, 一〇七 or 94."""
    total = current = 0
    for sign in text:
        value = int(unicodedata.numeric(sign))
        if value < 10:
            current = current * 10 + value
        else:
            total += (current or 1) * value
            current = 0
    return total + current

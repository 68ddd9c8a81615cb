"""The numbers by which sheets name earlier ones: 旧事業番号 of RS is free text, and has them in many forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from konkyo.build.lineage.shown import Shown
from konkyo.common.name_form import plain_signs

_NUMBER = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)(?:年度)?[-\s:]*)?(?P<ministry>[^\W\d_新旧年度]{1,6})?[-\s]*"
    r"(?P<new>新)?[-\s]*(?P<of>\d\d)[-\s:]*(?P<own>\d{4}(?:-\d{1,2})?)(?![\d-])"
)
_ONLY = re.compile(r"\d{4}(?:-\d{1,2})?")
_WHOLE = re.compile(r"(?P<year>20\d\d)-(?P<ministry>[^-]+)-(?P<tail>.+)")
_APART = re.compile(r"[、,;\s]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A number as far as a text gives it: the review, the ministry in short (総務), and what is left (22-0061, 新23-0008)."""

    year: int | None
    ministry: str
    tail: str
    words: str


def named_numbers(text: str) -> list[Named]:
    """Return the numbers that a text names; what is none is left out.

    >>> [(one.year, one.ministry, one.tail) for one in named_numbers("2023－復興－22－0058、経産新21：0034")]
    [(2023, '復興', '22-0058'), (None, '経産', '新21-0034')]
    """
    plain = plain_signs(text).replace("ー", "-")
    found = [
        Named(
            int(match["year"]) if match["year"] else None,
            (match["ministry"] or "").removesuffix("省").removesuffix("庁"),
            f"{match['new'] or ''}{match['of']}-{match['own']}",
            match[0].strip(" -:"),
        )
        for match in _NUMBER.finditer(plain)
    ]
    if not found:
        found = [Named(None, "", part, part) for part in _APART.split(plain) if _ONLY.fullmatch(part)]
    return found


class Numbers:
    """The sheets of single reviews by their numbers."""

    def __init__(self, sheets: Iterable[Shown]) -> None:
        self._whole: dict[tuple[int, str, str], list[Shown]] = defaultdict(list)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._years: set[int] = set()
        for one in sheets:
            match = _WHOLE.fullmatch(plain_signs(one.number))
            if match:
                self._years.add(one.year)
                self._short[one.ministry].add(match["ministry"])
                self._whole[one.year, match["ministry"], match["tail"]].append(one)

    def find(self, named: Named, owner: Shown) -> tuple[Shown | None, bool]:
        """Return the sheet that a number means, of a review before that of ``owner``, and whether the number names it in full.

        A number without a review means the latest that has it. None where there is no such sheet, or more than one.
        """
        ministries = [named.ministry] if named.ministry else sorted(self._short[owner.ministry])
        years = [named.year] if named.year else sorted(self._years, reverse=True)
        for year in years:
            if year >= owner.year:
                continue
            # A number of four digits leaves out the fiscal year that stands before it.
            tails = (named.tail, f"{(year - 1) % 100:02}-{named.tail}")
            for tail in tails:
                found = [one for short in ministries for one in self._whole[year, short, tail]]
                if len(found) == 1:
                    return found[0], bool(named.year and named.ministry)
        return None, False

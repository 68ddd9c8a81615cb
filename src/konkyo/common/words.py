"""Texts for people, in Japanese and in English side by side.

A catalogue of translations would stand far from the code that prints; a pair at the place of use
cannot go stale unseen, and a missing half is a type error.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Literal, NamedTuple

Language = Literal["ja", "en"]


class Words(NamedTuple):
    """One text in both languages of the interface."""

    ja: str
    en: str

    def of(self, lang: str) -> str:
        """Return the English text for ``en``, the Japanese one for anything else."""
        return self.en if lang == "en" else self.ja


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its English noun: ``1 project``, ``2,345 projects``, ``0 ministries``."""
    if number == 1:
        return f"{number} {one}"
    ies = one.endswith("y") and one[-2:-1] not in tuple("aeiou")
    return f"{number:,} {many or (one[:-1] + 'ies' if ies else one + 's')}"


def first_of(names: Sequence[Words], limit: int) -> Words:
    """Return the first names side by side, and how many more there are."""
    ja, en = "、".join(name.ja for name in names[:limit]), ", ".join(name.en for name in names[:limit])
    if (more := len(names) - limit) > 0:
        return Words(f"{ja} ほか{more:,}件", f"{en} and {more:,} more")
    return Words(ja, en)


def default_language() -> Language:
    """Return the language of ``KONKYO_LANG`` (``ja`` or ``en``); Japanese if it is unset or unknown."""
    return "en" if os.environ.get("KONKYO_LANG", "").lower().startswith("en") else "ja"

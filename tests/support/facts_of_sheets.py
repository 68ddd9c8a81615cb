"""What a transcription claims, as facts that can be compared: generic over all forms, without places, with certainties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from konkyo.common.name_form import name_form

Fact = tuple[str, ...]
_SKIPPED = {"場所", "行", "確度", "注", "キー", "様式", "原資料", "転記", "未配置", "記号", "原文"}
_NAMES = ("名称", "値", "支出先", "会議体")
# Values with a year are facts by it; the year is no fact of its own.
_BESIDE = ("年度", "年", "種類", "区分", "単位")
BASES = ("政策に関係する内閣の重要政策", "関係する計画、通知等")


@dataclass
class Score:
    """Counts of facts by how they came out."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: list[Fact] = field(default_factory=list)
    plain_wrong: list[Fact] = field(default_factory=list)
    open: list[Fact] = field(default_factory=list)

    def f1(self, bases: bool) -> float:
        right = self.right["bases" if bases else "values"]
        wrong, left = (sum((one[0] in BASES) == bases for one in found) for found in (self.wrong, self.open))
        return 2 * right / ((2 * right + wrong + left) or 1)

    @property
    def bases(self) -> str:
        """F1 of the bases, as words: a form may have none."""
        any_there = self.right["bases"] or any(one[0] in BASES for one in (*self.wrong, *self.open))
        return f"{self.f1(True):.3f}" if any_there else "-"

    def add(self, other: Score) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.plain_wrong += other.plain_wrong
        self.open += other.open


def score(made: dict[str, Any], expected: dict[str, Any]) -> Score:
    """Compare a transcription with what the file says."""
    claimed: dict[Fact, str] = {}
    counts: Counter[Fact] = Counter()
    for fact, certainty in claims(made):
        claimed[fact] = certainty
        counts[fact] += 1
    known = Counter(fact for fact, _ in claims(expected))
    found = Score()
    for fact in (counts & known).elements():
        found.right["bases" if fact[0] in BASES else "values"] += 1
    # What the expected facts do not speak of at all is not judged: a passage that this form gives as it stands.
    fields = {fact[0] for fact in known}
    found.wrong = [fact for fact in (counts - known).elements() if fact[0] in fields]
    found.plain_wrong = [fact for fact in found.wrong if claimed[fact] == "明白"]
    found.open = list((known - counts).elements())
    return found


def claims(data: Any, path: Fact = (), above: str = "") -> Iterator[tuple[Fact, str]]:
    """Yield each fact with its certainty."""
    if isinstance(data, list):
        if data and all(isinstance(one, str) for one in data):
            yield (*path, *map(_text, data)), above
            return
        for one in data:
            yield from claims(one, path, above)
        return
    if not isinstance(data, dict):
        yield (*path, _text(data)), above
        return
    certainty = data.get("確度", above)
    beside = tuple(_text(data[key]) for key in _BESIDE if key in data and not isinstance(data[key], dict))
    name = next((key for key in _NAMES if isinstance(data.get(key), str)), None)
    nested = name and any(key not in (*_SKIPPED, *_BESIDE, name) for key in data)
    here = (*path, _text(data[name])) if nested and name else path
    for key, value in data.items():
        if key in _SKIPPED:
            continue
        if key == "欄" and "単位" in data:
            yield from claims(value, (*path, _text(data["単位"])), certainty)
        elif key in _BESIDE:
            if not name:
                continue
        elif key == name:
            # A dash says that there is nothing.
            if _text(value) not in ("-", ""):
                yield (*path, key, _text(value), *beside), certainty
        else:
            yield from claims(value, (*here, key), certainty)


def _text(text: Any) -> str:
    return re.sub(r"\s", "", name_form(str(text)))

"""Names like one that fits nothing: 「もしかして」."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.graph.search.index_file import index_of, reading
from konkyo.graph.search.kinds import NAMES
from konkyo.graph.search.model import Near

if TYPE_CHECKING:
    import sqlite3

    from konkyo.store import Store

MOST = 3
# Of a hundred: one wrong sign of three is near, two of four are not.
_ALIKE = 65
_LONGEST = 100
_SHORTEST = 2
# Thousands of payees and of citations are like anything.
LEFT_OUT = ("citation", "payee")
_NAMED = """SELECT name.key, thing.iri, thing.grp, thing.ja, thing.en FROM name JOIN thing ON thing.id = name.thing
WHERE thing.grp NOT IN (%s) AND length(name.key) BETWEEN :least AND :most"""

# 国土強じん化: what is written in kana may stand for Chinese characters, of which each has one sound or more.
_KANA = re.compile("[ぁ-ゖー]{2,}")
_CHINESE = re.compile("[一-鿿々]")
_MIXED_SHORTEST = 2
_MOST_RUNS = 4  # each may end at several signs, and all combinations are tried


def near(store: Store, text: str, *, most: int = MOST) -> list[Near]:
    """Return the things whose names are most like a text, the nearest first; none without an index.

    Names are compared in their form (:func:`konkyo.common.name_form.name_form`). Names that have Chinese characters where
    the text has kana come first. Of names that are equally near, strategies come before policies, and those before projects.
    """
    from rapidfuzz import fuzz, process

    path, form = index_of(store), name_form(text)[:_LONGEST]
    if path is None or len(form) < _SHORTEST:
        return []
    # A name of another length has too many other signs to be near.
    bounds = {"least": len(form) // 2, "most": 2 * len(form)}
    alike = _ALIKE
    if len(form) == _SHORTEST:
        # Half of it is one sign: only as short a name is meant by it.
        bounds, alike = {"least": _SHORTEST, "most": _SHORTEST}, 50
    groups = ", ".join(str(NAMES.index(name)) for name in LEFT_OUT)
    with reading(path) as index:
        named = index.execute(_NAMED % groups, bounds).fetchall()
        mixed = _written_mixed(form)
        spelled = [] if mixed is None else _spelled(index, mixed, groups, len(form))
    if len(form) == _SHORTEST:
        named = [row for row in named if row[0][0] == form[0] or row[0][1] == form[1]]
    found = process.extract(
        form, [row[0] for row in named], scorer=fuzz.ratio, score_cutoff=alike, limit=10 * most
    )
    best: dict[str, tuple[float, int, int, Near]] = {}
    for (key, iri, group, ja, en), score in (
        *((row, 100.0) for row in spelled),
        *((named[place], score) for _, score, place in found),
    ):
        best.setdefault(iri, (-score, group, len(key), Near(iri, Words(ja, en or ja))))
    ordered = sorted(best.values(), key=lambda one: (*one[:3], one[3].iri))
    return [one[3] for one in ordered[:most]]


def _written_mixed(form: str) -> re.Pattern[str] | None:
    """Return what a form means that has kana for some Chinese characters; None where it has none, or hardly more."""
    runs = _KANA.findall(form)
    if not 0 < len(runs) <= _MOST_RUNS or len(_CHINESE.findall(form)) < _MIXED_SHORTEST:
        return None
    kana = (f"[ぁ-ゖー一-鿿々]{{1,{len(run)}}}" for run in runs)
    plain = iter(_KANA.split(form))
    parts = [re.escape(next(plain))]
    for run, after in zip(kana, plain, strict=True):
        parts += [run, re.escape(after)]
    return re.compile("".join(parts))


def _spelled(
    index: sqlite3.Connection, mixed: re.Pattern[str], groups: str, length: int
) -> list[tuple[str, str, int, str, str | None]]:
    """Return the names that a form with kana means, wholly or as their beginning."""
    bounds = {"least": _MIXED_SHORTEST, "most": 4 * length}
    return [row for row in index.execute(_NAMED % groups, bounds) if mixed.match(row[0])]

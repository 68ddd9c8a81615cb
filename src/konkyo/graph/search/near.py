"""Names like one that fits nothing: 「もしかして」."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.graph.search.index_file import index_of, opened
from konkyo.graph.search.kinds import NAMES
from konkyo.graph.search.model import Near

if TYPE_CHECKING:
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


def near(store: Store, text: str, *, most: int = MOST) -> list[Near]:
    """Return the things whose names are most like a text, the nearest first; none without an index.

    Names are compared in their form (:func:`konkyo.common.name_form.name_form`). Of names that are equally near,
    strategies come before policies, and those before projects.
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
    with closing(opened(path)) as index:
        named = index.execute(_NAMED % groups, bounds).fetchall()
    if len(form) == _SHORTEST:
        named = [row for row in named if row[0][0] == form[0] or row[0][1] == form[1]]
    found = process.extract(
        form, [row[0] for row in named], scorer=fuzz.ratio, score_cutoff=alike, limit=10 * most
    )
    best: dict[str, tuple[float, int, int, Near]] = {}
    for _, score, place in found:
        key, iri, group, ja, en = named[place]
        one = (-score, group, len(key), Near(iri, Words(ja, en or ja)))
        best.setdefault(iri, one)
    ordered = sorted(best.values(), key=lambda one: (*one[:3], one[3].iri))
    return [one[3] for one in ordered[:most]]

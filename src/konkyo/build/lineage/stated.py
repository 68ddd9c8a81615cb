"""Stated lineage: what sheets themselves say of earlier ones, by number or by an earlier name, and which sheets those are.

Numbers are not always right (of 2018 the years are not), so one is followed only where names agree or are alike, or summaries, or the amounts
that both sheets tell; a number in full, which RS asks for since 2024, unless another project bears the name. Else its words stand alone, and are counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from konkyo.build.lineage.alike import agreement, like
from konkyo.build.lineage.matched import Joined, Neighbours, Told_of
from konkyo.build.lineage.names import bare_name, former_names
from konkyo.build.lineage.numbers import Numbers, named_numbers
from konkyo.build.lineage.shown import Shown, Told
from konkyo.common.name_form import name_form
from konkyo.graph.sparql import PROLOGUE, select_each
from konkyo.sources.judgit.form import read_earlier

if TYPE_CHECKING:
    from collections import Counter

    from konkyo.store import Store

_STATED = "SELECT ?s ?link ?words WHERE { ?link a kk:Lineage ; kk:statedText ?words . ?s kk:hasLink ?link }"
_MINISTRIES = 'SELECT DISTINCT ?s ?name WHERE { ?p kk:ministry ?s . ?s skos:prefLabel ?name FILTER(LANG(?name) = "ja") }'
_OLD_NUMBERS = 'SELECT ?s ?words ?column WHERE { ?column kk:column "旧事業番号"@ja . ?s kk:inColumn ?column ; kk:statedText ?words }'
_OF_CELL = "?a kk:hasField ?s"
# In how many fiscal years amounts must agree where the number leads to another name.
_AGREEING = 2


def follow_numbers(
    store: Store, reviews: Mapping[int, list[Shown]], told_of: Told_of, unclear: Counter[str]
) -> list[tuple[str, Shown, Shown]]:
    """Return the links of sheets that name an earlier one by its number, with their project and the one that is meant."""
    told = [
        (row["s"].value, row["link"].value, row["words"].value) for row in store.select(PROLOGUE + _STATED)
    ]
    if not told:
        return []
    own = {one.iri: one for several in reviews.values() for one in several if one.single}
    names = {row["s"].value: row["name"].value for row in store.select(PROLOGUE + _MINISTRIES)}
    by_number = {
        (one.year, name_form(names.get(one.ministry, "")), name_form(one.number)): one for one in own.values()
    }
    bearers = _bearers(own.values())
    sure: list[tuple[str, Shown, Shown]] = []
    doubtful: list[tuple[str, Shown, Shown]] = []
    for iri, link, words in sorted(told):
        year, ministry, number = read_earlier(words)
        target = by_number.get((year or 0, name_form(ministry), name_form(number)))
        owner = own.get(iri)
        if target is None or owner is None or target.year >= owner.year:
            unclear["elsewhere"] += 1
        elif name_form(owner.name) == name_form(target.name):
            sure.append((link, owner, target))
        # Where another project of that review bears the name, equal amounts do not make up for a wrong number.
        elif (target.year, target.ministry, name_form(owner.name)) in bearers:
            unclear["other"] += 1
        else:
            doubtful.append((link, owner, target))
    amounts = told_of([one for _, *both in doubtful for one in both])
    for link, owner, target in doubtful:
        one, other = amounts[owner], amounts[target]
        if _agree(one, other) or like(owner, target, one, other):
            sure.append((link, owner, target))
        else:
            unclear["other"] += 1
    return sure


def _bearers(sheets: Iterable[Shown]) -> set[tuple[int, str, str]]:
    return {(one.year, one.ministry, name_form(one.name)) for one in sheets}


def _agree(one: Told, other: Told) -> bool:
    """Return whether two sheets agree in all initial budgets that both tell, of which enough are not 0."""
    agreed = agreement(one, other)
    return not agreed.differing and len(agreed.years) >= _AGREEING


def follow_old_numbers(
    store: Store, reviews: Mapping[int, list[Shown]], told_of: Told_of, unclear: Counter[str]
) -> list[Joined]:
    """Return what projects of the RS files go on from by the 旧事業番号 that they name."""
    cells = {row["s"].value: row for row in store.select(PROLOGUE + _OLD_NUMBERS)}
    if not cells:
        return []
    of_appearance = {one.appearance: one for several in reviews.values() for one in several if not one.single}
    sheets = [one for several in reviews.values() for one in several if one.single]
    numbers, bearers = Numbers(sheets), _bearers(sheets)
    found: list[tuple[Joined, bool]] = []
    for cell, row in select_each(store, sorted(cells), "?a", _OF_CELL):
        owner = of_appearance.get(row["a"].value)
        words = cells[cell]["words"].value
        if owner is None:
            continue
        several = named_numbers(words)
        unclear["elsewhere"] += not several and any(sign.isdigit() for sign in words)
        for named in several:
            target, in_full = numbers.find(named, owner)
            if target is None:
                unclear["elsewhere"] += 1
                continue
            place = cells[cell]["column"].value
            made = Joined(owner, target, words=named.words, column=place, row=owner.row)
            same = bare_name(owner.name) == bare_name(target.name)
            taken = (target.year, target.ministry, name_form(owner.name)) in bearers
            found.append((made, same or (in_full and not taken)))
    told = told_of([one for made, _ in found for one in (made.owner, made.before)])
    kept = [
        made
        for made, sure in found
        if sure
        or _agree(told[made.owner], told[made.before])
        or like(made.owner, made.before, told[made.owner], told[made.before])
    ]
    unclear["other"] += len(found) - len(kept)
    return kept


def follow_former_names(pair: Neighbours) -> None:
    """Join what tells in its name the one that it had before, where the review before has that name once in the ministry."""
    by_name: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    for one in pair.olds:
        by_name[one.ministry, bare_name(one.name)].append(one)
    for one in pair.open_news():
        for name, words in former_names(one.name):
            before = by_name.get((one.ministry, bare_name(name)), [])
            if len(before) == 1:
                pair.add(Joined(one, before[0], words=words))

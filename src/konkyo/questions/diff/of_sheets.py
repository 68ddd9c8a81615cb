"""What evaluation sheets of two years state of the indicators of one measure: which ones, and their targets and results."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE
from konkyo.model.codes import label_of
from konkyo.model.identifiers import fiscal_year, key_of
from konkyo.model.namespaces import C
from konkyo.questions.diff.model import Change, IndicatorValues

if TYPE_CHECKING:
    from konkyo.questions.diff.model import Side

_RESULT = f"{C}result"
# Of each measure: what its sheets state of each indicator, by what it is over the years.
_Stated = dict[str, dict[str, IndicatorValues]]


def changes_of_sheets(before: Side, after: Side, measure: str | None) -> Iterator[Change]:
    """Yield what changed in the indicators of the measures (or of one) that sheets of both years evaluate.

    A target counts as changed with its words or its year. A result counts where both years state it: that the later sheet
    has a year more is no change.
    """
    both = before.sheets & after.sheets
    wanted = both & {measure} if measure else {one for one in both if _is_of(after, one)}
    if not wanted:
        return
    one, other = _read(before, wanted), _read(after, wanted)
    for element in sorted(wanted):
        old, new = one.get(element, {}), other.get(element, {})
        ministry = after.shown[element][1] if element in after.shown else None
        unsure = _alike(before, after, old, new)
        for key in sorted(old.keys() - new.keys() - unsure):
            yield Change("indicator-gone", element, ministry, old[key].iri, (old[key].iri,))
        for key in sorted(new.keys() - old.keys() - unsure):
            yield Change("indicator-new", element, ministry, new[key].iri, (), (new[key].iri,))
        for key in sorted(old.keys() & new.keys()):
            yield from _changed(element, ministry, old[key], new[key])


def _is_of(side: Side, measure: str) -> bool:
    return side.ministry is None or (measure in side.shown and side.shown[measure][1] == side.ministry)


def _read(side: Side, wanted: Collection[str]) -> _Stated:
    rows = side.store.select(
        f"{PROLOGUE}SELECT DISTINCT ?measure ?indicator WHERE {{ ?sheet a kk:EvaluationSheet ; kk:fiscalYear <{fiscal_year(side.year)}> . "
        "?made prov:generated ?sheet ; kk:evaluates ?measure . ?place oa:hasSource ?sheet . ?indicator kk:evidence ?place ; a kk:Indicator }"
    )
    found = [(row["measure"].value, row["indicator"].value) for row in rows if row["measure"].value in wanted]
    reader = side.reader
    reader.load(indicator for _, indicator in found)
    reader.load(value for _, indicator in found for value in reader.objects(indicator, "kk:hasValue"))
    made: _Stated = {}
    for measure, indicator in found:
        key = reader.one(indicator, "dcterms:isVersionOf") or indicator
        stated = made.setdefault(measure, {}).setdefault(key, IndicatorValues(indicator))
        for value in reader.objects(indicator, "kk:hasValue"):
            role, text = reader.one(value, "kk:valueRole"), reader.one(value, "kk:statedText")
            if role and text:
                place = role, reader.one(value, "kk:fiscalYear") or ""
                stated.values.setdefault(place, {})[value] = text
    return made


def _alike(
    before: Side, after: Side, old: dict[str, IndicatorValues], new: dict[str, IndicatorValues]
) -> set[str]:
    """Return the indicators that no rule joins though both sides have their names: neither new nor gone can be said of them."""

    def names(side: Side, own: dict[str, IndicatorValues], keys: set[str]) -> dict[str, str]:
        return {key: name_form(side.reader.one(own[key].iri, "skos:prefLabel") or "") for key in keys}

    gone, come = (
        names(before, old, set(old.keys() - new.keys())),
        names(after, new, set(new.keys() - old.keys())),
    )
    both = set(gone.values()) & set(come.values())
    return {key for found in (gone, come) for key, name in found.items() if name in both}


def _changed(
    element: str, ministry: str | None, one: IndicatorValues, other: IndicatorValues
) -> Iterator[Change]:
    keys = [
        key
        for key in one.values.keys() | other.values.keys()
        if one.words(key) != other.words(key)
        and (key[0] != _RESULT or (key in one.values and key in other.values))
    ]
    if not keys:
        return
    keys.sort(key=lambda key: (key[1], key[0]))
    told = [tuple(sorted(iri for key in keys for iri in side.values.get(key, ()))) for side in (one, other)]
    yield Change(
        "indicator",
        element,
        ministry,
        other.iri,
        told[0],
        told[1],
        old=_said(one, keys),
        new=_said(other, keys),
    )


def _said(stated: IndicatorValues, keys: list[tuple[str, str]]) -> Words:
    return Words(
        "、".join(_value(stated, key).ja for key in keys), "; ".join(_value(stated, key).en for key in keys)
    )


def _value(stated: IndicatorValues, key: tuple[str, str]) -> Words:
    name, said = label_of(key[0].removeprefix(C)), stated.words(key)
    year = key_of(key[1]).removeprefix("fy/") if key[1] else ""
    text = Words("記載なし", "not stated") if said is None else Words(said, said)
    when = Words(f"{year}年度", f" FY{year}") if year else Words("", "")
    return Words(f"{when.ja}{name.ja} {text.ja}", f"{name.en}{when.en} {text.en}")

"""What reviews of two years state beside bases: amounts, the steps of logic models, indicators with their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.graph.sparql import select_each
from konkyo.graph.stored_queries import run
from konkyo.model.codes import label_of
from konkyo.model.identifiers import fiscal_year, key_of
from konkyo.model.namespaces import C
from konkyo.questions.diff.model import Amount, Change, IndicatorValues, Side

if TYPE_CHECKING:
    import pyoxigraph as ox

# The stages whose amount of each review's own year is compared: a review tells the execution of the year before.
_MILLION = 1_000_000
_OWN = ((f"{C}initial", 0), (f"{C}executed", -1))


def read_money(side: Side, wanted: Collection[str] | None, scopes: Iterable[Mapping[str, str]]) -> None:
    """Read the amounts that the review of a side's year states of projects, of all or of those wanted."""
    for row in _rows(side, "diff-money", wanted, scopes):
        if not side.reaches(row["fiscal"].value):
            continue
        own = side.facts.money.setdefault(side.known(row["project"].value), {})
        amount = Amount(row["figure"].value, int(row["yen"].value))
        key = row["stage"].value, row["fiscal"].value
        # Should one review state two amounts, the greater one counts, as everywhere.
        own[key] = max(amount, own.get(key, amount), key=lambda each: (each.yen, each.figure))


def read_logic(
    side: Side,
    wanted: Collection[str] | None,
    scopes: Iterable[Mapping[str, str]],
    *,
    over_years: bool,
    kinds: Collection[str] = (),
) -> None:
    """Read steps and indicators; ``over_years``: by what they are over the years, where a rule says so.

    Beside sheets of single reviews, which have no logic model, only indicators of steps of these ``kinds`` are read, known by kind and name.
    """
    scopes = list(scopes)
    if side.goes_on:
        _read_by_name(side, wanted, kinds)
        return
    for row in _rows(side, "diff-steps", wanted, scopes):
        step = row["step"].value
        side.facts.steps.setdefault(row["project"].value, {})[_key(row, step, over_years=over_years)] = step
    for row in _rows(side, "diff-indicators", wanted, scopes):
        own = side.facts.indicators.setdefault(side.known(row["project"].value), {})
        iri = row["indicator"].value
        found = own.setdefault(_key(row, iri, over_years=over_years), IndicatorValues(iri))
        if row["value"] is not None:
            fiscal = row["fiscal"].value if row["fiscal"] is not None else ""
            if side.reaches(fiscal):
                found.values.setdefault((row["role"].value, fiscal), {})[row["value"].value] = row[
                    "text"
                ].value


_NAMED = """?s kk:hasLogicStep ?step . ?step kk:reviewYear %s ; kk:kind ?kind ; kk:hasIndicator ?indicator .
  ?indicator skos:prefLabel ?name FILTER(LANG(?name) = "ja")"""
_VALUES = "?s kk:hasValue ?value . ?value kk:valueRole ?role ; kk:statedText ?text ; kk:fiscalYear ?fiscal"


def _read_by_name(side: Side, wanted: Collection[str] | None, kinds: Collection[str]) -> None:
    """Read the indicators of steps of these kinds, each known by kind and name where its project has these once.

    From the projects on: the stored query would first find every value of all reviews.
    """
    listed = side.listed.get("1-2", {})
    projects = [
        project
        for project in listed
        if (wanted is None or project in wanted) and (not side.ministry or project in side.shown)
    ]
    known = {iri: project for project, iri in side.owns(projects).items()}
    found: dict[str, list[tuple[str, IndicatorValues]]] = {}
    every: dict[str, IndicatorValues] = {}
    year = f"<{fiscal_year(side.year)}>"
    for iri, row in select_each(side.store, sorted(known), "?indicator ?kind ?name", _NAMED % year):
        kind, indicator = row["kind"].value.removeprefix(C), row["indicator"].value
        if kind in kinds and indicator not in every:
            every[indicator] = IndicatorValues(indicator)
            name = f"{kind} {name_form(row['name'].value)}"
            found.setdefault(known[iri], []).append((name, every[indicator]))
    for iri, row in select_each(side.store, sorted(every), "?value ?role ?text ?fiscal", _VALUES):
        if side.reaches(row["fiscal"].value):
            key = row["role"].value, row["fiscal"].value
            every[iri].values.setdefault(key, {})[row["value"].value] = row["text"].value
    for project, several in found.items():
        times = Counter(name for name, _ in several)
        side.facts.indicators[project] = {
            name if times[name] == 1 else indicator.iri: indicator for name, indicator in several
        }


def _rows(
    side: Side, query: str, wanted: Collection[str] | None, scopes: Iterable[Mapping[str, str]]
) -> Iterator[ox.QuerySolution]:
    for scope in scopes:
        for row in run(side.store, query, year=f"{side.year}年度", **scope):
            if wanted is None or side.known(row["project"].value) in wanted:
                yield row


def _key(row: ox.QuerySolution, iri: str, *, over_years: bool) -> str:
    return row["thing"].value if over_years and row["thing"] is not None else iri


def money_changes(before: Side, after: Side) -> Iterator[Change]:
    """Yield what changed in the amounts of the projects of which both reviews state any."""
    for project in _both(before.facts.money, after.facts.money):
        old, new = before.facts.money[project], after.facts.money[project]
        for stage, fiscal in sorted(old.keys() & new.keys()):
            one, other = old[stage, fiscal], new[stage, fiscal]
            if _differ(before, after, one, other):
                yield _amounts("restated", project, before, after, stage, (fiscal, one), (fiscal, other))
        if before.year == after.year:
            continue
        for stage, shift in _OWN:
            years = [fiscal_year(side.year + shift) for side in (before, after)]
            first, second = old.get((stage, years[0])), new.get((stage, years[1]))
            if first and second and _differ(before, after, first, second):
                yield _amounts("money", project, before, after, stage, (years[0], first), (years[1], second))


def _differ(before: Side, after: Side, one: Amount, other: Amount) -> bool:
    """Return whether two amounts differ. Where one side alone tells them in 百万円, by less than that they do not."""
    return abs(one.yen - other.yen) >= (_MILLION if before.single != after.single else 1)


def _amounts(
    kind: str,
    project: str,
    before: Side,
    after: Side,
    stage: str,
    one: tuple[str, Amount],
    other: tuple[str, Amount],
) -> Change:
    return Change(
        kind,
        project,
        _ministry(before, after, project),
        stage,
        (one[1].figure,),
        (other[1].figure,),
        old=_yen(*one),
        new=_yen(*other),
    )


def _yen(fiscal: str, amount: Amount) -> Words:
    year = key_of(fiscal).removeprefix("fy/")
    return Words(f"{year}年度 {amount.yen:,}円", f"FY{year} {amount.yen:,} yen")


def logic_changes(before: Side, after: Side, unsure: Collection[str]) -> Iterator[Change]:
    """Yield what changed in the logic models and indicators of the projects of which both reviews have any.

    Steps are compared where both sides have the same files of steps, indicators where both have file 3-1. Of what is
    ``unsure`` neither new nor gone is said.
    """
    for kind, of in _compared(before, after):
        one, other = of
        for project in _both(one, other):
            old, new = ({key: iri for key, iri in side[project].items() if iri not in unsure} for side in of)
            yield from _one_sided(kind, before, after, project, old, new)
    if both_measure(before, after):
        for project in _both(before.facts.indicators, after.facts.indicators):
            was, now = before.facts.indicators[project], after.facts.indicators[project]
            for key in sorted(was.keys() & now.keys()):
                yield from _values(before, after, project, was[key], now[key])


_Things: TypeAlias = "dict[str, dict[str, str]]"  # of each project, IRIs by what they are over the years


def _compared(before: Side, after: Side) -> Iterator[tuple[str, tuple[_Things, _Things]]]:
    """Yield the kinds that can be compared, with what both sides have of each."""
    if common_files(before, after):
        yield "step", (before.facts.steps, after.facts.steps)
    if both_measure(before, after):
        one, other = (
            {
                project: {key: found.iri for key, found in own.items()}
                for project, own in side.facts.indicators.items()
            }
            for side in (before, after)
        )
        yield "indicator", (one, other)


_WORDS = {"step": ("kk:kind", "kk:period"), "indicator": ()}


def unsure_of(before: Side, after: Side) -> dict[str, frozenset[str]]:
    """Return by kind the steps and indicators that are not joined though the other side has their words: neither new nor
    gone can be said of them.
    """
    made = {}
    for kind, of in _compared(before, after):
        words = []
        for side, own, theirs in ((before, of[0], of[1]), (after, of[1], of[0])):
            alone = {
                iri: project
                for project in _both(own, theirs)
                for key, iri in own[project].items()
                if key not in theirs[project]
            }
            side.reader.load_only(alone, ("skos:prefLabel", *_WORDS[kind]))
            found: dict[tuple[str, ...], list[str]] = {}
            for iri, project in alone.items():
                more = [side.reader.one(iri, name) or "" for name in _WORDS[kind]]
                name = name_form(side.reader.one(iri, "skos:prefLabel") or "")
                found.setdefault((project, *more, name), []).append(iri)
            words.append(found)
        both = words[0].keys() & words[1].keys()
        made[kind] = frozenset(iri for found in words for key in both for iri in found[key])
    return made


def both_measure(before: Side, after: Side) -> bool:
    """Return whether both sides have a place for the same kinds of indicators."""
    if before.goes_on:
        return bool(before.kinds & after.kinds)
    return all("3-1" in side.files for side in (before, after))


def common_files(before: Side, after: Side) -> list[str]:
    """Return the files with steps, where both sides have the same of them: with another one there are other steps."""
    names: tuple[str, ...] = ("3-1", "3-2")
    held = [[file for file in names if file in side.files] for side in (before, after)]
    return held[0] if held[0] == held[1] else []


def _one_sided(
    kind: str, before: Side, after: Side, project: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    ministry = _ministry(before, after, project)
    for key in sorted(old.keys() - new.keys()):
        yield Change(f"{kind}-gone", project, ministry, old[key], (old[key],))
    for key in sorted(new.keys() - old.keys()):
        yield Change(f"{kind}-new", project, ministry, new[key], (), (new[key],))


def _values(
    before: Side, after: Side, project: str, one: IndicatorValues, other: IndicatorValues
) -> Iterator[Change]:
    keys = _latest_values(one, other) if before.goes_on else _other_values(one, other)
    if not keys[0] and not keys[1]:
        return
    told = [
        (
            Words("、".join(_value(m, key).ja for key in own), "; ".join(_value(m, key).en for key in own)),
            tuple(sorted(iri for key in own for iri in m.values.get(key, ()))),
        )
        for m, own in zip((one, other), keys, strict=True)
    ]
    yield Change(
        "indicator",
        project,
        _ministry(before, after, project),
        other.iri,
        told[0][1],
        told[1][1],
        old=told[0][0],
        new=told[1][0],
    )


_Keys: TypeAlias = "list[tuple[str, str]]"  # roles and fiscal years (IRIs)


def _other_values(one: IndicatorValues, other: IndicatorValues) -> tuple[_Keys, _Keys]:
    """Return the values that two sides state differently, or only one of them: the same ones for both."""
    keys = [key for key in one.values.keys() | other.values.keys() if one.words(key) != other.words(key)]
    keys.sort(key=lambda key: (key[1], key[0]))
    return keys, keys


def _latest_values(one: IndicatorValues, other: IndicatorValues) -> tuple[_Keys, _Keys]:
    """Return for each side what it states differently of a fiscal year that both tell of, and its last values where these differ.

    A sheet of a single review tells of three or four fiscal years: that another one does not tell of these is no change.
    """
    keys: tuple[_Keys, _Keys] = ([], [])
    for key in one.values.keys() & other.values.keys():
        if not _same_number(one, key, other, key):
            keys[0].append(key)
            keys[1].append(key)
    for role in {role for role, _ in one.values} & {role for role, _ in other.values}:
        last = [max(key for key in side.values if key[0] == role) for side in (one, other)]
        if last[0] != last[1] and not _same_number(one, last[0], other, last[1]):
            for own, key in zip(keys, last, strict=True):
                own.extend([key] if key not in own else [])
    for own in keys:
        own.sort(key=lambda key: (key[1], key[0]))
    return keys


def _same_number(
    one: IndicatorValues, key: tuple[str, str], other: IndicatorValues, theirs: tuple[str, str]
) -> bool:
    """Return whether two values agree, as words or as numbers: 100 is 100.0."""
    words = one.words(key), other.words(theirs)
    if words[0] == words[1]:
        return True
    try:
        return Decimal(words[0] or "") == Decimal(words[1] or "")
    except InvalidOperation:
        return False


def _value(measured: IndicatorValues, key: tuple[str, str]) -> Words:
    role, fiscal = key
    name = label_of(role.removeprefix(C))
    year = key_of(fiscal).removeprefix("fy/")
    said = measured.words(key)
    text = Words("記載なし", "not stated") if said is None else Words(said, said)
    when = Words(f"{year}年度", f" FY{year}") if year else Words("", "")
    return Words(f"{when.ja}{name.ja} {text.ja}", f"{name.en}{when.en} {text.en}")


def _both(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return sorted(one.keys() & other.keys())


def _ministry(before: Side, after: Side, project: str) -> str | None:
    for side in (after, before):
        if project in side.shown:
            return side.shown[project][1]
    for side in (after, before):
        for listed in side.listed.values():
            if project in listed:
                return listed[project]
    return None

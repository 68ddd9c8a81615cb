"""The two sides of a comparison: which year of which store each is, and what its documents state."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.text import place_key
from konkyo.common.words import Words
from konkyo.graph.asked_years import year_of
from konkyo.graph.lookup.things import Ambiguous, Thing, describe, find, find_ministry
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.stored_queries import run
from konkyo.graph.years import chosen_year, of_single_sheets, years
from konkyo.model.codes import codes_of
from konkyo.model.identifiers import fiscal_year
from konkyo.model.namespaces import ID, KK, C
from konkyo.questions.diff.facts import read_logic, read_money
from konkyo.questions.diff.goes_on import goes_on, near_to
from konkyo.questions.diff.model import Basis, Section, Side
from konkyo.store import connect, is_remote
from konkyo.store.remote.endpoints import endpoint, shown

if TYPE_CHECKING:
    import pyoxigraph as ox

    from konkyo.store import Store


# So many things are looked up each by itself; of more, all there are are read.
_FEW = 500


def is_build(text: str) -> bool:
    """Return whether a side is named by the place of a store: a folder, a server's address or its settings file.

    A year is a year, even where a folder bears its name (``./2024`` is the folder). Raises KonkyoError for neither.
    """
    try:
        year_of(text)
    except KonkyoError:
        if is_remote(text) or Path(text).is_dir():
            return True
        raise KonkyoError(
            Words(
                f"「{text}」は年度でも、ストアの場所でもありません。",
                f"{text!r} is neither a fiscal year nor the place of a store.",
            ),
            hint=Words(
                "例: 2024、令和6年度、R6。又は、ストアのフォルダー、SPARQLサーバーのアドレス、その設定ファイル（.yaml）",
                "As in: 2024, 令和6年度, R6; or a store's folder, a SPARQL server's address, its settings file (.yaml)",
            ),
        ) from None
    return False


def sides(store: Store | None, one: str, other: str, *, year: str | int | None = None) -> tuple[Side, Side]:
    """Return the two sides that two texts name: years of ``store``, or builds in ``year`` or their latest common year.

    Raises KonkyoError where a text names neither, or the two do not go together.
    """
    builds = [is_build(text) for text in (one, other)]
    if all(builds):
        return _builds(one, other, year_of(year))
    if year is not None:
        raise KonkyoError(Advice(Code.YEAR_OF_ONE_STORE))
    if any(builds) or store is None:
        raise KonkyoError(
            Words(
                "年度と年度、又はストアとストアを比べられます。", "Two years can be compared, or two stores."
            ),
            hint=Advice(Code.YEARS_OR_STORES),
        )
    held, reader = years(store), Reader(store)

    def side(text: str) -> Side:
        year = chosen_year(held, year_of(text))
        name = Words(f"{year}年度", f"{year}")
        return Side(store, year, held[year], reader, name, single=of_single_sheets(held[year]))

    return side(one), side(other)


def _one_login(places: Iterable[str]) -> None:
    """Raise KonkyoError where the login of the environment would be shown to two servers: it is that of one."""
    hosts = {urlsplit(endpoint(place).query).netloc for place in places if is_remote(place)}
    named = [
        name
        for part in ("USER", "PASSWORD", "TOKEN", "CREDENTIALS")
        if os.environ.get(name := f"KONKYO_STORE_{part}")
    ]
    if len(hosts) > 1 and named:
        listed = ", ".join(named)
        raise KonkyoError(
            Words(
                f"二つのサーバーに同じログイン（{listed}）は送りません。",
                f"One login ({listed}) is not sent to two servers.",
            ),
            hint=Words(
                "環境変数を外し、それぞれの設定ファイル（query と credentials）を渡してください。",
                "Take it out of the environment, and name each server by a settings file (query, credentials).",
            ),
        )


def _builds(one: str, other: str, wanted: int | None) -> tuple[Side, Side]:
    _one_login((one, other))
    # What is named twice is opened once.
    stores = {text: connect(text) for text in dict.fromkeys((one, other))}
    held = {text: years(store) for text, store in stores.items()}
    common = held[one].keys() & held[other].keys()
    year = max(common) if wanted is None and common else wanted

    def side(text: str) -> Side:
        chosen = chosen_year(held[text], year)
        place = text if Path(text).exists() else shown(text)
        name = Words(f"{place}の{chosen}年度", f"{chosen} of {place}")
        made = Side(stores[text], chosen, held[text][chosen], Reader(stores[text]), name)
        made.others = () if wanted else tuple(other for other in held[text] if other != chosen)
        return made

    return side(one), side(other)


def ministry_of(before: Side, after: Side, text: str) -> None:
    """Say on both sides which ministry a text means. Raises KonkyoError where neither knows it."""
    for side, other in ((before, after), (after, before)):
        try:
            side.ministry = find_ministry(side.store, text).iri
        except KonkyoError:
            # One of the two may not have the ministry at all: that is a change, and no mistake.
            side.ministry = find_ministry(other.store, text).iri


def thing_of(before: Side, after: Side, text: str) -> Thing:
    """Return the thing that a text means on the later side, else on the earlier one. Raises KonkyoError."""
    try:
        return find(after.store, text, year=after.year if after.single else None)
    except Ambiguous:
        raise
    except KonkyoError:
        if before.store is after.store:
            raise
        return find(before.store, text)


def read(
    before: Side,
    after: Side,
    measure: str | None,
    project: str | None,
    *,
    about: Collection[str],
    by_source: bool,
) -> None:
    """Read what the documents of both sides show and state, all of it or what concerns one measure or project.

    ``by_source``: a citation is told apart by how it is written, and not by the strategy that it was taken for; steps and
    indicators by their own IRIs, and not by what they are over the years. ``about`` are names of ``ASPECTS``.
    """
    # What is compared is what both tell: the side of fewer documents first, so that nothing is read beside nothing.
    first, second = sorted((before, after), key=lambda side: len(side.files))
    # Sheets alone list neither all measures nor all projects: of the other side counts what the sheets show, too.
    sheets_alone = not first.files and not (measure or project)
    for side in (before, after):
        side.sheets = _of_sheets(side)
        if not project and not sheets_alone:
            _read_placements(side, measure)
    wanted: set[str] | None = {project} if project else None
    if measure:
        # What one side places under the measure is looked for on both: it need not be gone that stands elsewhere.
        wanted = {measure, *before.placed.get(measure, {}), *after.placed.get(measure, {})}
    for side, other in ((first, second), (second, first)):
        scopes: list[Mapping[str, str]] = [{"ministry": side.ministry} if side.ministry else {}]
        of_projects = scopes
        if project:
            own_project = side.own(project)
            scopes, of_projects = [{"element": own_project}], [{"project": own_project}]
        elif wanted is not None:
            # Read by ministry: those of a measure's projects, which need not all be the measure's own.
            side.reader.load(wanted)
            owners = {iri for element in wanted for iri in side.reader.objects(element, "kk:ministry")}
            scopes = of_projects = [{"ministry": iri} for iri in sorted(owners)]
        elif moved := _moved(side, other):
            scopes = [*scopes, *({"element": iri} for iri in moved)]
            of_projects = [*of_projects, *({"project": iri} for iri in moved)]
        if sheets_alone and side is second and not side.ministry and len(first.shown) <= _FEW:
            scopes = [{"element": iri} for iri in sorted(first.shown)]
        _read_elements(side, wanted, scopes)
        if "bases" in about:
            own = {measure, *side.placed.get(measure, {})} if measure else wanted
            near = {*first.bases, *side.sheets}
            if sheets_alone and side is second and len(near) <= _FEW:
                whose = {"ministry": side.ministry} if side.ministry else {}
                scopes = [{**whose, "element": iri} for iri in sorted(near)]
            _read_bases(side, own, scopes, by_source=by_source)
            if measure:
                side.bases = {measure: _rolled_up(side)}
        if not first.files:  # amounts and logic models are those of reviews
            continue
        if "money" in about and (side is first or first.facts.money):
            read_money(side, wanted, of_projects)
        if "logic" in about and (side is first or first.facts.steps or first.facts.indicators):
            kinds = before.kinds & after.kinds
            read_logic(side, wanted, of_projects, over_years=not by_source, kinds=kinds)


def read_listed(side: Side, other: Side) -> None:
    """Read which projects the files of a side list, whatever part is asked for; nothing where the other side has no files to hold against it."""
    if not (side.files and other.files) and not (side.single or other.single):
        return
    if side.single:
        # Their projects are of the one review: there is no need to look through those of all others.
        text = f"SELECT ?s ?ministry WHERE {{ ?s a kk:Project ; kk:reviewYear <{fiscal_year(side.year)}> ; kk:ministry ?ministry }}"
        rows = side.store.select(PROLOGUE + text)
        side.listed["1-2"] = {row["s"].value: row["ministry"].value for row in rows}
        return
    for row in run(side.store, "diff-listed", year=f"{side.year}年度"):
        side.listed.setdefault(row["file"].value, {})[row["project"].value] = row["ministry"].value


def follow(before: Side, after: Side, project: str | None) -> str | None:
    """Tell both sides which of their listed projects are one; return ``project`` as both know it.

    Only where sheets of single reviews are compared with another review of the store: all else is known by its id. Raises KonkyoError for
    a project that is several in the later review.
    """
    earlier, later = sorted((before, after), key=lambda side: side.year)
    if not (earlier.single or later.single) or earlier.year == later.year:
        return project
    held = years(later.store)
    found = goes_on(
        later.store, earlier.year, later.listed.get("1-2", {}).keys(), [project] if project else ()
    )
    unknown = tuple(year for year in range(earlier.year + 1, later.year) if not held.get(year))
    for side in (before, after):
        side.goes_on = replace(found, unknown=unknown)
        side.kinds = _kinds_of_steps(side)
    earlier.aliases = found.same
    earlier.listed = {
        file: {earlier.known(iri): ministry for iri, ministry in projects.items()}
        for file, projects in earlier.listed.items()
    }
    return _one_of(later, earlier, project) if project else None


def _one_of(later: Side, earlier: Side, project: str) -> str:
    """Return what a project, of whichever review, is on the later side, else on the earlier one; itself where neither has it."""
    if project in later.listed.get("1-2", {}) or project in earlier.aliases:
        return earlier.known(project)
    near = near_to(later.store, project)
    for side in (later, earlier):
        found = sorted(near & side.listed.get("1-2", {}).keys())
        if len(found) > 1:
            raise Ambiguous(project.removeprefix(ID), describe(side.reader, found[:10]), len(found))
        if found:
            return found[0]
    return project


def _moved(side: Side, other: Side) -> list[str]:
    """Return what the other side has of the ministry asked for, and this side has of another one."""
    if side.goes_on is None or not side.ministry:
        return []
    here, there = (each.listed.get("1-2", {}) for each in (side, other))
    moved = (iri for iri, of in there.items() if of == side.ministry and here.get(iri, of) != of)
    return sorted(side.own(iri) for iri in moved)


def _kinds_of_steps(side: Side) -> frozenset[str]:
    """Return the kinds of steps of which documents of a side's year tell any: sheets of some years have no field for one."""
    some = f"{PROLOGUE}SELECT ?s WHERE {{ ?s kk:reviewYear <{fiscal_year(side.year)}> ; kk:kind <{C}%s> }} LIMIT 1"
    kinds = codes_of("StepKind")
    return frozenset(kind for kind in kinds if any(True for _ in side.store.select(some % kind)))


def _read_placements(side: Side, measure: str | None) -> None:
    """Read which projects are placed under which measures, or under one."""
    within = {"measure": measure} if measure else {}
    if side.ministry:
        within["ministry"] = side.ministry
    for row in run(side.store, "diff-placements", year=f"{side.year}年度", **within):
        places = side.placed.setdefault(row["measure"].value, {})
        places.setdefault(row["project"].value, row["fact"].value)


def _read_elements(side: Side, wanted: set[str] | None, scopes: Iterable[Mapping[str, str]]) -> None:
    for scope in scopes:
        for row in run(side.store, "diff-elements", year=f"{side.year}年度", **scope):
            element = side.known(row["element"].value)
            if wanted is None or element in wanted:
                kind = row["kind"].value.removeprefix(KK)
                side.shown.setdefault(element, (kind, row["ministry"].value, row["name"].value))
                side.owners.setdefault(element, row["fact"].value)


def _read_bases(
    side: Side, wanted: set[str] | None, scopes: Iterable[Mapping[str, str]], *, by_source: bool
) -> None:
    sections = _sections(side.store)
    for scope in scopes:
        for row in run(side.store, "diff-bases", year=f"{side.year}年度", **scope):
            if wanted is None or side.known(row["element"].value) in wanted:
                _add_basis(side, row, sections, by_source=by_source)


def _of_sheets(side: Side) -> frozenset[str]:
    """Return the measures of which evaluation sheets of the year are."""
    rows = side.store.select(
        f"{PROLOGUE}SELECT DISTINCT ?measure WHERE {{ ?sheet a kk:EvaluationSheet ; kk:fiscalYear <{fiscal_year(side.year)}> . "
        "?made prov:generated ?sheet ; kk:evaluates ?measure }"
    )
    return frozenset(row["measure"].value for row in rows)


# The sections that a basis names, with the document of each; None: of whatever documents the basis means.
_Sections = dict[str, list[tuple[str | None, Section]]]


def _sections(store: Store) -> _Sections:
    found: _Sections = {}
    for row in run(store, "diff-sections"):
        document, section, place = (
            row[name].value if row[name] is not None else None for name in ("document", "section", "place")
        )
        basis = row["basis"].value
        stated = place_key(place) if place else None
        made = Section(section or basis, section is not None, stated)
        found.setdefault(basis, []).append((document, made))
    return found


def _add_basis(side: Side, row: ox.QuerySolution, sections: _Sections, *, by_source: bool) -> None:
    element, basis = side.known(row["element"].value), row["basis"].value
    strategy, edition = (
        row[name].value if row[name] is not None else None for name in ("strategy", "edition")
    )
    # A sheet names the document or its section itself: there is nothing that was taken for it.
    named = basis in (strategy, edition) or any(
        own.registered and own.iri == basis for _, own in sections.get(basis, ())
    )
    key = strategy if strategy and (named or not by_source) else basis
    found = side.bases.setdefault(element, {}).setdefault(key, Basis())
    found.targets.add(edition or strategy or basis)
    found.sections.update(_named(sections, basis, edition or strategy))
    found.places.add(row["fact"].value)
    found.by.add(element)
    side.shown.setdefault(element, ("", row["ministry"].value, ""))


def _named(sections: _Sections, basis: str, document: str | None) -> Iterator[Section]:
    for of, section in sections.get(basis, ()):
        if of is None or of == document:
            yield section


def _rolled_up(side: Side) -> dict[str, Basis]:
    """Return the bases of all elements together: the measure's own and those of the projects placed under it."""
    made: dict[str, Basis] = {}
    for own in side.bases.values():
        for key, found in own.items():
            made.setdefault(key, Basis()).take(found)
    return made

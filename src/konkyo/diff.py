"""What changed between two years of a store, or between two stores.

A basis is the strategy it belongs to, else the law or the citation as written. Two years are compared by strategy, so
that another edition of it is a move; two builds of one year are compared by what the source writes, so that a
resolution that changed is a move as well. Renamed measures are suspected and listed, never taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.errors import KonkyoError
from konkyo.gaps.scope import check_built, chosen_year, year_of, years
from konkyo.query import run
from konkyo.reader import EvidenceText, Reader
from konkyo.text import fold
from konkyo.things import find_ministry
from konkyo.vocabulary import BASE, ID, KK
from konkyo.words import Words

if TYPE_CHECKING:
    import pyoxigraph as ox

    from konkyo.store import Store

KINDS = ("moved", "dropped", "added", "gone", "new", "perhaps-renamed")
# Two names, or two sets of projects, at least so much alike are worth a person's look.
_ALIKE = 0.6


@dataclass
class Side:
    """One year of one store. ``files`` are the kinds of its RS files: none where only sheets are of that year."""

    store: Store
    year: int
    files: tuple[str, ...]
    reader: Reader
    name: Words
    ministry: str | None = None
    shown: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    bases: dict[str, dict[str, Basis]] = field(default_factory=dict)
    placed: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Basis:
    """What one element rests on: the editions (or strategies without one), the places, and who states it."""

    targets: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    by: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of ``element``; ``ground`` is the basis it is about, or the other measure of a suspected renaming.

    ``before`` and ``after`` are what the ground means on each side (editions), ``by_before`` and ``by_after`` who
    states it there, and the places are evidence of each side.
    """

    kind: str
    element: str
    ministry: str | None
    ground: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    by_before: tuple[str, ...] = ()
    by_after: tuple[str, ...] = ()
    places_before: tuple[str, ...] = ()
    places_after: tuple[str, ...] = ()
    alike: float | None = None


@dataclass
class Diff:
    """All changes, in a fixed order; ``same`` counts bases that did not change, ``notes`` what was not compared."""

    before: Side
    after: Side
    measure: str | None
    changes: tuple[Change, ...]
    same: int
    notes: tuple[Words, ...]
    words: dict[str, Words] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        """Return the number of changes of a kind."""
        return sum(change.kind == kind for change in self.changes)

    def prepare(self, changes: Iterable[Change]) -> None:
        """Load labels and evidence of these changes, each from its own side."""
        changes = list(changes)
        iris = {
            iri
            for c in changes
            for iri in (c.element, c.ministry, c.ground, *c.before, *c.after, *c.by_before, *c.by_after)
            if iri and iri.startswith(BASE)
        }
        if self.measure:
            iris.add(self.measure)
        for side in (self.before, self.after):  # the later side's names stand
            self.words.update(side.reader.labels(sorted(iris)))
            places = sorted(
                {iri for c in changes for iri in (c.places_before if side is self.before else c.places_after)}
            )
            side.reader.load(places)
            names = ("oa:hasSource", "oa:hasSelector", "kk:readingCertainty")
            side.reader.load(
                value for place in places for name in names for value in side.reader.objects(place, name)
            )

    def label(self, iri: str) -> Words:
        """Return the label of an IRI of a prepared change."""
        key = iri.removeprefix(ID)
        return self.words.get(iri) or Words(key, key)

    def places(self, change: Change) -> list[EvidenceText]:
        """Return the evidence of a prepared change, of the earlier side first."""
        return [
            *(self.before.reader.evidence_text(iri) for iri in change.places_before),
            *(self.after.reader.evidence_text(iri) for iri in change.places_after),
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the changes as values of JSON, with texts in both languages."""
        self.prepare(self.changes)

        def things(iris: Iterable[str]) -> list[dict[str, Any]]:
            return [{"iri": iri, "label": self.label(iri)._asdict()} for iri in iris]

        def places(side: Side, iris: Iterable[str]) -> list[dict[str, Any]]:
            texts = [side.reader.evidence_text(iri) for iri in iris]
            return [{"iri": t.iri, "source": t.source.ja, "place": t.place._asdict()} for t in texts]

        return {
            "type": "diff",
            "before": {"year": self.before.year, "name": self.before.name._asdict()},
            "after": {"year": self.after.year, "name": self.after.name._asdict()},
            "measure": self.measure,
            "counts": {kind: self.count(kind) for kind in KINDS},
            "unchanged": self.same,
            "notes": [note._asdict() for note in self.notes],
            "changes": [
                {
                    "kind": c.kind,
                    "element": things([c.element])[0],
                    "ministry": things([c.ministry])[0] if c.ministry else None,
                    "ground": things([c.ground])[0] if c.ground else None,
                    "before": things(c.before),
                    "after": things(c.after),
                    "stated_by_before": things(c.by_before),
                    "stated_by_after": things(c.by_after),
                    "evidence_before": places(self.before, c.places_before),
                    "evidence_after": places(self.after, c.places_after),
                    "alike": c.alike,
                }
                for c in self.changes
            ],
        }


def diff(
    store: Store, one: str, other: str, *, ministry: str | None = None, measure: str | None = None
) -> Diff:
    """Compare two years of a store (``2012``, ``令和6年度``), or two store folders (their latest common year).

    ``measure`` (an IRI) compares what is stated for that measure and for the projects placed under it, taken together.
    Raises KonkyoError where a side is neither a year that the store holds nor a store's folder.
    """
    before, after = _sides(store, one, other)
    if ministry:
        for side in (before, after):
            side.ministry = _ministry(side, ministry, other=after if side is before else before)
    builds = before.year == after.year
    for side in (before, after):
        check_built(side.store)
        _read(side, measure, by_source=builds)
    if measure:
        for side in (before, after):
            side.bases = {measure: _rolled_up(side)}
    changes = [*_changed_bases(before, after, measure), *_elements(before, after, measure)]
    order = {kind: number for number, kind in enumerate(KINDS)}
    changes.sort(
        key=lambda c: (
            c.ministry or "",
            order[c.kind],
            c.element,
            # Of one measure, what most of its projects state comes first.
            -len({*c.by_before, *c.by_after}),
            c.ground or "",
        )
    )
    same = sum(
        found.targets == later.targets
        for element, own in before.bases.items()
        for key, found in own.items()
        if (later := after.bases.get(element, {}).get(key))
    )
    return Diff(before, after, measure, tuple(changes), same, tuple(_notes(before, after, measure)))


def _sides(store: Store, one: str, other: str) -> tuple[Side, Side]:
    sides = [_side(store, text) for text in (one, other)]
    if sides[0] is None and sides[1] is None:
        made = [_folder(text) for text in (one, other)]
        held = [years(item) for item in made]
        common = sorted(held[0].keys() & held[1].keys())
        chosen = [common[-1] if common else chosen_year(item, None) for item in held]
        names = [
            Words(f"{text}の{year}年度", f"{year} of {text}")
            for text, year in zip((one, other), chosen, strict=True)
        ]
        return (
            Side(made[0], chosen[0], held[0][chosen[0]], Reader(made[0]), names[0]),
            Side(made[1], chosen[1], held[1][chosen[1]], Reader(made[1]), names[1]),
        )
    if sides[0] is None or sides[1] is None:
        raise KonkyoError(
            Words(
                "年度と年度、又はストアとストアを比べられます。", "Two years can be compared, or two stores."
            ),
            hint=Words("例: konkyo diff 2023 2024", "As in: konkyo diff 2023 2024"),
        )
    return sides[0], sides[1]


def _side(store: Store, text: str) -> Side | None:
    try:
        year = year_of(text)
    except KonkyoError:
        if Path(text).is_dir():
            return None
        raise
    held = years(store)
    year = chosen_year(held, year)
    return Side(store, year, held[year], Reader(store), Words(f"{year}年度", f"{year}"))


def later_store(store: Store, text: str) -> Store:
    """Return the store in which names are looked up: that of the later side."""
    return store if _side(store, text) else _folder(text)


def _folder(text: str) -> Store:
    from konkyo.store import open_store

    return open_store(Path(text))


def _ministry(side: Side, text: str, *, other: Side) -> str:
    try:
        return find_ministry(side.store, text).iri
    except KonkyoError:
        # One of the two may not have the ministry at all: that is a change, and no mistake.
        return find_ministry(other.store, text).iri


def _read(side: Side, measure: str | None, *, by_source: bool) -> None:
    given = {"year": f"{side.year}年度"} | ({"ministry": side.ministry} if side.ministry else {})
    wanted: set[str] | None = None
    within = given | ({"measure": measure} if measure else {})
    for row in run(side.store, "diff-placements", **within):
        places = side.placed.setdefault(row["measure"].value, {})
        places.setdefault(row["project"].value, row["evidence"].value)
    scopes = [given]
    if measure:
        wanted = {measure, *side.placed.get(measure, {})}
        # Read by ministry: those of a measure's projects, which need not all be the measure's own.
        side.reader.load(wanted)
        owners = {iri for element in wanted for iri in side.reader.objects(element, "kk:ministry")}
        scopes = [given | {"ministry": iri} for iri in sorted(owners)]
    for scope in scopes:
        for row in run(side.store, "diff-elements", **scope):
            element = row["element"].value
            if wanted is None or element in wanted:
                kind = row["kind"].value.removeprefix(KK)
                side.shown.setdefault(element, (kind, row["ministry"].value, row["name"].value))
                side.owners.setdefault(element, row["evidence"].value)
        for row in run(side.store, "diff-bases", **scope):
            if wanted is None or row["element"].value in wanted:
                _add_basis(side, row, by_source=by_source)


def _add_basis(side: Side, row: ox.QuerySolution, *, by_source: bool) -> None:
    element = row["element"].value
    strategy = row["strategy"].value if row["strategy"] is not None else None
    edition = row["edition"].value if row["edition"] is not None else None
    basis = row["basis"].value
    key = basis if by_source or not strategy else strategy
    found = side.bases.setdefault(element, {}).setdefault(key, Basis())
    found.targets.add(edition or strategy or basis)
    found.places.add(row["evidence"].value)
    found.by.add(element)
    side.shown.setdefault(element, ("", row["ministry"].value, ""))


def _rolled_up(side: Side) -> dict[str, Basis]:
    """Return the bases of all elements together: the measure's own and those of the projects placed under it."""
    made: dict[str, Basis] = {}
    for own in side.bases.values():
        for key, found in own.items():
            whole = made.setdefault(key, Basis())
            whole.targets |= found.targets
            whole.places |= found.places
            whole.by |= found.by
    return made


def _changed_bases(before: Side, after: Side, measure: str | None) -> Iterator[Change]:
    for element in sorted(before.bases.keys() | after.bases.keys()):
        # What one side does not show at all is new or gone; that its bases came or went follows from it.
        if element != measure and (element not in before.shown or element not in after.shown):
            continue
        old, new = before.bases.get(element, {}), after.bases.get(element, {})
        for key in sorted(old.keys() | new.keys()):
            one, other = old.get(key), new.get(key)
            if one and other and one.targets == other.targets:
                continue
            empty = Basis()
            kind = "moved" if one and other else "dropped" if one else "added"
            one, other = one or empty, other or empty
            _, ministry, _ = after.shown.get(element) or before.shown.get(element) or ("", None, "")
            yield Change(
                kind,
                element,
                ministry,
                key,
                tuple(sorted(one.targets)),
                tuple(sorted(other.targets)),
                tuple(sorted(one.by)),
                tuple(sorted(other.by)),
                tuple(sorted(one.places)),
                tuple(sorted(other.places)),
            )


_LISTED = {"Measure": "1-3", "Project": "1-2"}


def _comparable(before: Side, after: Side, kind: str) -> bool:
    """Whether both years list all elements of a kind: a year of single sheets lists nothing whole."""
    return kind in _LISTED and all(_LISTED[kind] in side.files for side in (before, after))


def _elements(before: Side, after: Side, measure: str | None) -> Iterator[Change]:
    gone = [iri for iri in before.shown if iri not in after.shown and _told(before, after, iri, before)]
    new = [iri for iri in after.shown if iri not in before.shown and _told(before, after, iri, after)]
    for iri in sorted(gone):
        place = before.owners.get(iri)
        yield Change("gone", iri, before.shown[iri][1], places_before=(place,) if place else ())
    for iri in sorted(new):
        place = after.owners.get(iri)
        yield Change("new", iri, after.shown[iri][1], places_after=(place,) if place else ())
    if not measure:
        yield from _renamed(before, after, gone, new)


def _told(before: Side, after: Side, iri: str, side: Side) -> bool:
    return _comparable(before, after, side.shown[iri][0])


def _renamed(before: Side, after: Side, gone: list[str], new: list[str]) -> Iterator[Change]:
    """Yield for each measure that is gone the new one of its ministry that is most like it, if any is."""
    candidates = sorted(iri for iri in new if after.shown[iri][0] == "Measure")
    for iri in sorted(gone):
        kind, ministry, name = before.shown[iri]
        if kind != "Measure":
            continue
        best: tuple[float, str] | None = None
        for other in candidates:
            if after.shown[other][1] != ministry:
                continue
            names = SequenceMatcher(None, fold(name), fold(after.shown[other][2]), autojunk=False).ratio()
            one, two = set(before.placed.get(iri, ())), set(after.placed.get(other, ()))
            alike = max(names, len(one & two) / len(one | two) if one | two else 0.0)
            if alike >= _ALIKE and (best is None or (-alike, other) < (-best[0], best[1])):
                best = (alike, other)
        if best:
            yield Change(
                "perhaps-renamed",
                iri,
                ministry,
                best[1],
                places_before=(before.owners[iri],),
                places_after=(after.owners[best[1]],),
                alike=round(best[0], 2),
            )


def _notes(before: Side, after: Side, measure: str | None) -> Iterator[Words]:
    for side in (before, after):
        if measure:
            yield _who(side, measure)
        elif not side.files:
            yield Words(
                f"{side.name.ja}の資料は評価書だけなので、施策・事業の新規と終了は比べていません。",
                f"Of {side.name.en} there are evaluation sheets only, so what is new or gone was not compared.",
            )
    for kind, file in _LISTED.items():
        lacking = [side for side in (before, after) if side.files and file not in side.files]
        if lacking and not measure:
            name = Words("施策", "measures") if kind == "Measure" else Words("予算事業", "projects")
            yield Words(
                f"{lacking[0].name.ja}のファイル {file} がないので、{name.ja}の新規と終了は比べていません。",
                f"File {file} of {lacking[0].name.en} is not there, so new and gone {name.en} were not compared.",
            )
    yield Words(
        "「追加」「削除」は、このストアにある資料の記載の違いです。資料に書かれていない変化は分かりません。",
        '"Added" and "dropped" are differences in what the documents of the store state; what they do not state is not known.',
    )


def _who(side: Side, measure: str) -> Words:
    own = side.bases.get(measure, {})
    by = {iri for basis in own.values() for iri in basis.by}
    projects = side.placed.get(measure, {})
    citing = len(by - {measure})
    if measure not in side.shown and not by:
        return Words(
            f"{side.name.ja}: この施策を載せる資料はありません。",
            f"{side.name.en}: no document shows this measure.",
        )
    if measure in by and not projects:
        return Words(
            f"{side.name.ja}: 評価書が施策そのものについて記載したもの。",
            f"{side.name.en}: stated by an evaluation sheet, for the measure itself.",
        )
    said = (
        Words("施策そのものの記載と、", "what is stated for the measure itself, and ")
        if measure in by
        else Words("", "")
    )
    return Words(
        f"{side.name.ja}: {said.ja}施策に置かれた予算事業{len(projects)}件のうち{citing}件の記載。",
        f"{side.name.en}: {said.en}what {citing} of the {len(projects)} projects placed under the measure state.",
    )

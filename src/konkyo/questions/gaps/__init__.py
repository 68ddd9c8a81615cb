"""What is missing: by kind, ministry and year, each line with the place in the source that shows it.

A gap never says more than its documents: "no basis" means that no document of that year which this store holds
states one. Each kind is the stored query ``gap-{kind}``; here its rows are read, counted and put into words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, overload

from konkyo.common.words import Words
from konkyo.graph.asked_years import year_of
from konkyo.graph.gaps import KINDS, NAMES, Gap, Kind, Numbers, kind_named, numbers, rows
from konkyo.graph.lookup.things import find_ministry
from konkyo.graph.reader import OF_PLACES, EvidenceText, Reader, place_of
from konkyo.graph.years import (
    absent_files,
    check_built,
    chosen_year,
    of_single_sheets,
    sheet_years,
    years,
    years_since,
)
from konkyo.model.codes import codes_of, label_of
from konkyo.model.namespaces import BASE, ID

if TYPE_CHECKING:
    from konkyo.store import Store

_UNTOLD = Words(
    "この年度のレビューはJUDGITのシートです。計画・法令・段階のつながりの欄がなく、合計は翌年度への繰越しを引いた額なので、ここでは不足を言えません。",
    "The review of this year is told by sheets of JUDGIT. They have no fields for plans, laws and connections of steps, and their totals are "
    "without what is carried forward: no such gap is told of them.",
)
# The columns of a query that say where a gap is shown.
_PLACES = ("evidence", "fact")
# How the label of an edition ends: its date in brackets.
_DATED = re.compile(r"(?P<name>.+?)(?:（| \()(?P<date>[0-9-]+)[）)]")
_NAME = r"\g<name>"

__all__ = ["KINDS", "NAMES", "Gap", "Gaps", "GapsOfKind", "Kind", "gaps", "year_of", "years"]


class Lines(Sequence[Gap]):
    """The rows of a kind, which are asked for when they are first looked at: to count gaps nobody needs them."""

    def __init__(self, read: Callable[[], Iterable[Gap]]) -> None:
        self._read = read

    @cached_property
    def _rows(self) -> tuple[Gap, ...]:
        return tuple(self._read())

    @overload
    def __getitem__(self, at: int) -> Gap: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Gap, ...]: ...
    def __getitem__(self, at: int | slice) -> Gap | tuple[Gap, ...]:
        """Return a row or some of them."""
        return self._rows[at]

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True, slots=True)
class GapsOfKind:
    """All lines of a kind, or in ``unanswered`` the needed files that are not there.

    ``numbers`` are what the build counted; without them the lines are counted.
    """

    kind: Kind
    lines: Sequence[Gap]
    unanswered: tuple[str, ...] = ()
    numbers: Numbers | None = None

    @property
    def count(self) -> int:
        """Return how many gaps there are; several lines may show one."""
        return self.numbers.count if self.numbers else len({line.key for line in self.lines})

    def by_ministry(self) -> dict[str | None, int]:
        """Return the number of gaps of each ministry."""
        if self.numbers:
            return self.numbers.by_ministry
        keys: dict[str | None, set[tuple[str, ...]]] = {}
        for line in self.lines:
            keys.setdefault(line.ministry, set()).add(line.key)
        return {ministry: len(found) for ministry, found in keys.items()}


@dataclass
class Gaps:
    """The gaps of one year; ``absent`` are the RS files of that year that the store does not hold, ``others`` the other years.

    ``single`` says that the reviews of the year are sheets as JUDGIT publishes them: what these have no field for is no gap.
    """

    year: int
    ministry: str | None
    found: tuple[GapsOfKind, ...]
    absent: tuple[str, ...]
    reader: Reader
    words: dict[str, Words] = field(default_factory=dict)
    others: tuple[int, ...] = ()
    single: bool = False

    def read(self) -> None:
        """Read all lines, side by side: the store answers in native code, which holds up no other thread."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(len, (found.lines for found in self.found)))

    def prepare(self, lines: Iterable[Gap]) -> None:
        """Load the labels and the evidence of these lines."""
        lines = list(lines)
        iris = {value for line in lines for value in line.cells.values() if value.startswith(BASE)}
        named = iris - {line.cells[name] for line in lines for name in _PLACES if name in line.cells}
        self.words.update(self.reader.labels(sorted(named)))
        self.reader.load_only((fact for line in lines if (fact := line.fact)), OF_PLACES)
        self.reader.load_places(place for line in lines if (place := self.place(line)))

    def label(self, iri: str) -> Words:
        """Return the label of an IRI that was prepared, else its key; other values as they are."""
        key = iri.removeprefix(ID)
        return self.words.get(iri) or Words(key, key)

    def evidence(self, line: Gap) -> EvidenceText | None:
        """Return the place in the source of a prepared line."""
        place = self.place(line)
        words = self.reader.words_at(line.fact) if line.fact else None
        return self.reader.evidence_text(place, words) if place else None

    def place(self, line: Gap) -> str | None:
        """Return the IRI of the place of a line of which it is known what stands there."""
        evidence = line.cells.get("evidence")
        if evidence is None or line.fact is None:
            return evidence
        return place_of(evidence, self.reader.one(line.fact, "kk:row"))

    def caution(self) -> Words:
        """Return what the claims rest on, and which files of the year are not there."""
        listed = ", ".join(self.absent)
        ja = "「記載がない」は、このストアにある資料に記載がないという意味です。"
        en = '"Not stated" means: not stated in the documents that this store holds.'
        if self.absent:
            ja += f"{self.year}年のRSファイルのうち、ないもの: {listed}。"
            en += f" Files of the RS system of {self.year} that it does not hold: {listed}."
        if self.single:
            ja += _UNTOLD.ja
            en += f" {_UNTOLD.en}"
        return Words(ja, en)

    def unanswered(self, found: GapsOfKind) -> Words | None:
        """Return why gaps of a kind cannot be told; None where they are."""
        if not found.unanswered:
            return None
        if self.single:
            return _UNTOLD
        listed = ", ".join(found.unanswered)
        return Words(
            f"{self.year}年のファイル {listed} がないので、分かりません。",
            f"cannot be told: the store lacks the files {listed} of {self.year}.",
        )

    def finding(self, line: Gap) -> Words:
        """Return in words what is missing; the line must have been prepared."""
        cell = {name: self.label(value) for name, value in line.cells.items()}
        none = Words("", "")
        match line.kind:
            case "projects-without-basis":
                through = cell.get("through")
                more = _pair(
                    through, "（置かれた施策「{}」には記載あり）", " (the measure it is under has one: {})"
                )
                return _add(Words("計画・法令の記載なし", "no plan and no law stated"), more)
            case "measures-without-basis":
                return Words(
                    "施策にも、置かれた事業にも記載なし",
                    "none stated for the measure or any project under it",
                )
            case "superseded-only":
                made = _succeeded(cell["edition"], cell["newest"])
                laws = line.cells.get("laws", "0")
                return _add(
                    made, Words(f"（別に法令{laws}）", f" (and {laws} laws)") if laws != "0" else none
                )
            case "unresolved-citations":
                found = _pair(cell["citation"], "引用「{}」", "citation {}")
                if cell.get("document", cell["citation"]).ja == cell["citation"].ja:
                    return found
                return _add(found, _pair(cell["document"], "の中の「{}」", ", of which {}"))
            case "uncited-strategies":
                made = Words(f"{self.year}年度の資料は引かない", f"not cited by documents of {self.year}")
                if "citing" not in cell:
                    return made
                return Words(
                    f"{made.ja}（{cell['cited'].ja}には「{cell['citing'].ja}」が引く）",
                    f"{made.en} (in {cell['cited'].en} by {cell['citing'].en})",
                )
            case "outcomes-without-next":
                step, period = cell["step"], cell["period"]
                return Words(f"{period.ja}アウトカム「{step.ja}」", f"{period.en} outcome: {step.en}")
            case "mixed-editions":
                project, edition = cell["project"], cell["edition"]
                return Words(f"{edition.ja} ← {project.ja}", f"{edition.en} ← {project.en}")
            case "older-than-basis":
                plan, since, first = cell["strategy"], line.cells["start"], line.cells["first"]
                made = Words(
                    f"{since}年度から続く。「{plan.ja}」の一番古い版は{first}",
                    f"since {since}; the earliest edition of {plan.en} is of {first}",
                )
                # Where the earliest edition is not the one that is cited, both dates are told.
                if (issued := line.cells.get("issued", first)) == first:
                    return made
                return _add(made, Words(f"、引く版は{issued}", f", the one cited of {issued}"))
        amounts = [f"{int(float(line.cells[name])):,}" for name in ("stated", "parts", "difference")]
        made = Words(
            f"{cell['budget'].ja}: 記載{amounts[0]}円、内訳の和{amounts[1]}円、差{amounts[2]}円",
            f"{cell['budget'].en}: stated {amounts[0]} yen, parts {amounts[1]}, difference {amounts[2]}",
        )
        if missing := line.cells.get("missing"):
            # The query strings the labels of stages together.
            english = {label.ja: label.en for label in map(label_of, codes_of("BudgetStage"))}
            listed = ", ".join(english[stage] for stage in missing.split("・"))
            made = _add(made, Words(f"（欠けた内訳: {missing}）", f" (not stated: {listed})"))
        return made

    def to_json(self) -> dict[str, Any]:
        """Return the gaps as values of JSON, with texts in both languages; all lines are prepared."""
        self.read()
        self.prepare(line for found in self.found for line in found.lines)
        self.words.update(self.reader.labels(m for m in [self.ministry] if m))
        return {
            "type": "gaps",
            "year": self.year,
            "ministry": self._thing(self.ministry) if self.ministry else None,
            "other_years": list(self.others),
            "absent_files": list(self.absent),
            "note": self.caution()._asdict(),
            "kinds": [
                {
                    "kind": found.kind.name,
                    "query": f"gap-{found.kind.name}",
                    "claim": found.kind.claim._asdict(),
                    "answered": not found.unanswered,
                    "needs": [] if self.single else list(found.unanswered),
                    "count": None if found.unanswered else found.count,
                    "by_ministry": [
                        {"ministry": self._thing(iri) if iri else None, "count": count}
                        for iri, count in sorted(found.by_ministry().items(), key=lambda item: item[0] or "")
                    ],
                    "gaps": [self._json(line) for line in found.lines],
                }
                for found in self.found
            ],
        }

    def _thing(self, iri: str) -> dict[str, Any]:
        return {"iri": iri, "label": self.label(iri)._asdict()}

    def _json(self, line: Gap) -> dict[str, Any]:
        place = self.evidence(line)
        return {
            "ministry": self._thing(line.ministry) if line.ministry else None,
            "element": self._thing(line.element),
            "finding": self.finding(line)._asdict(),
            "cells": {
                name: self._thing(value) if value.startswith(BASE) else value
                for name, value in line.cells.items()
                if name not in ("ministry", "element", "review", *_PLACES)
            },
            "evidence": {
                "iri": place.iri,
                "source": place.source.ja,
                "place": place.place._asdict(),
                "row": place.row,
                "column": place.column,
                "words": place.words,
            }
            if place
            else None,
        }


def _pair(label: Words | None, ja: str, en: str) -> Words:
    return Words(ja.replace("{}", label.ja), en.replace("{}", label.en)) if label else Words("", "")


def _succeeded(edition: Words, newest: Words) -> Words:
    """Return an edition and the newer one; the name that both have is told once, after both dates: a narrow table cuts its end."""
    old, new = (_DATED.fullmatch(one.ja) for one in (edition, newest))
    if old and new and old["name"] == new["name"]:
        ja = f"{old['date']}版 → {new['date']}版: {old['name']}"
        return Words(ja, f"{old['date']} → {new['date']}: {_DATED.sub(_NAME, edition.en)}")
    return Words(f"{edition.ja} → 新しい版: {newest.ja}", f"{edition.en} → newer: {newest.en}")


def _add(one: Words, other: Words) -> Words:
    return Words(one.ja + other.ja, one.en + other.en)


def gaps(
    store: Store,
    *,
    ministry: str | None = None,
    year: int | None = None,
    since: int | None = None,
    kinds: Sequence[str] = (),
) -> Gaps:
    """Find the gaps of one year (by default the latest that the store holds), of one ministry or all.

    ``ministry`` is a name, a key or an IRI. What is of a fiscal year before ``since`` is left out. Raises KonkyoError for a ministry, year or kind that is not there, and for
    a store without documents or built before gaps could be asked.
    """
    wanted = [kind_named(name) for name in kinds] or list(KINDS)
    held = years(store) if since is None else years_since(years(store), since)
    chosen = chosen_year(held, year)
    reader = Reader(store)
    iri = find_ministry(store, ministry).iri if ministry else None
    check_built(store)
    files = held[chosen]
    absent = absent_files(files)
    single = of_single_sheets(files)
    sheets_too = single and chosen in sheet_years(store)

    # The build counted without a first year.
    counted = numbers(store, chosen, iri) if since is None else None

    def of_kind(kind: Kind) -> GapsOfKind:
        if missing := kind.lacks(files, sheets=sheets_too):
            return GapsOfKind(kind, (), missing)
        lines = Lines(partial(rows, store, kind, chosen, iri, since))
        return GapsOfKind(kind, lines, numbers=counted[kind.name] if counted else None)

    found = tuple(of_kind(kind) for kind in wanted if kind.by_ministry or not iri)
    others = tuple(number for number in sorted(held, reverse=True) if number != chosen)
    answer = Gaps(chosen, iri, found, absent, reader, others=others, single=single)
    if counted is None:
        answer.read()
    return answer


# Queries that run side by side.
_AT_ONCE = 2

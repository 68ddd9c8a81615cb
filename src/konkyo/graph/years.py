"""Of which year an answer speaks: the latest review that tells of a thing, or the year that was asked for.

A store may hold reviews of several years, and sheets of others. What two reviews say of one thing stands in the graph side
by side; an answer takes one of them and names it, so that nobody takes a basis of last year for one of this year. What is
said for good (that an edition belongs to a plan, what a citation means, which law is cited) is of no year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear, since_of, year_of
from konkyo.graph.sparql import PROLOGUE, select_each
from konkyo.model.graphs import JUDGIT, year_and_kind
from konkyo.model.identifiers import fiscal_year, review_of_project, year_number

if TYPE_CHECKING:
    from konkyo.store import Store


def years(store: Store, of_sheets: Set[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Return the years that documents of the store are of, each with the kinds of its review files (none: sheets only).

    ``of_sheets`` are the years of its evaluation sheets, where they are known already.
    """
    files: dict[int, set[str]] = {}
    for name in store.graphs():
        if found := year_and_kind(name):
            files.setdefault(found[0], set()).add(found[1])
    for of_sheet in sheet_years(store) if of_sheets is None else of_sheets:
        files.setdefault(of_sheet, set())
    return {number: tuple(sorted(kinds)) for number, kinds in sorted(files.items())}


def chosen_year(held: Mapping[int, tuple[str, ...]], year: int | None) -> int:
    """Return the year asked for, or the latest that is held. Raises KonkyoError where it is not there."""
    if not held:
        raise KonkyoError(
            Words("このストアには資料がありません。", "This store holds no documents."),
            hint=Advice(Code.NO_DOCUMENTS),
        )
    if year is not None and year not in held:
        listed = ", ".join(map(str, held))
        raise KonkyoError(
            Words(f"{year}年度の資料はありません。", f"There are no documents of {year}."),
            hint=Words(f"ある年度: {listed}", f"Years that are there: {listed}"),
        )
    return max(held) if year is None else year


@dataclass(frozen=True, slots=True)
class YearTold:
    """Of which year an answer speaks: ``year`` is that of the review whose facts it gives, or the one asked for (``asked``);
    None where there is no review.

    ``since`` is the first year that is told of. ``reviews`` and ``sheets`` are the years of the reviews and of the evaluation sheets that tell of the thing (of the store,
    where the answer is about no one thing); ``unseen`` are the years of later reviews of the store, which do not.
    """

    year: int | None
    asked: bool
    reviews: tuple[int, ...]
    sheets: tuple[int, ...]
    unseen: tuple[int, ...] = ()
    since: int | None = None

    @property
    def _sheets_shown(self) -> tuple[int, ...]:
        return tuple(year for year in self.sheets if not self.asked or year == self.year)

    @property
    def others(self) -> tuple[int, ...]:
        """Return the other years that could be asked for, the latest first."""
        return tuple(sorted({*self.reviews, *self.sheets} - {self.year, *self._sheets_shown}, reverse=True))

    def words(self) -> Words | None:
        """Return of which documents the answer speaks: ``2025年度のレビュー``; None where there are none."""
        made = []
        if self.year in self.reviews:
            made.append(Words(f"{self.year}年度のレビュー", f"the review of {self.year}"))
        if sheets := self._sheets_shown:
            made.append(
                Words(
                    f"{'・'.join(map(str, sheets))}年度の評価書",
                    f"the evaluation sheet{'s' if len(sheets) > 1 else ''} of {', '.join(map(str, sheets))}",
                )
            )
        if not made and self.asked:
            made.append(Words(f"{self.year}年度の資料", f"documents of {self.year}"))
        if not made:
            return None
        told = Words("、".join(words.ja for words in made), " and ".join(words.en for words in made))
        if self.since is None:
            return told
        return Words(f"{told.ja}（{self.since}年度以降）", f"{told.en} (from {self.since} on)")

    def to_json(self) -> dict[str, Any]:
        """Return the year of the answer and the others as values of JSON."""
        words = self.words()
        return {
            "year": self.year,
            "asked": self.asked,
            "words": words._asdict() if words else None,
            "others": list(self.others),
            "unseen": list(self.unseen),
            **({} if self.since is None else {"since": self.since}),
        }


NO_YEAR = YearTold(None, asked=False, reviews=(), sheets=())


@dataclass(frozen=True)
class YearScope:
    """Which facts of a store are of the years of an answer; ``held`` are the years that the store holds, with their files, from the
    first on that is asked for.
    """

    store: Store
    held: Mapping[int, tuple[str, ...]]
    told: YearTold

    @property
    def year(self) -> int | None:
        """Return the year."""
        return self.told.year

    @property
    def since(self) -> int | None:
        """Return the first year that is told of; None: every one."""
        return self.told.since

    def reaches(self, year: str | None) -> bool:
        """Return whether what is of a year (IRI) is told: not that of a year before the first one asked for; what is of no year is."""
        return self.since is None or year is None or year_number(year) >= self.since

    @cached_property
    def iri(self) -> str | None:
        """Return the IRI of the year, where facts of other years are to be left out; else None."""
        several = self.told.asked or self.since is not None or len(self._reviews) > 1
        return fiscal_year(self.year) if several and self.year is not None else None

    @property
    def _is_excerpt(self) -> bool:
        """Return whether the year asked for has files, and none that lists its projects (1-2, or whole sheets)."""
        files = self.held.get(self.year, ()) if self.told.asked and self.year is not None else ()
        return bool(files) and not {"1-2", JUDGIT} & set(files)

    @property
    def _reviews(self) -> list[int]:
        return [year for year, files in self.held.items() if files]

    @property
    def _sharing(self) -> set[int]:
        """Return the reviews that tell of things of which other reviews tell, too: a single sheet has things of its own."""
        return {year for year in self._reviews if not of_single_sheets(self.held[year])}

    @cached_property
    def is_plain(self) -> bool:
        """Return whether all that is said of a thing of this year is of this year, so that nothing need be left out."""
        chosen = self.told.asked or self.since is not None
        return self.iri is None or not (chosen or self._sharing - {self.year})

    def graphs(self) -> list[str]:
        """Return the graphs that may tell of things of this scope: all but the sheets of other single reviews."""
        of = {name: year_and_kind(name) for name in self.store.graphs()}
        return [
            name for name, found in of.items() if not found or found[1] != JUDGIT or found[0] == self.year
        ]

    # --- what counts ----------------------------------------------------------------------------

    def counts(self, review: str | None) -> bool:
        """Return whether what a review of a year (IRI) says is of this scope; what no review says is, unless a year was asked."""
        if not self.reaches(review):
            return False
        return self.iri is None or review == self.iri or (review is None and not self.told.asked)

    def links(self, links: Iterable[str]) -> set[str]:
        """Return those of these links that documents of the year state, and those that are of no year."""
        links = sorted(set(links))
        if self.is_plain:
            return set(links)
        if self.told.asked and self.iri:
            return set(_of_year(self.store, links, self.iri))
        reviews = dict(_pairs(self.store, links, "?s kk:reviewYear|kk:evidence/kk:reviewYear ?o"))
        kept = {link for link in links if self.counts(reviews.get(link))}
        older = [link for link in links if link not in kept and self.reaches(reviews.get(link))]
        return kept | self._not_told_again(reviews, older)

    def _not_told_again(self, reviews: Mapping[str, str], older: list[str]) -> set[str]:
        """Return the links of older reviews that stand in a kind of file which no later review of the store has.

        What the latest review says replaces what an older one said; a file that is not there replaces nothing.
        """
        last: dict[str, str] = {}
        for year, kinds in sorted(self.held.items()):
            last.update(dict.fromkeys(kinds, fiscal_year(year)))
        sources = _several(self.store, older, "?s kk:evidence ?e . ?e oa:hasSource ?o")
        return {
            link
            for link, found in sources.items()
            if any(last.get(source.rpartition("/")[2]) == reviews.get(link) for source in found)
        }

    def absent(self, iris: Iterable[str]) -> set[str]:
        """Return those of these things that documents of other years show, and none of this year does.

        Unless a year was asked for, what a sheet shows counts, whatever its year.
        """
        if self.iri is None or self._is_excerpt:
            return set()
        iris = sorted(set(iris))
        others = {fiscal_year(year) for year in (self.held if self.told.asked else self._reviews)} - {
            self.iri
        }
        # The sheet of one review shows its project in that review: of ten years nearly all are of this kind.
        reviews = {iri: fiscal_year(of[0]) for iri in iris if (of := review_of_project(iri))}
        gone = {iri for iri, year in reviews.items() if year in others}
        if self.is_plain:
            return gone
        shared = others if self.told.asked else {fiscal_year(year) for year in self._sharing} - {self.iri}
        others_of = [iri for iri in iris if iri not in reviews]
        shown = _several(self.store, others_of, "?s kk:hasAppearance ?a . ?a kk:fiscalYear ?o")
        if self.told.asked:
            of_sheet = "?s kk:evidence ?e . ?e oa:hasSource ?of . ?of kk:fiscalYear ?o ; a ?kind FILTER(?kind = kk:EvaluationSheet)"
            for iri, years in _several(self.store, others_of, of_sheet).items():
                shown.setdefault(iri, set()).update(years)
        return gone | {iri for iri, years in shown.items() if years <= shared}

    def stated(self, pairs: Iterable[tuple[str, str]], kind: str) -> set[tuple[str, str]]:
        """Return those of these pairs of a thing and what a link of a kind (prefixed name) gives it that are stated in the year.

        The plain triples that stand for links say no year. A pair for which no link stands is of no year.
        """
        pairs = set(pairs)
        if self.iri is None or not pairs:
            return pairs
        if self.is_plain:
            own = {owner: review_of_project(owner) for owner, _ in pairs}
            return {pair for pair in pairs if (of := own[pair[0]]) is None or of[0] == self.year}
        years: dict[tuple[str, str], set[str]] = {}
        pattern = f"?s kk:hasLink ?link . ?link kk:basis ?basis ; kk:reviewYear|kk:evidence/kk:reviewYear ?year ; a {kind}"
        owners = sorted({owner for owner, _ in pairs})
        for owner, row in select_each(self.store, owners, "?basis ?year", pattern):
            years.setdefault((owner, row["basis"].value), set()).add(row["year"].value)
        return {pair for pair in pairs if pair not in years or self.iri in years[pair]}


def year_scope(store: Store, year: AskedYear = None, *, thing: str | None = None) -> YearScope:
    """Return the scope of an answer about a thing (IRI), or about the store: the year asked for, else the latest review.

    A thing that the latest review of the store does not tell of is told by the latest that does. Raises KonkyoError for a
    year of which the store holds nothing; it names those that are there.
    """
    of_sheets = sheet_years(store)
    held, asked, since = years(store, of_sheets), year_of(year), since_of(year)
    if since is not None:
        held = years_since(held, since)
    if asked is not None:
        chosen_year(held, asked)
    reviews = tuple(number for number, files in held.items() if files)
    sheets = tuple(number for number, files in held.items() if not files or number in of_sheets)
    every, own = reviews, None
    unseen: tuple[int, ...] = ()
    if thing is not None and (found := _years_of(store, thing)):
        reviews = tuple(number for number in reviews if (number, False) in found)
        sheets = tuple(number for number in sheets if (number, True) in found)
        own = _review_of(store, thing)
        # That a step or indicator stands in no later review is not known for sure: it may stand there in other words.
        if own is None and reviews:
            unseen = tuple(number for number in every if number > max(reviews))
    latest = own or max(reviews or every, default=None)
    told = YearTold(latest if asked is None else asked, asked is not None, reviews, sheets, unseen, since)
    return YearScope(store, held, told)


def years_since(held: Mapping[int, tuple[str, ...]], since: int) -> dict[int, tuple[str, ...]]:
    """Return the years from one on. Raises KonkyoError where none is left; it names the last one."""
    left = {year: files for year, files in held.items() if year >= since}
    if held and not left:
        raise KonkyoError(
            Words(f"{since}年度以降の資料はありません。", f"There are no documents of {since} or later."),
            hint=Words(f"一番新しい年度: {max(held)}", f"The latest year: {max(held)}"),
        )
    return left


def sheet_years(store: Store) -> set[int]:
    """Return the years that evaluation sheets are of.

    The few sheets are found by their class. Asked by a year, an engine may begin with every fact of it.
    """
    rows = store.select(
        f"{PROLOGUE}SELECT ?year WHERE {{ ?s a kk:EvaluationSheet . ?s kk:fiscalYear ?year }}"
    )
    return {year_number(row["year"].value) for row in rows}


def _years_of(store: Store, iri: str) -> set[tuple[int, bool]]:
    """Return the years of the documents that tell of a thing, each with whether it is a sheet's; none for a plan or a law."""
    node = ox.NamedNode(iri)
    text = f"""{PROLOGUE}SELECT DISTINCT ?year ?sheet WHERE {{
  {{ {node} kk:reviewYear ?year }}
  UNION {{ {node} dcterms:isVersionOf ?thing . ?version dcterms:isVersionOf ?thing ; kk:reviewYear ?year }}
  UNION {{ {node} kk:hasAppearance ?a . ?a kk:fiscalYear ?year ; kk:evidence ?e . ?e oa:hasSource ?of . OPTIONAL {{ ?of a ?sheet FILTER(?sheet = kk:EvaluationSheet) }} }}
  UNION {{ {node} kk:hasLink|kk:hasJustification|kk:hasBudgetFigure ?link . ?link kk:reviewYear|kk:evidence/kk:reviewYear ?year }}
  UNION {{ {node} kk:evidence ?e . ?e oa:hasSource ?of . ?of a ?sheet ; kk:fiscalYear ?year FILTER(?sheet = kk:EvaluationSheet) }}
}}"""
    return {(year_number(row["year"].value), row["sheet"] is not None) for row in store.select(text)}


def _review_of(store: Store, iri: str) -> int | None:
    """Return the year of the one review that a step or an indicator is of."""
    rows = store.select(f"{PROLOGUE}SELECT ?year WHERE {{ {ox.NamedNode(iri)} kk:reviewYear ?year }}")
    return max((year_number(row["year"].value) for row in rows), default=None)


def _of_year(store: Store, links: list[str], year: str) -> Iterator[str]:
    """Yield the links that a row of the RS system of a year states, or a sheet of the year."""
    node = ox.NamedNode(year)
    for pattern in (
        f"?s kk:reviewYear|kk:evidence/kk:reviewYear {node}",
        f"?s kk:evidence ?evidence . ?evidence oa:hasSource ?source . ?source kk:fiscalYear {node}",
    ):
        for link, _ in select_each(store, links, "", pattern):
            yield link


def _pairs(store: Store, iris: list[str], pattern: str) -> Iterator[tuple[str, str]]:
    for iri, row in select_each(store, iris, "?o", pattern):
        yield iri, row["o"].value


def _several(store: Store, iris: list[str], pattern: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for iri, value in _pairs(store, iris, pattern):
        found.setdefault(iri, set()).add(value)
    return found


# The files of a review year. Importing the importers for their names would double the time of a command.
RS_FILES = (
    *("1-1", "1-2", "1-3", "1-4", "1-5", "2-1", "2-2", "3-1", "3-2", "4-1"),
    *("5-1", "5-2", "5-3", "5-4", "6-1"),
)


def absent_files(files: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of RS files that a year with any of them lacks."""
    if not set(files) - {JUDGIT}:
        return ()
    return tuple(kind for kind in RS_FILES if kind not in files)


def of_single_sheets(files: Sequence[str]) -> bool:
    """Return whether the review of a year is told by JUDGIT's sheets alone."""
    return tuple(files) == (JUDGIT,)


def check_built(store: Store) -> None:
    """Raise KonkyoError for a store that an older konkyo built: every element would seem to have no basis."""

    def some(pattern: str) -> bool:
        return any(True for _ in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ {pattern} }} LIMIT 1"))

    if some("?s a kk:Justification") and not some("?s kk:statedIn ?o"):
        raise KonkyoError(
            Words(
                "このストアは古い版のkonkyoで作られ、年度ごとの根拠を持ちません。",
                "An older konkyo built this store, without the years in which bases are stated.",
            ),
            hint=Advice(Code.OLD_STORE),
        )

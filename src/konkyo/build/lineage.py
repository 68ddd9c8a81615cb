"""Which project of a review goes on from which of the review before: by the number that its sheet names, and by its name.

A sheet that names the number of an earlier one states it. The numbers are not always right (of 2018 the years are not), so a stated number
is followed only where the names agree, or the amounts of the fiscal years that both sheets tell. Else its words stand alone, and are counted.
Names lead on where one project on each side has the name in its ministry: two of one name are never crossed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE, select_each
from konkyo.model.graphs import LINEAGE
from konkyo.model.identifiers import IRI, exact_digest, key_of, thing, year_number
from konkyo.model.namespaces import C
from konkyo.model.records import GraphSource, Lineage, LineageTarget, Record
from konkyo.model.rules import SAME_PROJECT_NAME
from konkyo.sources.judgit.form import read_earlier

if TYPE_CHECKING:
    from konkyo.store import Store

# A project as one review shows it: those of single reviews, and those that RS knows by their 予算事業ID.
_SHOWN = """SELECT ?s ?a ?ministry ?number ?year ?name ?column ?row WHERE {
  ?s a kk:Project ; kk:ministry ?ministry ; kk:hasAppearance ?a ; dcterms:identifier ?number .
  ?a kk:fiscalYear ?year ; kk:statedText ?name ; kk:evidence ?column ; kk:row ?row .
}"""
_SINGLE = "SELECT ?s ?year WHERE { ?s a kk:Project ; kk:reviewYear ?year }"
_STATED = "SELECT ?s ?link ?words WHERE { ?link a kk:Lineage ; kk:statedText ?words . ?s kk:hasLink ?link }"
_AMOUNTS = (
    "?s kk:hasBudgetFigure ?f . ?f kk:budgetStage ?stage ; kk:fiscalYear ?fiscal ; kk:amountYen ?yen "
    f"FILTER(?stage = <{C}initial>)"
)
_MINISTRIES = 'SELECT DISTINCT ?s ?name WHERE { ?p kk:ministry ?s . ?s skos:prefLabel ?name FILTER(LANG(?name) = "ja") }'
# How many fiscal years must agree in amounts where the names do not.
_AGREEING = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A project as one review shows it, and where its name stands."""

    iri: str
    appearance: str
    ministry: str
    number: str
    year: int
    name: str
    column: str
    row: int
    single: bool


@dataclass(slots=True)
class Lines:
    """What was joined: ``named`` are pairs of a project and the one that it goes on from, ``stated`` links with their project."""

    named: list[tuple[Shown, Shown]] = field(default_factory=list)
    stated: list[tuple[str, str]] = field(default_factory=list)
    unclear: Counter[str] = field(default_factory=Counter)

    def note(self) -> Words | None:
        """Return how many projects go on, and what was left open; None where there is nothing to join."""
        if not (self.named or self.stated or self.unclear):
            return None
        ja = f"前の年度のレビューから続く事業として、シートの記す番号で{len(self.stated):,}件、名称で{len(self.named):,}件を結びました。"
        en = f"{len(self.stated):,} projects go on from one of an earlier review by the number that their sheet names, {len(self.named):,} by name."
        left = self.unclear
        if left.total():
            ja += (
                f"結ばなかったもの: 番号の年度のシートがない{left['elsewhere']:,}件、番号の先の名称も額も違う{left['other']:,}件、"
                f"同じ府省庁に同じ名称が複数ある{left['namesakes']:,}件。"
            )
            en += (
                f" Left open: {left['elsewhere']:,} numbers of sheets that are not here, {left['other']:,} that lead to another name and other "
                f"amounts, {left['namesakes']:,} names that several projects of a ministry have."
            )
        return Words(ja, en)


def join(store: Store) -> Lines:
    """Read the projects of all reviews, and join those that go on; nothing where there are no sheets of single reviews."""
    lines = Lines()
    single = {row["s"].value for row in store.select(PROLOGUE + _SINGLE)}
    if not single:
        return lines
    reviews = _reviews(store, single)
    _follow_numbers(store, lines, reviews)
    _follow_names(lines, reviews)
    return lines


def _reviews(store: Store, single: set[str]) -> dict[int, list[Shown]]:
    """Return the projects of each review."""
    found: dict[tuple[str, int], Shown] = {}
    for row in store.select(PROLOGUE + _SHOWN):
        iri, year = row["s"].value, year_number(row["year"].value)
        found[iri, year] = Shown(
            iri,
            row["a"].value,
            row["ministry"].value,
            row["number"].value,
            year,
            row["name"].value,
            row["column"].value,
            int(row["row"].value),
            iri in single,
        )
    reviews: dict[int, list[Shown]] = defaultdict(list)
    for key in sorted(found):
        reviews[key[1]].append(found[key])
    return reviews


def _follow_numbers(store: Store, lines: Lines, reviews: Mapping[int, list[Shown]]) -> None:
    """Follow the numbers of earlier sheets that sheets name, as far as names or amounts agree."""
    told = [
        (row["s"].value, row["link"].value, row["words"].value) for row in store.select(PROLOGUE + _STATED)
    ]
    if not told:
        return
    own = {shown.iri: shown for several in reviews.values() for shown in several if shown.single}
    names = {row["s"].value: row["name"].value for row in store.select(PROLOGUE + _MINISTRIES)}
    by_number = {
        (shown.year, name_form(names.get(shown.ministry, "")), name_form(shown.number)): shown
        for shown in own.values()
    }
    bearers = {(shown.year, shown.ministry, name_form(shown.name)) for shown in own.values()}
    doubtful: list[tuple[str, str, str]] = []
    for iri, link, words in sorted(told):
        year, ministry, number = read_earlier(words)
        target = by_number.get((year or 0, name_form(ministry), name_form(number)))
        owner = own.get(iri)
        if target is None or owner is None or target.year >= owner.year:
            lines.unclear["elsewhere"] += 1
            continue
        name = name_form(owner.name)
        if name == name_form(target.name):
            lines.stated.append((link, target.iri))
        # Where another project of that review bears the name, equal amounts do not make up for a wrong number.
        elif (target.year, target.ministry, name) in bearers:
            lines.unclear["other"] += 1
        else:
            doubtful.append((iri, link, target.iri))
    amounts = _amounts(store, {iri for one, _, other in doubtful for iri in (one, other)})
    for iri, link, before in doubtful:
        if _agree(amounts[iri], amounts[before]):
            lines.stated.append((link, before))
        else:
            lines.unclear["other"] += 1


def _amounts(store: Store, iris: set[str]) -> dict[str, dict[str, int]]:
    """Return the initial budgets of projects by fiscal year."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for iri, row in select_each(store, sorted(iris), "?fiscal ?yen", _AMOUNTS):
        found[iri][row["fiscal"].value] = int(row["yen"].value)
    return found


def _agree(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Return whether two sheets tell the same of all fiscal years that both tell, and of enough of them an amount that is not 0."""
    both = one.keys() & other.keys()
    return (
        all(one[year] == other[year] for year in both) and sum(one[year] != 0 for year in both) >= _AGREEING
    )


def _follow_names(lines: Lines, reviews: Mapping[int, list[Shown]]) -> None:
    """Join the projects of two neighbouring reviews by ministry and name, where each side has the name once."""
    for year in sorted(reviews):
        before, now = (_by_name(reviews.get(number, [])) for number in (year - 1, year))
        for key in sorted(before.keys() & now.keys()):
            olds, news = before[key], now[key]
            # What RS knows by one 予算事業ID is one project as it is.
            if not any(shown.single for shown in olds):
                continue
            if len(olds) == len(news) == 1:
                lines.named.append((news[0], olds[0]))
            else:
                lines.unclear["namesakes"] += len(news)


def _by_name(several: list[Shown]) -> dict[tuple[str, str], list[Shown]]:
    found: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    for shown in several:
        found[shown.ministry, name_form(shown.name)].append(shown)
    return found


def records(lines: Lines) -> Iterator[Record]:
    """Yield what was joined as records."""
    yield GraphSource(
        iri=LINEAGE, title=Words("どの事業がどれから続くか", "Which project goes on from which")
    )
    for link, meant in lines.stated:
        yield LineageTarget(iri=IRI(link), basis=IRI(meant))
    for owner, target in lines.named:
        yield Lineage(
            iri=thing("lineage", "same-name", exact_digest(key_of(owner.iri), key_of(target.iri))),
            owner=IRI(owner.iri),
            basis=IRI(target.iri),
            level="derived",
            rule=SAME_PROJECT_NAME.iri,
            derived_from=(IRI(owner.appearance), IRI(target.appearance)),
            evidence=IRI(owner.column),
            row=owner.row,
        )

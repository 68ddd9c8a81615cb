"""What a build makes of everything it holds, for graph/summaries: the amounts of each year, the gaps, and how many things there are.

All of it follows from the other graphs by a rule, and is made anew by each build. A store without it answers the same, slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, cast

from konkyo.build.waiting import load_made
from konkyo.graph.counts import counts, of_classes
from konkyo.graph.gaps import KINDS, Kind, gap_iri, rows
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.years import sheet_years, years
from konkyo.model.graphs import SUMMARIES
from konkyo.model.identifiers import IRI, fiscal_year, key_of, thing, year_number
from konkyo.model.namespaces import KK
from konkyo.model.ntriples import n_quads
from konkyo.model.records import FoundGap, Record, Summaries, Tally, YearlyBudget
from konkyo.model.rules import COUNTED, FOUND_GAPS, YEARLY_BUDGET

if TYPE_CHECKING:
    import pyoxigraph as ox

    from konkyo.store import EmbeddedStore

STAGES = ("initial", "supplementary", "carryover", "reserve", "total", "executed")

# Each property by itself, and then joined on the figure: looked up for each figure, they take an engine on disk twice as long.
# A sum alone cannot tell 0 from nothing: the count beside it can. DISTINCT: a figure counts once, however many places and graphs
# tell of it.
_IS = " ".join(f"?is{n}" for n in range(len(STAGES)))
BUDGETS = f"""{PROLOGUE}SELECT ?owner ?year ?source
  {" ".join(f"(SUM(?is{n} * ?yen) AS ?sum{n}) (SUM(?is{n}) AS ?n{n})" for n in range(len(STAGES)))}
WHERE {{
  {{
    SELECT DISTINCT ?owner ?figure ?year ?stage ?yen ?source WHERE {{
      {{ SELECT ?owner ?figure WHERE {{ ?owner kk:hasBudgetFigure ?figure }} }}
      {{ SELECT ?figure ?yen WHERE {{ ?figure kk:amountYen ?yen }} }}
      {{ SELECT ?figure ?year WHERE {{ ?figure kk:fiscalYear ?year }} }}
      {{ SELECT ?figure ?stage WHERE {{ ?figure kk:budgetStage ?stage }} }}
      {{
        SELECT ?figure ?source WHERE {{
          ?figure kk:budgetStage ?any ; kk:evidence ?evidence .
          {{ SELECT ?evidence ?source WHERE {{ ?evidence oa:hasSource ?source }} }}
        }}
      }}
    }}
  }}
  # Numbers to multiply with: a comparison of names looks both up for each figure.
  VALUES (?stage {_IS}) {{
    (c:initial 1 0 0 0 0 0) (c:supplementary 0 1 0 0 0 0) (c:carryover 0 0 1 0 0 0)
    (c:reserve 0 0 0 1 0 0) (c:total 0 0 0 0 1 0) (c:executed 0 0 0 0 0 1)
    (c:requested 0 0 0 0 0 0) (c:carried-forward 0 0 0 0 0 0)
  }}
}}
GROUP BY ?owner ?year ?source"""
_OF_REVIEWS = f"{PROLOGUE}SELECT ?source ?year WHERE {{ ?source a kk:SourceFile ; kk:reviewYear ?year }}"


def yearly_budgets(store: EmbeddedStore) -> Iterator[Record]:
    """Yield what each document tells of each fiscal year of a measure or project."""
    reviews = {row["source"].value: row["year"].value for row in store.select(_OF_REVIEWS)}
    # Graph by graph, since a document is in one: of ten years a million amounts would be held at once.
    for row in chain.from_iterable(_budgets_in(store, graph) for graph in store.graphs()):
        if row["owner"] is None:  # a group of nothing
            continue
        owner, year, source = (IRI(row[name].value) for name in ("owner", "year", "source"))
        told = {
            stage: int(row[f"sum{n}"].value) if int(row[f"n{n}"].value) else None
            for n, stage in enumerate(STAGES)
        }
        yield YearlyBudget(
            iri=thing("yearly-budget", key_of(owner), year_number(year), key_of(source)),
            owner=owner,
            own_year_of=owner if reviews.get(source) == year else None,
            year=year,
            source=source,
            **told,
        )


def _budgets_in(store: EmbeddedStore, graph: str) -> ox.QuerySolutions:
    return cast("ox.QuerySolutions", store.query(BUDGETS, default=[graph]))


def found_gaps(store: EmbeddedStore, kind: Kind) -> Iterator[Record]:
    """Yield the gaps of a kind, in each year of which it can be told."""
    of_sheets = sheet_years(store)
    told = {
        fiscal_year(year): year
        for year, files in years(store, of_sheets).items()
        if not kind.lacks(files, sheets=year in of_sheets)
    }
    about = {}
    for row in rows(store, kind):
        if (year := told.get(IRI(row.cells["review"]))) is not None:
            about[gap_iri(row.kind, year, row.key)] = IRI(row.element), year
    for gap, (element, year) in about.items():
        yield FoundGap(iri=gap, kind=kind.name, about=element, year=fiscal_year(year))


def counted(store: EmbeddedStore) -> Iterator[Record]:
    """Yield the counts of what the store holds."""
    for number, (name, count) in enumerate(counts(store), start=1):
        yield Tally(iri=thing("tally", number), name=name, number=str(number), count=count)
    for row in store.select(of_classes(store)):
        iri, count = IRI(row["class"].value), int(row["count"].value)
        yield Tally(iri=thing("tally", "class", iri.removeprefix(KK).lower()), of_class=iri, count=count)


def load_budgets(store: EmbeddedStore) -> None:
    """Put the amounts of each year into graph/summaries, in place of all that it held."""
    rules = (YEARLY_BUDGET.iri, COUNTED.iri, FOUND_GAPS.iri)
    records = chain([Summaries(iri=SUMMARIES, rules=rules)], yearly_budgets(store))
    load_made(store, SUMMARIES, n_quads(records, SUMMARIES))


def load_gaps_and_counts(store: EmbeddedStore) -> None:
    """Add the gaps and the counts to graph/summaries, which holds none; the plain triples beside the links are there."""
    from konkyo.store.embedded import LineStream

    def gaps(kind: Kind) -> list[Record]:
        return list(found_gaps(store, kind))

    # Side by side: the store answers in native code, which holds up no other thread.
    with ThreadPoolExecutor(2) as pool:
        counts_made = pool.submit(lambda: list(counted(store)))
        made = list(chain.from_iterable(pool.map(gaps, KINDS)))
    made += counts_made.result()
    store.load_stream(LineStream(n_quads(made, SUMMARIES)))

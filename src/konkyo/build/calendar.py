"""Fiscal years as individuals of April to March."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from konkyo.common.dates import PartialDate, fiscal_year_labels
from konkyo.common.words import Words
from konkyo.model.graphs import (
    CALENDAR,
)
from konkyo.model.identifiers import below, fiscal_year
from konkyo.model.namespaces import ID
from konkyo.model.records import FiscalYear, GraphSource, Instant, Record

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore

_YEAR = f"{ID}fy/"


def years_of(records: Iterable[Record]) -> set[int]:
    """Return the fiscal years that records name."""
    years = set()
    for record in records:
        for name in ("year", "possible_years"):
            value = getattr(record, name, None) or ()
            for iri in (value,) if isinstance(value, str) else value:
                years.add(int(iri.removeprefix(_YEAR)))
    return years


def calendar(years: Iterable[int]) -> list[Record]:
    """Return fiscal years as individuals of April to March."""
    made: list[Record] = [GraphSource(iri=CALENDAR, title=Words("会計年度", "Fiscal years"))]
    for year in sorted(years):
        iri = fiscal_year(year)
        names, short = fiscal_year_labels(year)
        begin, end = below(iri, "begin"), below(iri, "end")
        made += [
            FiscalYear(
                iri=iri,
                ja="・".join(names),
                en=f"FY{year}",
                other_names=(*(names if len(names) > 1 else ()), *short, f"{year}年度"),
                begin=begin,
                end=end,
            ),
            Instant(iri=begin, date=PartialDate(year, 4, 1)),
            Instant(iri=end, date=PartialDate(year + 1, 3, 31)),
        ]
    return made


def kept_years(store: EmbeddedStore) -> set[int]:
    """Return the years of graphs that are kept: they stand in the calendar already and must stay there."""
    import pyoxigraph as ox

    return {
        int(triple.subject.value.removeprefix(_YEAR))
        for triple in store.triples(CALENDAR)
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.removeprefix(_YEAR).isdigit()
    }

"""Which edition of a plan a person means: by its number, year or date, however these are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.citations.parse.reading import CitedDocument, read
from konkyo.citations.parse.titles import label_of_group, take_apart
from konkyo.common.dates import parse_date
from konkyo.common.name_form import name_form, plain_signs
from konkyo.graph.lookup.search_keys import denoted, exactly, is_citation
from konkyo.graph.sparql import PROLOGUE, select_each, values_of
from konkyo.model.namespaces import expand

if TYPE_CHECKING:
    from konkyo.store import Store

_NAMES = ("skos:prefLabel", "skos:altLabel", "dcterms:title")
_DATES = ("dcterms:issued", "dcterms:modified")
_MARK = "dcat:version"
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class EditionMarks:
    """What tells an edition: ``labels`` such as ``n6`` (第6次) and ``y2023``, ``dates`` as precise as they are known, names in their form."""

    iri: str
    labels: frozenset[str]
    dates: frozenset[str]
    names: frozenset[str]

    def bears(self, labels: Iterable[str], dates: Iterable[str]) -> bool:
        """Return whether all of these labels and dates are this edition's; a date may be stated less precisely."""
        return all(map(self._labelled, labels)) and all(map(self._dated, dates))

    def _labelled(self, label: str) -> bool:
        if label in self.labels:
            return True
        # …2023 may be decided in 2022: the year of the decision tells it only where it bears no other.
        years = any(own.startswith("y") for own in self.labels)
        return label.startswith("y") and not years and self._dated(label[1:])

    def _dated(self, date: str) -> bool:
        return any(own == date or own.startswith(f"{date}-") for own in self.dates)


def versions(store: Store, editions: Iterable[str]) -> list[EditionMarks]:
    """Return what tells these editions, in their order."""
    editions = list(dict.fromkeys(editions))
    told: dict[str, list[tuple[str, str]]] = {iri: [] for iri in editions}
    pattern = f"?s ?p ?o FILTER(?p IN ({', '.join((*_NAMES, *_DATES, _MARK))}))"
    for iri, row in select_each(store, editions, "?p ?o", pattern):
        told[iri].append((row["p"].value, row["o"].value))
    return [_version(iri, pairs) for iri, pairs in told.items()]


def _version(iri: str, told: Iterable[tuple[str, str]]) -> EditionMarks:
    labels: set[str] = set()
    dates, names = set(), set()
    for name, value in told:
        if name in map(expand, _DATES):
            dates.add(value)
        elif name == expand(_MARK):
            labels.update(labels_in(value))
            names.add(name_form(value))
        else:
            names.add(name_form(value))
            if name == expand("skos:prefLabel"):
                labels.update(take_apart(value).labels)
    key = iri.rsplit("/", 1)[-1]
    if _ISO.fullmatch(key):
        dates.add(key)
    return EditionMarks(iri, frozenset(labels), frozenset(dates), frozenset(names))


def among(store: Store, editions: Iterable[str], text: str) -> list[str]:
    """Return which of a plan's editions a text means: ``2023``, ``2023-06``, ``令和5年6月16日``, ``第6次``, or a name.

    A name is a whole one: of the edition, or of the plan with what tells the edition, or as it is cited.
    """
    known = versions(store, editions)
    date = _date(text)
    labels = () if date else labels_in(text)  # 2023-06 is a month, and no period
    if labels or date:
        return [one.iri for one in known if one.bears(labels, [date] if date else ())]
    if found := [
        one.iri for one in known if name_form(text) in one.names or text == one.iri.rsplit("/", 1)[-1]
    ]:
        return found
    meant = set(named(store, text))
    return [one.iri for one in known if one.iri in meant]


def labels_in(text: str) -> list[str]:
    """Return what a text states that tells an edition: ``y2023`` in 2023, ``n6`` in 第6次."""
    try:
        return label_of_group(plain_signs(text)) or []
    except ValueError:  # a numeral that is none
        return []


def _date(text: str) -> str | None:
    # A bare year is a label where an edition bears one.
    try:
        date = parse_date(text)
    except ValueError:
        return None
    return date.iso if date.month is not None else None


def named(store: Store, text: str) -> list[str]:
    """Return the plans, editions and sections that a text names or that it is taken for where a source cites it."""
    found = exactly(store, text)
    plain = [iri for iri in found if not is_citation(iri)]
    cited = denoted(store, (iri for iri in found if is_citation(iri))) if len(plain) < len(found) else {}
    documents = [iri for several in cited.values() for iri in several]
    return list(dict.fromkeys((*plain, *documents))) or list(read_apart(store, text))


def meant(store: Store, text: str) -> list[str]:
    """Return what a text names (:func:`named`), and of each edition its plan."""
    found = named(store, text)
    if not found:
        return []
    pattern = f"{values_of('e', found)} ?plan dcat:hasVersion ?e"
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?plan WHERE {{ {pattern} }} ORDER BY ?plan")
    return list(dict.fromkeys((*found, *(row["plan"].value for row in rows))))


def read_apart(store: Store, text: str) -> Iterator[str]:
    """Yield the editions that a plan's name with a number, year or date means: 骨太の方針2023（令和5年6月16日閣議決定）.

    Where it states none, the plan. Nothing where no plan of the store bears the name, or the edition is not there.
    """
    inside, document = plans_of(store, text)
    if document is None:
        return
    labels, date = document.apart.labels, document.date
    if not labels and not date:
        yield from inside
        return
    for one in versions(store, (edition for editions in inside.values() for edition in editions)):
        if one.bears(labels, [date.iso] if date else ()):
            yield one.iri


def plans_of(store: Store, text: str) -> tuple[dict[str, list[str]], CitedDocument | None]:
    """Return the plans that a text names, whatever edition it states, each with its editions; and how it was read."""
    documents = read(text).documents
    if len(documents) != 1:
        return {}, None
    (document,) = documents
    names = dict.fromkeys((document.apart.base, document.apart.key))
    plans = [iri for name in names for iri in exactly(store, name) if not is_citation(iri)]
    if not plans:
        return {}, document
    inside: dict[str, list[str]] = {}
    pattern = f"{values_of('plan', plans)} ?plan a kk:Strategy OPTIONAL {{ ?plan dcat:hasVersion ?e }}"
    for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?plan ?e WHERE {{ {pattern} }} ORDER BY ?plan ?e"):
        own = inside.setdefault(row["plan"].value, [])
        if row["e"] is not None:
            own.append(row["e"].value)
    return inside, document

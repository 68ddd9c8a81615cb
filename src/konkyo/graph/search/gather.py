"""What the graph says of things that are searched: classes, names, numbers, ministries, texts; of all, or of some."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from konkyo.common.name_form import name_form
from konkyo.graph.search.kinds import GROUPS, group_of
from konkyo.graph.search.shelves import Shelves
from konkyo.graph.sparql import PROLOGUE, batches, values_of
from konkyo.model.identifiers import key_of, year_number
from konkyo.model.kinds import KINDS, most_telling
from konkyo.model.namespaces import ORG

if TYPE_CHECKING:
    from konkyo.store import Store

    # A store, or what was kept of one, which answers for some subjects alone.
    Source = Store | Shelves

# Plain scans of one property each: a join with what has a search key takes several times as long.
_ALL = "?s %s ?o"
KEYS = _ALL % "kk:searchKey"
IDENTIFIERS = _ALL % "org:identifier"
OWNERS = _ALL % "kk:ministry"
_CLASSES = f"VALUES ?o {{ {' '.join(kind.term for kind in KINDS if kind.group)} }} ?s a ?o"
_CITED = "?s a kk:Citation ; kk:statedText ?o"
_SHOWN = "?s kk:hasAppearance ?a . ?a kk:statedText ?o"
DESCRIBED = ("?s kk:hasAppearance ?a . ?a dcterms:description ?o", _ALL % "dcterms:description")
STEP_TEXTS = "?s kk:hasLogicStep ?step . ?step a kk:LogicStep ; skos:prefLabel ?o"
# The same with the year of the document that says it, if it is of one.
_DESCRIBED_IN = (
    "?s kk:hasAppearance ?a . ?a dcterms:description ?o ; kk:fiscalYear ?y",
    _ALL % "dcterms:description",
)
_STEPS = "?s kk:hasLogicStep ?o . ?o a kk:LogicStep . OPTIONAL { ?o kk:reviewYear ?y }"
# Documents of these years show a thing.
_YEARS = ("?s kk:hasAppearance ?a . ?a kk:fiscalYear ?o", "?s a kk:Indicator ; kk:reviewYear ?o")
_VERSIONS = "?s a kk:Indicator ; dcterms:isVersionOf ?o ; kk:reviewYear ?y"
_PROJECT = name_form("予算事業")

Labels = dict[str, dict[str, str]]


class TextOfThing(NamedTuple):
    """A text about a thing: what it is, its words, and the year of the document that has it (None: of no year)."""

    field: str
    words: str
    year: int | None


Texts = dict[str, list[TextOfThing]]


def pairs(
    store: Source, pattern: str, among: Iterable[str] | None = None, *, having: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield subject, object and language of what a pattern of ``?s`` and ``?o`` matches.

    ``among`` are the only subjects that are asked for, ``having`` is a filter.
    """
    if isinstance(store, Shelves):
        yield from (row[:3] for row in store.rows(pattern, among or ()))
        return
    for values in _values(among):
        text = f"{PROLOGUE}SELECT DISTINCT ?s ?o WHERE {{ {values} {pattern} {having} }}"
        for row in store.select(text):
            value = row["o"]
            language = value.language if isinstance(value, ox.Literal) else None
            yield row["s"].value, value.value, language or ""


def _values(among: Iterable[str] | None) -> Iterator[str]:
    if among is None:
        yield ""
        return
    for batch in batches(sorted(among)):
        yield values_of("s", batch)


def several(
    store: Source, pattern: str, among: Iterable[str] | None = None, kept: Container[str] | None = None
) -> dict[str, list[str]]:
    """Return the values of each thing, sorted; only of those in ``kept``, where it is given."""
    found: dict[str, list[str]] = {}
    for iri, value, _ in pairs(store, pattern, among):
        if kept is None or iri in kept:
            found.setdefault(iri, []).append(value)
    for values in found.values():
        values.sort()
    return found


def labels_of(store: Source, among: Iterable[str] | None = None) -> Labels:
    """Return the labels of things by language, all that are not English as Japanese."""
    found: Labels = {}
    for iri, value, lang in pairs(store, _ALL % "skos:prefLabel", among):
        own = found.setdefault(iri, {})
        tag = "en" if lang == "en" else "ja"
        own[tag] = min(value, own.get(tag, value))
    return found


def texts(
    store: Source, kept: Container[str], labels: Labels | None = None, among: Iterable[str] | None = None
) -> Texts:
    """Return the descriptions of things and, for projects, the texts of their logic models, with what they are.

    ``labels`` are those of all things, where they are known already.
    """
    made: Texts = {}
    among = None if among is None else list(among)
    for pattern in _DESCRIBED_IN:
        found = {item for item in _dated(store, pattern, among) if item[0] in kept}
        for iri, words, year in sorted(found, key=lambda item: (item[0], item[1], item[2] or 0)):
            made.setdefault(iri, []).append(TextOfThing("description", words, year))
    steps = [item for item in _dated(store, _STEPS, among) if item[0] in kept]
    if labels is None:
        labels = labels_of(store, {step for _, step, _ in steps})
    logic = {(iri, words, year) for iri, step, year in steps for words in labels.get(step, {}).values()}
    for iri, words, year in sorted(logic, key=lambda item: (item[0], item[1], item[2] or 0)):
        made.setdefault(iri, []).append(TextOfThing("logic", words, year))
    return made


def _dated(store: Source, pattern: str, among: Iterable[str] | None) -> Iterator[tuple[str, str, int | None]]:
    """Yield subject, object and year of what a pattern of ``?s``, ``?o`` and ``?y`` matches."""
    if isinstance(store, Shelves):
        for iri, value, _, told in store.rows(pattern, among or ()):
            yield iri, value, year_number(told) if told else None
        return
    for values in _values(among):
        for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?s ?o ?y WHERE {{ {values} {pattern} }}"):
            year = row["y"] if "?y" in pattern else None
            yield row["s"].value, row["o"].value, year_number(year.value) if year is not None else None


def years_of(store: Source, among: Iterable[str] | None = None) -> dict[str, list[int]]:
    """Return the years in which documents show things, the latest first; things of no year are left out."""
    among = None if among is None else list(among)
    found: dict[str, set[int]] = {}
    for pattern in _YEARS:
        for iri, year, _ in pairs(store, pattern, among):
            found.setdefault(iri, set()).add(year_number(year))
    return {iri: sorted(years, reverse=True) for iri, years in found.items()}


def superseded(store: Store, among: Iterable[str] | None = None) -> set[str]:
    """Return the indicators that a later review has as well: that one stands for them."""
    versions: dict[str, list[tuple[int, str]]] = {}
    for iri, thing, year in _dated(store, _VERSIONS, among):
        versions.setdefault(thing, []).append((year or 0, iri))
    if among is not None and versions:
        # Which of them is the latest is not told by those that were found.
        for iri, thing, year in _dated_versions(store, versions):
            versions[thing].append((year, iri))
    return {iri for own in versions.values() for year, iri in own if year < max(own)[0]}


def _dated_versions(store: Store, things: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    for batch in batches(sorted(things)):
        text = f"{PROLOGUE}SELECT DISTINCT ?s ?o ?y WHERE {{ {values_of('o', batch)} {_VERSIONS} }}"
        for row in store.select(text):
            yield row["s"].value, row["o"].value, year_number(row["y"].value)


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What is shown of a thing: ``code`` is its number, ``also`` are names beside its label, ``owners`` its ministries."""

    iri: str
    kind: str
    code: str | None
    ja: str
    en: str | None
    also: tuple[str, ...]
    owners: tuple[str, ...]

    @property
    def group(self) -> int:
        """Return its place in ``GROUPS``."""
        return GROUPS.index(group_of(self.kind))


def is_number(iri: str, key: str) -> bool:
    """Return whether a search key of a project is its number: by a part of 予算事業820, 事業, all would be found."""
    code = project_number(iri)
    return code is not None and key.removeprefix(_PROJECT) == code


def project_number(iri: str) -> str | None:
    """Return the number of a project by its IRI; None for other things."""
    kind, _, number = key_of(iri).partition("/")
    return number if kind == "project" and number.isdecimal() else None


def things(
    store: Source,
    keys: Mapping[str, list[str]],
    owners: Mapping[str, list[str]],
    heads: Container[str],
    labels: Labels,
    among: Iterable[str] | None = None,
) -> Iterator[SearchEntry]:
    """Yield the things of ``keys`` (with their search keys, sorted) in the order of their IRIs.

    ``owners`` are the ministries of things, ``heads`` all that are ministries of anything, ``labels`` as of `labels_of`.
    """
    among = None if among is None else list(among)
    classes = several(store, _CLASSES, among)
    # What else a thing is called: shown where the label is not what was found.
    others: dict[str, list[str]] = {}
    for pattern in (_CITED, _ALL % "skos:altLabel", _SHOWN):
        for iri, found in several(store, pattern, among, keys).items():
            others.setdefault(iri, []).extend(found)
    numbers = several(store, _ALL % "dcterms:identifier", among, keys)
    for iri, found in several(store, IDENTIFIERS, among, keys).items():
        numbers.setdefault(iri, []).extend(found)
    for iri in sorted(keys):
        kind = most_telling(classes.get(iri, (f"{ORG}Organization",)))
        kind = "Ministry" if iri in heads and kind == "Organization" else kind
        label = labels.get(iri, {})
        also = [name for name in dict.fromkeys(others.get(iri, ())) if name not in label.values()]
        ja = label.get("ja") or label.get("en") or next(iter(also), "") or keys[iri][0]
        yield SearchEntry(
            iri,
            kind,
            (project_number(iri) if kind == "Project" else None) or next(iter(numbers.get(iri, ())), None),
            ja,
            label.get("en"),
            tuple(name for name in also if name != ja),
            tuple(owners.get(iri, ())),
        )

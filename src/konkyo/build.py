"""The pipeline: sources to records, records to quads, quads to the store, shortcuts on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.derive import RULES, result_against_target, through_measure
from konkyo.emit import n_quads
from konkyo.errors import KonkyoError
from konkyo.identifiers import IRI, below, fiscal_year, graph
from konkyo.records import FiscalYear, GraphSource, Instant, Record
from konkyo.resources import graphs_dir, ontology_dir, queries_dir
from konkyo.text import PartialDate, fiscal_year_labels
from konkyo.vocabulary import GRAPH, ID
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore

ONTOLOGY = graph("ontology")
SHORTCUT = graph("shortcut")
CALENDAR = graph("calendar")


@dataclass
class Report:
    """What a build did: facts (triples) by graph."""

    facts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return the number of facts in all graphs."""
        return sum(self.facts.values())


def carried_sources() -> list[Path]:
    """Return the sheets and interpretations that the package carries."""
    return [graphs_dir() / "sheets", graphs_dir() / "interpretations"]


def build(paths: Iterable[Path], folder: Path, *, registry: Path | None = None, keep: bool = False) -> Report:
    """Build a store folder from sources; with none, from those that the package carries.

    ``registry`` is a folder with ``organizations.yaml`` and ``strategies.yaml``; ``keep`` adds to what
    the store holds and replaces only the graphs of the sources given. Every source is read before the
    store is touched. Raises KonkyoError; then the store is as it was.
    """
    from konkyo.store import building

    graphs = read_sources(list(paths) or carried_sources(), registry or graphs_dir())
    with building(folder, keep=keep) as store:
        return load_graphs(graphs, store)


def read_sources(paths: list[Path], registry_dir: Path) -> dict[IRI, list[Record]]:
    """Read all sources; return the records of each named graph. Raises KonkyoError."""
    from konkyo.sources.interpretations import read_interpretations
    from konkyo.sources.registry import Registry
    from konkyo.sources.sheet import read_sheet

    registry = Registry(registry_dir)
    graphs: dict[IRI, list[Record]] = {}

    def put(name: str, title: Words, records: list[Record]) -> None:
        here = graph(name)
        if here in graphs:
            raise KonkyoError(
                Words(f"「{name}」という資料が二つあります。", f"Two sources are named {name!r}."),
                hint=Words("キーを分けてください。", "Give them different keys."),
            )
        graphs[here] = [GraphSource(iri=here, title=title), *records]

    put(
        "organizations",
        Words("府省庁と会議体の登録簿", "Registry of ministries and panels"),
        registry.organizations,
    )
    put(
        "strategies", Words("戦略と報告書の登録簿", "Registry of strategies and reports"), registry.strategies
    )
    put("rules", Words("導出規則", "Rules of derivation"), list(RULES))
    sheets: dict[str, list[Record]] = {}
    readings = []
    for path in _files(paths):
        if _is_interpretation(path):
            readings.append(path)
            continue
        key, records = read_sheet(path, registry)
        records += [*through_measure(records), *result_against_target(records)]
        sheets[key] = records
        put(key, Words(f"評価書 {key}", f"Evaluation sheet {key}"), records)
    for path in readings:
        name, records = read_interpretations(path, registry, sheets)
        put(name, Words(f"解釈 {name}", f"Interpretations {name}"), records)
    return graphs


def _files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.suffix in (".yaml", ".yml"))
            if not inside:
                raise KonkyoError(
                    Words("読み込める資料がありません。", "There is no source to read here."),
                    source=str(path),
                    hint=Words(
                        "評価書の転記（.yaml）を置いてください。", "Put transcribed sheets (.yaml) there."
                    ),
                )
            found += inside
        elif path.suffix in (".yaml", ".yml") or not path.exists():
            found.append(path)
        else:
            raise KonkyoError(
                Words("資料の種類が分かりません。", "This is no kind of source that konkyo knows."),
                source=str(path),
                hint=Words("評価書の転記（.yaml）を渡してください。", "Pass a transcribed sheet (.yaml)."),
            )
    return found


def _is_interpretation(path: Path) -> bool:
    from konkyo.sources.document import read_yaml

    data = read_yaml(path).data
    return isinstance(data, dict) and "解釈" in data


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


def load_graphs(graphs: dict[IRI, list[Record]], store: EmbeddedStore) -> Report:
    """Load the ontology and all graphs into a store and materialise the shortcuts."""
    import pyoxigraph as ox

    report = Report()
    for file in ("konkyo.ttl", "codes.ttl"):
        store.load_turtle(ONTOLOGY, ontology_dir() / file)
    for name, records in graphs.items():
        report.facts[name.removeprefix(GRAPH)] = store.load(name, n_quads(records, name))
    # The years of graphs that are kept stand in the calendar already and must stay there.
    kept = {
        int(triple.subject.value.removeprefix(_YEAR))
        for triple in store.triples(CALENDAR)
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.removeprefix(_YEAR).isdigit()
    }
    years = years_of(record for records in graphs.values() for record in records)
    report.facts["calendar"] = store.load(CALENDAR, n_quads(calendar(years | kept), CALENDAR))
    report.facts["shortcut"] = materialise(store)
    return report


def materialise(store: EmbeddedStore) -> int:
    """Put the plain triples that follow from the link nodes into graph/shortcut; return their number.

    The CONSTRUCT is `queries/construct/shortcut.rq`; property chains in OWL could not leave out rejected links.
    """
    text = (queries_dir() / "construct" / "shortcut.rq").read_text(encoding="utf-8")
    tail = f" <{SHORTCUT}> .\n"
    return store.load(SHORTCUT, sorted(f"{triple}{tail}" for triple in store.construct(text)))


def write_turtle(store: EmbeddedStore, folder: Path, prefixes: dict[str, str]) -> list[Path]:
    """Write each graph but the ontology's as sorted Turtle, the same bytes for the same data; return the files."""
    return [
        _replace(folder / f"{name.removeprefix(GRAPH)}.ttl", turtle(store, name, prefixes))
        for name in store.graphs()
        if name != ONTOLOGY
    ]


def turtle(store: EmbeddedStore, name: str, prefixes: dict[str, str]) -> bytes:
    """Return one graph as Turtle, sorted by subject, then rdf:type first, then predicate and object."""
    import pyoxigraph as ox

    from konkyo.vocabulary import RDF

    def order(triple: ox.Triple) -> tuple[str, bool, str, str]:
        return (
            str(triple.subject),
            triple.predicate.value != RDF + "type",
            triple.predicate.value,
            str(triple.object),
        )

    # Only the prefixes that occur, so that an unrelated change of the table changes no file.
    triples = sorted(store.triples(name), key=order)
    text = "\n".join(map(str, triples))
    # The data's own IRIs are written relative to a base: their slashes would have to be escaped after a prefix.
    used = {key: value for key, value in prefixes.items() if value != ID and f"<{value}" in text}
    head = f"# {name}\n# Built by `konkyo build --turtle`; the sources are the YAML files of graphs/. Not edited by hand.\n"
    body = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used, base_iri=ID)
    lines = (body or b"").decode().splitlines(keepends=True)
    # The library shortens the prefixes' own IRIs against the base as well; a reader wants them whole.
    rest = "".join(line for line in lines if not line.startswith("@"))
    named = "".join(f"@prefix {key}: <{value}> .\n" for key, value in used.items())
    return f"{head}@base <{ID}> .\n{named}\n{rest}".encode()


def _replace(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)
    return path

"""From what a user types to a thing of the graph: an IRI, a key, a number or a label, also partial."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError, NotFound
from konkyo.common.name_form import name_form
from konkyo.common.text import one_line
from konkyo.common.words import Words
from konkyo.graph.lookup.search_keys import as_written, denoted, exactly, is_citation, partly
from konkyo.graph.reader import NAMES, Reader
from konkyo.graph.sparql import PROLOGUE, values_of
from konkyo.model.identifiers import fiscal_year, project_number, review_of_project, typed
from konkyo.model.kinds import KINDS
from konkyo.model.namespaces import BASE, ID, KK

if TYPE_CHECKING:
    from konkyo.store import Store

MAX_CANDIDATES = 20
_MOST_VERSIONS = 200  # of more things that fit a text none is meant
# Classes of other vocabularies, which the ontology uses and does not define.
_FOREIGN = {
    **{kind.name: kind.words for kind in KINDS if not kind.term.startswith("kk:")},
    "Location": Words("場所", "Place"),
    "Person": Words("人", "Person"),
    "Post": Words("職", "Post"),
    "Agent": Words("主体", "Agent"),
    "Concept": Words("コード", "Code"),
    "ConceptScheme": Words("コード表", "Code list"),
    "FragmentSelector": Words("資料の行", "Lines of a source"),
    "Instant": Words("時点", "Point in time"),
    "Entity": Words("記録", "Record"),
    "Ontology": Words("語彙", "Vocabulary"),
    "Class": Words("種類", "Class"),
    "ObjectProperty": Words("性質", "Property"),
    "DatatypeProperty": Words("性質", "Property"),
    "Thing": Words("もの", "Thing"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph with its kind (local name of its class), the kind's label, and its own."""

    iri: str
    kind: str
    kind_label: Words
    label: Words
    number: str | None = None

    def title(self, lang: str) -> str:
        """Return ``測定指標3 ICT分野に…`` or ``Strategy New Growth Strategy``."""
        kind = self.kind_label.of(lang)
        if self.kind == "Objective" and self.number and lang == "ja":
            return f"{self.number} {self.label.ja}"  # 施策目標 a, as the form calls it
        number = self.number if self.kind in ("Indicator", "Project") and self.number else ""
        space = " " if lang == "en" and number else ""
        return f"{kind}{space}{number} {self.label.of(lang)}"


class Ambiguous(KonkyoError):
    """Several things fit; ``candidates`` are the best of them."""

    def __init__(self, text: str, candidates: list[Thing], total: int) -> None:
        listed = "\n".join(f"{c.iri.removeprefix(ID)}\t{one_line(c.title('ja'))}" for c in candidates)
        english = "\n".join(f"{c.iri.removeprefix(ID)}\t{one_line(c.title('en'))}" for c in candidates)
        more = total - len(candidates)
        super().__init__(
            Words(f"「{text}」に当てはまるものが{total}件あります。", f"{total} things fit {text!r}."),
            hint=Words(
                f"次のどれかの識別子で指定してください:\n{listed}" + (f"\n…ほか{more}件" if more else ""),
                f"Name one by its key:\n{english}" + (f"\n… and {more} more" if more else ""),
            ),
        )
        self.candidates = candidates


def describe(reader: Reader, iris: Iterable[str]) -> list[Thing]:
    """Return things with their labels and kinds; so much of the IRIs is loaded on the way (:data:`NAMES`)."""
    iris = list(iris)
    reader.load_only(iris, NAMES)
    kinds = {iri: reader.kind(iri) for iri in iris}
    reader.load(KK + kind for kind in kinds.values() if kind not in _FOREIGN)
    return [
        Thing(
            iri,
            kind,
            _FOREIGN.get(kind) or (reader.label(KK + kind) if reader.known(KK + kind) else Words(kind, kind)),
            reader.label(iri),
            _number(reader, iri, kind),
        )
        for iri, kind in kinds.items()
    ]


def _number(reader: Reader, iri: str, kind: str) -> str | None:
    # A project is known by its 予算事業ID through the years; many bear the same name.
    own = project_number(iri)
    return reader.one(iri, "dcterms:identifier") or (
        own if kind == "Project" and own and own.isdigit() else None
    )


def find(store: Store, text: str, *, year: int | None = None) -> Thing:
    """Return the one thing that a text denotes.

    Tried in turn: a full IRI or the part after ``id/``; an exact label, number or kind with number
    (``測定指標3``); an edition by its plan's name and number, year or date; a part of a label. Names are compared in
    their form (:func:`konkyo.common.name_form.name_form`); of several that fit, one that is written so is meant. The first
    step that finds anything decides. The words of a citation mean the document that they were taken for. Of an
    indicator of several reviews it is that of ``year``, else of the latest. Raises Ambiguous where a step finds
    several, NotFound where none finds any.
    """
    reader = Reader(store)
    iri = typed(text) if "/" in text else None
    if iri is not None and iri.startswith(BASE):
        reader.load([iri])
        if reader.known(iri):
            return describe(reader, [_version(store, iri, year)])[0]
    if name_form(text):
        if found := _of_one_review(_exact(reader, text), year):
            return _only(reader, text, _of_one_year(store, found, year))
        if found := _of_one_year(store, _of_one_review(partly(store, text), year), year):
            # A citation that has the name of a plan in it gives way to the plan.
            plain = [iri for iri in found if not is_citation(iri)]
            return _only(reader, text, plain if len(plain) == 1 and len(found) <= MAX_CANDIDATES else found)
    raise NotFound(
        Words(f"「{text}」に当てはまるものがありません。", f"Nothing in the graph fits {text!r}."),
        hint=_other_editions(reader, text) or _near(store, text) or Advice(Code.NAMES_TO_TRY),
    )


def _near(store: Store, text: str) -> Words | None:
    from konkyo.graph.search.near import near

    found = near(store, text)
    if not found:
        return None
    ja = "、".join(one.label.ja for one in found)
    return Words(f"もしかして: {ja}", f"Perhaps: {', '.join(one.label.of('en') for one in found)}")


def _of_one_review(found: list[str], year: int | None) -> list[str]:
    """Return things without the projects that only the sheet of another review tells: that of the year, else the latest, is kept.

    A project that is known by its 予算事業ID comes before those of single reviews, unless a year was asked for that has one.
    """
    told = {iri: review for iri in found if (review := review_of_project(iri))}
    of_year = {iri for iri, (own, _) in told.items() if own == year}
    if of_year:
        kept = of_year
    elif any(project_number(iri) for iri in found):
        kept = set()
    else:
        latest: dict[str, int] = {}
        for own, ministry in told.values():
            latest[ministry] = max(own, latest.get(ministry, own))
        kept = {iri for iri, (own, ministry) in told.items() if own == latest[ministry]}
    return [iri for iri in found if iri in kept or not (iri in told or (of_year and project_number(iri)))]


def _of_one_year(store: Store, found: list[str], year: int | None) -> list[str]:
    """Return things of which none is another one's version of another year: that of the year, else the latest, is kept."""
    if len(found) == 1:
        return [_version(store, found[0], year)]
    if not found or len(found) > _MOST_VERSIONS:
        return found
    rows = store.select(
        f"{PROLOGUE}SELECT ?s ?thing ?year WHERE {{ {values_of('s', found)} ?s dcterms:isVersionOf ?thing . {_TOLD_IN} }}"
    )
    versions: dict[str, dict[str, str]] = {}
    for row in rows:
        versions.setdefault(row["thing"].value, {})[row["year"].value] = row["s"].value
    dropped = set()
    for by_year in versions.values():
        wanted = fiscal_year(year) if year is not None else ""
        kept = by_year.get(wanted, by_year[max(by_year)])
        dropped |= set(by_year.values()) - {kept}
    return [iri for iri in found if iri not in dropped]


# In which year's review or evaluation sheet ?s is told.
_TOLD_IN = (
    "{ ?s kk:reviewYear ?year } UNION "
    "{ ?s kk:evidence ?place . ?place oa:hasSource ?sheet . ?sheet a kk:EvaluationSheet ; kk:fiscalYear ?year }"
)


def _version(store: Store, iri: str, year: int | None) -> str:
    """Return what a step or indicator of one review is in that of a year, itself where that is not known."""
    if year is None:
        return iri
    rows = store.select(
        f"{PROLOGUE}SELECT ?s WHERE {{ <{iri}> dcterms:isVersionOf ?thing . ?s dcterms:isVersionOf ?thing . {_TOLD_IN} "
        f"FILTER(?year = <{fiscal_year(year)}>) }} ORDER BY ?s LIMIT 1"
    )
    return next((row["s"].value for row in rows), iri)


def _other_editions(reader: Reader, text: str) -> Words | None:
    """Return the editions that there are of the plan that a text names with an edition that is not there."""
    from konkyo.graph.lookup.editions import plans_of

    (inside, _) = plans_of(reader.store, text)
    if not inside:
        return None
    things = {
        thing.iri: thing
        for thing in describe(reader, [*inside, *(e for own in inside.values() for e in own)])
    }
    shown = {iri: Words(*map(one_line, thing.label)) for iri, thing in things.items()}
    lines = [(shown[plan], [shown[edition] for edition in own]) for plan, own in inside.items()]
    return Words(
        "\n".join(f"「{plan.ja}」の版: " + ("、".join(e.ja for e in own) or "なし") for plan, own in lines),
        "\n".join(
            f"Editions of {plan.en}: " + ("; ".join(e.en for e in own) or "none") for plan, own in lines
        ),
    )


_PAYEES = (f"{ID}payee/", f"{ID}org/hojin/")


def _only(reader: Reader, text: str, found: list[str]) -> Thing:
    # Whoever is paid may bear any name; nobody who types one of several means them first.
    ordered = sorted(found, key=lambda iri: iri.startswith(_PAYEES))
    things = describe(reader, ordered[:MAX_CANDIDATES])
    if len(found) == 1:
        return things[0]
    raise Ambiguous(text, things, len(found))


def _exact(reader: Reader, text: str) -> list[str]:
    """Return what bears this name or number; of several the one that is meant, where that is plain."""
    found = exactly(reader.store, text)
    named = [iri for iri in found if not is_citation(iri)]
    if not named:
        cited = denoted(reader.store, found) if found else {}
        # Words that name two documents stand for themselves.
        named = found if any(len(documents) > 1 for documents in cited.values()) else []
        named = named or list(dict.fromkeys(iri for documents in cited.values() for iri in documents))
        if named or found:
            return named or found
        from konkyo.graph.lookup.editions import read_apart  # which brings the reading of citations

        return list(read_apart(reader.store, text))
    if len(named) > 1:
        reader.load_only(named, NAMES)
        kinds = {iri: reader.kind(iri) for iri in named}
        bodies = [iri for iri, kind in kinds.items() if kind in ("Organization", "OrganizationalUnit")]
        if len(bodies) > 1:
            # Payees and offices bear the names of ministries.
            ministries = all_ministries(reader.store, bodies)
            named = [iri for iri in named if iri not in bodies or iri in (ministries or bodies)]
        plans = [iri for iri in named if kinds[iri] == "Strategy"]
        if len(plans) == 1:
            # A plan that was decided once may be called the same as its edition.
            named = [iri for iri in named if not iri.startswith(f"{plans[0]}/")]
    # 鹿嶋市 and 鹿島市 are two: who writes one of them as it is written means it.
    return (as_written(reader.store, named, text) or named) if len(named) > 1 else named


def all_ministries(store: Store, among: Iterable[str] | None = None) -> set[str]:
    """Return whoever is ``kk:ministry`` of anything; of some bodies only, where they are given."""
    within = values_of("m", among) if among is not None else ""
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?m WHERE {{ {within} ?x kk:ministry ?m }}")
    return {row["m"].value for row in rows}


def find_ministry(store: Store, text: str) -> Thing:
    """Return the ministry that a name, a part of one, a key or an IRI means.

    Payees and offices may bear a ministry's name, so :func:`find` cannot tell. Raises KonkyoError where it fits none, or several.
    """
    reader = Reader(store)
    known = {thing.iri: thing for thing in describe(reader, sorted(all_ministries(store)))}
    for iri, thing in known.items():
        if text in (iri, iri.removeprefix(ID), iri.rsplit("/", 1)[-1]):
            return thing
    names = {iri: {name_form(thing.label.ja), name_form(thing.label.en)} for iri, thing in known.items()}
    wanted = name_form(text)
    exact = [iri for iri, own in names.items() if wanted in own]
    partial = [iri for iri, own in names.items() if wanted and any(wanted in name for name in own)]
    for found in (exact, partial):
        if len(found) == 1:
            return known[found[0]]
    # What nearly fits is named, never taken: a wrong ministry's answer would look like the right one.
    every = [name for own in names.values() for name in own if name]
    near = get_close_matches(wanted, every, n=3, cutoff=0.4)
    close = partial or [iri for name in near for iri, own in names.items() if name in own]
    listed = [known[iri].label for iri in dict.fromkeys(close or sorted(known))]
    many = len(partial) > 1
    raise KonkyoError(
        Words(
            f"「{text}」に当てはまる府省庁は{'一つではありません' if many else 'このストアにありません'}。",
            f"{'Several ministries fit' if many else 'No ministry in this store is named'} {text!r}.",
        ),
        hint=Words(
            ("もしかして: " if close else "ある府省庁: ") + "、".join(words.ja for words in listed),
            ("Perhaps: " if close else "There are: ") + ", ".join(words.en for words in listed),
        )
        if listed
        else None,
    )

"""From what a user types to a thing of the graph: an IRI, a key, a number or a label, also partial."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.errors import KonkyoError
from konkyo.identifiers import KEY
from konkyo.network import KINDS
from konkyo.reader import Reader
from konkyo.text import fold
from konkyo.vocabulary import BASE, ID, KK
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.store import Store

MAX_CANDIDATES = 20


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
        listed = "\n".join(f"{c.iri.removeprefix(ID)}\t{c.title('ja')}" for c in candidates)
        english = "\n".join(f"{c.iri.removeprefix(ID)}\t{c.title('en')}" for c in candidates)
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
    """Return things with their labels and kinds; the IRIs are loaded on the way."""
    iris = list(iris)
    reader.load(iris)
    kinds = {iri: reader.kind(iri) for iri in iris}
    reader.load(KK + kind for kind in kinds.values())
    return [
        Thing(iri, kind, reader.label(KK + kind), reader.label(iri), reader.one(iri, "dcterms:identifier"))
        for iri, kind in kinds.items()
    ]


def find(store: Store, text: str, kinds: Iterable[str] = KINDS) -> Thing:
    """Return the one thing that a text denotes.

    Tried in turn: a full IRI or the part after ``id/``; an exact label, number or kind with number
    (``測定指標3``); a part of a label. Comparison folds width, case and spaces. The first step that finds
    anything decides. Raises Ambiguous where it finds several, KonkyoError where none finds any.
    """
    reader = Reader(store)
    iri = text if text.startswith(BASE) else ID + text
    if text.startswith(BASE) or ("/" in text and KEY.fullmatch(text)):
        reader.load([iri])
        if reader.known(iri):
            return describe(reader, [iri])[0]
    wanted = fold(text)
    if wanted:
        names = _names(store, kinds)
        exact = {key for key, name in names if name == wanted}
        partial = {key for key, name in names if wanted in name} if not exact else set()
        if found := exact or partial:
            ranked = sorted(found)
            things = describe(reader, ranked[:MAX_CANDIDATES])
            if len(ranked) == 1:
                return things[0]
            raise Ambiguous(text, things, len(ranked))
    raise KonkyoError(
        Words(f"「{text}」に当てはまるものがありません。", f"Nothing in the graph fits {text!r}."),
        hint=Words(
            "名称の一部、識別子、IRIのどれかを試してください。`konkyo query summary` で何があるか分かります。",
            "Try a part of a name, a key or an IRI; `konkyo query summary` shows what there is.",
        ),
    )


def _names(store: Store, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Return the folded names and numbers of all things of these kinds, each with its IRI."""
    values = " ".join(f"<{KK}{kind}>" for kind in kinds)
    rows = store.select(
        f"""PREFIX kk: <{KK}>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT DISTINCT ?s ?kind ?p ?name WHERE {{
          VALUES ?class {{ {values} }}
          VALUES ?p {{ skos:prefLabel skos:altLabel dcterms:identifier }}
          ?s a ?class ; ?p ?name .
          OPTIONAL {{ ?class rdfs:label ?kind FILTER (LANG(?kind) = "ja") }}
        }}"""
    )
    found = []
    for row in rows:
        iri, name = row["s"].value, fold(row["name"].value)
        if row["p"].value.endswith("identifier"):
            kind = row["kind"].value if row["kind"] is not None else ""
            # A bare number means a project or a document; an indicator's needs its kind before it.
            found.append((iri, fold(kind) + name))
            if not name.isdecimal() or iri.startswith(f"{ID}project/"):
                found.append((iri, name))
        else:
            found.append((iri, name))
    # A measure is also found by the number and name under which a document of some year shows it.
    appearances = store.select(
        f"""PREFIX kk: <{KK}>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT DISTINCT ?s ?name WHERE {{
          ?s kk:hasAppearance ?a . ?a dcterms:identifier|kk:statedText ?name .
        }}"""
    )
    return found + [(row["s"].value, fold(row["name"].value)) for row in appearances]

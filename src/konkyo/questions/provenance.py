"""How to cite an answer: the question, the data it was asked of, and a hash of the result.

The hash is of the result's meaning and not of its looks: values of JSON in one canonical form, without language,
order of keys, paths or limits of display. The same question to the same data has the same hash anywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE
from konkyo.model.namespaces import XSD

if TYPE_CHECKING:
    from konkyo.store import Answer, Store

_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Citation:
    """A question with the data version and the hash of its answer. ``sources`` are (title, sha256), sorted."""

    question: dict[str, Any]
    sources: tuple[tuple[str, str], ...]
    version: str
    sha256: str

    @property
    def data(self) -> str:
        """Return one hash for all sources: files under other names are the same data."""
        return hashlib.sha256("\n".join(sorted({value for _, value in self.sources})).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return the citation as values of JSON."""
        return {
            "question": self.question,
            "konkyo": self.version,
            "data": self.data,
            "sources": [{"title": title, "sha256": value} for title, value in self.sources],
            "result": self.sha256,
        }

    def lines(self, lang: str) -> list[str]:
        """Return the citation as lines of text."""
        asked = {name: value for name, value in self.question.items() if name != "sparql"}
        made = [
            Words("引用のための記載", "How to cite this answer").of(lang),
            Words("  問い: ", "  question: ").of(lang) + canonical(asked),
            f"  konkyo: {self.version}",
            Words("  答えのsha256: ", "  sha256 of the result: ").of(lang) + self.sha256,
            Words("  資料のsha256: ", "  sha256 of the sources: ").of(lang) + self.data,
            *(f"    {value}  {title}" for title, value in self.sources),
        ]
        if sparql := self.question.get("sparql"):
            made += ["  SPARQL:", *(f"    {line}" for line in sparql.rstrip().splitlines())]
        return made


def citation(
    store: Store, question: dict[str, Any], answer: Any, also: Iterable[Store] = (), *, version: str
) -> Citation:
    """Return the citation of an answer (values of JSON) to a question (its command and what it was asked with).

    ``also`` are further stores that the answer was taken from; ``version`` is konkyo's own.
    """
    digest = hashlib.sha256(canonical(answer).encode()).hexdigest()
    sources = sorted({source for held in (store, *also) for source in _sources(held)})
    return Citation(question, tuple(sources), version, digest)


def canonical(value: Any) -> str:
    """Return JSON in one form: keys sorted, no spaces, texts as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def answer_json(answer: Answer) -> Any:
    """Return the answer of any SPARQL query as values of JSON: its rows or triples sorted, numbers by their value.

    Engines give rows in their own order and write 7.0 or 7: neither is part of what was answered.
    """
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return sorted({str(triple) for triple in answer})
    names = [variable.value for variable in answer.variables]
    rows = [{name: _term(row[name]) for name in names if row[name] is not None} for row in answer]
    return {"variables": names, "rows": sorted(rows, key=canonical)}


def _term(term: Any) -> Any:
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        try:
            return {"number": format(Decimal(term.value).normalize(), "f")}
        except InvalidOperation:
            pass
    return str(term)


def _sources(store: Store) -> tuple[tuple[str, str], ...]:
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?title ?sha256 WHERE {{ ?file a kk:SourceFile ; kk:sha256 ?sha256 . "
        "OPTIONAL { ?file dcterms:title ?title } }"
    )
    return tuple(
        sorted((row["title"].value if row["title"] is not None else "", row["sha256"].value) for row in rows)
    )

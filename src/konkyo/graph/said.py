"""What an evaluation sheet says besides its figures: judgements, advice, inquiries, counts within words, counterparts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from konkyo.common.words import Words
from konkyo.graph.fact import Fact, FactKey

if TYPE_CHECKING:
    from konkyo.graph.reader import Reader

_SIDES = ("kk:developedCounterpart", "kk:developingCounterpart")
_NAMES = {"developed": Words("先進国", "developed"), "developing": Words("途上国", "developing")}


def load_said(reader: Reader, nodes: Iterable[str]) -> None:
    """Load what :func:`said` and :func:`counts` tell of loaded nodes and of loaded values."""
    nodes = list(nodes)
    things = [
        one
        for node in nodes
        for name in ("kk:hasStatement", "kk:answersInquiry")
        for one in reader.objects(node, name)
    ]
    counted = [
        one
        for node in nodes
        for value in reader.objects(node, "kk:hasValue")
        for one in reader.objects(value, "kk:mentionsCount")
    ]
    if not things and not counted:
        return
    reader.load([*things, *counted])
    reader.load(kind for thing in things for kind in reader.objects(thing, "kk:kind"))
    reader.load_evidence([*things, *counted])


def said(reader: Reader, iri: str) -> Iterator[Fact]:
    """Yield what a source says of a thing in prose, as its editors summarise it, and the inquiry that a report answers."""
    for one in sorted(reader.objects(iri, "kk:answersInquiry")):
        number, day = reader.one(one, "dcterms:identifier") or "", reader.one(one, "dcterms:issued") or ""
        name = reader.label(one)
        text = Words(f"{number}（{day}）{name.ja}", f"{number} ({day}): {name.en}")
        yield Fact(FactKey.INQUIRY, Words("答える諮問", "Answers inquiry"), text, tuple(reader.evidence(one)))
    for one in sorted(reader.objects(iri, "kk:hasStatement")):
        kind, summary = reader.one(one, "kk:kind"), reader.literals(one, "dcterms:description")
        if kind and summary:
            label = reader.label(kind)
            # A paraphrase is called one: no sign makes it the source's own words.
            named = Words(f"{label.ja}（要約）", f"{label.en} (summary)")
            yield Fact(FactKey.STATEMENT, named, summary, tuple(reader.evidence(one)))


def counts(reader: Reader, value: str) -> Iterator[Fact]:
    """Yield the numbers that the words of a value mention, with what they count."""
    for one in sorted(reader.objects(value, "kk:mentionsCount")):
        number, what = reader.one(one, "kk:statedText") or "", reader.label(one)
        text = Words(f"{number}（{what.ja}）", f"{number} ({what.en})")
        yield Fact(FactKey.MENTIONED, Words("文中の数", "Mentioned count"), text, tuple(reader.evidence(one)))


def counterparts(reader: Reader, iri: str) -> Words | None:
    """Return the counterparts of a measure, developed and developing apart where the source tells them apart."""
    left = list(reader.objects(iri, "kk:counterpart"))
    groups = []
    for name in _SIDES:
        of = [one for one in left if one in reader.objects(iri, name)]
        if of:
            groups.append(_listed(reader, of, _NAMES[name.removeprefix("kk:").removesuffix("Counterpart")]))
        left = [one for one in left if one not in of]
    if left:
        groups.append(_listed(reader, left, None))
    if not groups:
        return None
    return Words("、".join(group.ja for group in groups), "; ".join(group.en for group in groups))


def _listed(reader: Reader, places: list[str], side: Words | None) -> Words:
    labels = [reader.label(place) for place in places]
    ja, en = "、".join(one.ja for one in labels), ", ".join(one.en for one in labels)
    return Words(f"{ja}（{side.ja}）", f"{en} ({side.en})") if side else Words(ja, en)

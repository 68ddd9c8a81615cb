"""Laws that a source names without an id: which law of the same name has one elsewhere.

Only the exact name counts, in the form in which names are compared, and read apart from the number behind it
（昭和…年法律第…号） and the article that is cited with it （第4条第1項）. Where several laws bear the name, or the number
beside it is another law's, nothing is claimed: it is listed for a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from konkyo.citations.judgements import Judgements
from konkyo.citations.parse.scan import number as value_of
from konkyo.common.name_form import name_form
from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, digest, key_of, law, thing
from konkyo.model.namespaces import expand
from konkyo.model.records import Agent, Denotation, Record
from konkyo.model.rules import SAME_LAW_NAME

if TYPE_CHECKING:
    from konkyo.store import Store

_DIGIT = "0-9〇一二三四五六七八九十百千"
# What a citation of articles may consist of, once it has begun: 第4条第1項第3号、第7条の3から第9条まで等.
_ARTICLES = (
    rf"(?:附則|別表)?第[{_DIGIT}]+(?:条|章|編|項)"
    rf"[{_DIGIT}第条項号編章節款目の及び並びに同から~〜まで等ほか附則、,・_()イロハニホヘトチリヌルヲワカヨタレソツネナラムー-]*"
)
_PLACE = re.compile(rf"[_、,]*[(]?(?P<place>{_ARTICLES})$")
_NUMBER = re.compile(r"[(][^()]{0,14}(?:年|第)[^()]{0,30}号[)]$")
_STATED = re.compile(
    rf"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<year>元|[{_DIGIT}]+)年[^第]{{0,12}})?[^第]{{0,6}}第(?P<number>[{_DIGIT}]+)号"
)
_ERA_DIGIT = {"明治": 1, "大正": 2, "昭和": 3, "平成": 4, "令和": 5}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law of the graph by one of its names: ``law_id`` is empty where the source gives none."""

    iri: IRI
    name: str
    law_id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class LawMatch:
    """What a law without an id may be: one law (``law_id``), or none for sure with the ids that are possible."""

    iri: IRI
    name: str
    place: str | None
    law_id: str | None
    possible: tuple[str, ...]
    reason: Words
    judged_by: str | None = None


def laws_of(store: Store) -> Iterator[NamedLaw]:
    """Yield the laws of a store by each of their names."""
    text = f"""SELECT ?law ?name ?id ?number WHERE {{
        ?law a <{expand("eli:LegalResource")}> ; <{expand("kk:writtenName")}> ?name .
        OPTIONAL {{ ?law <{expand("dcterms:identifier")}> ?id }}
        OPTIONAL {{ ?law <{expand("eli:number")}> ?number }} }}"""
    for row in store.select(text):
        law_id, number = (row[name].value if row[name] is not None else "" for name in ("id", "number"))
        yield NamedLaw(IRI(row["law"].value), row["name"].value, law_id, number)


def match_laws(laws: Iterable[NamedLaw], judgements: Judgements | None = None) -> list[LawMatch]:
    """Return, in order of IRI, the laws without an id whose name a law with an id bears elsewhere."""
    ids: dict[str, set[str]] = defaultdict(set)
    without: dict[IRI, set[str]] = defaultdict(set)
    numbers: dict[IRI, set[str]] = defaultdict(set)
    for one in laws:
        if one.law_id:
            ids[name_and_place(one.name)[0]].add(one.law_id)
        else:
            without[one.iri].add(one.name)
            numbers[one.iri] |= {text for text in (one.number, _beside(one.name)) if text}
    ids.pop("", None)
    made = []
    for iri, names in sorted(without.items()):
        # The spellings of one node differ in width and spaces only.
        name = min(names)
        key, place = name_and_place(name)
        possible = tuple(sorted(ids.get(key, ())))
        if possible:
            made.append(_decide(iri, name, place, possible, numbers[iri], judgements or Judgements()))
    return made


def _decide(
    iri: IRI,
    name: str,
    place: str | None,
    possible: tuple[str, ...],
    numbers: set[str],
    judgements: Judgements,
) -> LawMatch:
    for law_id in possible:
        row = judgements.of(iri, law(law_id))
        if row is not None and row.verdict == "same":
            reason = Words(
                f"{row.who}の判断: 同じ。{row.why}", f"Judged the same by {row.who}. {row.why}".strip()
            )
            return LawMatch(iri, name, place, law_id, possible, reason, row.who)
    kept = tuple(one for one in possible if not _judged_different(judgements, iri, one))
    if len(kept) != 1:
        reason = Words(
            f"同じ名の法令が{len(kept)}つある。" if kept else "別の法令と判断されている。",
            f"{len(kept)} laws bear this name." if kept else "Judged to be another law.",
        )
        return LawMatch(iri, name, place, None, kept, reason)
    stated = [agreed for agreed in (_agrees(text, kept[0]) for text in sorted(numbers)) if agreed is not None]
    if stated and not any(stated):
        reason = Words(
            f"名は法令 {kept[0]} と同じだが、記された法令番号が違う。",
            f"The name is that of law {kept[0]}, but the number stated is another's.",
        )
        return LawMatch(iri, name, place, None, kept, reason)
    reason = Words(
        f"同じ名の法令で法令IDの記されたものは {kept[0]} だけである。",
        f"Of the laws with an id, only {kept[0]} bears this name.",
    )
    return LawMatch(iri, name, place, kept[0], kept, reason)


def _judged_different(judgements: Judgements, iri: IRI, law_id: str) -> bool:
    row = judgements.of(iri, law(law_id))
    return row is not None and row.verdict == "different"


def name_and_place(name: str) -> tuple[str, str | None]:
    """Return the key of a law's name, without its number, and the articles cited behind it.

    >>> name_and_place("見本法（平成11年法律第94号）第４条第１項")
    ('見本法', '第4条第1項')
    """
    text = name_form(name.strip())
    if len(text) > _LONGEST:
        return text, None
    place = None
    if match := _PLACE.search(text):
        place = match["place"].rstrip(")") if "(" not in match["place"] else match["place"]
        text = text[: match.start()]
    text = _NUMBER.sub("", text).strip("・○●◯_、")
    if text[:1] in ("「", "『") and text[-1:] in ("」", "』"):
        text = text[1:-1]
    return text, place


def _beside(name: str) -> str:
    """Return the number of a law in brackets behind its name, without the articles that are cited."""
    found = _NUMBER.search(_PLACE.sub("", fold(name))) if len(name) <= _LONGEST else None
    return found.group() if found else ""


def _agrees(stated: str, law_id: str) -> bool | None:
    """Return whether a stated number can be that of a law id (era, year, ..., number); None where none is stated."""
    match = _STATED.search(fold(stated))
    if match is None:
        return None
    try:
        number = _value(match["number"])
        year = _value(match["year"]) if match["year"] else None
    except (ValueError, KeyError):
        return None
    if number % 1000 != int(law_id[-3:]):
        return False
    return year is None or (_ERA_DIGIT[match["era"]], year) == (int(law_id[0]), int(law_id[1:3]))


def _value(text: str) -> int:
    """Return the value of 九十四, 百七 or 94. Raises ValueError or KeyError."""
    total = 0
    for sign, unit in (("千", 1000), ("百", 100)):
        before, mark, after = text.partition(sign)
        if mark:
            total += (value_of(before) if before else 1) * unit
            text = after
    return total + (value_of(text) if text else 0)


def law_denotations(matches: Iterable[LawMatch]) -> Iterator[Record]:
    """Yield the claims that laws without an id are laws with one; what is not sure claims nothing."""
    people: set[str] = set()
    for match in matches:
        if match.law_id is None:
            continue
        author = None
        if match.judged_by:
            author = thing("agent", f"u-{digest(match.judged_by)}")
            if match.judged_by not in people:
                people.add(match.judged_by)
                yield Agent(iri=author, ja=match.judged_by)
        yield Denotation(
            iri=thing("denotation", *key_of(match.iri).split("/")),
            owner=match.iri,
            denotes=law(match.law_id),
            level="interpreted" if author else "derived",
            score=Decimal(1),
            title=match.name,
            place=match.place,
            rule=None if author else SAME_LAW_NAME.iri,
            author=author,
            reason=match.reason,
        )

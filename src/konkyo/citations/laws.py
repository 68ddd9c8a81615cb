"""Laws that a source names without an id: which law of the same name has one elsewhere.

Only the exact name counts, in the form in which names are compared, and read apart from the number behind it
（昭和…年法律第…号） and the article that is cited with it （第4条第1項）. Where several laws bear the name, or the number
beside it is another law's, nothing is claimed: it is listed for a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from konkyo.citations.judgements import Judgements
from konkyo.common.law_number import law_number
from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, digest, key_of, law, thing
from konkyo.model.namespaces import expand
from konkyo.model.records import Agent, Denotation, Record
from konkyo.model.rules import SAME_LAW_NAME

if TYPE_CHECKING:
    from konkyo.store import Store

_DIGIT = "0-9〇一二三四五六七八九十百千"
# What a citation of articles may consist of, once it has begun: 第4条第1項第3号、第7条の3から第9条まで等.
_KATAKANA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムー"
_ARTICLES = (
    rf"(?:附則|別表)?(?:第_?[{_DIGIT}ニ]+(?:[・、,~][0-9]+)*_?(?:条|章|編|項)|[0-9]+条)"
    rf"(?:[(][^()]{{1,60}}[)]|第(?![{_DIGIT}]+[^{_DIGIT}条項号編章節款目の及並か~〜ま等、,・_()-])|及び|並びに|および|ならびに|から|まで|ほか|附則|柱書|"
    rf"[{_DIGIT}条項号編章節款目各の同~〜等他、,・_(){_KATAKANA}口-])*+"
)
_PLACE = re.compile(rf"[_、,]*[(]?(?P<place>{_ARTICLES})$")
_NUMBER = re.compile(r"[(][^()]{0,14}(?:年|第)[^()]{0,30}号[)]$")
# Behind the articles, only what names a year is the law's number: （第4条第1項第52号） are articles.
_NUMBER_BEHIND = re.compile(r"_?[(][^()]{0,14}年[^()]{0,30}号[)]$")
_MARKS = re.compile(r"^[ 　・○●◯①-⑳]+")
# A list of laws: each ends as a law does, and none of them changes or applies the one before.
_ENDS_AS_LAW = re.compile(r"(?:法|法律|[政省勅府]?令|規則|条約|協定|議定書|憲章|規程|規約)$")
_OF_ANOTHER = re.compile(
    r"改正|廃止|整備|施行に|^(?:[のをにで]|が(?!ん)|と(?!ん税)|は(?!り)|その|これ|それ|同)"
)
# …の一部を改正する法律附則第24条 are its own provisions; 外務省組織例第30条 is a slip in a list of laws.
_AMENDS = re.compile(r"を改正する(?:法律|[政省]令)$")
_SHORT_NAME = re.compile(r"[一-鿿ァ-ヶー・]{4,30}")
_BETWEEN = re.compile(r"[、,/_]+")
_LONGEST = 400
# What a name as written has besides the law's own: 昭和…年法律第…号（X）, （X）, 「X」（平成…）, X第4条…, X（…のみ）.
_NUMBER_BEFORE = re.compile(
    r"[^（(]{2,14}年[^（(]{1,10}第[^（(]{1,10}号[（(](?P<name>(?:(?![)）][（(]).)+)[)）]"
    r"(?:[（(][^（()）]+号[)）])?$"
)
_NUMBER_BEFORE_QUOTED = re.compile(r"[^「」]{2,18}年[^「」]{1,14}第[^「」]{1,10}号「(?P<name>[^「」]+)」")
_QUOTED = re.compile(r"(?:[（(](?P<in>[^（()）]+)[)）]$|[「『](?P<quoted>[^」』]+)[」』])")
_MORE_THAN_TITLE = re.compile(
    r"(?P<name>.+?(?:法律|法|令|規則|条約|協定|議定書|憲章|規程))"
    r"(?:[（(].*|[_\s]*(?:附則|別表)?(?:第[0-9０-９一二三四五六七八九十百千]+|[0-9０-９]+)条.*)$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law of the graph by one of its names: ``law_id`` is empty where the source gives none."""

    iri: IRI
    name: str
    law_id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class LawMatch:
    """What a law without an id may be: one law (``law_id``), or none for sure with the ids that are possible.

    ``part`` counts the laws of a cell that names several, from 1.
    """

    iri: IRI
    name: str
    place: str | None
    law_id: str | None
    possible: tuple[str, ...]
    reason: Words
    judged_by: str | None = None
    part: int = 1


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """One law that a name cites: the key of its name, the articles, and the number beside it; ``changed`` is 改正前 or 改正後 where
    it is cited as it stood before or after a change.
    """

    key: str
    place: str | None
    number: str = ""
    changed: str = ""


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
            numbers[one.iri] |= {one.number} - {""}
    ids.pop("", None)
    made = []
    for iri, names in sorted(without.items()):
        # The spellings of one node differ in width and spaces only.
        name = min(names)
        cited = laws_in(name)
        for part, each in enumerate(cited, start=1):
            possible = tuple(sorted(ids.get(each.key, ())))
            if not each.key and each.number and not each.place:
                possible = _numbered(each.number, ids)
            if possible:
                beside = ({each.number} - {""}) | (numbers[iri] if len(cited) == 1 else set())
                found = _decide(iri, name, each.place, possible, beside, judgements or Judgements())
                if each.changed:
                    found = replace(found, reason=_as_it_stood(found.reason, each.changed))
                made.append(replace(found, part=part))
    return made


def _numbered(stated: str, ids: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the laws whose number a cell states that holds no name: （平成26年法律第104号）."""
    number = law_number(stated)
    if number is None or number.year is None or number.kind not in ("法律", "政令"):
        return ()
    return tuple(sorted({one for several in ids.values() for one in several if number.may_be(one)}))


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
            f"同じ名又は番号の法令が{len(kept)}つある。" if kept else "別の法令と判断されている。",
            f"{len(kept)} laws bear this name or number." if kept else "Judged to be another law.",
        )
        return LawMatch(iri, name, place, None, kept, reason)
    stated = [agreed for agreed in (_agrees(text, kept[0]) for text in sorted(numbers)) if agreed is not None]
    if stated and not any(stated):
        reason = Words(
            f"名は法令 {kept[0]} と同じだが、記された法令番号が違う。",
            f"The name is that of law {kept[0]}, but the number stated is another's.",
        )
        return LawMatch(iri, name, place, None, kept, reason)
    if not name_and_place(name)[0]:
        reason = Words(
            f"名はなく法令番号だけが記されている。その番号の法令は {kept[0]} だけである。",
            f"Only a number is stated, without a name. Of the laws with an id, only {kept[0]} bears it.",
        )
        return LawMatch(iri, name, place, kept[0], kept, reason)
    reason = Words(
        f"同じ名の法令で法令IDの記されたものは {kept[0]} だけである。",
        f"Of the laws with an id, only {kept[0]} bears this name.",
    )
    return LawMatch(iri, name, place, kept[0], kept, reason)


def _as_it_stood(reason: Words, changed: str) -> Words:
    """Return a reason with the words that the law is cited as it stood before, or after, a change."""
    when = "before" if changed == "改正前" else "after"
    return Words(
        f"{changed}の条文として引かれている。{reason.ja}",
        f"It is cited as it stood {when} a change. {reason.en}",
    )


def _judged_different(judgements: Judgements, iri: IRI, law_id: str) -> bool:
    row = judgements.of(iri, law(law_id))
    return row is not None and row.verdict == "different"


def name_and_place(name: str) -> tuple[str, str | None]:
    """Return the key of a law's name, without its number, and the articles cited behind it.

    >>> name_and_place("見本法（平成11年法律第94号）第４条第１項")
    ('見本法', '第4条第1項')
    """
    cited = _cited(name_form(_MARKS.sub("", name)))
    return cited.key, cited.place


def title_of_law(name: str) -> str:
    """Return the name of a law out of a name as written, in its own signs: without marks, number, articles and remarks.

    >>> [title_of_law(name) for name in ("見本法第４条　第１項", "・「見本法」（平成９年法律第４８号）", "（見本法）")]
    ['見本法', '見本法', '見本法']
    >>> title_of_law("見本法第六章の規定による費用に関する政令")
    '見本法第六章の規定による費用に関する政令'
    """
    bare = _MARKS.sub("", name).strip()
    if match := _NUMBER_BEFORE.match(bare):
        bare = match["name"]
    if match := _QUOTED.match(bare):
        bare = match["in"] or match["quoted"]
    match = _MORE_THAN_TITLE.match(bare)
    return match["name"] if match and not _ENDS_AS_LAW.search(bare) else bare or name


def laws_in(name: str) -> list[CitedLaw]:
    """Return each law that a name lists, with its own articles; the whole as one where it is no plain list.

    >>> [(one.key, one.place) for one in laws_in("見本法4条、別見本法、第三見本法第2条")]
    [('見本法', '4条'), ('別見本法', None), ('第三見本法', '第2条')]
    """
    text = name_form(_MARKS.sub("", name))
    whole = [_cited(text)]
    if len(text) > _LONGEST:
        return whole
    if match := _AS_CHANGED.fullmatch(text):
        other = [_cited(match["other"])] if match["other"] else []
        law_itself = _cited(_CHANGES_OWN.sub("", match["name"]))
        return [*other, replace(law_itself, changed=match["when"])]
    if (match := _OF_THAT_LAW.fullmatch(text)) and not _RUN.search(match["law"]):
        return [_cited(match["law"]), _cited(f"{_cited(match['law']).key}{match['of']}")]
    runs = [*_RUN.finditer(text)]
    if "。" in text and runs and _ENDS_AS_LAW.search(_cited(text[: runs[0].start()]).key):
        # …令第21条　…課は、次に掲げる事務をつかさどる。 quotes the article.
        return laws_in(text[: runs[0].end()])
    names: list[str] = []
    start = 0
    for match in [*runs, None]:
        between = _ETC.sub(
            "", text[start : match.start() if match else len(text)].strip(_SIGNS).lstrip(")").rstrip("(")
        )
        if names and _GOES_ON.match(between):
            names[-1] += between  # …条約第六条に基づく…に関する協定 is one name
        elif between:
            names += _BETWEEN.split(_APPLIES.sub("", between) if names else between)
        if match:
            run = match.group()
            if not names or (run.endswith("の") and match.end() < len(text)):
                return whole
            names[-1] += run.strip(_SIGNS).removesuffix("及び").removesuffix("並びに").rstrip("、")
            start = match.end()
    found = [_cited(one) for one in names]
    return found if len(found) > 1 and all(_stands_alone(one) for one in found) else whole


def _stands_alone(one: CitedLaw) -> bool:
    """Whether a member of a list is a law by itself, and changes or applies none beside it."""
    articles = "条" in (one.place or "")
    if _OF_ANOTHER.search(one.key):
        return bool(_AMENDS.search(one.key) and (one.place or "").startswith("附則"))
    return bool(_ENDS_AS_LAW.search(one.key) or (articles and _SHORT_NAME.fullmatch(one.key)))


_GOES_ON = re.compile(r"(?:に基づく|に規定する|に関する|についての)(?!第?[0-9一二三四五六七八九十]+条)")
# 甲法第35条において準用する乙法第46条 cites both.
_APPLIES = re.compile(r"^において(?:読み替えて)?(?:準用|適用)する")
# 甲法（昭和52年法律第40号）及び同法施行令（昭和52年政令第260号）
_OF_THAT_LAW = re.compile(
    r"(?P<law>[^、]+?(?:法|法律)(?:[(][^()]*号[)])?)(?:及び|並びに|、)同法(?P<of>施行(?:令|規則).*)"
)


_RUN = re.compile(_ARTICLES)
# 平成13年改正前の甲法第40条; 乙法及び同法による改正前の甲法: what is cited is the law, as it stood.
_AS_CHANGED = re.compile(
    r"(?:(?P<other>.+?)(?:及び|並びに)同法[^、]*による|.*)(?P<when>改正[前後])の(?P<name>.+)"
)
# …並びに平成13年改正附則第2条: provisions of what changed it, not its own.
_CHANGES_OWN = re.compile(
    rf"(?:及び|並びに)(?:明治|大正|昭和|平成|令和)[{_DIGIT}元]+年改正(?:法)?附則{_ARTICLES}$"
)
_SIGNS = "_、,/・ "
_ETC = re.compile(r"(?:^|_|、|(?<=[法律令則約書]))(?:等|ほか|他)$")


# What a cell adds behind a law's name: （…のみ）, （令和6年6月5日施行）, （POPs条約）, 等, 抄, an address. A bracket of
# an amending law's 附則 stays: those provisions are not the law's own.
_ENDS = r"(?:法|法律|[政省]令|施行令|規則|条約|協定|議定書|規約)"
_REMARK = re.compile(r"(?<=[法律令則約定書])[(](?![^()]*(?:改正(?!も)|号[)]))(?:[^()]|[(][^()]*[)])*[)]$")
_BEHIND = re.compile(r"(?:(?<=法)|(?<=法律)|(?<=[令則約定])|(?<=号[)]))_?(?:等|抄|ほか|https?:.*)$")
_SUPPLEMENT = re.compile(r"(?<=[法律令則])_?(?P<place>附則)$")
_PART = re.compile(
    rf"(?P<name>[「『][^」』]+[」』]|.+{_ENDS}_)(?P<place>(?:附属書|前文|第[{_DIGIT}]+[章款編節部]).*)$"
)
_SHORT_NUMBER = re.compile(r"[(](?:明|大|昭|平|令)[0-9元]+[法政省令]+[0-9]+[)]$")


def _cited(text: str) -> CitedLaw:
    """Read a name in its form: the key, the articles, and the number wherever it stands."""
    if len(text) > _LONGEST:
        return CitedLaw(text, None)
    place, number = None, ""
    text = _SINCE.sub("", _unquoted(_BEHIND.sub("", text)))
    if (match := _NUMBER_BEFORE.match(text)) or (match := _NUMBER_BEFORE_QUOTED.fullmatch(text)):
        number, text = text[: match.start("name") - 1], match["name"]
    if match := _SUPPLEMENT.search(text) or _PART.fullmatch(text):
        place, text = match["place"], text[: match.start("place")].rstrip("_")
    if match := _NUMBER_BEHIND.search(text):
        number, text = match.group(), text[: match.start()]
    if place is None and (match := _PLACE.search(text)):
        place = match["place"].rstrip(")") if "(" not in match["place"] else match["place"]
        text = text[: match.start()]
    if match := _NUMBER.search(text):
        number, text = match.group(), text[: match.start()]
    text = _REMARK.sub("", _SHORT_NUMBER.sub("", text.strip("・○●◯_、")))
    return CitedLaw(_unquoted(text), place, number)


def _unquoted(text: str) -> str:
    """Return what quotes around the whole hold."""
    return text[1:-1] if re.fullmatch(r"[「『][^「」『』]*[」』]", text) else text


# Words behind articles from when they hold: 第15条第2項(施行日(令和元年12月11日)以降).
_SINCE = re.compile(r"(?<=[条項号])[(][^()]*[(][^()]*[)](?:以降|以後|から|まで)[)]$")


def _agrees(stated: str, law_id: str) -> bool | None:
    """Return whether a stated number can be that of a law id (era, year, ..., number); None where none is stated."""
    number = law_number(stated)
    return None if number is None else number.may_be(law_id)


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
            iri=thing("denotation", *key_of(match.iri).split("/"), *([match.part] if match.part > 1 else [])),
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

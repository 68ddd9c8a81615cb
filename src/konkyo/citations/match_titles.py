"""Finding the registered strategy that a title names: exactly, or but for a slip that the edition bears out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from konkyo.citations.parse.reading import CitedDocument
from konkyo.citations.parse.titles import ENDS_AS_TITLE, TAIL, key_of_title, take_apart
from konkyo.citations.title_index import Index
from konkyo.model.identifiers import IRI
from konkyo.sources.known_strategies import KnownEdition, KnownStrategy

_NUMBERS = re.compile(r"\d+")
_FRONT = re.compile(r"^(?:政府|内閣府|内閣官房|閣議決定)")
# 令和３年度補正分：… says which money is meant, not which document.
_SHARE = re.compile(r"[^:「」]{2,20}分: *")
# A bracket that names the same thing once more, or says of it only that it is a part or by which law it is made.
_EXPLAINS = re.compile(r"骨太|方針\d*$|通称|略称|以下|抜粋|概要|本文|[A-Za-z]{2,}|法律?.{0,20}第.{1,4}条")
_BRACKET = re.compile(r"(.+?)[(（【]([^()（）【】]{1,40})[)）】]")
# What of the document matters: 障害者基本計画（施設サービスの再構築、…、国際協力等）.
_LISTS = re.compile(r"([^()]{4,}?)\([^()]*(?:、[^()]*|.{15,}|等)\)")
_BODY = re.compile(
    r"(?:会議|本部|審議会|委員会|部会|懇談会)[/ ]*|(?:政府|国|内閣府|内閣官房|閣議決定|対策)[/ ]+"
)
_AREA = re.compile(r"[圏県府道都市]")
# In front of a name these say that it is a plan of their own: 東京都 骨太の方針, 自民党 骨太の方針.
_OTHERS_OWN = re.compile(
    r"(?:[都道県市区町村党省庁局]|(?<!内閣)府)(?:$|[ /])|東京都|北海道|(?:大阪|京都)府|.県|[^都]市(?![場民街])|[^農山漁]村|党|連合|組合|協会"
)
_YEAR_WITHIN = re.compile(r"(.{4,}?(?:19|20)[0-9]{2}(?:年?改[訂定]版?)?)(?!\d|年)(.+)")
# What may stand behind a name with its year and still be the same text, or a part of it.
_SAME_TEXT = re.compile(
    r"(?:の)?\(?(?:概要|抜粋|抄|本文|全文|全体版)(?:版)?\)?|(?:の)?追補版?|等?(?:に|について|等|など|関連|関係)|~(?!\d)[^~]{3,}~?|-[^-]{3,}-|"
    r"\((?:以下)?「[^「」]+」(?:という。?)?\)"
)
# …2023の評価書, …2023に対する意見書 and …2023・基礎資料 are documents about it.
_ANOTHER_TEXT = re.compile(
    r"^(?:に対する|への|を踏まえた|に基づく|に係る|に関する)|(?:書|資料|評価|意見|提言|点検|解説|について)[)】]?$"
)
_DRAFT = re.compile(r"案$|評価|資料|意見|修正|解説|draft", re.IGNORECASE)
# 新しい資本主義のグランドデザイン及び実行計画～人・技術・スタートアップへの投資の実現～フォローアップ
_WITHIN_TILDES = re.compile(r" ?~[^~]{3,60}~ ?")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered strategy that a mention may denote, with how like its name is (0 to 1)."""

    iri: IRI
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class NamedStrategy:
    """The strategy that bears a name, the edition labels beside it, and the edition whose own name it is."""

    strategy: KnownStrategy
    labels: tuple[str, ...]
    edition: KnownEdition | None
    how: str


class StrategyNames:
    """The registry's names."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._sorted = sorted(index.names)
        self._editions = {
            key: found
            for (key, labels), found in index.edition_names.items()
            if not labels and key not in index.names
        }
        self._all = sorted({*index.names, *self._editions})

    def exact(self, document: CitedDocument) -> NamedStrategy | None:
        """Return what bears exactly this name, folded: the whole title first, then the title without its edition."""
        index, apart = self.index, document.apart
        whole = key_of_title(document.title)
        beside = tuple(label for label in apart.labels if label not in document.full.labels)
        if found := index.edition_names.get((whole, ())):
            return NamedStrategy(found[0], beside, found[1], "edition-name")
        if whole in index.names:
            return NamedStrategy(index.names[whole], beside, None, "name")
        if found := index.edition_names.get((apart.key, apart.labels)):
            return NamedStrategy(found[0], (), found[1], "edition-name")
        if found := index.edition_names.get((apart.key, ())):
            return NamedStrategy(found[0], apart.labels, None if apart.labels else found[1], "edition-name")
        if apart.key in index.names:
            return NamedStrategy(index.names[apart.key], self._beyond(apart.key, apart.labels), None, "name")
        if twice := self._twice_named(apart.base):
            return twice
        for shorter in _shorter(apart.base):
            again = take_apart(shorter, beside)
            if again.key in index.names:
                labels = self._beyond(again.key, tuple(dict.fromkeys((*again.labels, *apart.labels))))
                return NamedStrategy(index.names[again.key], labels, None, "name-within")
            if "~" in apart.base and (found := index.edition_names.get((again.key, ()))):
                return NamedStrategy(found[0], apart.labels, found[1], "name-within")
        return self._behind_body(document, beside)

    def completing(self, document: CitedDocument) -> NamedStrategy | None:
        """Return the one plan that a generic name and its day denote: 総合経済対策（令和4年10月28日閣議決定）.

        A name is generic that two registered plans end in.
        """
        key, date = document.apart.key, document.date
        if document.borrowed or date is None or date.day is None or not TAIL.fullmatch(key):
            return None
        ending = {
            self.index.names[name].iri: self.index.names[name]
            for name in self._sorted
            if name.endswith(key) and name != key
        }
        found = [one for one in ending.values() if self.index.by_date(one, date)]
        return (
            NamedStrategy(found[0], (), None, "generic-name") if len(ending) > 1 and len(found) == 1 else None
        )

    def _behind_body(self, document: CitedDocument, beside: tuple[str, ...]) -> NamedStrategy | None:
        """Return the strategy whose name stands behind a body's: 総合科学技術・イノベーション会議科学技術・イノベーション基本計画.

        The edition or date has to agree, too. A ministry in front may mean a plan of its own: 農林水産省地球温暖化対策計画.
        """
        index, date = self.index, None if document.borrowed else document.date
        if len(document.apart.base) > _LONGEST:
            return None
        for match in _BODY.finditer(document.apart.base):
            again = take_apart(document.apart.base[match.end() :], beside)
            strategy = index.names.get(again.key)
            if strategy is None or _OTHERS_OWN.search(document.apart.base[: match.end()]):
                continue
            labels = self._beyond(again.key, tuple(dict.fromkeys((*again.labels, *document.apart.labels))))
            if (date and index.by_date(strategy, date)) or (labels and index.by_label(strategy, labels)):
                return NamedStrategy(strategy, labels, None, "name-within")
        return None

    def inside(self, document: CitedDocument) -> tuple[KnownStrategy, KnownEdition | None] | None:
        """Return the strategy and edition whose name and year begin a title that says more: 骨太の方針2023（原案）.

        None where what follows plainly makes another document of it.
        """
        match = _YEAR_WITHIN.match(document.apart.base[:_LONGEST])
        if match is None or _is_another(match[2]):
            return None
        apart = take_apart(match[1])
        strategy = self.index.names.get(apart.key)
        if strategy is None:
            return None
        editions = self.index.by_label(strategy, apart.labels)
        return strategy, editions[0] if len(editions) == 1 else None

    def _twice_named(self, base: str) -> NamedStrategy | None:
        """Return the strategy of 新・沖縄21世紀ビジョン基本計画（沖縄振興計画）: both names are its own."""
        match = _BRACKET.fullmatch(base)
        if not match:
            return None
        inner = self.index.names.get(key_of_title(match[2]))
        key = key_of_title(match[1])
        found = self.index.edition_names.get((key, ()))
        if inner is not None and found and found[0] is inner:
            return NamedStrategy(inner, (), found[1], "edition-name")
        if inner is not None and self.index.names.get(key) is inner:
            return NamedStrategy(inner, (), None, "name")
        return None

    def _beyond(self, key: str, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Return the labels without those that are part of the name itself: …戦略2025."""
        own = self.index.own_labels.get(key, ())
        return tuple(label for label in labels if label not in own)

    def alike(self, document: CitedDocument) -> tuple[KnownStrategy, KnownEdition, float] | None:
        """Return a registered edition whose name is this one but for a slip, with the same day or edition.

        A slip changes at most two signs (or one in eight), or puts 新たな in front; it changes no number; and
        its name is met but rarely, for what is cited often under another name is another thing.
        """
        key, labels, date = document.apart.key, document.apart.labels, document.date
        title = self.index.titles.get(key)
        if len(key) < 8 or (title is not None and title.citations > 3):
            return None
        found: dict[IRI, tuple[KnownStrategy, KnownEdition, float]] = {}
        short = key.removeprefix("新たな")[:_LONGEST]
        for name, score, _ in process.extract(short, self._all, scorer=fuzz.ratio, limit=8, score_cutoff=85):
            far = Levenshtein.distance(short, name)
            if far > max(2, len(name) // 8) or _NUMBERS.findall(short) != _NUMBERS.findall(name):
                continue
            by_date: list[KnownEdition] = []
            if name in self._editions:
                strategy, own = self._editions[name]
                if date and not document.borrowed and own in self.index.by_date(strategy, date):
                    by_date = [own]
            else:
                strategy = self.index.names[name]
                by_date = self.index.by_date(strategy, date) if date and not document.borrowed else []
            by_label = self.index.by_label(strategy, labels)
            agreed = by_label if labels else [one for one in by_date if date and date.month is not None]
            if labels and date and by_date and not any(one in by_date for one in by_label):
                continue
            if len(agreed) == 1:
                found.setdefault(strategy.iri, (strategy, agreed[0], round(score / 100, 3)))
        return next(iter(found.values())) if len(found) == 1 else None

    def candidates(self, key: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Return the registered strategies whose names are most like a key, best first."""
        best: dict[IRI, Candidate] = {}
        for name, score, _ in process.extract(
            key[:_LONGEST], self._sorted, scorer=fuzz.ratio, limit=limit * 3, score_cutoff=50
        ):
            strategy = self.index.names[name]
            best.setdefault(strategy.iri, Candidate(strategy.iri, strategy.ja, round(score / 100, 3)))
        return tuple(best.values())[:limit]


def _shorter(base: str) -> Iterator[str]:
    """Yield a title without what only explains it: a bracket, what stands in front, a part's name after a year."""
    match = _LISTS.fullmatch(base[:_LONGEST])
    if match and not _DRAFT.search(base[match.end(1) :].rstrip(")")):
        yield match[1]
    match = _BRACKET.fullmatch(base)
    if match and _EXPLAINS.search(match[2]) and not (_AREA.search(match[2]) or _DRAFT.search(match[2])):
        yield match[1]
    if _FRONT.match(base):
        yield _FRONT.sub("", base)
    if "~" in base and (without := _WITHIN_TILDES.sub("", base)) != base:
        yield without
    if match := _SHARE.match(base):
        yield base[match.end() :]
    match = _YEAR_WITHIN.match(base[:_LONGEST])
    if match and _SAME_TEXT.fullmatch(match[2].strip(" 」』")):
        yield match[1]


def _is_another(tail: str) -> bool:
    """Whether words behind a name and its year make another document of it."""
    tail = tail.strip(" 」』・")
    return bool(_ANOTHER_TEXT.search(tail) or ENDS_AS_TITLE.search(tail.rstrip(")）")))

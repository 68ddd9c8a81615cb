"""Which strategy and edition a citation denotes: exact identity, then likeness with evidence, then nothing.

A wrong merge is worse than a missed one: likeness of names alone never joins, and what is not sure says so.
The result depends on the set of strings and on what is carried, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from konkyo.citations import reasons
from konkyo.citations.choose_edition import EditionChoice, Editions, edition_key
from konkyo.citations.judgements import Judgements
from konkyo.citations.match_titles import Candidate, StrategyNames
from konkyo.citations.parse.reading import CitedDocument, Reading, Span, read
from konkyo.citations.parse.titles import ACT, DECLARED, GENERIC, as_written, is_act, names_document
from konkyo.citations.title_index import Index, TitleObservation, mention_key, title_observations
from konkyo.common.dates import PartialDate
from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, below, digest, exact_digest, thing
from konkyo.sources.known_strategies import KnownStrategy
from konkyo.sources.registry import Registry

Status = Literal["exact", "similar", "new", "unsure"]

# From this likeness on, a name that is not registered is shown to a person beside the registered one.
_CLOSE = 0.85
# How sure the plan is that only citations name: their titles are equal, but nobody has registered it.
_OWN_NAME = 0.9
# How sure it is that a title denotes the plan whose name and year only begin it: …2023（原案）.
_BEGINS = 0.5


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one document of a citation denotes.

    ``strategy`` and ``edition`` are the registry's IRIs, or stable ones made of the title where it is not
    registered; ``edition`` is None where none is stated or none can be told. ``stated`` then tells mentions of
    an edition that no registry holds from those of others; nothing in the graph bears it. ``mention`` identifies
    what was read, for judgements; ``section`` is the registered section that ``place`` names, else None; ``pair`` are
    the mention and what it may be the same as, where a person should decide.
    """

    title: str
    label: str | None
    date: PartialDate | None
    decision: str | None
    place: str | None
    strategy: IRI
    edition: IRI | None
    section: IRI | None
    method: str
    score: float
    status: Status
    reason: Words
    spans: tuple[Span, ...]
    mention: str
    registered: bool
    name: str = ""
    labels: tuple[str, ...] = ()
    stated: IRI | None = None
    pair: tuple[str, IRI] | None = None
    candidates: tuple[Candidate, ...] = ()
    judged_by: str | None = None

    @property
    def key(self) -> IRI:
        """Return what tells this mention from others: the edition, known or only stated, else the strategy."""
        return self.edition or self.stated or self.strategy

    @property
    def denoted(self) -> IRI:
        """Return the section where the place that is cited is a registered one, else the edition or strategy."""
        return self.section or self.edition or self.strategy


def resolve_all(
    strings: Iterable[str],
    registry: Registry,
    judgements: Judgements | None = None,
    seen: Iterable[TitleObservation] = (),
) -> dict[str, list[Resolution]]:
    """Resolve citations together: what one string states (第6期, a date) tells of the others.

    ``seen`` is the carried table (:func:`konkyo.citations.title_index.read_seen`).
    """
    return Resolver(registry, judgements, seen).resolve(strings)


class Resolver:
    """The registry and what is carried, ready to resolve any number of strings."""

    def __init__(
        self, registry: Registry, judgements: Judgements | None = None, seen: Iterable[TitleObservation] = ()
    ) -> None:
        self.index = Index(registry.known, seen)
        self.judgements = judgements or Judgements()
        self.names = StrategyNames(self.index)
        self.editions = Editions(self.index)

    def resolve(
        self, strings: Iterable[str], elsewhere: Iterable[TitleObservation] = ()
    ) -> dict[str, list[Resolution]]:
        """Return the resolutions of every string, documents in the order in which it names them.

        ``elsewhere`` is what :meth:`observe` told of the strings that others resolve.
        """
        readings = self._read(strings)
        for sight in (*_stated(readings), *elsewhere):
            self.index.add(sight)
        return {raw: self.of(reading) for raw, reading in readings.items()}

    def observe(self, strings: Iterable[str]) -> list[TitleObservation]:
        """Return what strings tell of titles that others name, too."""
        return _stated(self._read(strings))

    def _read(self, strings: Iterable[str]) -> dict[str, Reading]:
        return {raw: read(raw, self.index) for raw in dict.fromkeys(strings)}

    def of(self, reading: Reading) -> list[Resolution]:
        """Return what the documents of one reading denote."""
        folded = fold(reading.raw)
        spans: dict[int, list[Span]] = {}
        for span in reading.spans:
            spans.setdefault(span.document, []).append(span)
        return [
            replace(self.of_document(document, folded, number), spans=tuple(spans.get(document.first, ())))
            for number, document in enumerate(reading.documents)
        ]

    def of_document(self, document: CitedDocument, folded: str, number: int) -> Resolution:
        """Return what one document of a folded string denotes: the rules' decision, unless a person has judged."""
        made = self._judged(self._document(document, folded, number))
        edition = self.index.editions.get(made.edition) if made.edition and made.place else None
        if edition is None or made.status not in ("exact", "similar"):
            return made
        return replace(made, section=edition.section(made.place or ""))

    def _document(self, document: CitedDocument, folded: str, number: int) -> Resolution:
        made = Resolution(
            title=document.title,
            label=document.apart.stated,
            date=document.date,
            decision=document.decision,
            place=document.place,
            strategy=thing("strategy", digest(document.apart.key)),
            edition=None,
            section=None,
            method="new-title",
            score=_OWN_NAME,
            status="new",
            reason=reasons.new(numbered=False),
            spans=(),
            mention=mention_key(document.apart.key, document.apart.labels, document.date),
            registered=False,
            name=as_written(document.title, document.apart.base),
            labels=document.apart.labels,
        )
        if exact := self.names.exact(document):
            if issued := self.editions.issued_by_another(document, exact.strategy):
                named = f"{document.title}（{issued}）"
                return self._own(made, document, issued, named, "another-body", reasons.another(issued))
            return self._answered(made, exact.strategy, self.editions.of(document, exact))
        if completed := self.names.completing(document):
            return self._answered(made, completed.strategy, self.editions.of(document, completed))
        if (
            GENERIC.fullmatch(document.apart.key)
            and document.body
            and (document.date or document.apart.labels)
        ):
            named = f"{document.body}「{document.title}」"
            day = document.date.iso if document.date and not document.apart.labels else ""
            reason = reasons.of_council(document.body)
            return self._own(made, document, f"{document.body} {day}", named, "council-paper", reason)
        if GENERIC.fullmatch(document.apart.key):
            # Equal names of this kind tell nothing: the string itself is all that identifies it.
            own = exact_digest(folded, str(number))
            return replace(
                made,
                strategy=thing("strategy", own),
                mention=f"mention/{own}",
                method="generic-title",
                status="unsure",
                score=0.0,
                reason=reasons.generic(),
            )
        if alike := self.names.alike(document):
            strategy, edition, score = alike
            reason = reasons.alike(strategy.ja, edition.date.iso, score)
            answer = EditionChoice(
                "similar-title-same-edition", "similar", score, reason, edition=edition.iri
            )
            return self._answered(made, strategy, answer)
        return self._unregistered(made, document)

    @staticmethod
    def _answered(made: Resolution, strategy: KnownStrategy, answer: EditionChoice) -> Resolution:
        pair = (made.mention, answer.asked) if answer.asked else None
        return replace(
            made,
            strategy=answer.strategy or strategy.iri,
            edition=answer.edition,
            stated=answer.stated,
            registered=True,
            method=answer.method,
            status=answer.status,
            score=answer.score,
            reason=answer.reason,
            pair=pair,
            date=None if answer.date_is_anothers else made.date,
            decision=None if answer.date_is_anothers else made.decision,
        )

    @staticmethod
    def _own(
        made: Resolution, document: CitedDocument, issued: str, named: str, method: str, reason: Words
    ) -> Resolution:
        """Return a document that title and body tell: one under a registered title (中教審第１号), a council's 最終報告."""
        key = f"{document.apart.key} {fold(issued)}"
        strategy = thing("strategy", digest(key))
        edition = edition_key(document.apart.labels, document.date)
        return replace(
            made,
            strategy=strategy,
            edition=below(strategy, edition) if edition != "unstated" else None,
            mention=mention_key(key, document.apart.labels, document.date),
            title=document.title,
            name=named,
            method=method,
            score=_OWN_NAME,
            reason=reason,
        )

    def _unregistered(self, made: Resolution, document: CitedDocument) -> Resolution:
        labels, date, key = document.apart.labels, document.date, document.apart.key
        title = self.index.titles[key]
        near = self.names.candidates(key, 3)
        close = near[0] if near and near[0].score >= _CLOSE else None
        edition, method = None, "new-title"
        # 令和5年度… is for a year, and may be decided in the one before.
        of_year = None if date or "年度" in (document.apart.stated or "") else title.date_of(labels)
        if of_year:
            edition, method = of_year.iso, "edition-of-year-seen"
        elif labels and document.numbered and date and len(title.days_of(labels)) > 1:
            edition, method = f"{edition_key(labels, None)}-{title.full_date(date).iso}", "notice-of-day"
        elif labels:
            edition = edition_key(labels, None)
        elif date:
            label = title.label_of(title.full_date(date)) or title.label_of(date)
            edition = edition_key(label, None) if label else title.full_date(date).iso
            method = "edition-seen-beside-date" if label else method
        anew = ACT.search(document.apart.base) or (
            DECLARED.search(document.apart.base) and len({day.year for day in title.dates}) > 1
        )
        if anew and not labels and (date or document.house):
            # Done anew each time: day and house tell two of these apart before a title joins them.
            told = (document.house or "", title.full_date(date).iso if date else "")
            made = replace(
                made, strategy=thing("strategy", digest(key, *told)), mention=mention_key(key, told, None)
            )
        made = replace(made, edition=below(made.strategy, edition) if edition else None, candidates=near)
        if inside := self.names.inside(document):
            strategy, held = inside
            return replace(
                made,
                method="name-begins-title",
                status="unsure",
                score=_BEGINS,
                pair=(made.mention, held.iri if held else strategy.iri),
                reason=reasons.says_more(strategy.ja),
            )
        if close:
            pair, reason = (made.mention, close.iri), reasons.alike_only(close.name, close.score)
            return replace(made, method=method, status="unsure", score=close.score, pair=pair, reason=reason)
        decided = (
            date is not None and date.month is not None and (is_act(document.decision) or document.issued)
        )
        numbered = any(label[0] == "n" for label in labels)
        if not names_document(document.title, told=decided or numbered):
            return replace(
                made, method="no-document-named", status="unsure", score=0.0, reason=reasons.no_document()
            )
        return replace(made, method=method, reason=reasons.new(numbered=bool(labels)))

    # --- people -------------------------------------------------------------------------------

    def _judged(self, found: Resolution) -> Resolution:
        """Let people's judgements win: first what they say of this mention, then of what it was taken for."""
        for taken in (found.edition, found.strategy):
            row = self.judgements.of(found.mention, taken) if taken else None
            if row is not None and row.verdict == "different":
                own = thing("strategy", digest(found.mention))
                strategy = found.strategy if found.edition and taken == found.edition else own
                registered = strategy in self.index.strategies
                stated = below(strategy, digest(found.mention)) if found.label or found.date else None
                return replace(
                    found,
                    strategy=strategy,
                    # Nothing bears an edition of a registered strategy that its registry does not hold.
                    edition=None if registered else stated,
                    stated=stated if registered else None,
                    method="judgement",
                    status="new",
                    score=1.0,
                    pair=None,
                    judged_by=row.who,
                    registered=registered,
                    reason=reasons.judged(False, row.who, row.why),
                )
        items: list[str | None] = [found.mention, found.edition, found.strategy]
        for item in filter(None, items):
            for target in self.judgements.same_as(item):
                if target.startswith("mention/") or target == found.key:
                    continue
                if item != found.mention and not self._prefers(target, item):
                    continue
                strategy, edition = _strategy_and_edition(target)
                stated = None
                if edition is None and item == found.strategy:
                    edition, stated = self._carried(found, strategy)
                row = self.judgements.any_of(item, target)
                return replace(
                    found,
                    strategy=strategy,
                    edition=edition,
                    stated=stated,
                    method="judgement",
                    status="exact",
                    score=1.0,
                    pair=None,
                    judged_by=row.who if row else None,
                    registered=strategy in self.index.strategies,
                    reason=reasons.judged(True, row.who if row else "", row.why if row else ""),
                )
        if found.pair is not None:
            row = self.judgements.of(*found.pair)
            if row is not None and row.verdict == "different":
                return replace(
                    found,
                    pair=None,
                    status=found.status if found.registered else "new",
                    judged_by=row.who,
                    reason=reasons.judged(False, row.who, row.why),
                )
        return found

    def _carried(self, found: Resolution, strategy: IRI) -> tuple[IRI | None, IRI | None]:
        """Return the edition of ``strategy`` that a mention of one that was judged the same means; else, as only stated.

        A registered strategy has the editions of its registry alone: of these the one with the same label and date.
        """
        own = found.edition or found.stated
        if own is None:
            return None, None
        there = below(strategy, own.rpartition("/")[2])
        known = self.index.strategies.get(strategy)
        if known is None:
            return there, None
        date = self.index.editions[own].date if own in self.index.editions else found.date
        like = self.index.by_label(known, found.labels) if found.labels else [*known.editions] if date else []
        if date:
            like = [one for one in self.index.by_date(known, date) if one in like]
        return (like[0].iri, None) if len(like) == 1 else (None, there)

    def _prefers(self, target: str, item: str) -> bool:
        """Whether, of two things judged the same, the other one is kept: the registered, else the first by name."""
        known = self.index.strategies
        ours, theirs = (_strategy_and_edition(one)[0] in known for one in (item, target))
        return theirs if ours != theirs else target < (item)


def _stated(readings: Mapping[str, Reading]) -> list[TitleObservation]:
    return title_observations([(reading, 0) for reading in readings.values()])


def _strategy_and_edition(target: str) -> tuple[IRI, IRI | None]:
    """Return the strategy of an identifier, and the edition where it is one's."""
    head, mark, path = target.rpartition("strategy/")
    slug, edition, _ = path.partition("/")
    return IRI(f"{head}{mark}{slug}"), IRI(target) if edition else None

"""Reading a citation: which documents a string names, and what it says of each. Nothing is thrown away.

Every sign of the string belongs to exactly one span with a role; what could not be read is ``remainder``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from konkyo.citations.parse.draft import BODY, Draft, Lexicon
from konkyo.citations.parse.parts import split
from konkyo.citations.parse.scan import SourceText, runs
from konkyo.citations.parse.several import Named, each_named, numbered_beside
from konkyo.citations.parse.titles import ISSUE, Title, as_written, balanced, label_of_group, take_apart
from konkyo.common.dates import PartialDate
from konkyo.common.words import Words

MAX_LENGTH = 4_000

TOO_LONG = Words(
    f"長すぎるため読まない（{MAX_LENGTH:,}字まで）。全体を残りとして保つ。",
    f"Too long: not read (the limit is {MAX_LENGTH:,} signs). The whole is kept as remainder.",
)
NO_DOCUMENT = Words("文書の名を読み取れない。", "It names no document.")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the string as written: ``start`` and ``end`` count its signs, ``document`` from 0, or -1."""

    role: str
    document: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """One document that a string names.

    ``title`` is as written; ``apart`` the title without its edition, with its key; ``date`` as precise as
    stated, ``other_dates`` those of earlier decisions or small amendments; ``borrowed`` says that date and
    decision stand behind a later title of the same list; ``first`` is the number of the first document that
    was read from the same words (中期計画（第3期・第4期） are two), under which the spans stand; ``house`` is 衆 or 参
    where a house of the Diet resolved it, ``body`` the council in front of a quoted title; ``issued`` says that a body
    stands beside the date.
    """

    title: str
    apart: Title
    full: Title
    date: PartialDate | None
    other_dates: tuple[PartialDate, ...]
    decision: str | None
    subtitle: str | None
    place: str | None
    borrowed: bool = False
    first: int = 0
    house: str | None = None
    body: str | None = None
    issued: bool = False

    @property
    def numbered(self) -> bool:
        """Whether the decision bears the number of a notice: 厚生労働省発障0421第15号."""
        return bool(self.decision and _NOTICE.search(self.decision))


_NOTICE = re.compile(r"[第発][\d０-９]+号")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a string was read. The spans lie side by side from 0 to the length of ``raw``."""

    raw: str
    documents: tuple[CitedDocument, ...]
    spans: tuple[Span, ...]
    note: Words | None = None


class EmptyLexicon:
    """A lexicon that knows no title."""

    def whole(self, key: str) -> bool:
        """Return False."""
        return False

    def part(self, key: str) -> bool:
        """Return False."""
        return False


def read(raw: str, known: Lexicon | None = None) -> Reading:
    """Read one citation; ``known`` tells where ・, 、 and 及び stand between two titles and not inside of one."""
    known = known or EmptyLexicon()
    if len(raw) > MAX_LENGTH:
        return Reading(raw, (), (Span("remainder", -1, 0, len(raw)),), TOO_LONG)
    if not raw:
        return Reading(raw, (), (), NO_DOCUMENT)
    working = SourceText(raw)
    drafts = split(working, known)
    marks = [("remainder", -1)] * len(raw)
    documents: list[CitedDocument] = []
    for draft in drafts:
        made = _documents(working, draft)
        for role, start, end in draft.spans:
            first, last = working.raw_span(start, end)
            number = len(documents) if made else -1
            marks[first:last] = [(role if made or role in ("mark", "separator") else "remainder", number)] * (
                last - first
            )
        first = len(documents)
        documents += [replace(one, first=first) for one in made]
    spans = tuple(Span(*run) for run in runs(marks))
    return Reading(raw, tuple(documents), spans, None if documents else NO_DOCUMENT)


def _documents(working: SourceText, draft: Draft) -> list[CitedDocument]:
    title = balanced(working.raw_text(*draft.title).strip(" 　、,・。:：")) if draft.title else ""
    if not title:
        return []
    title += _issue(working, draft, title)
    if draft.stem:
        whole = working.raw_text(*draft.stem).strip()
        stem = _BOTH.sub("", as_written(whole, take_apart(whole).base))
        title = draft.joined.format(stem=stem, title=title)
    several = each_named(title, draft.decision)
    if len(several) > 1 and numbered_beside(draft.decision):
        draft.decision = None
    if draft.last_dated:
        several = [replace(one, dated=one is several[-1]) for one in several]
    return [one for each in several for one in _editions(working, draft, each)]


# （衆参） behind a resolution says that both houses took it.
_BOTH = re.compile(r"[(（]衆参[)）]$")


def _editions(working: SourceText, draft: Draft, named: Named) -> list[CitedDocument]:
    title = named.title
    full = take_apart(title)
    groups = draft.editions(working)
    label_sets: list[tuple[str, ...]] = [tuple(labels) for labels in groups if labels]
    # 中期計画（第3期・第4期） names two editions; 第2期（2023改訂版） says two things of one.
    if len(label_sets) == 1 and len(label_sets[0]) > 1:
        alternatives: list[tuple[str, ...]] = [(label,) for label in label_sets[0]]
    else:
        alternatives = [tuple(label for labels in label_sets for label in labels)]
    said = _said(working, draft, len(alternatives))
    made = []
    for which, labels in enumerate(alternatives):
        apart = take_apart(title, labels)
        apart = replace(apart, stated=apart.stated or said[which])
        for number, chosen in enumerate(_decisions(draft) if named.dated else [_Decided(None, (), None)]):
            if named.house and chosen.house not in (None, named.house):
                continue
            own = apart
            if chosen.label and not apart.labels:
                own = take_apart(title, (chosen.label,))
            made.append(
                CitedDocument(
                    title=title,
                    apart=own,
                    full=full,
                    date=chosen.date,
                    other_dates=chosen.others,
                    decision=(chosen.words or draft.decision) if named.dated else None,
                    subtitle=working.raw_text(*draft.subtitle) if draft.subtitle else None,
                    place=working.raw_text(*draft.place).strip(" 　、,・_")
                    if draft.place and number == 0
                    else None,
                    borrowed=draft.borrowed,
                    house=named.house or chosen.house or _house(working, draft, title),
                    body=draft.body,
                    issued=draft.issued,
                )
            )
    return made


def _issue(working: SourceText, draft: Draft, title: str) -> str:
    """Return (and take off the brackets) what a body issued: 教育再生実行会議（第十二次提言） is no edition of the body."""
    if BODY.search(title):
        for start, end in draft.brackets:
            words = working.text[start:end].strip()
            if ISSUE.fullmatch(words):
                draft.brackets.remove((start, end))
                return working.raw_text(start, end).strip()
    return ""


def _said(working: SourceText, draft: Draft, number: int) -> list[str | None]:
    """Return the words in which brackets beside the title state each of its editions, as written."""
    words = [
        working.raw_text(start, end).strip()
        for start, end in draft.brackets
        if label_of_group(working.text[start:end])
    ]
    if number == 1:
        return ["・".join(words) or None]
    each = re.split(r"[・、,，]", words[0])
    return [part.strip() for part in each] if len(each) == number else [words[0]] * number


@dataclass(frozen=True, slots=True)
class _Decided:
    date: PartialDate | None
    others: tuple[PartialDate, ...]
    words: str | None
    label: str | None = None
    house: str | None = None


_IN_HOUSE = re.compile(r"(?:^|[(、 ])(?P<house>[衆参])(?:議院|[)]|における)")


def _house(working: SourceText, draft: Draft, title: str) -> str | None:
    """Return the one house of the Diet that stands beside a title or begins it."""
    words = (working.text[start:end] for kind, start, end in draft.pieces if kind == "round")
    found = {match["house"] for text in (title, *words) for match in _IN_HOUSE.finditer(text)}
    return draft.house or (found.pop() if len(found) == 1 else None)


def _decisions(draft: Draft) -> list[_Decided]:
    """Group the dates of a document into decisions: what amends a text belongs to it, a new decision is another."""
    made: list[_Decided] = []
    shared = next((event.words for event in reversed(draft.events) if event.words), None)
    for event in draft.events:
        last = made[-1] if made else None
        if last is None or last.date is None:
            made.append(_Decided(event.date, (), event.words or shared, event.label, event.house))
        elif event.kind == "minor":
            made[-1] = replace(last, others=(*last.others, event.date))
        elif event.kind == "renewed" or (event.house == last.house and event.stands_for(last.date)):
            words = event.words or last.words
            made[-1] = replace(last, date=event.date, others=(*last.others, last.date), words=words)
        else:
            made.append(_Decided(event.date, (), event.words or shared, event.label, event.house))
    return made or [_Decided(None, (), draft.decision)]

"""Statements beside a title: dates, decisions and who made them."""

from __future__ import annotations

import re
from typing import Literal

from konkyo.citations.parse.draft import (
    DECIDED,
    MINOR,
    RENEWED,
    RESOLUTION,
    Draft,
    DraftDate,
    Piece,
    is_statement,
)
from konkyo.citations.parse.scan import SourceText, dates
from konkyo.citations.parse.scan import number as number_of
from konkyo.citations.parse.titles import ENDS_AS_TITLE, LAW_END, label_of_group

_ISSUER = re.compile(r"(?:会[議合]|本部|審議会|委員会|部会)(?:方針)?$")
_HOUSE = re.compile(r"[ 、]*(?P<house>[衆参])(?:議院|$)")


def state(working: SourceText, draft: Draft, start: int, end: int, role: str) -> None:
    """Read a statement of dates and decisions."""
    text = working.text
    found = [] if RESOLUTION.match(text, start, end) else dates(text, start, end)
    draft.spans.append(("decision", start, end))
    draft.spans += [(role, one.start, one.end) for one in found]
    if not found:
        if DECIDED.search(text, start, end):
            draft.decision = working.raw_text(start, end).strip(" 　、,・")
        return
    bounds = [one.start for one in found] + [end]
    silent: list[int] = []
    first = len(draft.events)
    lead = text[start : found[0].start].strip(" 、,。・:")
    for number, one in enumerate(found):
        words = text[one.end : bounds[number + 1]]
        ahead = text[found[number - 1].end if number else start : one.start]
        before = re.split(r"[、,。 ]", ahead)[-1] if number else lead
        label = re.search(
            r"第(\d{1,2}|[一二三四五六七八九十]{1,2})[期次](?=[::]?[^\d]{0,2}$)", before
        ) or re.search(r"第(\d{1,2})期(?=閣議)", words)
        later = re.split(r"第\d+[期次][::]", words)[0]
        stated = later.strip(" 、,。・:付け")
        minor = MINOR.search(stated) or MINOR.search(before)
        kind: Literal["decided", "renewed", "minor"] = "decided"
        if minor or (number and found[number - 1].date.month and stated.endswith("施行")):
            kind = "minor"  # 令和元年6月成立、令和2年4月1日施行 is one law
        elif RENEWED.search(stated) or re.search(r"改[訂定正]|変更|修正", before):
            kind = "renewed"
        if one.fiscal and len(found) > 1:
            continue
        # 令和元年5月29日2040年を展望した…本部: a year in a body's name.
        if number and one.date.month is None and re.match(r"[をにの以かま]", words):
            continue
        # ２０１９年６月８日、９日 and 令和4年4月～6月 are one date.
        if number and draft.events and re.fullmatch(r" ?[~-] ?", ahead):
            continue
        name = f"n{number_of(label[1])}" if label else None
        decided = stated if DECIDED.search(stated) else lead if number == 0 and DECIDED.search(lead) else None
        draft.issued = draft.issued or bool(_ISSUER.search(stated))
        # （令和4年5月10日衆議院委員会、令和4年6月2日参議院委員会） or （衆議院 令和4年5月10日、参議院 …）
        leads = _HOUSE.search(text[start : found[0].start])
        house = _HOUSE.search(ahead) if leads else _HOUSE.match(words)
        if not stated:
            silent.append(len(draft.events))
        draft.events.append(DraftDate(one.date, decided, kind, name, house["house"] if house else None))
    # 平成24年11月公表、平成26年2月3日、平成29年10月12日改訂: what is said of the last date holds for the one before.
    for place in reversed(silent):
        if first < place < len(draft.events) - 1 and draft.events[place + 1].kind == "renewed":
            draft.events[place].kind = "renewed"
    draft.decision = draft.decision or next((event.words for event in draft.events if event.words), None)


def stated_within(working: SourceText, draft: Draft, start: int, end: int) -> int:
    """Take edition and statement off the end of a quote that ends a title: …法に基づく「甲方針（第6次）（令和5年…告示第33号）」.

    Return where the title ends then.
    """
    quote = working.closed.get(end)
    if quote is None or not quote.quote or quote.start <= start:
        return end
    last = working.closed.get(quote.inner[1])
    if last is None or last.quote or last.start <= quote.inner[0] or not is_statement(working, last):
        return end
    state(working, draft, *last.inner, "date")
    draft.spans.append(("statement", last.start, end))
    edition = working.closed.get(last.start)
    if (
        edition
        and not edition.quote
        and edition.start > quote.inner[0]
        and label_of_group(working.text[slice(*edition.inner)])
    ):
        draft.brackets.append(edition.inner)
        draft.spans.append(("edition", edition.start, edition.end))
        return edition.start
    return last.start


def dated_in_bracket(working: SourceText, piece: Piece) -> bool:
    """Whether a bracket holds a title, a colon and its date: （第5次見本整備計画：令和3年5月28日閣議決定）."""
    start, end = working.groups[piece[1]].inner
    found = next(iter(dates(working.text, start, end)), None)
    lead = working.text[start : found.start].rstrip() if found else ""
    title = lead[:-1].rstrip()
    # （河川法：平成29年改正） is a date of the law that stands beside a plan.
    return lead[-1:] == ":" and bool(ENDS_AS_TITLE.search(title)) and not LAW_END.search(title)

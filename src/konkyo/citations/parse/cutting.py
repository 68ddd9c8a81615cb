"""Cutting a citation where a mark, or a sign after a closed citation, begins another document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from konkyo.citations.parse.draft import (
    BULLETS,
    CONTINUES,
    DECIDED,
    DECISION,
    ET_CETERA,
    MARK,
    PLACE,
    Draft,
    is_statement,
    tells,
)
from konkyo.citations.parse.scan import Group, SourceText, dates
from konkyo.citations.parse.seams import seams
from konkyo.citations.parse.titles import ENDS_AS_TITLE


def tokenize(working: SourceText, start: int, end: int) -> Iterator[Draft]:
    """Cut a stretch where a mark, or a sign after a closed citation, begins a new document."""
    text, draft, place = working.text, Draft(), start
    if match := MARK.match(text, place, end):
        draft.spans.append(("mark", place, match.end()))
        place = match.end()
    if working.seams is None:
        working.seams = seams(text)
    while place < end:
        if place in working.seams and draft.pieces:
            after = working.seams[place]
            draft.spans.append(("separator", place, after))
            yield draft
            draft, place = Draft(), after
            continue
        group = working.groups.get(place)
        if group and group.end <= end:
            # 【フリーランス取引適正化室】・「…」: a bracket in front of everything names who cites, not what.
            if group.quote and _quote_begins_new(working, draft, group):
                yield draft
                draft = Draft()
            if not group.quote and draft.pieces and is_statement(working, group):
                draft.closed = True
            draft.pieces.append(("quote" if group.quote else "round", group.start, group.end))
            place = group.end
            continue
        sign = text[place]
        if sign in BULLETS or "①" <= sign <= "⓿" or sign == "\n":
            if draft.pieces and not (sign in "〇○" and _is_zero(text, place)):
                circled = "①" <= sign <= "⓿"
                if circled and _in_place(working, draft, place, end):
                    draft.pieces.append(("text", place, place + 1))
                    place += 1
                    continue
                after_place = circled and draft.closed is False and not _quote_follows(text, place)
                if not after_place:
                    yield draft
                    draft = Draft()
            draft.spans.append(("mark", place, place + 1))
            place += 1
            continue
        going_on = sign in "、,。;・" and _goes_on(working, draft, place, end)
        if (
            sign in "、,。;・"
            and not going_on
            and (draft.closed or (_ends_quoted(draft) and _title_follows(text, place, end)))
        ):
            rest = place + 1
            if ET_CETERA.match(text, place, end) and not text[place:end].strip("、,。・ 等などほか他"):
                draft.pieces.append(("text", place, end))
                place = end
                continue
            # 閣議決定）、第３章２（１）: a place of the same document; 、抜粋; （平成27年…決定）、（令和2年…決定） are two editions of it.
            if PLACE.match(text, rest, end) or _date_alone(working, rest, end):
                draft.pieces.append(("text", place, rest))
                place = rest
                continue
            draft.spans.append(("separator", place, rest))
            yield draft
            draft = Draft()
            if match := MARK.match(text, rest, end):
                draft.spans.append(("mark", rest, match.end()))
                rest = match.end()
            place = rest
            continue
        stop = place + 1
        while (
            stop < end
            and stop not in working.groups
            and text[stop] not in _STOPS
            and stop not in working.seams
        ):
            stop += 1
        also = _ALSO.match(text, place, stop) if draft.closed else None
        if also and also.end() < end and not "①" <= text[also.end()] <= "⓿":
            draft.spans.append(("separator", place, also.end()))
            yield draft
            draft = Draft()
            place = also.end()
            continue
        if draft.closed and not going_on and _begins_new(working, place, stop, end, draft):
            yield draft
            draft = Draft()
        draft.pieces.append(("text", place, stop))
        place = stop
    yield draft


_ALSO = re.compile(r" *(?:及び|並びに|又は|および|ならびに|または) *")
_STOPS = set(BULLETS + "、,。;・\n") | {chr(code) for code in range(0x2460, 0x2500)}


def _date_alone(working: SourceText, place: int, end: int) -> bool:
    """Whether nothing but a bracket with a date stands before the end or the next sign: it tells of the title before it."""
    text = working.text
    group = working.groups.get(_past_spaces(text, place, end))
    if group is None or group.quote or group.end > end or not is_statement(working, group):
        return False
    following = _past_spaces(text, group.end, end)
    return (following == end or text[following] in _STOPS) and any(dates(text, *group.inner))


def _past_spaces(text: str, place: int, end: int) -> int:
    while place < end and text[place] == " ":
        place += 1
    return place


def _is_zero(text: str, place: int) -> bool:
    return text[place - 1 : place] in tuple("一二三四五六七八九〇") or text[place + 1 : place + 2] in tuple(
        "一二三四五六七八九年県○〇"
    )


def _quote_follows(text: str, place: int) -> bool:
    return text[place + 1 : place + 3].lstrip()[:1] in ("「", "『")


_RANGE = re.compile(r"(?<![0-9年月日度])~")


def _goes_on(working: SourceText, draft: Draft, place: int, end: int) -> bool:
    """Whether a sign stands inside of a subtitle ～…、…～, or in words that go on about the document that is closed.

    （平成25年4月19日）における就職・採用活動…; …（令和元年）において、夫の…を引用; ＜医療・介護分野＞.
    """
    text = working.text
    if _inside_tildes(working, draft, place, end):
        return True
    if not draft.closed or not draft.pieces or draft.pieces[-1][0] != "text":
        return False
    # All the words since the last bracket or quote, which 、 and ・ may have cut.
    first = len(draft.pieces) - 1
    while first and draft.pieces[first - 1][0] == "text":
        first -= 1
    words = text[draft.pieces[first][1] : place].lstrip()
    if CONTINUES.match(words) and text[place] == "・":
        return True
    if not (CONTINUES.match(words) or words[:1] == "<"):
        return False
    rest = text[place + 1 : end].strip(" 。等")
    return not tells(working, place, end) and not ENDS_AS_TITLE.search(rest)


def _inside_tildes(working: SourceText, draft: Draft, place: int, end: int) -> bool:
    """Whether a sign stands between two ~ of a draft. They are found once: a hostile string has thousands."""
    if working.tildes is None:
        working.tildes = [found.start() for found in _RANGE.finditer(working.text)]
    first = draft.pieces[0][1] if draft.pieces else place
    before, following = bisect_left(working.tildes, first), bisect_left(working.tildes, place)
    # What stands before the draft's first sign says nothing of it.
    opens = working.text[first : first + 1] == "~" and working.tildes[before : before + 1] != [first]
    odd = (following - before + opens) % 2
    return bool(odd) and following < len(working.tildes) and working.tildes[following] < end


def _in_place(working: SourceText, draft: Draft, place: int, end: int) -> bool:
    """Whether a circled number goes on with a place: 施策番号Ⅰ（２）⑤ア."""
    first = draft.pieces[0][1]
    run = _PLACE_RUN.search(working.text, max(first, place - 40), place)
    if run is None or (run.start() == first and not draft.closed):
        return False  # a place alone, of nothing
    return not tells(working, place, end) and not ENDS_AS_TITLE.search(working.text[place:end].strip(" 。等"))


# 第５章 ３．（２） , 施策番号I（２）④ア、II（４）
_PLACE_RUN = re.compile(
    r"(?:第 ?[\d一二三四五六七八九十]{1,3} ?[章節部編]|施策番号|(?<![A-Za-z\d])(?:\d{1,2}|[IVX]+)[.(])[\dIVX.() 、・~及び第章節部ア-コ①-⓿]*\Z"
)


def _ends_quoted(draft: Draft) -> bool:
    return bool(draft.pieces) and draft.pieces[-1][0] == "quote"


_ISSUED = re.compile(
    r"(?:会議|審議会|部会|委員会|分科会|大臣|次官|省|庁|局|課|長|官)(?:第[一二三四五六七八九十\d]+次)?(?:答申|通知|決定|通達|建議|提言|報告|告示)$|第[\d〇一二三四五六七八九十百]+号$"
)


def _quote_begins_new(working: SourceText, draft: Draft, group: Group) -> bool:
    text = working.text
    if not draft.pieces:
        return False
    inner = text[slice(*group.inner)].strip()
    if inner[:1] in ("~", "-") or inner.endswith("。"):
        return False  # a subtitle of its own, or words quoted from the document
    kinds = {kind for kind, _, _ in draft.pieces}
    kind, start, stop = draft.pieces[-1]
    if kind == "text" and CONTINUES.match(text, start, stop):
        return False  # 第３回締約国会議（2001年）において採択された「…」
    if draft.closed:
        # 中央教育審議会答申（平成20年1月17日）「…」: the quote is what was issued.
        lead = "".join(text[a:b] for kind, a, b in draft.pieces if kind == "text").strip()
        return "quote" in kinds or not _ISSUED.search(lead)
    if draft.pieces[-1][0] != "quote":
        return False
    # 「…文書（平成22年11月23日署名）」「…: a statement inside is no part of the title.
    _, a, b = draft.pieces[-1]
    title = _STATED.sub("", text[a + 1 : b - 1].strip())
    return bool(ENDS_AS_TITLE.search(title) or re.search(r"(?:19|20)\d\d(?:年?改[訂定]版)?$", title))


_STATED = re.compile(r"\([^()]{4,40}\)$")


def _title_follows(text: str, place: int, end: int) -> bool:
    """Whether a separator after 「…」 begins another title: the rest of it is no mere continuation."""
    rest = text[place + 1 : place + 200 if place + 200 < end else end].lstrip(" ・")
    return bool(rest) and not ET_CETERA.match(rest)


def _heads_place(working: SourceText, draft: Draft, place: int) -> bool:
    """Whether words right behind the bracket of a place are its heading: 第３章（３）アジア経済戦略."""
    if len(draft.pieces) < 2 or draft.pieces[-1][0] != "round" or draft.pieces[-1][2] != place:
        return False
    kind, start, stop = draft.pieces[-2]
    words = working.text[start:stop].strip(" 、,:・")
    return kind == "text" and bool(PLACE.match(words)) and stop == draft.pieces[-1][1]


def _undated(text: str, place: int, stop: int) -> str:
    """Return words without the date that ends them: 成長戦略フォローアップ2018年6月."""
    last = next((one for one in dates(text, place, stop) if one.end == stop and one.date.month), None)
    return text[place : last.start if last else stop].strip()


def _title_behind(working: SourceText, group: Group, end: int) -> bool:
    """Whether a title ends behind a bracket and is stated there: …派遣費（平和の語り部事業）の国庫補助について（令和6年…）."""
    stop = group.end
    while stop < end and stop not in working.groups and working.text[stop] not in _STOPS:
        stop += 1
    following = working.groups.get(stop)
    stated = following is not None and not following.quote and is_statement(working, following)
    return stated and bool(ENDS_AS_TITLE.search(working.text[group.end : stop].strip()))


def _begins_new(working: SourceText, place: int, stop: int, end: int, draft: Draft) -> bool:
    """Whether text after a closed citation is another title, and not a place, 等 or the decision's rest."""
    text = working.text
    words = text[place:stop].strip()
    if _heads_place(working, draft, place):
        return False
    if not words or PLACE.match(words) or ET_CETERA.match(words) or CONTINUES.match(words):
        return False
    if re.fullmatch(rf".{{0,40}}(?:{DECISION})[ 。]*", words) and (
        len(words) <= 8 or not ENDS_AS_TITLE.search(words)
    ):
        return False
    # The last words before the next bracket or separator tell: a title ends in a noun of titles.
    if ENDS_AS_TITLE.search(_undated(text, place, stop)):
        return True
    following = working.groups.get(stop)
    if following is not None and following.end <= end:
        return following.quote or is_statement(working, following) or _title_behind(working, following, end)
    return text[stop : stop + 1] in ("・", "、") and len(words) >= 2 and not DECIDED.search(words)

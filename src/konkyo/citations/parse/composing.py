"""Telling the parts of one document: what leads, the title, editions, dates and decisions, the place, the rest."""

from __future__ import annotations

import re

from konkyo.citations.parse.draft import (
    BODY,
    DECIDED,
    DECISION,
    ET_CETERA,
    INNER_PLACE,
    NOISE,
    ONLY_PLACE,
    PLACE,
    SUBTITLE,
    Draft,
    DraftDate,
    Piece,
    ends_in_front,
    is_statement,
    is_year_alone,
    tail_only,
)
from konkyo.citations.parse.scan import SourceText, date_at, dates
from konkyo.citations.parse.statements import state, stated_within
from konkyo.citations.parse.titles import ENDS_AS_TITLE, GENERIC, NOUNS, balanced, label_of_group

_LEGAL = re.compile(r"法律?(?:施行令|施行規則)?.{0,20}第[\d一二三四五六七八九十]{1,4}条")


def assign_roles(working: SourceText, draft: Draft) -> None:
    """Give every piece of one document its role."""
    text, pieces = working.text, draft.pieces
    if not pieces:
        return
    # What stands in front of a quoted title: date, number, body, or the heading of who cites.
    quotes = [number for number, piece in enumerate(pieces) if piece[0] == "quote"]
    first = 0
    if quotes and quotes[0] > 0:
        lead = pieces[: quotes[0]]
        words = "".join(text[a:b] for _, a, b in lead)
        tail = pieces[quotes[0] + 1 :]
        ends = (
            not tail
            or tail[0][0] == "round"
            or tail_only(text[tail[0][1] : tail[0][2]])
            or words.endswith(("付", "付け", "日"))
            or _ISSUED_ON.search(words)
        )
        if ends and _is_lead(words) and not _is_quoted_from(words, text[slice(*pieces[quotes[0]][1:])]):
            for _, a, b in lead:
                state(working, draft, a, b, "date")
            draft.body = _body(working, words)
            first = quotes[0]
    if first == 0 and pieces[0][0] == "text":
        # 平成30年7月：サイバーセキュリティ2018; 平成23年6月25日東日本大震災復興構想会議提言
        run = next((n for n, piece in enumerate(pieces) if piece[0] != "text"), len(pieces))
        a, b = pieces[0][1], pieces[run - 1][2]
        start = a + len(text[a:b]) - len(text[a:b].lstrip())
        found = date_at(text, start, b)
        led = _LEAD.match(text, found.end, b) if found and found.date.month else None
        if found and found.date.day and not led and len(pieces) == run:
            led = _ISSUED_BY.match(text, found.end, b)
        if led:
            lead_end = led.end()
            state(working, draft, a, lead_end, "date")
            pieces[:run] = [("text", lead_end, b)]
    if led := _NUMBERED.match(text, pieces[0][1], pieces[-1][2]):
        state(working, draft, *led.span(), "date")
        pieces[:] = [piece for piece in pieces if piece[1] >= led.end()]
    rest = pieces[first:]
    # Brackets in front: （１） marks, （二次答申） editions, （令和…） with nothing before it.
    while rest and rest[0][0] == "round" and len(rest) > 1:
        _, a, b = rest.pop(0)
        inside = working.groups[a].inner
        draft.brackets.append(inside)
        draft.spans.append(("edition" if label_of_group(text[slice(*inside)]) else "mark", a, b))
    begin = stop = None
    used = 0
    for number, (kind, a, b) in enumerate(rest):
        if kind == "round":
            inner = text[slice(*working.groups[a].inner)]
            statement = is_statement(working, working.groups[a])
            label = label_of_group(inner)
            if begin is None:
                break
            if (
                _LAW_NUMBER.search(inner)
                and number + 1 < len(rest)
                and _ASKED.match(text, *rest[number + 1][1:])
            ):
                continue  # …法（昭和26年法律第181号）第9条に基づく営繕計画書 names what the law asks for
            if _explains(inner, rest, number):
                break
            going = _goes_on(text, rest, number)
            if statement or not going or _LEGAL.search(inner):
                break
            if label is not None and (
                number + 1 == len(rest)
                or rest[number + 1][0] != "text"
                or ENDS_AS_TITLE.search(text[begin:a].rstrip(" 」』"))
            ):
                break
        elif kind == "text" and begin is not None:
            words = text[a:b]
            quoted = rest[number - 1][0] == "quote"
            if quoted and not words.strip():
                break
            if quoted and (PLACE.match(words.strip(" :・")) or ET_CETERA.match(words)):
                break
            if quoted and (date_at(text, a + len(words) - len(words.lstrip()), b)):
                break
        if begin is None:
            begin = a
        stop = b
        used = number + 1
    if begin is None or stop is None:
        read_rest(working, draft, rest)
        return
    only_quote = used == 1 and rest[0][0] == "quote"
    inside = (begin + 1, stop - 1) if only_quote else (begin, stop)
    _title(working, draft, *inside)
    draft.spans[:0] = [("title", begin, stop)]
    read_rest(working, draft, rest[used:])


# 平成30年7月：…, 令和6年3月29日老発0329第1号 …, 防人育（事）第７号（27.10.1）…
_LEAD = re.compile(r"(?: ?(?:付け?|から)?[:： ]|付け?)[:： ]*|[^ 、「」]{2,14}第\d+号 +")
_ISSUED_BY = re.compile(
    r"(?=[一-鿿ァ-ヺー・]{4,}(?:会議|審議会|委員会|調査会|懇談会)(?:第\d+次)?(?:提言|答申|報告書?|建議書?|意見書?|勧告)[ 。]*$)"
)
_NUMBERED = re.compile(r"[一-鿿]{2,10}(?:\([一-鿿]{1,4}\))?第\d+号\([\d. ]+\)(?=.{6,})")
_LAW_NUMBER = re.compile(r"(?:法律|政令|省令|条例)第[\d一二三四五六七八九十百]+号")
_ASKED = re.compile(
    r"第[\d一二三四五六七八九十]+条[^、。]{0,20}?(?:に基づく|に規定する|に定める|の規定による)[^、。]{2,}"
)
_ISSUED_ON = re.compile(r"(?:答申|建議|提言)\([^()]*\)$")
# Words out of a document, not the name of one: 「一　…情報提供等の支援措置を講ずること。」
_QUOTATION = re.compile(r"(?:こと|する|した|せよ)?。[」』]$|こと[」』]$")
_CHAIR = re.compile(r"\([^()]*\)")


def _is_quoted_from(words: str, quote: str) -> bool:
    return bool(_QUOTATION.search(quote) and ENDS_AS_TITLE.search(_CHAIR.sub("", words).strip()))


def _body(working: SourceText, words: str) -> str | None:
    """Return the council in front of a quoted title: 高大接続システム改革会議「最終報告」."""
    bare = _CHAIR.sub("", words).strip(" :：、・")
    return bare if COUNCIL.search(bare) and not dates(bare, 0, len(bare)) else None


COUNCIL = re.compile(r"[^ 、。]{4,}(?:会議|審議会|委員会|部会|分科会|検討会|懇談会|研究会|小委員会)$")
# 「…改革会議「最終報告」」
COUNCIL_PAPER = re.compile(rf"{COUNCIL.pattern.removesuffix('$')}「(?:{GENERIC.pattern})」")


def _explains(inner: str, rest: list[Piece], number: int) -> bool:
    """Whether a bracket at the end only says more of what stands before it: （「運営指針」）, or much behind 「…」."""
    if number + 1 < len(rest) and any(kind != "round" for kind, _, _ in rest[number + 1 :]):
        return False
    inner = inner.strip()
    abbreviated = inner[:1] in _OPEN and inner[-1:] in _CLOSE
    return abbreviated or (rest[number - 1][0] == "quote" and (len(inner) > 12 or bool(_MORE.search(inner))))


_OPEN, _CLOSE = ("「", "『"), ("」", "』")
_MORE = re.compile(r"[、,]|(?:等|など)$|[「『]")


# What ends in a word that also states a decision (答申、通知) may be one.
_LISTED = re.compile(rf"(?!(?:{DECISION})[、,])(?:{NOUNS})[、,]")


def _is_lead(words: str) -> bool:
    words = words.strip()
    if not words:
        return True
    if _LISTED.search(words):
        return False  # 甲党公約、甲党「…決議」: the first is a document of its own, not the decision of the second
    bare = words.rstrip(":：、 ")
    return bool(
        words[-1] in ":："
        or re.search(rf"(?:{DECISION}|付け?|\d日)$", bare)
        or (re.search(r"[)）]$", bare) and DECIDED.search(bare))
        or (BODY.search(_CHAIR.sub("", bare)) and len(bare) >= 3)
        or re.search(r"[てで](?:採択|承認|決定|発表)された$", bare)
    )


def _goes_on(text: str, rest: list[Piece], number: int) -> bool:
    """Whether the title goes on after a bracket that states nothing: 自治体ＤＸ（…）推進計画."""
    for kind, a, b in rest[number + 1 :]:
        if kind == "round":
            continue
        words = text[a:b].strip()
        if not words:
            continue
        return not (PLACE.match(words) or ET_CETERA.match(words) or tail_only(words))
    # A bracket at the very end belongs to the title: 国土形成計画（全国計画）.
    return True


_PLACE_APART = re.compile(
    r"(?<=[画略針綱]) *: *(?=\d+[.．]\d|第[\d一二三四五六七八九十]+[章部編節条])|(?<=\S) +(?=第\d+[章部編]|第\d{1,2}(?:[ .．]|$)|[IVX]{1,4}(?:[ .．(（]|$)|[pP]\.?\d|重[点要]項目|施策番号)"
)
# …法第５条に基づき県が策定した計画 names the plan; …条約第17条…により決定される。 names the treaty.
_UNDER_ARTICLE = re.compile(
    r"に基づく|の規定|に関する|について|における|(?:に基づき|に規定する|に定める|により)(?!.*(?:する|される|した|こと)[ 。]*$)"
)
_CLOSERS = (")", "定", "訂", "解", "知", "表", "議", "号")
# エネルギー基本計画令和3年10月22日閣議決定）: a statement whose bracket was never opened.
_UNOPENED = re.compile(rf"(?:付け?)?[^、,]{{0,30}}?(?:{DECISION})?[)）。等 ]*")


def _title(working: SourceText, draft: Draft, start: int, end: int) -> None:
    """Take subtitle, place and a trailing date off a title."""
    text = working.text
    found = [
        one for one in dates(text, start, end) if one.end >= end - 6 and one.start > start and one.date.month
    ]
    for one in found:
        if text[one.start - 1] in " 、,「」』)" and not text[one.end : end].strip(" 付け。、"):
            draft.events.append(DraftDate(one.date, None, "decided"))
            draft.spans.append(("date", one.start, end))
            end = one.start
            break
    stated = next(
        (one for one in dates(text, start, end) if one.date.month and ends_in_front(text, start, one, end)),
        None,
    )
    behind = text[stated.end : end].rstrip(" 。等") if stated else ""
    if stated and (not behind or (_UNOPENED.fullmatch(behind) and behind.endswith(_CLOSERS))):
        closing = end - len(text[stated.end : end]) + len(text[stated.end : end].rstrip(" 。等)）"))
        state(working, draft, stated.start, closing, "date")
        draft.spans.append(("statement", closing, end))
        end = stated.start
    end = stated_within(working, draft, start, end)
    match = INNER_PLACE.search(text, start + 3, end)
    apart = _PLACE_APART.search(text, start, end)
    about = match and _UNDER_ARTICLE.search(text, match.start(), end)
    if match and not about and (apart is None or match.start() < apart.start()):
        apart = match
    if apart:
        draft.place = (apart.end(), end)
        draft.spans.append(("place", apart.end(), end))
        end = apart.start()
    if (match := _ETC.search(text[start:end])) and match.start() > 3:
        draft.spans.append(("remainder", start + match.start(), end))
        end = start + match.start()
    # ～美ら島～沿道計画 begins with what stands between the signs; only behind it there may be a subtitle.
    leading = _LEADING.match(text, start, end)
    first = leading.end() if leading else start + 2
    match = SUBTITLE.search(text, first, end)
    if match and match.end() >= end - 14:
        begin = first + len(text[first : match.start()].rstrip(" "))
        lead = text[start:begin].rstrip()
        tail = text[match.end() : end].strip(" 」』")
        labels = label_of_group(tail.strip("()")) if tail else []
        if lead and (not tail or labels is not None or tail.startswith("(")):
            # 経済財政運営と改革の基本方針2022　新しい資本主義へ～…～
            space = re.search(r"(?:19|20)\d\d +(?=\S)", text[start:begin])
            if space:
                begin = start + space.end()
            draft.subtitle = (begin, match.end())
            draft.spans.append(("subtitle", begin, match.end()))
            end = begin
            if tail.startswith("("):
                draft.brackets.append((match.end(), match.end()))
    if text[start:end].strip(" 、,・。"):
        draft.title = (start, end)
        words = balanced(text[start:end].strip(" 「」、,・。"))
        if NOISE.fullmatch(words) or (PLACE.match(words) and ONLY_PLACE.match(words)):
            draft.title = None


# Each run of signs is tried from its first one only: a long one costs its length, not the square of it.
_ETC = re.compile(r"(?<![ 、,・])[ 、,・]*(?:等|など|ほか)[ 、,。]*$")
_LEADING = re.compile(r"[ 「]*~[^~]{1,120}~")
_SUBTITLE = re.compile(r" *~[^~]{3,120}~ *")


def read_rest(working: SourceText, draft: Draft, rest: list[Piece]) -> None:
    """Read what follows a title: statements, editions, places; the remainder stays remainder."""
    text = working.text
    for kind, a, b in rest:
        words = text[a:b]
        if draft.place and draft.place[1] == a and kind != "quote" and _of_place(text[a - 1], words):
            draft.place = (draft.place[0], b)
            draft.spans.append(("place", a, b))
            continue
        inner = working.groups[a].inner if kind == "round" else (a, b)
        if kind == "quote" and _QUOTATION.search(words):
            draft.spans.append(("remainder", a, b))
        elif kind == "round":
            labels = label_of_group(text[slice(*inner)])
            if is_year_alone(working, working.groups[a]):
                state(working, draft, *inner, "date")
            elif labels is not None:
                draft.brackets.append(inner)
                draft.spans.append(("edition", a, b))
            elif is_statement(working, working.groups[a]):
                inner = _without_another(working, draft, inner)
                state(working, draft, *inner, "date")
                draft.spans.append(("statement", a, a + 1))
                draft.spans.append(("statement", inner[1], b))
            else:
                draft.spans.append(("remainder", a, b))
        elif draft.subtitle is None and _SUBTITLE.fullmatch(words):
            draft.subtitle = (a, b)
            draft.spans.append(("subtitle", a, b))
        elif PLACE.match(words.strip(" 、,:・")):
            draft.place = (a, b) if draft.place is None else draft.place
            draft.spans.append(("place", a, b))
        elif dates(text, a, b) or (DECIDED.search(words) and draft.decision is None):
            state(working, draft, a, b, "date")
        elif label_of_group(words.strip()):
            draft.brackets.append((a, b))
            draft.spans.append(("edition", a, b))
        else:
            draft.spans.append(("remainder", a, b))


_NUMERAL = re.compile(r"(?:[IVX]+|\d{1,2})[.]?")
_MORE_PLACES = re.compile(r"[ 、,・~:]*(?:及び|並びに|から)?[ ~]*")


def _of_place(before: str, words: str) -> bool:
    """Whether words right behind a place go on with it: 第2章２（１）, （２） ①, ②及び③, or its heading: （３）アジア経済戦略."""
    rest = words[_MORE_PLACES.match(words).end() :]  # type: ignore[union-attr]
    heads = (before == ")" or "①" <= before <= "⓿") and rest == words
    return not rest or heads or bool(PLACE.match(rest) or _NUMERAL.fullmatch(rest))


def _without_another(working: SourceText, draft: Draft, inner: tuple[int, int]) -> tuple[int, int]:
    """Keep another document that a statement names, with its own, apart: （…会議決定。「…重点計画」（…閣議決定）内の第６に該当）."""
    for start in range(*inner):
        group = working.groups.get(start)
        following = working.groups.get(group.end) if group and group.quote else None
        if following and not following.quote and is_statement(working, following):
            draft.also.append((start, following.end))
            draft.spans.append(("remainder", following.end, inner[1]))
            return inner[0], start
    return inner

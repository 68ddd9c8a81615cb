"""Splitting a citation into the documents it names: cut, then lists of titles before one statement told apart."""

from __future__ import annotations

import re

from konkyo.citations.parse.composing import COUNCIL_PAPER, assign_roles, read_rest
from konkyo.citations.parse.cutting import tokenize
from konkyo.citations.parse.draft import CONTINUES, Draft, Lexicon, Piece, is_statement, tail_only
from konkyo.citations.parse.scan import Group, SourceText, dates
from konkyo.citations.parse.seams import glued, title_key
from konkyo.citations.parse.several import is_place
from konkyo.citations.parse.statements import dated_in_bracket, state
from konkyo.citations.parse.titles import (
    ENDS_AS_TITLE,
    LAW_END,
    key_of_title,
    label_of_group,
    take_apart,
)


def split(working: SourceText, known: Lexicon) -> list[Draft]:
    """Return the documents of a citation in order, with marks and separators as drafts' spans."""
    return _range(working, 0, len(working.text), known, 0)


def _range(working: SourceText, start: int, end: int, known: Lexicon, depth: int) -> list[Draft]:
    drafts = list(tokenize(working, start, end))
    made: list[Draft] = []
    for draft in drafts:
        made += _finish(working, draft, known, depth)
    _of_houses(working, made)
    _of_numbers(working, made)
    # What a list's last member states holds for those before it that state nothing: Ａ、Ｂ（閣議決定）.
    for number in range(len(made) - 2, -1, -1):
        one, later = made[number], made[number + 1]
        if (
            one.title
            and not one.closed
            and not one.met
            and not one.events
            and not one.brackets
            and later.title
            and later.events
            and (later.decision or later.events[-1].date.month)
            and not later.inner
            and not _TREATY.search(working.text[slice(*one.title)])
            and not any(_PAPER.search(working.text[slice(*each)]) for each in (one.title, later.title))
        ):
            labels = take_apart(working.text[slice(*one.title)]).labels
            years = {label[1:5] for label in labels if label[0] == "y"}
            if not years or str(later.events[-1].date.year) in years:
                one.events, one.decision, one.borrowed = later.events, later.decision, True
    return made


_IN_HOUSE = re.compile(r"[ ※]*(?P<house>[衆参])議院における決議")


def _of_houses(working: SourceText, made: list[Draft]) -> None:
    """Give 衆議院における決議 the title in front of it: …に関する決議（衆参）、衆議院における決議（…）、参議院における決議（…）."""
    head: Draft | None = None
    for one in made:
        found = _IN_HOUSE.fullmatch(working.text, *one.title) if one.title else None
        if found is None:
            head = one if one.title and not one.events else None
        elif head is not None and (stem := head.stem or head.title):
            one.stem, one.joined, one.house = stem, "{stem}", found["house"]
            head.stem, head.title = stem, None


_NUMBER_ALONE = re.compile(r"第?\d+号?")
_NUMBER_OF = re.compile(r"(?P<head>.{2,40}?(?:決議|勧告))第?\d")


def _of_numbers(working: SourceText, made: list[Draft]) -> None:
    """Give a number alone the head in front of it: 安保理決議1540号、1673号（2006年）、1810号（2008年）."""
    head: Draft | None = None
    for one in made:
        if one.title is None:
            continue
        if _NUMBER_OF.match(working.text, *one.title):
            head = one
        elif head is not None and head.title and _NUMBER_ALONE.fullmatch(working.text, *one.title):
            found = _NUMBER_OF.match(working.text, *head.title)
            one.stem, head.last_dated = found.span("head") if found else None, True
        else:
            head = None


def _finish(working: SourceText, draft: Draft, known: Lexicon, depth: int) -> list[Draft]:
    """Tell the pieces of one draft apart; a list of titles before one statement becomes several drafts."""
    text = working.text
    pieces = draft.pieces
    while pieces and pieces[-1][0] == "text" and not text[pieces[-1][1] : pieces[-1][2]].strip(" 、,。・"):
        draft.spans.append(("separator", *pieces.pop()[1:]))
    if not pieces:
        return [draft]
    # A quote that holds everything is read as a citation itself: 「…戦略（令和2年…決定）」; so is （甲計画：令和3年…閣議決定）.
    alone = len(pieces) == 1 and pieces[0][0] == "round" and dated_in_bracket(working, pieces[0])
    if (pieces[0][0] == "quote" or alone) and depth < 3:
        group = working.groups[pieces[0][1]]
        rest = pieces[1:]
        inner = text[slice(*group.inner)].strip()
        if (
            alone
            or _joined(inner, known)
            or COUNCIL_PAPER.fullmatch(inner)
            or _holds_statement(working, group)
        ):
            inside = _range(working, *group.inner, known, depth + 1)
            titled = [one for one in inside if one.title]
            if titled and all(kind == "round" or tail_only(text[a:b]) for kind, a, b in rest):
                last = titled[-1]
                for one in titled:
                    one.inner = bool(one.events)
                last.spans += draft.spans
                read_rest(working, last, rest)
                last.closed = True
                return inside
    lists = _lists(working, pieces, known)
    made: list[Draft] = []
    for number, own in enumerate(lists):
        one = draft if number == 0 else Draft()
        one.closed = draft.closed if number == len(lists) - 1 else False
        one.pieces = own
        if number:
            # The sign or word between two titles stands first in the later one.
            _, a, b = own[0]
            lead = re.match(r"[ 、,・/]|及び|並びに", text[a:b])
            if made and not lead:
                made[-1].met = True
            if lead:
                one.spans.append(("separator", a, a + lead.end()))
                own[0] = ("text", a + lead.end(), b)
                if own[0][1] == own[0][2]:
                    own.pop(0)
        assign_roles(working, one)
        if made and one.title and text[slice(*one.title)] == "フォローアップ":
            one.stem = made[-1].title  # Ａ・フォローアップ: that of Ａ.
        elif made and one.title and (that := _OF_THAT.match(text, *one.title)):
            one.stem = made[-1].title  # …計画書及びこれに関する意見書, …対応策及びその改訂
            one.title = (that.end("that" if that["that"] else "it"), one.title[1])
        elif made and one.title and _PROTOCOL.fullmatch(text, *one.title):
            one.stem = made[-1].title  # ロンドン条約及び1996年議定書
        made += _each_in_bracket(working, one)
        for stretch in one.also:
            made += _range(working, *stretch, known, depth + 1)
    return made


_OF_THAT = re.compile(r"(?P<that>これ)に(?:関する|対する|基づく|係る).|(?P<it>そ)の改[訂定]$")
_PROTOCOL = re.compile(r"(?:19|20)\d\d年議定書")
# 【利根川・荒川（当初：S37.8.17、全部変更：R3.5.28）、豊川（…）】
_EACH = re.compile(r"[、, ]*(?P<name>[^()、,]{1,30})\((?P<when>[^()]{4,60})\)[、, ]*")
# （甲水系：平成20年3月、乙水系：…）
_EACH_SINCE = re.compile(r"[、, ]*(?P<name>[^()、,:]{1,30}):(?P<when>[^()、,:]{4,30})[、, ]*")


def _each_in_bracket(working: SourceText, draft: Draft) -> list[Draft]:
    """Return a document for each thing that one bracket names with a date of its own; else the draft alone."""
    for kind, start, _ in draft.pieces:
        inner = working.groups[start].inner if kind == "round" else (start, start)
        found = [*_EACH.finditer(working.text, *inner)] or [
            one for one in _EACH_SINCE.finditer(working.text, *inner) if is_place(one["name"])
        ]
        whole = "".join(match.group() for match in found) == working.text[slice(*inner)]
        if (
            draft.title
            and len(found) > 1
            and whole
            and all(dates(working.text, *one.span("when")) for one in found)
        ):
            made = [
                Draft(title=one.span("name"), stem=draft.title, joined="{stem}（{title}）") for one in found
            ]
            for one, match in zip(made, found, strict=True):
                one.spans.append(("title", *one.title))  # type: ignore[misc]
                state(working, one, *match.span("when"), "date")
            made[0].spans += [span for span in draft.spans if span[2] <= start]
            return made
    return [draft]


def _joined(inner: str, known: Lexicon) -> bool:
    """Whether one pair of quotes holds several registered titles: 「成長戦略実行計画・成長戦略フォローアップ」."""
    if inner.endswith("・フォローアップ"):
        return True
    if len(inner) >= 300 or known.whole(key_of_title(inner)):
        return False
    # グランドデザイン及び実行計画・フォローアップ: 及び may stand within one of them.
    for signs in (r"[・、]|及び", r"[・、]"):
        first, *others = re.split(signs, inner)
        if others and known.whole(title_key(first)):
            return all(
                known.whole(title_key(one)) or known.part(title_key(one)) or _PLANS.search(one)
                for one in others
            )
    return False


def _holds_statement(working: SourceText, group: Group) -> bool:
    place, end = group.inner
    while place < end:
        inner = working.groups.get(place)
        if inner and inner.end <= end:
            if not inner.quote and place > group.inner[0] and is_statement(working, inner):
                return True
            place = inner.end
        else:
            place += 1
    return False


def _title_text(working: SourceText, pieces: list[Piece]) -> str:
    """Return what a run of pieces would be as a title: without the brackets that state something."""
    return "".join(
        working.text[a:b]
        for kind, a, b in pieces
        if kind != "round"
        or not (
            label_of_group(working.text[a + 1 : b - 1]) is not None
            or is_statement(working, working.groups[a])
        )
    )


def _stated_title(working: SourceText, pieces: list[Piece]) -> str:
    """Return the title of a run of pieces up to the bracket that states something: …（令和5年決定）第3章."""
    for number, (kind, start, _) in enumerate(pieces):
        if kind == "round" and number and is_statement(working, working.groups[start]):
            return _title_text(working, pieces[:number])
    return _title_text(working, pieces)


def _lists(working: SourceText, pieces: list[Piece], known: Lexicon) -> list[list[Piece]]:
    """Split the pieces before the statement where 、 ・ 及び or a space stands between two titles."""
    text = working.text
    # Cut the text pieces at every candidate sign first; then join again what is no title of its own.
    bits: list[list[Piece]] = [[]]
    whole = _title_text(working, pieces)
    stretches = [] if known.whole(title_key(whole)) else _stretches(pieces)
    meeting = {cut for stretch in stretches for cut in glued(text, *stretch, known)}
    for number, (kind, a, b) in enumerate(pieces):
        if kind == "quote" and 0 < len(bits[-1]) < 4 and _RULES.search(_title_text(working, bits[-1])):
            # …交付要綱「第２期復興・創生期間」以降における…基本方針
            quoted = title_key(_stated_title(working, pieces[number:]))
            if len(quoted) > 12 and known.whole(quoted):
                meeting.add(a)
                bits.append([])
        if kind != "text":
            bits[-1].append((kind, a, b))
            continue
        at = a
        for cut in sorted(
            {one for one in meeting if a < one < b}
            | {a + match.start() for match in _SIGNS.finditer(text[a:b])}
        ):
            if cut > at:
                bits[-1].append(("text", at, cut))
            bits.append([])
            at = cut
        if b > at:
            bits[-1].append(("text", at, b))
    bits = [bit for bit in bits if bit]
    if len(bits) == 1 or len(bits) > 60:
        return [pieces]
    followed = _ETC.sub("", whole.strip(" 」』、。")).rstrip().endswith("・フォローアップ")
    if not followed and (
        known.whole(key_of_title(whole)) or ("フォローアップ" in whole and known.whole(title_key(whole)))
    ):
        return [pieces]
    made: list[list[Piece]] = [bits[0]]
    for number, bit in enumerate(bits[1:], start=1):
        if bit[0][1] in meeting or _separate(working, made[-1], bit, bits[number:], known):
            made.append(bit)
        else:
            made[-1] = [*made[-1], *bit]
    return made


def _stretches(pieces: list[Piece]) -> list[tuple[int, int]]:
    """Return the stretches of text that no bracket or quote interrupts; 、 and ・ do not."""
    made: list[tuple[int, int]] = []
    for kind, start, end in pieces:
        if kind != "text":
            continue
        if made and made[-1][1] == start:
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


_SIGNS = re.compile(r"[、,・ /]|及び|並びに")
_ETC = re.compile(r"(?:等|など)$")
_PLANS = re.compile(r"(?:計画|戦略|方針|大綱|要綱|指針|要領|プラン|プログラム|目標)(?:(?:19|20)\d\d)?$")


def _separate(
    working: SourceText,
    left: list[Piece],
    bit: list[Piece],
    rest: list[list[Piece]],
    known: Lexicon,
) -> bool:
    text = working.text
    lead = re.match(r"及び|並びに|[、,・ /]", text[bit[0][1] : bit[0][2]]) if bit[0][0] == "text" else None
    if lead is None:
        return False
    sign = lead.group()
    before = _ETC.sub("", _title_text(working, left).strip(" 、,・"))
    whole = [piece for later in rest for piece in later]
    after_bit = _ETC.sub("", _stated_title(working, bit)[len(sign) :].strip(" 、,・"))
    after = _ETC.sub("", _title_text(working, whole)[len(sign) :].strip(" 、,・"))
    if not before or not after_bit:
        return False
    quoted = left[-1][0] == "quote" or (left[-1][0] == "round" and any(p[0] == "quote" for p in left))
    next_quoted = len(bit) > 1 and bit[1][0] == "quote" and not text[bit[0][1] : bit[0][2]].strip(sign + " ")
    if quoted and next_quoted:
        # 「Ａ」及び「Ｂ」について is about both; 「Ａ」、「Ｂ」 names both.
        end = whole[-1]
        return not (
            end[0] == "text"
            and re.match(r"(?:について|に関する|の|における|に係る)", text[end[1] : end[2]].lstrip())
        )
    if sign in ("、", ",") and not _ABOUT.search(before) and _ABOUT_ALL.search(after):
        return False  # …告示、…告示等の公示について is one notice about all of them
    if sign in ("、", ",") and len(before) <= _SHORT and _OF_ALL.fullmatch(after):
        return False  # 検査計画、出荷制限等の…の考え方 is one view of them all
    if sign in ("及び", "並びに") and (_OF_THAT.match(after) or _OF_THAT.match(after_bit)):
        return True
    if sign in ("及び", "並びに") and _INSTRUMENT.search(before) and _INSTRUMENT.search(after_bit):
        return True
    if (
        sign == "/"
        and re.search(r"(?:条約|協定)$", before)
        and re.search(r"(?:枠組み?|議定書|決定)$", after_bit)
    ):
        return True
    keys = [known.part(title_key(before)), known.part(title_key(after_bit)) or known.part(title_key(after))]
    if all(keys):
        return True
    if sign in ("、", ","):
        if after.startswith(("等", "など", "ほか")):
            return False
        # 政府業務継続計画（首都直下地震対策）、…: a bracket at the end is the title's.
        stem = _LAST_BRACKET.sub("", before)
        if len(before) >= 4 and known.whole(title_key(after_bit)) and not CONTINUES.match(after):
            return True
        paper = _PAPER.search(re.split(r"[、,]", after_bit if "(" in after_bit else after)[0])
        if _PAPER.search(before) and (paper or ENDS_AS_TITLE.search(after_bit)):
            return True
        ends = len(before) >= 4 and (ENDS_AS_TITLE.search(before) or ENDS_AS_TITLE.search(stem))
        if ends and paper:
            return True
        begins = (
            ENDS_AS_TITLE.search(after.rstrip(" 」』"))
            or ENDS_AS_TITLE.search(_LAST_BRACKET.sub("", after))
            or quoted
            or any(ENDS_AS_TITLE.search(_stated_title(working, later).strip(" 、,・")) for later in rest)
        )
        if LAW_END.search(before) and not LAW_END.search(after):
            return False
        return bool(ends and begins and not CONTINUES.match(after))
    if sign == "・" and quoted:
        return bool(ENDS_AS_TITLE.search(after))
    if sign == "・" and after_bit == "フォローアップ":
        return bool(keys[0])
    if sign not in (" ", "/") and len(after) >= 6 and len(before) >= 4:
        # Plans of one kind side by side; 宣言・計画 and 対策及び措置 are as often one title.
        behind = _LAST_BRACKET.sub("", after)
        return bool(_PLANS.search(before) and _PLANS.search(behind) and not CONTINUES.match(after))
    return False


_RULES = re.compile(r"(?<=.{6})要[綱領]$")
# Papers of a body or between states, side by side: 条約及び1996年議定書, 理事会決定（16/34）及び設置取極.
_INSTRUMENT = re.compile(
    r"(?:条約|協定|議定書|憲章|財政規則|(?:会議|会合|理事会|総会)決定|決議|取極|設置措置|演説|閣議了解|対応策|改訂)(?:\(?[A-Z\d/ⅠⅡ.]+\)?)?$"
)
# What ends a paper in a list, though no title is told by it elsewhere: …パートナーシップ，…構想; …規則第16規則、…第10条3.
_PAPER = re.compile(
    r"共同発表$|.パートナーシップ$|製造契約$|取極$|委任事項$|勧告事項$|付属資料[A-Z\d/]+$|(?:決定|決議|Decision )[\dA-Z][A-Z\d/.]*$|(?:会議|会合|理事会|総会)決定$"
    r"|(?:規則|規程|条約|議定書[ⅠⅡⅢⅣⅤIV]*|協定|憲章|[付附]属書)第\d+(?:条|規則|部)[\d(A-Z)第項号]*$|文書\([^()]{2,12}\)$|に向けて\([^()]{2,20}\)$|^(?:及び)?その改[訂定]$|第\d+回[^、]{2,20}理事会$|(?:法令|基準)類(?:\([^()]+\))?$"
)
_LAST_BRACKET = re.compile(r"\([^()]{1,40}\)$")
_TREATY = re.compile(r"(?:条約|協定|議定書|憲章|[^方]法|法律)$")
_ABOUT = re.compile(r"について(?:\(.{1,6}\))?$")
_SHORT = 8
_OF_ALL = re.compile(r"[^、,]{1,14}(?:等|など)の.*の(?:考え方|[在あ]り方|取り?扱い)(?:\([^()]*\))?")
_ABOUT_ALL = re.compile(
    r"(?:及び|並びに).*(?:等)?の(?:公示|制定|公布|施行|改正|一部改正|策定|交付)(?:等)?について(?:\(.{1,6}\))?$"
)

"""A document on the way from a string to a reading, and the words that tell its parts from each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from konkyo.citations.parse.scan import DateSpan, Group, SourceText, dates
from konkyo.citations.parse.titles import ENDS_AS_TITLE, label_of_group
from konkyo.common.dates import PartialDate

Stretch = tuple[int, int]


class Lexicon(Protocol):
    """Which titles are known, by their keys. It decides only whether a sign stands between titles or inside one."""

    def whole(self, key: str) -> bool:
        """Return whether a registered title has this key: it is never split."""

    def part(self, key: str) -> bool:
        """Return whether a title with this key has been met on its own."""


Piece = tuple[str, int, int]

BULLETS = "○〇●◯◎■□◆◇▪•※*➣➢▶►⇒→◦"
MARK = re.compile(rf"(?:[ ・{BULLETS}\-,、。]|[①-⓿❶-➓㉑-㉟㊱-㊿]|\(?[0-9]{{1,2}}[).](?![0-9]))+")
DECISION = (
    "決定|了解|通知|通達|告示|策定|改[訂定]|公表|改正|承認|認可|認定|制定|指示|指令|訓令|取りまとめ|とりまとめ|了承|修正|見直し|"
    "答申|提言|報告|建議|決議|採択|署名|申し?合わ?せ|事務連絡|変更|成立|公布|施行|閣議|発表|発出|締結|追補|届出|第[\\d一二三四五六七八九十百]+号|発\\d{4,}号|提示|確認"
)
DECIDED = re.compile(DECISION)
BODY = re.compile(
    r"(?:会議|本部|省|庁|局|部会|審議会|委員会|分科会|党|府|課|大臣|総理|長官|連絡会|協議会|幹事会)$"
)
MINOR = re.compile(r"一部(?:変更|改[正訂定]|修正)|最終改正|直近(?:の)?(?:一部)?(?:変更|改正)|軽微")
RENEWED = re.compile(r"改[訂定]|修正|見直し|追補|全部変更|全部改正|改正|変更|更新")
PLACE = re.compile(
    r"[<〈]|(?:附則|別表)?第 ?[\d一二三四五六七八九十Ⅰ-Ⅻ]{1,4} ?(?:章|節|条|部|編|項|款|の|[.．](?=\d)|[.．])|[\dIVXⅠ-Ⅻ]+ ?[.．)（(]|\(\d+\)|"
    r"(?:重[点要])?項目|[pPｐ]{1,2}\.? ?\d|\d+(?:頁|ページ)|別[紙表添冊]|本文|本体|参考|該当|施策番号|工程表|脚注|柱|"
    r"ローマ数字|パラグラフ|中短期工程表|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[①-⓿❶-➓]|注\d"
)
ONLY_PLACE = re.compile(
    r"(?:附則)?第 ?[\d一二三四五六七八九十]{1,4} ?[章節条部編]|附則第[\d一二三四五六七八九十]{1,4}項|[(\d)IVXⅠ-Ⅻ①-⓿.． 、・ア-コ]*$|別[紙表添]"
)
INNER_PLACE = re.compile(
    r"(?:(?<=[画略針綱領法律令則約程準定書言議])|(?<=憲章)|(?<=条例)|"
    r"(?:(?<=定款)|(?<=\d号)|(?<=\d/\d\d))(?=[第\d条項号の]{1,16}$)|(?<=(?:19|20)\d\d)|(?<=改[訂定]版)|(?<=」)(?=附則))"
    r"(?=(?:附則|別表)?第 ?[\d一二三四五六七八九十]{1,4} ?(?:条|章|節|部|編|項|[.．]|の\d)|(?:[ⅠⅡⅢⅣⅤⅥ]|[IVX]+)[.．]| ?[pP]{1,2}\.? ?\d|"
    r"[ _]?第?[\d一二三四五六七八九十]{1,4} ?条(?:の\d+)?(?:第?\d+[項号])*$|中短期工程表$)"
    r"|(?<=(?:19|20)\d\d)(?=[<〈《][^<>〈〉《》]{2,}[>〉》]$)"
)
ET_CETERA = re.compile(r"[ 、,・]*(?:等|など|ほか|他|抄|抜粋)(?:[ 、,。・]|$)")
CONTINUES = re.compile(
    r"[ ]*(?:について|に関する|に係る|における|に向け|のため|の|に|以降|後|を|と|が|は|で|による|創造戦略|へ|」)"
)
SUBTITLE = re.compile(
    r"~(?!\d|第\d+号|令和|平成)[^~]{3,120}(?:~|$)|(?<![A-Za-z])(?<![A-Za-z-][0-9])-(?=[^\d ])[^\d-][^-]{4,120}(?:-|$)"
)
NOISE = re.compile(
    r"(?:該当)?(?:なし|無し|無)|-+|-[^-]+-|~[^~]+~|同上|上記|活動内容.{0,12}|[^一-鿿ァ-ヺぁ-んA-Za-z]*|(?:[^、・]{0,12}(?:省|庁|局|課|室)[、・]?)+|"
    r"及び|並びに|又は|その他|(?:ほか|他|外)[、,]?(?:[0-9一二三四五六七八九十]{1,3}(?:の?(?:計画|戦略|方針|文書)|件|本)?)?|関連|等|以下|別紙.{0,6}|参照|閣議決定等?|[^「」]*(?:ている|ていない|いたします|します|である|予定)。?|[ァ-ヺぁ-んA-Za-z]{1,2}"
)


_TITLE_WORD = re.compile(
    r"(?:報告書|計画書?|意見書|戦略|方針|大綱|要綱|要領|指針|工程表|プラン|プログラム|ガイドライン|フォローアップ)"
    r"(?:(?:19|20)\d\d)?(?:年?改[訂定]版)?$"
)


@dataclass
class DraftDate:
    """A date of a draft, how it changes the text, and the words and the period's number beside it."""

    date: PartialDate
    words: str | None
    kind: Literal["decided", "renewed", "minor"]
    label: str | None = None
    house: str | None = None

    def stands_for(self, earlier: PartialDate) -> bool:
        """Return whether this is the same decision by a second body: within two months of the first."""
        if self.date.month is None or earlier.month is None:
            return self.date.year == earlier.year
        return abs((self.date.year - earlier.year) * 12 + self.date.month - earlier.month) <= 1


@dataclass
class Draft:
    """A document on the way: spans of the working text with their roles, and what was read of them."""

    title: Stretch | None = None
    pieces: list[Piece] = field(default_factory=list)
    brackets: list[Stretch] = field(default_factory=list)
    events: list[DraftDate] = field(default_factory=list)
    decision: str | None = None
    subtitle: Stretch | None = None
    place: Stretch | None = None
    spans: list[Piece] = field(default_factory=list)
    closed: bool = False
    borrowed: bool = False
    inner: bool = False
    # The title that this one goes on from, and how they are put together: 計画 and これに関する意見書.
    stem: Stretch | None = None
    joined: str = "{stem}{title}"
    # The body in front of a quoted title, and which house of the Diet decided.
    body: str | None = None
    issued: bool = False
    house: str | None = None
    # Of several numbers only the last is of the date beside them.
    last_dated: bool = False
    # The next title begins with no sign between: what that one states is not this one's.
    met: bool = False
    # Other documents that a bracket of this one names.
    also: list[Stretch] = field(default_factory=list)

    def editions(self, working: SourceText) -> Iterator[list[str]]:
        """Yield the edition labels that brackets beside the title state."""
        for start, end in self.brackets:
            labels = label_of_group(working.text[start:end])
            if labels:
                yield labels


def is_statement(working: SourceText, group: Group) -> bool:
    """Whether a bracket states date or decision (and so closes what stands before it)."""
    inner = working.text[slice(*group.inner)]
    if is_year_alone(working, group):
        return True
    if label_of_group(inner) is not None or OF_LAW.match(inner):
        return False
    for one in dates(working.text, *group.inner):
        alone = (
            working.text[group.inner[0] : one.start].strip() + working.text[one.end : group.inner[1]].strip()
        )
        if one.date.month or (not one.fiscal and not alone) or DECIDED.search(alone):
            return True
    if BODY.search(inner.strip()) and len(inner) >= 4 and ENDS_AS_TITLE.search(_before(working, group.start)):
        return True
    if _NUMBER.search(inner):
        return True  # （防整情第13850号。3.8.6）: the number of a notice
    return bool(re.search(rf"(?:{DECISION})(?:等|資料)?[ 。]*$", inner)) and len(inner) >= 3


# 人権委員会決議（2004/2、等）: a number, no date
RESOLUTION = re.compile(r"(?<=決議\()\d+/\d+(?![/\d])")
# （子ども・子育て支援法（平成24年法律第65号）第61条）, （河川法：平成29年改正）: date and number are the law's.
OF_LAW = re.compile(
    r"[^()、,:「」\d]{1,40}(?:法|法律|施行令|施行規則)(?:[(:]|第?[\d一二三四五六七八九十]{1,4}条)"
)
_NUMBER = re.compile(r"[^ \d(（]{2}第[\d一二三四五六七八九十百]+号")


def tells(working: SourceText, start: int, end: int) -> bool:
    """Whether a quote or a statement begins in a stretch. They are found once: a hostile string has thousands."""
    if working.telling is None:
        working.telling = sorted(
            at for at, group in working.groups.items() if group.quote or is_statement(working, group)
        )
    following = bisect_right(working.telling, start)
    return following < len(working.telling) and working.telling[following] < end


_YEAR = re.compile(r" *(?:令和|平成|昭和|(?:19|20)\d\d)(?:元|\d{1,2})?年 *")


def is_year_alone(working: SourceText, group: Group) -> bool:
    """Whether a bracket holds a year that is when; before another bracket it would be which: …（2022年）（令和4年6月7日）."""
    if not _YEAR.fullmatch(working.text, *group.inner):
        return False
    following = working.groups.get(group.end + len(_SPACES.match(working.text, group.end).group()))  # type: ignore[union-attr]
    return following is None or following.quote


_SPACES = re.compile(r" *")


def ends_in_front(text: str, start: int, date: DateSpan, end: int) -> bool:
    """Whether a title ends in front of a date: in a word of titles, or, behind a space, before the bodies that decided it."""
    if ENDS_AS_TITLE.search(text[max(start, date.start - 24) : date.start].rstrip(" :、,")):
        return True
    return (
        start < date.start
        and text[date.start - 1] == " "
        and bool(_BODIES_DECIDED.fullmatch(text, date.end, end))
    )


# …の青写真 2019年12月9日復興庁・経済産業省・福島県策定
_BODIES_DECIDED = re.compile(rf"[^、,。「」()]{{2,40}}[会議本部省庁府県市](?:{DECISION})[ 。]*")


def _before(working: SourceText, place: int) -> str:
    return working.text[max(0, place - 12) : place].rstrip(" 」』")


def tail_only(words: str) -> bool:
    """Return whether words behind a title only state a place, a decision or 等."""
    words = words.strip(" 、,。・")
    if not words or PLACE.match(words) or ET_CETERA.fullmatch(words):
        return True
    # …（Ａ）中間評価報告書 is the rest of a title, …（Ａ）大臣決定 is not.
    return bool(DECIDED.search(words)) and not _TITLE_WORD.search(words)

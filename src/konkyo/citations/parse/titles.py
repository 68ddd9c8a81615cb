"""Titles: the key under which spellings of one title meet, and the edition that a title states.

Only general rules of writing stand here (brackets, 及び/および, numbers of editions); what is
one plan under two names is the registry's to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from konkyo.citations.parse.scan import SourceText, number
from konkyo.common.text import fold

# What a document's title ends in. Splitting looks for these; none of them makes a citation one by itself.
NOUNS = (
    "計画|戦略|方針|大綱|要綱|指針|要領|プラン|プログラム|ビジョン|ロードマップ|工程表|行程表|パッケージ|対策|対応策|宣言|報告|"
    "報告書|答申|提言|まとめ|取りまとめ|とりまとめ|整理|基準|規程|規定|規約|規則|方法書|文書|条約|協定|憲章|法|法律|政令|省令|告示|通知|通達|"
    "について|ガイドライン|マニュアル|手引き?|フォローアップ|目標|構想|アジェンダ|決議|声明|コミュニケ|合意|覚書|議定書|演説|原則|"
    "重点|方策|施策|枠組み?|勧告|意見|建議|申合せ|申し合わせ|考え方|[在あ]り方|進め方|全体像|イニシアティブ|イニシアチブ|見通し|"
    "方向性|措置|白書|書簡|公約|共同文書|行動指針|準則|定款|約款|規格|シナリオ|スキーム|設計図|再定義|見直し|改革|ルール|指令"
)
_TAIL = r"(?:(?:19|20)\d\d(?:年度?)?(?:改[訂定]版?|版)?|等|など|(?:改[訂定])?)"
ENDS_AS_TITLE = re.compile(rf"(?:{NOUNS}){_TAIL}$")
LAW_END = re.compile(r"(?:法|法律)$")

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[IVX]{1,4})"
_ORDINAL = re.compile(rf"第? ?({_NUMERAL}) ?(次|期|回|版)(?!的)")
_ORDINAL_HEAD = re.compile(rf"^第 ?({_NUMERAL}) ?(次|期)(?:の)?(?=.)")
# …の振興に関する計画 第3期, …の整備に関する基本的な計画 第III期基本計画
_ORDINAL_TAIL = re.compile(rf"(?: ?第({_NUMERAL})[次期]|(?<=画) +第({_NUMERAL})[次期]基本計画)$")
_YEAR_TAIL = re.compile(
    r"(?:改[訂定])? ?((?:19|20)\d\d)(?: ?[-~] ?((?:19|20)?\d\d))? ?(?:年度?)? ?(?P<kind>再?改[訂定]版?|版)?$"
)
_ERA_TAIL = re.compile(
    r"(?:令和|平成|昭和|[RHS])(元|\d{1,2}) ?年度? ?(?:[-~] ?(?:令和|平成|昭和|[RHS])?(?:元|\d{1,2}) ?年度?)? ?(?:改[訂定]版?|版)?$"
)
_HEAD_PERIOD = re.compile(
    r"^(?:(令和|平成|昭和|[RHS])(元|\d{1,3})|((?:19|20)\d\d)) ?(?:年度|事務年度|年版|年の|年(?=[^度以間まかにから台を代\d]))(?:版)?(?:における|の)? ?"
    r"(?!以降|から|まで|に向|に至|を|補正|[-~]|当初|第\d+次補正"
    # 2027年国際園芸博覧会 names what is held, not the edition.
    r"|[^、。の]{0,12}(?:博覧会|万博|大会|オリンピック|サミット|選挙))"
)
_VERSION = re.compile(r"(?:第|ver\.? ?|version ?|v)(\d{1,2}(?:\.\d{1,2})?)(?:版)?$", re.IGNORECASE)
_REVISED = re.compile(r" ?(?:再?改[訂定]版?|変更版?|修正版?|更新版)$")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}

_FOLDS = (
    (re.compile(r"および|ならびに|並びに|及び|又は|または"), "&"),
    (re.compile(r"(?<=[\d一二三四五六七八九十])[ヶケヵカか箇ヵｹ](?=[年月所国])"), "か"),
    (re.compile(r"骨太方針"), "骨太の方針"),
    (re.compile(r"強じん化"), "強靱化"),
    (re.compile(r"子ども|子供"), "こども"),
    (re.compile(r"づくり|作り"), "造り"),
    (re.compile(r"取り?組み?"), "取組"),
    (re.compile(r"取り?まとめ|取り?纏め|とりまとめ"), "取まとめ"),
    (re.compile(r"にかかる"), "に係る"),
    (re.compile(r"に向けて"), "にむけて"),
    (re.compile(r"に向けた"), "にむけた"),
    (re.compile(r"附"), "付"),
    (re.compile(r"株式会社"), "株"),
)
_DROPPED = re.compile(r"[\s「」『』“”\"'’‘・､、，,。．･･:：;/\-~〜–—―()\[\]【】〔〕〈〉《》{}]")
_ABOUT = re.compile(
    r"(?:の(?:一部)?(?:変更|改[訂定]|改正|策定|決定))?(?:について|等について|に基づく(?:取組|措置)?|等|など|の(?:一部)?(?:変更|改[訂定])|\((?:通知|答申|提言|報告|報告書|抄|審議まとめ|抜粋)\)|通知|答申)$"
)
# …決定（16/34） is no abbreviation: the number tells it from 決定（17/1）.
_ABBREVIATION = re.compile(r"(?<!決定)(?<!決議)[(<][A-Za-z0-9 .&/:\-]{1,20}[)>]")
_LAW_NUMBER = re.compile(
    r"(?<=[法律令則])\([^()]{0,20}(?:法律|政令|省令|規則)第[\d一二三四五六七八九十百]+号\)"
)
# A change or supplement of a text is the text as changed: its date says which. 学習指導要領の改正 would be another matter.
_CHANGED = re.compile(r"(?<=[略針画綱\d])(?:の)?(?:追補版?|改[訂定正]版?)$")
# So many endings (…の変更について等) are taken off a title, and no more: a hostile string may have thousands.
_ENDINGS = 6
_ENDS_ABOUT = re.compile(r"(?<=\d) *(?:について|等|など)$")


# Words besides those that a title ends in (NOUNS) that tell that something is a text or a plan at all.
_TELLING = re.compile(
    NOUNS
    + "|訓令|勅令|政令|[造織]令|条例|細則|談話|総括|グランドデザイン|プロジェクト|政策|事項|課題|要項|仕様書|手順書|契約書|骨子|青写真|実績|"
    "判決|成分表|交換公文|取極|取り決め|に向けて|にむけて|[をの]目指して|[をの]めざして|ファクトシート|レポート|リスト|監察|チャレンジ|キャンペーン|"
    "プリンシプル|作戦|公示|審査|約束|本則|ステートメント|スピーチ|メッセージ|綱領|決定(?=[0-9IVX(/]|パラ)|第\\d+号|会令|健康日本21|[a-z]{4}"
)
# A body, a meeting or an act is no document: 情報通信審議会, 第３回締約国会議, ＩＴＣからの拠出要請, …を講ずること.
_NO_DOCUMENT = re.compile(
    r"(?:会議|審議会|委員会|部会|分科会|検討会|懇談会|協議会|研究会|会合|総会|サミット|フォーラム|タスクフォース|ワーキンググループ|機構|基金|協会|研究所)$"
    r"|(?:要請|加盟|加入|寄託|発足|設立|プレッジ|公募|すること|ること|とする|すべき|による|において|引用|予定)$"
    r"|。."
)
_BEGINS_LATE = re.compile(r"を|及び|並びに|又は|https?:|施策番号")
_ASIDE = re.compile(r"\([^()]*\)|「[^「」]*」")


# A body's act upon a document: デジタル社会推進会議幹事会決定, 中央教育審議会答申.
_ACT = re.compile(r"(?:会議?|本部|部会|大臣|閣議|省|庁)(?:決定|答申|了解|了承|申し?合わ?せ)")


def is_act(decision: str | None) -> bool:
    """Return whether words beside a title state that a body decided, approved or answered it."""
    return bool(decision and _ACT.search(decision))


def names_document(title: str, *, told: bool = False) -> bool:
    """Return whether a title may be a document's: it holds a word of titles, and is no body, act or sentence.

    ``told``: a number, or a date and the act of a body, stand beside it and take the place of the word.
    """
    plain = SourceText(title).text.strip(" 、,・。")
    # …検討会（第一次報告） is a report, …委員会（ＣＬＣＳ） a body, …計画（…を除く。） a plan.
    bare = plain
    for _ in range(_ENDINGS):
        bare = _ASIDE.sub("", bare).rstrip()
    if _BEGINS_LATE.match(plain) or not (told or _TELLING.search(plain)):
        return False
    ends = ENDS_AS_TITLE.search(plain.rstrip(")」"))
    return ends is not None or not _NO_DOCUMENT.search(bare or plain)


# Names that many bodies give to their own documents: equal names tell nothing.
GENERIC = re.compile(
    r"(?:第?\d+[次期])?(?:次期)?(?:中長?期|年度|事業|実施|基本|行動|業務|整備|推進|業務運営)?"
    r"(?:計画|目標|方針|要綱|要領|指針|大綱|工程表|報告書?|答申|提言|決議|附帯決議|合意|覚書|告示|通知|規程|規約|協定|契約|報告|"
    r"ガイドライン|マニュアル|まとめ|とりまとめ|フォローアップ|アクションプラン|ロードマップ)"
    r"|(?:制度|交付|実施|補助金交付|設置)(?:要綱|要領)|中期目標&?中期計画"
    # Of a treaty that the name does not say: 補助取極, 改正第2議定書, 同本部協定.
    r"|(?:設置|補助|行政|実施|交換)+(?:取極|協定|公文)|(?:[付附]属|改正|追加|選択)?(?:第?[\d一二三四五])?議定書[VIX]*(?:第\d+条\d*)?"
    r"|第\d+回(?:臨時)?締約国会[議合]決定\d*|同(?!盟|志|友|時|性|窓)[^のにを]{1,10}(?:協定|計画|条約|規則|決議|決定|要綱)"
    r"|(?:中間|最終)?(?:取まとめ|整理|報告書?|答申|提言)|閣議了解|閣議決定"
)


# What is done anew each time: two of these are two documents, not two editions of one.
ACT = re.compile(
    r"(?:決議|談話|声明|建議書?|勧告|演説|申し?入れ|要望書)$|(?:会議|審議会|委員会|分科会|部会)(?:答申|意見書?)$"
)
# What the same meeting may declare anew in another year; 首脳宣言 of one place is one document, dated or not.
DECLARED = re.compile(r"(?:宣言|コミュニケ|議長総括|共同発表)$")
# A name that only says the kind, which a registered plan completes: 総合経済対策, フォローアップ. 成長戦略 says more.
TAIL = re.compile(
    r"(?:(?:総合|緊急|経済|重点|基本|実行|行動|実施|推進){1,4}(?:対策|計画|方針|プラン|パッケージ)|フォローアップ)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart: ``base`` for people, ``key`` for comparing, edition labels such as ``n6``, ``y2023``.

    ``n6`` is 第6次/第6期, ``y2023`` a year in the title, ``p2023-2030`` a period, ``v3.0`` a version.
    """

    base: str
    key: str
    labels: tuple[str, ...]
    stated: str | None


@lru_cache(maxsize=50_000)
def key_of_title(base: str) -> str:
    """Return the key of a title without its edition: folded, without brackets, marks and closing について/等."""
    text = _LAW_NUMBER.sub("", _ABBREVIATION.sub("", SourceText(base).text))
    text = fold(text)  # the working text has its signs in their form already
    for pattern, plain in _FOLDS:
        text = pattern.sub(plain, text)
    for _ in range(_ENDINGS):
        shorter = _CHANGED.sub("", _ABOUT.sub("", text))
        # 医療計画について is a notice, 医療計画 a kind of plan: a short name is only itself.
        if shorter == text or len(shorter) < 6:
            break
        text = shorter
    plain = _DROPPED.sub("", text)
    # Numerals of small numbers inside a title: 五か年 and 5か年 are one.
    plain = re.sub(
        r"([一二三四五六七八九十]{1,3})(?=か年|次|期|条|回)", lambda match: str(_value(match[1])), plain
    )
    return plain or text


def _value(numeral: str) -> int | str:
    try:
        return number(numeral)
    except (KeyError, ValueError):
        return numeral


def as_written(title: str, base: str) -> str:
    """Return a title without its edition (``base`` of :func:`take_apart`) in the signs in which it was written."""
    working = SourceText(title)
    for cut in range(len(base), -1, -1):
        start = working.text.find(base[:cut])
        if start < 0:
            continue
        rest = base[cut:].strip()
        behind = working.text.find(rest, start + cut) if rest else start + cut
        if behind >= 0:
            ends = behind + len(rest) if rest else behind
            return working.raw_text(start, start + cut) + (working.raw_text(behind, ends) if rest else "")
    return base


def balanced(title: str) -> str:
    """Return a title without brackets at its ends that lost their partner; one left open within is closed."""
    for _ in range(_ENDINGS):
        lost = _lost(title)
        if not lost:
            break
        if lost[0] == 0:
            title = title[1:].lstrip(" 　")
        elif lost[-1] == len(title) - 1:
            title = title[:-1].rstrip(" 　")
        elif title[lost[-1]] in _PARTNERS:
            title += _PARTNERS[title[lost[-1]]]
        else:
            title = title[: lost[-1]] + title[lost[-1] + 1 :]
    return title


_PARTNERS = {
    "(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕", "〈": "〉", "《": "》",
    "「": "」", "『": "』", "“": "”", "｢": "｣", "＜": "＞",
}  # fmt: skip
_FORMS = str.maketrans("（）［］｢｣＜＞", "()[]「」<>")


def _lost(title: str) -> list[int]:
    """Return the places of brackets without partner, in one pass."""
    openers = {a.translate(_FORMS): b.translate(_FORMS) for a, b in _PARTNERS.items()}
    closers = set(openers.values())
    open_: list[tuple[str, int]] = []
    lost = []
    for place, sign in enumerate(title.translate(_FORMS)):
        if sign in openers:
            open_.append((openers[sign], place))
        elif sign in closers:
            if open_ and open_[-1][0] == sign:
                open_.pop()
            elif any(wanted == sign for wanted, _ in open_[-8:]):
                while open_[-1][0] != sign:
                    lost.append(open_.pop()[1])
                open_.pop()
            else:
                lost.append(place)
    return sorted([*lost, *(place for _, place in open_)])


def _version(text: str) -> str:
    return f"v{text.removesuffix('.0')}"


ISSUE = re.compile(rf"第({_NUMERAL})次(?:答申|報告|提言|中間取まとめ)")


def label_of_group(text: str) -> list[str] | None:
    """Return the labels that a bracket after a title states: ``第2期``, ``2023改訂版``, ``令和5年度～令和9年度``.

    None where the bracket is no edition; an empty list where it says only that the text was revised.
    """
    text = text.strip()
    if len(text) > 40:
        return None
    if re.fullmatch(r"(?:一部|再)?(?:改[訂定]版?|変更|改正|更新)|本文|概要|抄|抜粋|仮称", text):
        return []
    if match := re.fullmatch(rf"(?:第)? ?({_NUMERAL}) ?(?:次|期)(?:(?:基本|行動|実施)?計画|基本方針)?", text):
        return [f"n{_value(match[1])}"]
    if match := ISSUE.fullmatch(text):
        return [f"n{_value(match[1])}"]
    if match := re.fullmatch(rf"第({_NUMERAL})[次期](?:[・、,]第?({_NUMERAL})[次期])+", text):
        return [f"n{_value(part)}" for part in re.findall(rf"({_NUMERAL})[次期]", text)]
    period = re.fullmatch(
        r"(?:(令和|平成|[RH])(元|\d{1,2})|((?:19|20)\d\d)) ?(?:年度?|/)? ?[-~] ?(?:(令和|平成|[RH])(元|\d{1,2})|((?:19|20)?\d\d)) ?年?度?",
        text,
    )
    if period:
        first = int(period[3]) if period[3] else _ERAS[period[1]] + int(number(period[2]))
        if period[6]:
            last = int(period[6]) if len(period[6]) == 4 else first // 100 * 100 + int(period[6])
        else:
            last = _ERAS[period[4] or period[1] or "令和"] + int(number(period[5]))
        return [f"p{first}-{last}"]
    year = re.fullmatch(
        r"(?:(令和|平成|昭和|[RHS])(元|\d{1,2})|((?:19|20)\d\d)) ?(?:年度?)? ?(?:再?改[訂定]版?|版|改正版?|変更|更新)?",
        text,
    )
    if year and (year[3] or not text.endswith(("年", "改正", "変更")) or year[1]):
        return [f"y{int(year[3]) if year[3] else _ERAS[year[1]] + int(number(year[2]))}"]
    if match := _VERSION.fullmatch(text):
        return [_version(match[1])]
    return None


def take_apart(title: str, more: tuple[str, ...] = ()) -> Title:
    """Take a title as stated apart; ``more`` are labels that brackets beside it state."""
    working = SourceText(title.strip())
    text = working.text.strip(" 、,・。:")
    whole = working.groups.get(0)
    if whole and whole.quote and whole.end == len(working.text):
        text = text[1:-1].strip()
    # A quote that was opened or closed only once, and 2023について: neither hides what the title states.
    if text[:1] == "<" and text[-1:] == ">":
        text = text[1:-1].strip()
    elif text[:1] in ("「", "『") and 0 not in working.groups:
        text = text[1:].strip()
    if text.count("」") > text.count("「"):
        at = text.rindex("」")
        text = text[:at] + text[at + 1 :]
    text = _ENDS_ABOUT.sub("", text)
    labels: list[str] = list(more)
    stated: list[str] = []
    text = _take_brackets(text, labels, stated)

    def take(label: str, words: str) -> None:
        if label not in labels:
            labels.append(label)
        stated.append(words.strip())

    if match := _ORDINAL_HEAD.match(text):
        if len(text) - match.end() >= 2:
            take(f"n{_value(match[1])}", match.group())
            text = text[match.end() :].strip()
    elif (match := _HEAD_PERIOD.match(text)) and len(text) - match.end() >= 4:
        year = int(match[3]) if match[3] else _ERAS[match[1]] + int(number(match[2]))
        take(f"y{year}", match.group())
        text = text[match.end() :].strip()
    text, tail = _take_tail(text)
    for label, words in tail:
        take(label, words)
    # 第5期 in the midst: 独立行政法人…第六期中期計画.
    inner = list(_ORDINAL.finditer(text))
    if not any(label.startswith("n") for label in labels):
        inner = [m for m in inner if m[2] in "次期" and m.group().startswith("第")]
        if len(inner) == 1 and inner[0].start() >= 2 and "」" not in text[inner[0].end() :][:12]:
            match = inner[0]
            rest = text[match.end() :]
            if re.match(
                r" ?(?:中長?期|報告|提言|答申|中間|最終|とりまとめ|取りまとめ|基本|計画|行動|推進|総合|実施|事業|アクション|$)",
                rest,
            ):
                take(f"n{_value(match[1])}", match.group())
                text = (text[: match.start()] + rest).strip()
    return Title(text, key_of_title(text), tuple(sorted(labels)), "・".join(stated) or None)


def _take_brackets(text: str, labels: list[str], stated: list[str]) -> str:
    """Take brackets that state an edition off the end: …総合戦略（2023改訂版）."""
    for _ in range(_ENDINGS):
        if not text.endswith(")"):
            break
        groups = SourceText(text).groups
        last = next((group for group in groups.values() if group.end == len(text) and not group.quote), None)
        found = label_of_group(text[slice(*last.inner)]) if last else None
        if last is None or found is None or last.start < 2:
            break
        labels += [label for label in found if label not in labels]
        stated.append(text[slice(*last.inner)].strip())
        text = text[: last.start].rstrip()
    return text


def _take_tail(text: str) -> tuple[str, list[tuple[str, str]]]:
    found: list[tuple[str, str]] = []
    for _ in range(3):
        if (match := _YEAR_TAIL.search(text)) and match.start() >= 2:
            first, last = match[1], match[2]
            label = f"p{first}-{last if len(last) == 4 else first[:2] + last}" if last else f"y{first}"
            found.append((label, match.group()))
            text = text[: match.start()].rstrip(" -~")
        elif (match := _ERA_TAIL.search(text)) and match.start() >= 4:
            era = re.match(r"令和|平成|昭和|[RHS]", match.group())
            assert era
            found.append((f"y{_ERAS[era.group()] + int(number(match[1]))}", match.group()))
            text = text[: match.start()].rstrip()
        elif (match := _VERSION.search(text)) and match.start() >= 4:
            found.append((_version(match[1]), match.group()))
            text = text[: match.start()].rstrip()
        elif (match := _ORDINAL_TAIL.search(text)) and match.start() >= 3:
            found.append((f"n{_value(match[1] or match[2])}", match.group()))
            text = text[: match.start()].rstrip()
        elif (match := _REVISED.search(text)) and match.start() >= 4:
            found.append(("", match.group()))
            text = text[: match.start()].rstrip()
        else:
            break
    return text, [(label, words) for label, words in found if label]

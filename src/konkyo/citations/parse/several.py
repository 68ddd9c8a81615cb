"""Several documents under one head: numbers, sessions, houses of the Diet, river systems and places.

決議第1号、第2号; 国連総会決議（第45回（45/179）、第46回（46/152））; 衆議院・参議院の附帯決議; 河川整備計画（甲水系、乙水系）.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# More than this is no list that somebody has written.
_MOST = 40
_AND = r"(?:[、，,・､ 　]|及び|並びに|および)+"
_TO = r"(?:から|[~～〜－-])"
_NUMBERS = re.compile(
    rf"(?P<head>.{{0,60}}?(?P<kind>決議|勧告|決定|告示)(?P<the>第?))"
    rf"(?P<list>\d+号?(?:(?:{_AND}|{_TO})第?\d+号?)+)(?![\d年月日/／.．条章])(?:まで)?(?P<rest>.*)",
    re.DOTALL,
)
_NUMBER = re.compile(rf"(?P<first>\d+)号?(?:{_TO}第?(?P<last>\d+)号?)?")
_ALL_NUMBERED = re.compile(rf"\d+号?{_TO}第?\d+号|\d+号(?:{_AND}第?\d+号)*")
_ONLY_NUMBERS = re.compile(rf"第?\d+号(?:{_AND}第?\d+号)+")
# 第45回（45/179（1990年））, 第37回37/28, 第46回、46/152（1991年）
_SESSION = r"第\d+[回期][、 　]?[（(]?[A-Z\d/／]+(?:[（(]\d{4}年?[）)])?[）)]?"
_SESSIONS = re.compile(
    rf"(?P<head>(?:第\d+回)?(?P<stem>.{{2,40}}?決議))(?P<own>[A-Z\d/]*)(?:及び(?:例年の)?同決議)?"
    rf"[（(](?P<list>{_SESSION}(?:[、，,]{_SESSION})+)[）)]?(?P<rest>.*)",
    re.DOTALL,
)
_EACH_SESSION = re.compile(_SESSION)
_QUOTED = re.compile(r"[、，, 　]*(?:及び)?「(?P<title>[^「」]{4,})」?[）)]?")

_HOUSES = re.compile(
    r"衆(?:議院)?(?:・|、|及び|並びに|[ 　])?参(?:両議院|両院|議院)?|参議院(?:・|、|及び|並びに)衆議院|両議?院"
)

_RIVER = r"[^、・，,（()「」\s]{1,10}水系"
_RIVERS = re.compile(rf"(?P<list>{_RIVER}(?:{_AND}{_RIVER})+)(?P<what>[^のにを、]{{2,30}}(?:計画|方針))")
_IN_BRACKET = re.compile(
    r"(?P<what>[^（()【\[]{2,60}(?:計画|方針))等?[（(【\[](?P<list>[^（()【\[\]】）]{5,200})[）)】\]]"
)
_NAME = re.compile(r"(?:[一-鿿々ァ-ヺーヶケ・]|及び){2,16}")
# What ends a place's name, and words of that form that name none: 漁港, 離島.
_PLACE = re.compile(
    r".(?:水系|川|湖|沼|湾|灘|海域|港|山地|山系|半島|諸島|列島|島|県|東京都|大阪府|京都府|北海道|市|町|村|圏|地域|地方|流域|[東西南北中]+部)$"
)
_NO_PLACE = re.compile(
    r"漁港|空港|港湾|離島|無人島|半島|都市|山村|農村|漁村|農山漁村|市町村|河川|.*(?:整備|対策|振興|推進).*"
)
_PLAN = re.compile(r"[一-鿿]{2,10}計画")
# 独立行政法人甲機構中期目標・中期計画, 乙事業制度要綱・交付要綱
_PAIR = re.compile(
    r"(?P<of>.{4,60}?)(?P<one>(?P<term>中長?期)目標|(?:制度|交付|設置|実施)要綱)(?:・|、|及び)"
    r"(?P<other>(?:中長?期)?計画|(?:制度|交付|設置|実施)要[綱領])"
)


@dataclass(frozen=True, slots=True)
class Named:
    """One document of a title: ``house`` is 衆 or 参, ``dated`` whether the date beside the title is its own too."""

    title: str
    house: str | None = None
    dated: bool = True


def each_named(title: str, decision: str | None = None) -> list[Named]:
    """Return each document that a title as written names, in its order: most name one.

    ``decision`` are the words beside the title: 架空会議決議（第1号、第2号）.
    """
    for several in (_of_houses, _of_sessions, _of_numbers, _of_rivers, _in_bracket, _pair):
        if made := several(title):
            return made
    numbers = (
        _numbers(decision)
        if decision and title.endswith(("決議", "勧告")) and numbered_beside(decision)
        else []
    )
    return [Named(f"{title}第{number}号") for number in numbers] or [Named(title)]


def numbered_beside(decision: str | None) -> bool:
    """Return whether the words beside a title are nothing but numbers of several documents."""
    return bool(decision and _ONLY_NUMBERS.fullmatch(decision))


def _of_houses(title: str) -> list[Named]:
    found = _HOUSES.search(title) if "決議" in title else None
    if found is None:
        return []
    of = "議院" if "院" in found.group() else ""
    return [
        Named(f"{title[: found.start()]}{house}{of}{title[found.end() :]}", house=house) for house in "衆参"
    ]


def _of_sessions(title: str) -> list[Named]:
    found = _SESSIONS.fullmatch(title)
    if found is None:
        return []
    quoted = _QUOTED.fullmatch(found["rest"])
    if found["rest"].strip(" 　等）)、。") and quoted is None:
        return []
    made = [f"{found['head']}{found['own']}"] if found["own"] else []
    made += [f"{found['stem']}（{_closed(one)}）" for one in _EACH_SESSION.findall(found["list"])]
    return [Named(one) for one in [*made, *([quoted["title"]] if quoted else [])]]


def _closed(entry: str) -> str:
    """Return an entry without the bracket of the list, or with the one that it lost."""
    lost = len(re.findall(r"[（(]", entry)) - len(re.findall(r"[）)]", entry))
    return entry[:lost] if lost < 0 else entry + "）" * lost


def _numbers(text: str) -> list[str]:
    """Return the numbers of a list; none where there are more than anybody writes."""
    made: list[str] = []
    for one in _NUMBER.finditer(text):
        if not one["last"]:
            made.append(one["first"])
        elif 0 < int(one["last"]) - int(one["first"]) < _MOST:
            made += [str(number) for number in range(int(one["first"]), int(one["last"]) + 1)]
        else:
            return []
    return made if len(made) <= _MOST else []


def _of_numbers(title: str) -> list[Named]:
    found = _NUMBERS.match(title)
    if found is None:
        return []
    counted = _ALL_NUMBERED.fullmatch(found["list"]) is not None
    if not counted and (found["kind"] != "決議" or re.search(r"号|(?<!\d)\d{1,2}(?!\d)", found["list"])):
        return []
    numbers = _numbers(found["list"])
    if len(numbers) < 2:
        return []
    quoted = _QUOTED.fullmatch(found["rest"])
    of = "号" if counted else ""
    made = [Named(f"{found['head']}{number}{of}", dated=quoted is None) for number in numbers]
    return [*made, *([Named(quoted["title"])] if quoted else [])]


def _of_rivers(title: str) -> list[Named]:
    found = _RIVERS.fullmatch(title)
    if found is None:
        return []
    return [Named(f"{river}{found['what']}") for river in re.split(_AND, found["list"]) if river]


def _in_bracket(title: str) -> list[Named]:
    """Return the plan of each place, and each plan, that a bracket at the end lists; a list of subjects is none."""
    found = _IN_BRACKET.fullmatch(title)
    if found is None:
        return []
    names = listed(found["list"])
    if len(names) < 2 or not all(_NAME.fullmatch(name) for name in names):
        return []
    places = [name for name in names if is_place(name)]
    plans = all(_PLAN.fullmatch(name) for name in names)
    if not plans and (len(places) < 2 or 3 * len(places) < 2 * len(names)):
        return []
    return [Named(f"{found['what']}（{name}）") for name in names]


def _pair(title: str) -> list[Named]:
    found = _PAIR.fullmatch(title)
    if found is None or (found["other"].endswith("計画") and not found["term"]):
        return []
    of = found["term"] if found["other"] == "計画" else ""
    return [Named(f"{found['of']}{found['one']}"), Named(f"{found['of']}{of}{found['other']}")]


def is_place(name: str) -> bool:
    """Return whether a name is one of a place by its ending: 甲川水系, 乙諸島; 漁港 is a kind of thing."""
    return bool(_PLACE.search(name)) and not _NO_PLACE.fullmatch(name)


def listed(text: str) -> list[str]:
    """Return what a list names: in 甲、乙及び丙 three things, in 甲及び乙、丙 two."""
    *first, last = re.split(r"[、，,]", text)
    return [name.strip(" 　") for name in [*first, *re.split(r"及び|並びに", last)]]

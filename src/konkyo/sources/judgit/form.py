"""The fields of a sheet as JUDGIT publishes it: which become facts, which are not imported and why, and the codes of themes."""

from __future__ import annotations

from collections.abc import Mapping

from konkyo.common.words import Words
from konkyo.model.graphs import JUDGIT
from konkyo.sources.rs.forms import Form, Layout
from konkyo.sources.rs.reasons import ONLY_PERSONAL
from konkyo.sources.rs.wording import choices

NUMBER, NAME, MINISTRY, YEAR = "事業番号", "事業名", "府省庁", "公開年度"
BUDGET, PAYEES, OUTCOMES, OUTPUTS = "予算", "支出先", "アウトカム", "アウトプット"
EARLIER = "関連する過去のレビューシート"
NUMBER_PARTS = tuple(f"{NUMBER}{part}" for part in range(1, 6))

# The stage that an amount of a fiscal year stands at, by its field.
STAGES = {
    "当初予算": "initial",
    "補正予算": "supplementary",
    "前年度から繰越し": "carryover",
    "翌年度へ繰越し": "carried-forward",
    "予備費等": "reserve",
    "予算計": "total",
    "執行額": "executed",
    "要求額": "requested",
}
UNIT_YEN = 1_000_000
"""Amounts are told in 百万円."""

# What evidence leads to: a field of a line, as a path. Their order gives them the numbers in IRIs: add at the end.
COLUMNS = (
    *(NUMBER, NAME, MINISTRY, YEAR, "開始年度", "終了年度", "担当部局庁", "担当課室", "会計区分"),
    *("事業目的", "事業概要", "実施方法", "主要施策", "url", "事業ID", "定量的な目標が設定できない理由"),
    *(f"{BUDGET}/{name}" for name in STAGES),
    *(f"{PAYEES}/{name}" for name in ("グループ", "支出先名", "法人番号", "支出額")),
    *(f"{OUTCOMES}/{name}" for name in ("成果目標", "成果指標", "目標値", "目標最終年度")),
    *(f"{OUTCOMES}/成果実績/{name}" for name in ("成果実績", "目標値")),
    *(f"{OUTPUTS}/{name}" for name in ("活動指標", "活動実績/活動実績", "活動実績/当初見込み")),
    EARLIER,
)
LAYOUT = Layout(
    Form(JUDGIT, Words("レビューシート", "review sheets"), COLUMNS),
    COLUMNS,
    {name: place for place, name in enumerate(COLUMNS)},
    {},
    (),
    (),
    (),
)

_PART = Words("事業番号が全体を言う", "the number as a whole says it")
NOT_IMPORTED: Mapping[str, Words] = {
    "ID": Words("JUDGITの中の通し番号", "a running number within JUDGIT"),
    "作成責任者": ONLY_PERSONAL,
    **dict.fromkeys(NUMBER_PARTS, _PART),
    "ファイル": Words("年度、府省庁、事業番号から成る", "it is made of year, ministry and number"),
}

# The fields of each object of a line; any other is new, not imported, and counted.
FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset(name.partition("/")[0] for name in COLUMNS),
    BUDGET: frozenset({"年度", *STAGES}),
    PAYEES: frozenset({"年度", "グループ", "番号", "支出先名", "法人番号", "業務概要", "支出額"}),
    OUTCOMES: frozenset({"成果目標", "成果指標", "単位", "目標値", "目標最終年度", "成果実績"}),
    f"{OUTCOMES}/成果実績": frozenset({"年度", "成果実績", "目標値"}),
    OUTPUTS: frozenset({"活動指標", "単位", "活動実績"}),
    f"{OUTPUTS}/活動実績": frozenset({"年度", "活動実績", "当初見込み"}),
    EARLIER: frozenset({"年度", MINISTRY, *NUMBER_PARTS}),
}


def earlier_words(year: str, ministry: str, number: str) -> str:
    """Return in words which earlier sheet is named; :func:`read_earlier` reads them again."""
    return f"{year}年度　{ministry}　{number}"


def read_earlier(words: str) -> tuple[int | None, str, str]:
    """Return review year, ministry and number of an earlier sheet; of a year in two digits that of the era 平成.

    >>> read_earlier("2018年度　総務省　新30-0001"), read_earlier("24年度　総務省　0001")
    ((2018, '総務省', '新30-0001'), (2012, '総務省', '0001'))
    """
    year, _, rest = words.partition("年度　")
    ministry, _, number = rest.rpartition("　")
    if not (year.isascii() and year.isdigit()):
        return None, ministry, number
    return int(year) + (1988 if len(year) < 3 else 0), ministry, number


# 主要施策: the government's list, which changes from year to year.
THEMES = choices(
    {
        "科学技術・イノベーション": "theme-science-technology-innovation",
        "地球温暖化対策": "theme-global-warming",
        "国土強靱化施策": "theme-national-resilience",
        "国土強靭化": "theme-national-resilience",
        "地方創生": "theme-regional-revitalization",
        "子ども・若者育成支援": "theme-children-and-youth",
        "ＩＴ戦略": "theme-it",
        "海洋政策": "theme-ocean",
        "男女共同参画": "theme-gender-equality",
        "ＯＤＡ": "theme-oda",
        "高齢社会対策": "theme-aged-society",
        "観光立国": "theme-tourism",
        "少子化社会対策": "theme-low-birthrate",
        "障害者施策": "theme-disability",
        "医療分野の研究開発関連": "theme-medical-research",
        "交通安全対策": "theme-traffic-safety",
        "宇宙開発利用": "theme-space",
        "知的財産": "theme-intellectual-property",
        "沖縄振興": "theme-okinawa",
        "クールジャパン": "theme-cool-japan",
        "犯罪被害者等施策": "theme-crime-victims",
        "2020年東京オリパラ": "theme-tokyo-2020",
        "自殺対策": "theme-suicide-prevention",
        "食育推進": "theme-food-education",
        "一億総活躍推進": "theme-dynamic-engagement",
        "女性活躍": "theme-womens-advancement",
        "統計改革": "theme-statistics-reform",
        "その他": "theme-other",
    }
)

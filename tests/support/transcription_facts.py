"""The facts of a transcription, each told apart from the others, so that two transcriptions of one sheet can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from konkyo.common.text import fold

Fact = tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Facts that are claimed and right, claimed and wrong, and those of the other transcription that are left open."""

    right: Counter[Fact]
    wrong: Counter[Fact]
    open: Counter[Fact]


def compare(made: dict[str, Any], by_hand: dict[str, Any]) -> Comparison:
    claimed, known = Counter(facts(made)), Counter(facts(by_hand))
    return Comparison(claimed & known, claimed - known, known - claimed)


def facts(data: dict[str, Any]) -> Iterator[Fact]:
    """Yield what a transcription says, without places and certainties; a passage goes by its lines."""
    for field in ("番号", "表題", "評価書の年度", "評価対象年度", "政策評価実施時期", "府省庁", "分野"):
        if cell := data.get(field):
            yield field, _text(cell["値"])
    name = data.get("政策名", {})
    yield from ((f"政策名.{key}", _text(name[key])) for key in ("番号", "値") if key in name)
    for field in ("様式の注", "基本目標", "政策の概要"):
        if cell := data.get(field):
            yield field, str(cell["行"])
    author = data.get("作成責任者名", {})
    yield from (
        (f"作成責任者名.{key}", _text(author[key])) for key in ("官職", "部局", "氏名") if key in author
    )
    yield from (("担当部局課室名", _text(cell["値"])) for cell in data.get("担当部局課室名", []))
    for goal in data.get("施策目標", []):
        yield "施策目標", _text(goal["値"])
        if verdict := goal.get("目標の達成状況"):
            yield "目標の達成状況", _text(goal["値"]), verdict["判定"]
        for indicator in goal.get("測定指標", []):
            yield "指標の目標", _text(indicator["値"]), _text(goal["値"])
            yield from _indicator(indicator)
    for indicator in data.get("測定指標", []):
        yield from _indicator(indicator)
    yield from _grounds(data)
    yield from _money(data)


def _indicator(cell: dict[str, Any]) -> Iterator[Fact]:
    name = _text(cell["値"])
    yield "測定指標", name
    if "番号" in cell:
        yield "測定指標の番号", name, str(cell["番号"])
    for part in [cell, *cell.get("内訳", [])]:
        which = "" if part is cell else _text(part["値"])
        for role in ("基準", "目標", "実績"):
            values = part.get(role, [])
            for value in values if isinstance(values, list) else [values]:
                yield (
                    role,
                    name,
                    which,
                    _text(value["値"]),
                    _text(value.get("年度", "")),
                    value.get("種類", ""),
                )


def _grounds(data: dict[str, Any]) -> Iterator[Fact]:
    for cell in data.get("政策に関係する内閣の重要政策", []):
        named = _text(cell["名称"])
        yield "重要政策", named, _text(cell.get("年月日", "")), _text(cell.get("改訂", ""))
        yield from (("関係部分", named, *map(_text, part["値"])) for part in cell.get("関係部分", []))
    for cell in data.get("学識経験を有する者の知見の活用", []):
        panel = _text(cell["会議体"])
        yield "会議体", panel
        if "期間" in cell:
            yield "会議体の開始", panel, _text(cell["期間"]["開始"])
        if "活用" in cell:
            yield "活用", panel, cell["活用"]["仕方"], str(cell["活用"]["行"])
    # Of a document at hand the words may be longer or shorter: its address tells which one it is.
    for cell in data.get("政策評価を行う過程において使用した資料", []):
        yield (
            "使用した資料",
            cell.get("URL", _text(cell["名称"])),
            _text(cell.get("年月日", "")),
            _text(cell.get("改訂", "")),
        )
    results = data.get("政策に関する評価結果", {})
    yield from (("国際協力", _text(cell["名称"])) for cell in results.get("国際協力", []))
    yield from (("相手", _text(cell["値"])) for cell in results.get("相手", []))


def _money(data: dict[str, Any]) -> Iterator[Fact]:
    money = data.get("政策の予算額・執行額等", {})
    if money:
        yield "単位", money["単位"]
    for cell in money.get("欄", []):
        figure = (_text(cell["値"]), str(cell.get("行", "")))
        # An amount that is kept though nobody can tell its cell is a fact, too; so are its year and its stage.
        yield "金額", *figure
        yield from ((f"金額の{key}", *figure, _text(cell[key])) for key in ("年度", "区分") if key in cell)


def _text(text: Any) -> str:
    return fold(str(text)).replace("－", "-")

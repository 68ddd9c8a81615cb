"""A transcribed sheet: its words stand on the lines it names, and a broken one is told with file, line, field."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from konkyo.build.pipeline import build
from konkyo.build.resolve import titles_of
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import graphs_dir
from konkyo.common.text import fold
from konkyo.model.records import Evidence, LineSelector, Record, SourceFile
from konkyo.sources.registry import Registry
from konkyo.sources.sheet import read_sheet
from konkyo.store import open_store
from support import absent

SHEET = graphs_dir() / "sheets" / "soumu-23-15.yaml"
TEXT = SHEET.read_text(encoding="utf-8")
SOURCE = Path(__file__).resolve().parents[3] / "shared" / "sources" / "soumu-h24-15.txt"

# Readings, not quotations: the year with its era, a title shortened.
NOT_VERBATIM = {"evaluated-year", "consulted/6"}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(graphs_dir())


@pytest.fixture(scope="module")
def records(registry: Registry) -> list[Record]:
    return read_sheet(SHEET, registry, titles_of(registry))[1]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    if not SOURCE.is_file():
        absent.not_here("the text of the sheet")
    return SOURCE.read_text(encoding="utf-8").removesuffix("\n").split("\n")


# --- against the source -------------------------------------------------------------------------------


def test_the_source_is_the_one_that_was_transcribed(records: list[Record], lines: list[str]) -> None:
    (source,) = (record for record in records if isinstance(record, SourceFile))
    assert source.title == SOURCE.name
    assert source.sha256 == hashlib.sha256(SOURCE.read_bytes()).hexdigest()
    # The text ends in empty lines, of which the reading note counts one less than the file has.
    assert source.line_count == 286 and len(lines) == 287 and not any(lines[285:])


def test_quoted_words_stand_on_the_lines_named(records: list[Record], lines: list[str]) -> None:
    places = {record.iri: record for record in records if isinstance(record, LineSelector)}
    missing = set()
    quoted: dict[tuple[str, str], list[LineSelector]] = {}
    for record in records:
        if isinstance(record, Evidence) and record.words:
            # Each range of lines is evidence of its own, and the words stand somewhere in all of them.
            key = record.iri.split("/evidence/soumu-23-15/")[1].partition("/l-")[0]
            quoted.setdefault((key, record.words), []).append(places[record.selector])
    for (key, words), found in quoted.items():
        ranges = sorted((place.first, place.last) for place in found)
        if fold(words) not in fold("".join("".join(lines[first - 1 : last]) for first, last in ranges)):
            missing.add(key)
    assert missing == NOT_VERBATIM


def test_every_place_named_has_words(records: list[Record], lines: list[str]) -> None:
    for record in records:
        if isinstance(record, LineSelector):
            assert 1 <= record.first <= record.last <= len(lines)
            assert lines[record.first - 1].strip() and lines[record.last - 1].strip()
            assert record.fragment == f"line={record.first - 1},{record.last}"


def test_every_figure_of_the_budget_is_transcribed(records: list[Record], lines: list[str]) -> None:
    """Each figure of the source's budget table stands in the transcription as often as in the source."""
    import re

    from konkyo.model.records import BudgetFigure

    stated: list[int] = []
    for number in (79, 81, 83, 132, 178, 180, 182, 194, 196, 198):
        # On one line three figures run together: each has its groups of three digits.
        text = re.sub(r"(?<=,\d{3})(?=\d)", " ", lines[number - 1])
        stated += [int(item.replace(",", "")) for item in re.findall(r"\d[\d,]*", text)]
    found = [record.amount for record in records if isinstance(record, BudgetFigure)]
    assert sorted(found) == sorted(stated) and len(found) == 14


# --- broken sheets (must-show 7) ----------------------------------------------------------------------

YEAR = "{値: 平成23年度, 行: [31, 66], 確度: 配置, 注: 目標と実績の年度、及び番号23-⑮から読んだ。}"
BROKEN: list[tuple[str, str, str, str]] = [
    ("wrong type", "番号: {値: 総務省23-⑮", "番号: 総務省23-⑮ #", "番号"),
    ("a list for a mapping", "番号: {値: 総務省23-⑮", "番号: [1] #", "番号"),
    ("number for text", "値: ７回, 年度", "値: 7, 年度", "施策目標[1].測定指標[1].基準.値"),
    ("date for text", "年月日: 平成24年１月27日", "年月日: 2012-01-27", "政策に関する評価結果.国際協力[1].年月日"),
    ("null for text", "値: ７回, 年度", "値: , 年度", "施策目標[1].測定指標[1].基準.値"),
    ("blank text", "値: ７回, 年度", '値: " ", 年度', "施策目標[1].測定指標[1].基準.値"),
    ("text too long", "値: ７回, 年度", "値: " + "回" * 2001 + ", 年度", "施策目標[1].測定指標[1].基準.値"),
    ("unknown field", "分野: {", "分類: {", "分類"),
    ("unknown field inside", "確度: 配置, 注: 目標と", "確度: 配置, 備考: 目標と", "評価対象年度.備考"),
    ("no era", YEAR, "{値: 23年度, 行: 31}", "評価対象年度.値"),
    ("bad year", YEAR, "{値: 平成99年度, 行: 31}", "評価対象年度.値"),
    ("no year", YEAR, "{値: 昨年度, 行: 31}", "評価対象年度.値"),
    ("bad year of a value", "値: ７回, 年度: 平成22年度", "値: ７回, 年度: 22年度", "施策目標[1].測定指標[1].基準.年度"),
    ("bad year of a figure", "- {年度: 平成22年度, 区分: 当初予算", "- {年度: 二十二年, 区分: 当初予算", "政策の予算額・執行額等.欄[1].年度"),
    ("bad date", "政策評価実施時期: {値: 平成24年9月", "政策評価実施時期: {値: 平成24年13月", "政策評価実施時期.値"),
    ("missing lines", "値: ７回, 年度: 平成22年度, 行: 53-54", "値: ７回, 年度: 平成22年度", "施策目標[1].測定指標[1].基準"),
    ("lines beyond the source", "行: 211-213", "行: 211-287", "作成責任者名.行"),
    ("line zero", "行: 211-213", "行: 0", "作成責任者名.行"),
    ("lines that fall", "行: 211-213", "行: 213-211", "作成責任者名.行"),
    ("lines in words", "行: 211-213", "行: L211", "作成責任者名.行"),
    ("no lines at all", "行: 211-213", "行: []", "作成責任者名.行"),
    ("half a line", "行: 211-213", "行: 211.5", "作成責任者名.行"),
    ("duplicate indicator", "- 番号: 4", "- 番号: 3", "施策目標[2].測定指標[1].番号"),
    ("duplicate objective", "- 記号: b", "- 記号: a", "施策目標[2].記号"),
    ("the basic goal's key", "- 記号: b", "- 記号: basic", "施策目標[2]"),
    ("duplicate part", "- 記号: missions", "- 記号: seminars", "施策目標[2].測定指標[1].内訳[2].基準"),
    ("duplicate cooperation", "キー: nichibei-internet-economy", "キー: nichibei-ict-tsusho-gensoku", "政策に関する評価結果.国際協力[2]"),
    ("duplicate section", "成長を支えるプラットフォーム, （５）科学・技術・情報通信立国戦略], 行: 144", "強みを活かす成長分野, （３）アジア経済戦略], 行: 144", "政策に関係する内閣の重要政策[1].関係部分[2]"),
    ("duplicate panel", "会議体: 基本戦略ボード", "会議体: ICTグローバル展開の在り方に関する懇談会", "学識経験を有する者の知見の活用[2]"),
    ("duplicate figure", "- {年度: 平成23年度, 区分: 当初予算", "- {年度: 平成22年度, 区分: 当初予算", "政策の予算額・執行額等.欄[2]"),
    ("no unit", "値: ７回, 年度", '値: "7", 年度', "施策目標[1].測定指標[1].基準"),
    ("figure in words", "数値: ７回程度", "数値: 七回程度", "施策目標[1].測定指標[1].目標.数値"),
    ("two figures", "数値: ７回程度", "数値: ７回、８回", "施策目標[1].測定指標[1].目標.数値"),
    ("certainty unknown", "番号: {値: 総務省23-⑮, 行: 3, 確度: ", "番号: {値: 総務省23-⑮, 行: 3, 確度: 不", "番号.確度"),
    ("placed but unplaced", "区分: 合計, 値: \"4,953,860\", 行: 182, 確度: 計算", "区分: 合計, 値: \"4,953,860\", 行: 182, 確度: 不明", "政策の予算額・執行額等.欄[4].確度"),
    ("unplaced but placed", "行: 178, 確度: 不明", "行: 178, 確度: 配置", "政策の予算額・執行額等.欄[6].確度"),
    ("amount as a number", '値: "3,955,984"', "値: 3955984", "政策の予算額・執行額等.欄[1].値"),
    ("amount badly grouped", '値: "3,955,984"', '値: "3,95,984"', "政策の予算額・執行額等.欄[1].値"),
    ("parts and a target", "        内訳:\n", "        目標: {値: ７回, 年度: 平成23年度, 行: 53}\n        内訳:\n", "施策目標[2].測定指標[1]"),
    ("verdict unknown", "判定: 達成, 原文", "判定: まあまあ, 原文", "施策目標[1].目標の達成状況.判定"),
    ("url", 'URL: "http://www.kantei.go.jp/jp/singi/it2/100511honbun.pdf"', 'URL: "javascript:alert(1)"', "政策評価を行う過程において使用した資料[1].URL"),
    ("key in capitals", "キー: soumu-23-15", "キー: Soumu", "キー"),
    ("key with a path", "キー: soumu-23-15", "キー: ../soumu", "キー"),
    ("key that ends in a hyphen", "キー: soumu-23-15", "キー: soumu-", "キー"),
    ("key with a line feed", "キー: soumu-23-15", "キー: |\n  soumu-23-15", "キー"),
    ("hash", "sha256: 1ee926", "sha256: 1EE926", "原資料.sha256"),
    ("python tag", "府省庁: {値: 総務省", "府省庁: {値: !!python/object/apply:os.getcwd []", "府省庁.値"),
    ("half a surrogate", "英語: Seminars\n", '英語: "\\ud800"\n', "施策目標[2].測定指標[1].内訳[1].英語"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_sheet_is_told(tmp_path: Path, registry: Registry, old: str, new: str, field: str) -> None:
    assert TEXT.count(old) >= 1
    at = TEXT[: TEXT.index(old)].count("\n") + 1
    path = tmp_path / "sheet.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KonkyoError) as caught:
        read_sheet(path, registry, titles_of(registry))
    errors = getattr(caught.value, "errors", [caught.value])
    (error,) = [error for error in errors if (error.field or "") == field] or errors
    assert error.source == str(path) and error.field == field
    # On the line of the change, or on that of the field or entry around it.
    assert error.line is not None and at - 12 <= error.line <= at + new.count("\n") + 12
    for lang in ("ja", "en"):
        assert str(path) in error.report(lang) and field in error.report(lang)


@pytest.mark.parametrize("name", ["wrong type", "no era", "lines beyond the source", "duplicate figure"])
def test_a_broken_sheet_builds_nothing(tmp_path: Path, name: str) -> None:
    ((old, new),) = [row[1:3] for row in BROKEN if row[0] == name]
    path, store = tmp_path / "sheet.yaml", tmp_path / "store"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KonkyoError):
        build([path], store)
    assert not store.exists()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"\n\n", 1),
        (TEXT.encode("cp932", "replace"), 3),
        (TEXT.encode("utf-16"), 1),
        (TEXT.encode() + b"\n---\na: 1\n", None),
        (TEXT.replace("番号: {", "番号: {{{", 1).encode(), None),
        (b"x: y\n" * 1_250_000, None),
        (b"\x00\x01\x02", 1),
    ],
    ids=["empty", "blank", "cp932", "utf-16", "two documents", "no yaml", "six megabytes", "binary"],
)
def test_a_file_that_is_no_sheet_is_told(tmp_path: Path, content: bytes, line: int | None) -> None:
    path, store = tmp_path / "sheet.yaml", tmp_path / "store"
    path.write_bytes(content)
    with pytest.raises(KonkyoError) as caught:
        build([path], store)
    error = getattr(caught.value, "errors", [caught.value])[0]
    assert error.source == str(path) and (line is None or error.line == line)
    assert not store.exists()


@pytest.mark.parametrize("name", ["表題", "評価書の年度", "府省庁", "政策名", "原資料", "キー"])
def test_each_field_that_must_be_there_is_missed(tmp_path: Path, registry: Registry, name: str) -> None:
    from ruamel.yaml import YAML

    yaml = YAML()
    data = yaml.load(TEXT)
    del data[name]
    path = tmp_path / "sheet.yaml"
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(data, file)
    with pytest.raises(KonkyoError) as caught:
        read_sheet(path, registry, titles_of(registry))
    assert f"「{name}」がありません" in caught.value.report("ja")


def test_a_broken_sheet_leaves_the_old_store(tmp_path: Path) -> None:
    store = tmp_path / "store"
    build([], store)
    before = {path.relative_to(store): path.stat().st_mtime_ns for path in store.rglob("*")}
    path = tmp_path / "sheet.yaml"
    path.write_text(TEXT.replace("行: 211-213", "行: 999"), encoding="utf-8")
    with pytest.raises(KonkyoError):
        build([path], store)
    assert {path.relative_to(store): path.stat().st_mtime_ns for path in store.rglob("*")} == before
    assert len(open_store(store)) > 2000


def test_all_faults_of_a_sheet_are_told_at_once(tmp_path: Path, registry: Registry) -> None:
    path = tmp_path / "sheet.yaml"
    text = TEXT.replace("値: ７回, 年度", "値: 7, 年度", 1).replace("分野: {", "分類: {", 1)
    path.write_text(text.replace("行: 211-213", "行: L211"), encoding="utf-8")
    with pytest.raises(KonkyoError) as caught:
        read_sheet(path, registry, titles_of(registry))
    report = caught.value.report("ja")
    assert report.count(str(path)) == 3 and all(
        name in report for name in ("分類", "基準.値", "作成責任者名.行")
    )


@pytest.mark.parametrize(
    "key", ["shortcut", "calendar", "ontology", "labels", "rules", "organizations", "rs-2024"]
)
def test_a_sheet_cannot_take_the_name_of_a_graph_of_konkyos_own(tmp_path: Path, key: str) -> None:
    path = tmp_path / "sheet.yaml"
    path.write_text(TEXT.replace("キー: soumu-23-15", f"キー: {key}", 1), encoding="utf-8")
    with pytest.raises(KonkyoError):
        build([path], tmp_path / "store")


def test_two_sheets_of_one_name_are_told(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(TEXT.replace("値: ７回, 年度", "値: ８回, 年度", 1), encoding="utf-8")
    with pytest.raises(KonkyoError, match="Two sources"):
        build([SHEET, other], tmp_path / "store")


def test_a_minimal_sheet_is_enough(tmp_path: Path) -> None:
    """Only what the form must hold; the rest may be blank on another sheet."""
    path = tmp_path / "small.yaml"
    path.write_text(
        f"""キー: small
原資料: {{ファイル: a.txt, sha256: "{"0" * 64}", 行数: 9}}
番号: {{値: 総務省1, 行: 1}}
表題: {{値: 評価書, 行: 1}}
評価書の年度: {{値: 令和元年度, 行: 1}}
評価対象年度: {{値: H30, 行: 1}}
府省庁: {{値: 総務省, 行: 1}}
政策名: {{値: 推進, 行: 1}}
施策目標:
  - 記号: a
    値: 目標
    行: 2
    測定指標: [{{番号: 1, 値: 指標, 行: 3, 実績: {{値: 実施, 年度: H30, 行: 9}}}}]
""",
        encoding="utf-8",
    )
    build([path], tmp_path / "store")
    rows = open_store(tmp_path / "store").select(
        "SELECT ?b { ?v <https://w3id.org/konkyo/ns#boundType> ?b ; <https://w3id.org/konkyo/ns#fiscalYear> ?y }"
    )
    assert [row["b"].value.rsplit("/", 1)[1] for row in rows] == ["qualitative"]

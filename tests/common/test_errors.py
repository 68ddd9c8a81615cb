"""Errors say what, where and what to do, in both languages; commands end with 2 and leave nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import konkyo
from konkyo.common.errors import KonkyoError, ManyErrors
from konkyo.common.words import Words, default_language
from konkyo.graph.stored_queries import find, parse
from konkyo.store import EmbeddedStore
from support.waiting import LONG_GUARD

SOURCE = str(Path(konkyo.__file__).resolve().parent.parent)


def test_a_report_names_the_place_and_the_remedy() -> None:
    error = KonkyoError(
        Words("悪い値です。", "A bad value."),
        source="sheet.yaml",
        line=12,
        field="測定指標[2].目標",
        hint=Words("直してください。\n二行目", "Mend it.\nSecond line"),
    )
    assert error.report("ja") == (
        "sheet.yaml: 12行目: 項目「測定指標[2].目標」: 悪い値です。\n  → 直してください。\n    二行目"
    )
    assert error.report("en") == (
        "sheet.yaml: line 12: field 測定指標[2].目標: A bad value.\n  → Mend it.\n    Second line"
    )
    assert str(error) == "A bad value."


def test_a_table_has_rows_and_columns() -> None:
    error = KonkyoError(Words("悪い。", "Bad."), source="a.csv", row=3, column="計画通知名")
    assert error.place("ja") == "a.csv: 3行目: 列「計画通知名」"
    assert error.place("en") == "a.csv: row 3: column 計画通知名"


def test_braces_in_names_are_no_format() -> None:
    error = KonkyoError(Words("{x}", "{x}"), source="{0}", field="{y}", line=1)
    assert error.report("en") == "{0}: line 1: field {y}: {x}"


def test_an_error_without_a_place_is_its_message() -> None:
    assert KonkyoError(Words("だめ。", "No.")).report("ja") == "だめ。"


def test_many_errors_are_all_told() -> None:
    errors = [KonkyoError(Words(f"誤り{n}", f"fault {n}"), source="s.yaml", line=n) for n in (1, 2)]
    many = ManyErrors(errors)
    assert isinstance(many, KonkyoError) and many.source == "s.yaml"
    assert many.report("en") == "s.yaml: line 1: fault 1\ns.yaml: line 2: fault 2"


def test_the_language_of_the_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_language() == "ja"
    for value, language in (("en", "en"), ("EN_GB", "en"), ("ja", "ja"), ("fr", "ja"), ("", "ja")):
        monkeypatch.setenv("KONKYO_LANG", value)
        assert default_language() == language
    assert Words("あ", "a").of("en") == "a" and Words("あ", "a").of("??") == "あ"


# --- queries ----------------------------------------------------------------------------------------

TWO = """# title-ja: 試験
# title-en: Trial
# param a text: 甲 | a
# param b text: 乙 | b
# param n integer: 数 | number
# param i iri: 物 | thing
# param y year: 年度 | year
# param c code: 符号 | code
SELECT ?a ?b ?n ?i ?y ?c WHERE {
  VALUES ?a { UNDEF } VALUES ?b { UNDEF } VALUES ?n { UNDEF }
  VALUES ?i { UNDEF } VALUES ?y { UNDEF } VALUES ?c { UNDEF }
}"""


@pytest.mark.parametrize(
    "value",
    ['"} DROP ALL #', "VALUES ?b { UNDEF }", "\\", '\\"', "a\nb", "'''", "{}", "?a", "\u2028", "</script>"],
)
def test_a_parameter_stays_a_value(value: str) -> None:
    query = parse("trial", TWO)
    for values in ({"a": value, "b": "other"}, {"a": value, "b": value}, {"b": value, "a": "other"}):
        (row,) = EmbeddedStore().select(query.bind(values))
        assert {name: row[name].value for name in values} == values


def test_parameters_of_each_kind() -> None:
    values = {"n": "-7", "i": "https://e/x", "y": "平成23年度", "c": "at-least"}
    (row,) = EmbeddedStore().select(parse("trial", TWO).bind(values))
    assert row["n"] == ox.Literal(-7) and row["i"] == ox.NamedNode("https://e/x")
    assert row["y"].value.endswith("/id/fy/2011") and row["c"].value.endswith("/code/at-least")
    assert row["a"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("i", "no iri"),
        ("i", "https://e/> ?x <"),
        ("n", "7.5"),
        ("y", "23年度"),
        ("c", "a> <b"),
        ("zz", "1"),
        ("a", "\ud800"),
    ],
)
def test_an_unfit_parameter_is_told(name: str, value: str) -> None:
    with pytest.raises(KonkyoError) as caught:
        parse("trial", TWO).bind({name: value})
    assert name in caught.value.report("ja") and name in caught.value.report("en")


@pytest.mark.parametrize(
    "text", ["あ" * 400, "../construct/shortcut", "no-such-query", "none.rq", "x" * 5000]
)
def test_what_is_no_query_is_told(text: str) -> None:
    with pytest.raises(KonkyoError) as caught:
        EmbeddedStore().query(find(text).text)
    assert caught.value.report("ja") != caught.value.report("en")


# --- the command ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "line"), [("ja", "1行目"), ("en", "line 1")])
def test_a_broken_sheet_ends_a_command_with_2_and_no_store(tmp_path: Path, lang: str, line: str) -> None:
    sheet = tmp_path / "broken.yaml"
    sheet.write_text("番号: {値: 7}\n", encoding="utf-8")
    store = tmp_path / "store"
    done = subprocess.run(
        [sys.executable, "-m", "konkyo", "build", "--lang", lang, "--store", str(store), str(sheet)],
        env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=LONG_GUARD,
    )
    assert done.returncode == 2
    assert "broken.yaml" in done.stderr and line in done.stderr and "番号.値" in done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""
    assert not store.exists()

"""Headers: several forms of a kind, columns that are new, missing, moved, or written otherwise."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError
from konkyo.sources.rs.forms import forms, lay_out
from konkyo.sources.rs.headers import COLUMNS, NEEDED, NEEDED_OF_1_1, NEEDED_OF_ALL, header
from support.rs_reading import read, run, said
from support.rs_rows import columns, sample, text

KINDS = sorted(COLUMNS)
NEW_OF_3_2 = ("派生元ー活動指標／成果指標", "派生先ー活動指標／成果指標")

# What a column says of itself, which is called otherwise here and there.
OF_COLUMNS = ("rdf:type", "kk:column", "oa:hasSource", "kk:reviewYear")


def table(kind: str) -> list[list[str]]:
    """Return the sample of a kind as rows of cells, its header first."""
    return list(csv.reader(io.StringIO(text(kind, sample(kind)).decode("utf-8-sig"), newline="")))


def put(folder: Path, rows: list[list[str]]) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    path = folder / "file.csv"
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    return path


def without(rows: list[list[str]], *names: str) -> list[list[str]]:
    gone = {rows[0].index(name) for name in names}
    return [[cell for at, cell in enumerate(row) if at not in gone] for row in rows]


def needed(kind: str) -> tuple[str, ...]:
    return (*(NEEDED_OF_1_1 if kind == "1-1" else NEEDED_OF_ALL), *NEEDED[kind])


def refused(columns: list[str]) -> KonkyoError:
    with pytest.raises(KonkyoError) as caught:
        lay_out(columns, "file.csv")
    assert caught.value.source == "file.csv" and caught.value.row == 1
    for lang in ("ja", "en"):
        assert caught.value.report(lang)
    return caught.value


def test_the_data_is_whole() -> None:
    assert NEEDED.keys() == COLUMNS.keys()
    for kind in KINDS:
        assert set(needed(kind)) <= set(header(kind)), kind
        assert len(set(header(kind))) == len(header(kind))
    for form in forms():
        assert set(needed(form.kind)) <= set(form.columns), "no published form lacks what is needed"
    sizes = [len(form.columns) for form in forms() if form.kind == "3-2"]
    assert sizes == [25, 23]


@pytest.mark.parametrize("kind", KINDS)
def test_each_form_is_known_by_its_columns_whatever_their_order(kind: str) -> None:
    for form in forms():
        if form.kind != kind:
            continue
        years = [name for name in columns(kind) if name.isdigit()]
        for given_columns in ((*form.columns, *years), (*reversed(form.columns), *years)):
            layout = lay_out(given_columns, "x")
            assert layout.form == form
            assert (layout.new, layout.missing, layout.renamed) == ((), (), ())


def test_the_form_of_23_columns_says_the_same_but_for_the_indicators(tmp_path: Path) -> None:
    rows = table("3-2")
    full, _ = read(put(tmp_path, rows))
    old, report = read(put(tmp_path, without(rows, *NEW_OF_3_2)))
    assert report.refused == 0 and report.header == [], "a published form is nothing to tell about"
    more = {fact for fact in said(full) - said(old) if fact[1] not in OF_COLUMNS}
    assert more and all("measured" in s or "measured" in o for s, _, o in more)
    assert said(old) < said(full)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), chance=st.randoms(use_true_random=False))
def test_the_order_of_columns_says_nothing(tmp_path: Path, kind: str, chance: object) -> None:
    rows = table(kind)
    order = list(range(len(rows[0])))
    chance.shuffle(order)  # type: ignore[attr-defined]
    before, _ = read(put(tmp_path, rows))
    after, report = read(put(tmp_path, [[row[at] for at in order] for row in rows]))
    assert report.refused == 0 and said(after) == said(before)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_column_is_told_and_not_imported(tmp_path: Path, kind: str) -> None:
    rows = table(kind)
    before, _ = read(put(tmp_path, rows))
    added = [[*rows[0][:14], "新しい列", *rows[0][14:]]]
    added += [[*row[:14], "新しい値", *row[14:]] for row in rows[1:]]
    after, report = read(put(tmp_path, added))
    assert said(after) == said(before)
    assert "新しい列" not in report.unused
    (told,) = report.header
    assert "「新しい列」は新しい列" in told.ja and "Column '新しい列' is new: not imported" in told.en


@pytest.mark.parametrize("kind", KINDS)
def test_each_column_that_is_not_needed_may_be_missing(tmp_path: Path, kind: str) -> None:
    rows = table(kind)
    for name in header(kind):
        if name in needed(kind):
            error = refused([column for column in columns(kind) if column != name])
            assert error.column == name and kind in error.message.ja and name in error.message.en
            continue
        report = run(put(tmp_path, without(rows, name)))
        assert report.refused == 0, report.reasons
        # The two new columns of 3-2 are those of one form: with one of them the file is nearest to either.
        if name not in NEW_OF_3_2:
            assert [name in told.ja and "missing" in told.en for told in report.header] == [True]


def test_a_missing_column_is_named_with_the_nearest_form() -> None:
    full = [name for name in header("3-2") if name not in NEW_OF_3_2]
    error = refused([name for name in full if name != "派生先ー 活動目標／成果目標"])
    assert "23列" in error.message.ja and "23 columns" in error.message.en
    other = [name.replace("当初予算（合計）", "本予算（合計）") for name in columns("2-1")]
    error = refused(other)
    assert error.column == "当初予算（合計）" and "本予算（合計）" in error.message.ja
    many = [name for name in columns("2-1") if "予備費" not in name and "執行" not in name]
    assert "執行額" in refused(many).message.ja


@pytest.mark.parametrize(
    ("kind", "name", "written"),
    [
        ("2-1", "当初予算（合計）", "当初予算(合計)"),
        ("2-1", "翌年度への繰越し(合計）", "翌年度への繰越し（合計）"),
        ("3-2", "派生先ー 活動目標／成果目標", "派生先－活動目標/成果目標"),
        ("4-1", "反映額（特別会計）－会計", "反映額（特別会計）ー会計"),
        ("5-1", "支出先名", " 支出先名\n"),
        ("1-2", "予算事業ID", "予算事業ＩＤ"),
    ],
)
def test_another_sign_in_a_heading_is_told_and_read(
    tmp_path: Path, kind: str, name: str, written: str
) -> None:
    rows = table(kind)
    before, _ = read(put(tmp_path, rows))
    rows[0][rows[0].index(name)] = written
    after, report = read(put(tmp_path, rows))
    assert {(s, p) for s, p, _ in said(after) if p not in OF_COLUMNS} == {
        (s, p) for s, p, _ in said(before) if p not in OF_COLUMNS
    }
    assert [name in told.ja for told in report.header] == [True]
    # A place in the file is named as the file writes it.
    assert name not in {o for _, p, o in after if p == "kk:column"} or name == written.strip()


def test_a_column_that_stands_twice_is_refused() -> None:
    error = refused([*columns("6-1"), "備考"])
    assert error.column == "備考" and "twice" in error.message.en
    assert refused([*columns("3-1"), "2024年度"]).column == "2024"
    assert lay_out([*columns("6-1"), "", " "], "x").new == ()


@pytest.mark.parametrize(
    "years", [("2024",), ("2024年度", "２０２５"), tuple(str(year) for year in range(1990, 2099))]
)
def test_years_may_be_more_or_fewer(tmp_path: Path, years: tuple[str, ...]) -> None:
    rows = table("3-1")
    fixed = len(header("3-1"))
    made = [[*rows[0][:fixed], *years], *([*row[:fixed], *("7" for _ in years)] for row in rows[1:])]
    triples, report = read(put(tmp_path, made))
    assert report.refused == 0 and report.header == []
    known = {o for _, p, o in triples if p == "kk:fiscalYear"}
    assert len(known) == len(years) and "id:fy/2024" in known


def test_without_any_year_there_is_nothing_to_read() -> None:
    assert refused(list(header("3-1"))).column == "2024"

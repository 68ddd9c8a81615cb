"""Downloads as people have them: saved anew, packed anew, a page instead of the data, rows that programs leave."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.sources.rs import IMPORTERS, FileReport, recognise
from konkyo.sources.rs.engine import convert
from konkyo.sources.rs.forms import NotRs
from support.rs_rows import NAMES, row, sample, text, write_zip


def run(path: Path) -> FileReport:
    (file,) = recognise(path)
    return convert(file, IMPORTERS[file.kind], NAMES, lambda _: None, lambda _: None)


def put(folder: Path, data: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def refused(path: Path) -> KonkyoError:
    with pytest.raises(KonkyoError) as caught:
        run(path)
    assert caught.value.source and path.name in caught.value.source
    for lang in ("ja", "en"):
        assert caught.value.report(lang)
    return caught.value


@pytest.mark.parametrize("sign", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("kind", ["1-1", "2-1", "3-1", "3-2"])
def test_a_file_saved_anew_is_told_with_its_kind(tmp_path: Path, kind: str, encoding: str, sign: str) -> None:
    records = csv.reader(io.StringIO(text(kind, sample(kind)).decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(records)
    path = put(tmp_path, out.getvalue().encode(encoding))
    if sign == "," and encoding.startswith("utf-8"):
        assert run(path).refused == 0
        return
    with pytest.raises(NotRs, match="saved anew") as caught:
        recognise(path)
    error = caught.value
    assert error.meant == f"rs-2024/{kind}" and error.message.ja.startswith(f"「{kind} ")
    assert {"cp932": "Shift_JIS", "utf-16": "UTF-16"}.get(encoding, "UTF-8") in error.message.en
    assert error.hint and "UTF-8" in error.hint.en


@pytest.mark.parametrize("encoding", ["cp932", "euc-jp", "utf-16"])
def test_another_table_in_another_encoding_is_no_rs_file(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(NotRs, match="no RS file"):
        recognise(put(tmp_path, "番号,名称\r\n1,見本\r\n".encode(encoding)))


def test_a_kind_that_is_not_published_yet_is_told_and_stops_nothing(tmp_path: Path) -> None:
    known = text("6-1", sample("6-1")).decode("utf-8-sig").replace(",備考\r\n", ",評価区分,評価結果\r\n")
    with pytest.raises(NotRs, match="new kind"):
        recognise(put(tmp_path, known.encode("utf-8-sig")))


PAGES = [
    b"<!DOCTYPE html><html><head></head></html>",
    b"\xef\xbb\xbf\r\n  <!doctype HTML>\n<html lang='ja'>",
    b"<html>",
    b"<!-- moved -->\n<!-- twice -->\n<HTML>",
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["page.zip", "page.csv"])
def test_a_page_instead_of_the_data(tmp_path: Path, page: bytes, name: str) -> None:
    error = refused(put(tmp_path, page, name))
    assert isinstance(error, NotRs) and "HTML" in error.message.en and error.hint


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"\x00\x01\x02", "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no text"),
    ],
)
def test_what_only_has_the_name_of_a_csv(tmp_path: Path, head: bytes, word: str) -> None:
    assert word in refused(put(tmp_path, head)).message.en


def test_a_workbook_with_the_name_of_a_zip_or_csv(tmp_path: Path) -> None:
    book = archive(tmp_path / "a.xlsx", {"[Content_Types].xml": b"", "xl/workbook.xml": b""}).read_bytes()
    for name in ("book.zip", "book.csv"):
        assert "Excel" in refused(put(tmp_path, book, name)).message.en


def test_bytes_decide_and_not_the_name(tmp_path: Path) -> None:
    data = text("6-1", sample("6-1"))
    assert run(put(tmp_path, data, "csv.zip")).rows == len(sample("6-1"))
    packed = write_zip(tmp_path, "6-1", sample("6-1")).read_bytes()
    assert run(put(tmp_path, packed, "zip.csv")).rows == len(sample("6-1"))


# --- zips as people make them -------------------------------------------------------------------


def test_what_macos_leaves_in_a_zip(tmp_path: Path) -> None:
    data = text("6-1", sample("6-1"))
    made = archive(
        tmp_path / "mac.zip",
        {
            "年度/6-1.csv": data,
            "__MACOSX/年度/._6-1.csv": b"\0\5\x16\7",
            ".DS_Store": b"",
            "年度/Thumbs.db": b"",
        },
    )
    (file,) = recognise(made)
    assert file.inside == "年度/6-1.csv" and file.place == f"{made}/年度/6-1.csv" and file.label == "mac.zip"
    assert run(made).rows == len(sample("6-1"))


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_names_in_a_zip_of_which_the_zip_does_not_say_how_they_are_written(
    tmp_path: Path, encoding: str
) -> None:
    """Windows' own zips are CP932 (the second byte of 予 and 表 is a backslash), those of old programs on macOS UTF-8."""
    name = "予算・執行_表.csv"
    stand_in = "x" * len(name.encode(encoding) + b"")
    packed = archive(tmp_path / "a.zip", {stand_in: text("6-1", sample("6-1"))}).read_bytes()
    path = put(tmp_path, packed.replace(stand_in.encode(), name.encode(encoding)), "b.zip")
    (file,) = recognise(path)
    assert file.inside == name
    assert run(path).rows == len(sample("6-1"))


def test_a_fault_in_one_of_many_is_named_inside_its_zip(tmp_path: Path) -> None:
    made = archive(
        tmp_path / "all.zip",
        {"a/6-1.csv": text("6-1", sample("6-1")), "a/1-5.csv": text("1-5", [row("1-5", "x")])},
    )
    found = {file.kind: file for file in recognise(made)}
    with pytest.raises(KonkyoError) as caught:
        convert(found["1-5"], IMPORTERS["1-5"], NAMES, lambda _: None, lambda _: None)
    assert caught.value.source == f"{made}/a/1-5.csv" and caught.value.row == 2


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    packed = bytearray(archive(tmp_path / "a.zip", {"a.csv": b"x" * 50}).read_bytes())
    packed[6] |= 1
    packed[packed.index(b"PK\1\2") + 8] |= 1
    assert "password" in refused(put(tmp_path, bytes(packed), "b.zip")).message.en


# --- what a spreadsheet program leaves ----------------------------------------------------------


@pytest.mark.parametrize("rest", ["", "{commas}", "{commas}\r\n{commas}", ",,", "\r\n　,　"])
def test_rows_without_any_value_are_no_rows_and_told(tmp_path: Path, rest: str) -> None:
    rows = sample("6-1")
    data = text("6-1", rows).decode("utf-8-sig") + rest.format(commas="," * 13) + "\r\n"
    report = run(put(tmp_path, data.encode("utf-8-sig")))
    assert (report.rows, report.refused) == (len(rows), 0)
    warning = report.warnings[0]
    assert f"（{len(rows) + 2}" in warning.ja and f"(row {len(rows) + 2}" in warning.en


def test_a_row_keeps_its_number_behind_blank_ones(tmp_path: Path) -> None:
    lines = text("6-1", [row("6-1"), row("6-1", "x")]).decode("utf-8-sig").splitlines()
    data = "\r\n".join([lines[0], "", lines[1], "", "", lines[2]]) + "\r\n"
    assert refused(put(tmp_path, data.encode("utf-8-sig"))).row == 6

"""Files and folders of review sheets: in whatever form, what they hold is found once, and what is broken is told with its place."""

from __future__ import annotations

import gzip
import json
import lzma
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError
from konkyo.model.identifiers import graph
from konkyo.sources.folders import find_sources
from konkyo.sources.judgit import files
from konkyo.sources.judgit.engine import convert
from konkyo.sources.judgit.files import JudgitFile
from konkyo.sources.rs.engine import LIMIT, FileReport
from support.judgit_sheets import line, lines, samples, sheet, write_folder
from support.rs_rows import NAMES, sample, write_zip


def packed(path: Path, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("out/all.ndjson", data)
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


FORMS: dict[str, Callable[[Path], Path]] = {
    "plain": lambda top: written(top / "sheets.ndjson", lines(samples())),
    "jsonl": lambda top: written(top / "sheets.jsonl", lines(samples()).replace(b"\n", b"\r\n")),
    "bom": lambda top: written(top / "sheets.json", b"\xef\xbb\xbf" + lines(samples())),
    "gz": lambda top: written(top / "sheets.ndjson.gz", gzip.compress(lines(samples()))),
    "xz": lambda top: written(top / "sheets.ndjson.xz", lzma.compress(lines(samples()))),
    "zip": lambda top: packed(top / "sheets.zip", lines(samples())),
    "folder": lambda top: write_folder(top / "sheets", samples()),
}


def read(file: JudgitFile, limit: float = LIMIT) -> tuple[str, FileReport]:
    out: list[str] = []
    report = convert(file, NAMES, out.append, lambda _: None, limit)
    return "".join(out), report


def facts(text: str, year: int) -> set[str]:
    """The facts of a year's graph but those of the file itself, and of the line in which they stand."""
    tail = f"<{graph(f'judgit-{year}')}> ."
    kept = {
        row
        for row in text.splitlines()
        if row.endswith(tail) and "ns#row>" not in row and "#cell=" not in row
    }
    return {row for row in kept if not row.startswith("<https://w3id.org/konkyo/id/source/judgit-")}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(tmp_path: Path, form: str) -> None:
    FORMS[form](tmp_path)
    found = find_sources([tmp_path])
    assert [file.source for file in found.tables] == ["judgit-2015", "judgit-2020", "judgit-2023"]
    assert not (found.asides or found.refused or found.missing)
    plain = find_sources([written(tmp_path / "plain.ndjson", lines(samples()))]).tables
    for file, other in zip(found.tables, plain, strict=True):
        assert isinstance(file, JudgitFile) and isinstance(other, JudgitFile)
        (text, report), (expected, _) = read(file), read(other)
        assert facts(text, file.year) == facts(expected, file.year) and report.refused == 0


def test_copies_count_once_whatever_their_form(tmp_path: Path) -> None:
    for form in FORMS:
        FORMS[form](tmp_path)
    found = find_sources([tmp_path])
    assert len(found.tables) == 3 and len(found.copies) == 3 * (len(FORMS) - 1)
    assert not (found.choices or found.asides or found.refused)


def test_different_files_of_one_year_are_not_chosen_for_the_user(tmp_path: Path) -> None:
    written(tmp_path / "a.ndjson", lines([sheet()]))
    b = written(tmp_path / "b.ndjson", lines([sheet(事業名="別の名")]))
    (choice,) = find_sources([tmp_path]).choices
    assert choice.source == "judgit-2020" and [one.rows for one in choice.candidates] == [1, 1]
    (taken,) = find_sources([tmp_path], [b]).tables
    assert taken.path == b


def test_it_stands_beside_rs_files(tmp_path: Path) -> None:
    write_zip(tmp_path, "1-2", sample("1-2"))
    written(tmp_path / "sheets.ndjson", lines(samples()))
    found = find_sources([tmp_path])
    assert [file.source for file in found.tables] == [
        "judgit-2015",
        "judgit-2020",
        "judgit-2023",
        "rs-2024/1-2",
    ]


def test_other_json_is_left_alone(tmp_path: Path) -> None:
    written(tmp_path / "package.json", b'{"name": "x"}')
    written(tmp_path / "list.json", b"[1, 2]")
    written(tmp_path / "broken.ndjson", b"{")
    written(tmp_path / "empty.jsonl", b"")
    (tmp_path / "2020" / "x").mkdir(parents=True)
    written(tmp_path / "2020" / "x" / "1.json", b'{"name": "x"}')
    found = find_sources([tmp_path])
    assert not found.tables and not found.refused and len(found.asides) == 5


def test_a_bad_line_is_told_with_line_field_and_reason(tmp_path: Path) -> None:
    good = [sheet(number=f"{number:04}") for number in range(1, 1200)]
    data = lines(good[:500]) + b"{broken\n" + b"\n" + lines(good[500:])
    (file,) = find_sources([written(tmp_path / "a.ndjson", data)]).tables
    assert isinstance(file, JudgitFile)
    _, report = read(file)
    assert (report.rows, report.refused, report.counts["projects"]) == (1200, 1, 1199)
    (reason,) = report.reasons
    assert (reason.row, reason.column) == (501, "JSON") and "JSON" in reason.ja
    assert "502" in report.warnings[0].ja  # the empty line
    with pytest.raises(KonkyoError) as caught:
        read(file, limit=0.0001)
    assert (
        caught.value.row == 501
        and caught.value.column == "JSON"
        and caught.value.source == str(tmp_path / "a.ndjson")
    )
    assert caught.value.hint


def test_lines_without_a_year_are_told_once(tmp_path: Path) -> None:
    """Of a file with several years they are told with the first one, so that none is lost or told twice."""
    stray = line(sheet()).replace(b'"\xe5\x85\xac\xe9\x96\x8b\xe5\xb9\xb4\xe5\xba\xa6": 2020', b'"x": 1')
    data = lines(samples()) + stray
    reports = [read(file, limit=1)[1] for file in files.recognise(written(tmp_path / "a.ndjson", data), None)]
    assert [report.refused for report in reports] == [1, 0, 0]
    assert reports[0].reasons[0].row == 5 and reports[0].reasons[0].column == "公開年度"


def test_a_sheet_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (file,) = files.recognise(written(tmp_path / "a.ndjson", lines([sheet(), sheet()])), None)
    _, report = read(file, limit=1)
    assert report.refused == 1 and report.reasons[0].column == "事業番号" and report.counts["projects"] == 1


def test_a_bad_file_of_a_folder_is_named(tmp_path: Path) -> None:
    write_folder(tmp_path, [sheet(), sheet(number="0062")])
    written(tmp_path / "2020" / "総務省" / "0061.json", b"{")
    (file,) = find_sources([tmp_path]).tables
    assert isinstance(file, JudgitFile)
    _, report = read(file, limit=1)
    assert report.reasons[0].column == "総務省/0061.json: JSON"
    write_folder(tmp_path / "other", [sheet()])
    shutil.move(tmp_path / "other" / "2020", tmp_path / "other" / "2019")
    (file,) = find_sources([tmp_path / "other"]).tables
    assert isinstance(file, JudgitFile)
    _, report = read(file, limit=1)
    assert file.year == 2019 and report.refused == 1 and report.reasons[0].column.endswith("公開年度")


@pytest.mark.parametrize("form", ["gz", "xz"])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, form: str) -> None:
    """It is told and the build stops, although the user named its folder only; what is no review sheet stops nothing."""
    path = FORMS[form](tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    other = written(tmp_path / f"other.json.{form}", path.read_bytes()[:7])
    found = find_sources([tmp_path])
    assert not found.tables
    (refused,), (aside,) = found.refused, found.asides
    assert refused.error.hint and "壊れて" in refused.error.message.ja and refused.error.source == str(path)
    assert aside.error.source == str(other)


def test_a_big_file_of_something_else_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 1 << 10)
    written(tmp_path / "map.json", b'{"type": "' + b"x" * (1 << 12))
    found = find_sources([tmp_path])
    assert not found.refused and len(found.asides) == 1


def test_fields_may_be_escaped(tmp_path: Path) -> None:
    data = json.dumps(sheet()).encode()
    assert "公開年度".encode() not in data
    (file,) = find_sources([written(tmp_path / "a.json", data)]).tables
    assert isinstance(file, JudgitFile)
    assert read(file)[1].counts["projects"] == 1


def test_a_line_is_not_read_beyond_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 1 << 14)
    path = written(tmp_path / "a.ndjson", lines([sheet(), sheet(number="2", 事業目的="あ" * (1 << 14))]))
    with pytest.raises(KonkyoError) as caught:
        files.recognise(path, None)
    assert caught.value.row == 2 and caught.value.hint
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 10)
    with pytest.raises(KonkyoError) as caught:
        files.recognise(written(tmp_path / "b.ndjson", lines([sheet()])), None)
    assert caught.value.row == 1


@given(data=st.binary(max_size=200))
def test_whatever_bytes_a_file_has_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.ndjson"
    for content in (data, gzip.compress(data), line(sheet()) + data):
        try:
            found = files.recognise(written(path, content), None)
        except KonkyoError as error:
            assert error.hint
            continue
        for file in found:
            _, report = read(file, limit=1)
            assert report.rows == report.refused + report.counts.get("projects", 0)

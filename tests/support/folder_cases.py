"""Folders as people have them, made of invented rows: each function fills one folder and says with which options it is built."""

from __future__ import annotations

import csv
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

from support.rs_rows import columns, row, sample, text, write_csv, write_zip

NOON = 1_767_236_400  # 2026-01-01 at noon in Japan, and the same day everywhere from UTC-3 on
HTML = "<!DOCTYPE html>\n<html lang='ja'><title>404</title><body>ページが見つかりません</body></html>\n"
Options = Sequence[str]
CASES: dict[str, Callable[[Path], Options]] = {}


def case(function: Callable[[Path], Options]) -> Callable[[Path], Options]:
    """Register a folder under its function's name."""
    CASES[function.__name__.replace("_", "-")] = function
    return function


def make(name: str, folder: Path) -> Options:
    """Fill a folder and give its files a fixed day; return the arguments of ``konkyo build``."""
    folder.mkdir()
    options = CASES[name](folder)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (NOON, NOON))
    return options


def resaved(kind: str, encoding: str, sign: str = ",", year: int = 2024) -> bytes:
    data = text(kind, sample(kind, year)).decode("utf-8-sig")
    assert '"' not in data, "invented rows with commas in them would need a real writer"
    return data.replace(",", sign).encode(encoding)


def bad_rows(kind: str, good: int, bad: int) -> list[dict[str, str]]:
    return [
        *(row(kind, str(number)) for number in range(1, good + 1)),
        *(row(kind, "番号なし") for _ in range(bad)),
    ]


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(2025, 1, 31, 12, 0, 0)), data)
    return path


# --- copies -------------------------------------------------------------------------------------


@case
def several_downloads(folder: Path) -> Options:
    first = write_zip(folder, "6-1", sample("6-1"))
    for mark in (" (1)", " (2)", " - コピー", "のコピー"):
        shutil.copy(first, folder / f"{first.stem}{mark}.zip")
    write_zip(folder, "1-4", sample("1-4"))
    return ["."]


@case
def csv_beside_its_zip(folder: Path) -> Options:
    write_zip(folder, "6-1", sample("6-1"))
    write_csv(folder, "6-1", sample("6-1"))
    unpacked = folder / "1-5_RS_2024_関連事業"
    unpacked.mkdir()
    write_csv(unpacked, "1-5", sample("1-5"))
    write_zip(folder, "1-5", sample("1-5"))
    return ["."]


@case
def saved_anew_with_the_same_cells(folder: Path) -> Options:
    """UTF-8 without BOM, other line ends, a row of empty cells: other bytes, the same rows."""
    write_zip(folder, "6-1", sample("6-1"))
    data = text("6-1", sample("6-1")).decode("utf-8-sig").replace("\r\n", "\n") + "," * 13 + "\n"
    (folder / "6-1_2024_整理済み.csv").write_text(data, encoding="utf-8", newline="")
    return ["."]


@case
def the_same_path_twice(folder: Path) -> Options:
    """A folder, the same folder, and a file in it: nothing is a copy of itself."""
    path = write_zip(folder, "6-1", sample("6-1"))
    return [".", ".", path.name]


# --- years --------------------------------------------------------------------------------------


@case
def both_years(folder: Path) -> Options:
    for year in (2024, 2025):
        (folder / str(year)).mkdir()
        for kind in ("1-4", "6-1"):
            write_zip(folder / str(year), kind, sample(kind, year), year)
    return ["."]


@case
def years_mixed_in_one_file(folder: Path) -> Options:
    write_zip(folder, "1-4", sample("1-4"))
    write_csv(folder, "6-1", [*sample("6-1", 2024), *sample("6-1", 2025)])
    return [".", "--keep-going"]


# --- different files of one kind and year -------------------------------------------------------


@case
def two_that_differ(folder: Path) -> Options:
    write_zip(folder, "6-1", sample("6-1"))
    later = folder / "later"
    later.mkdir()
    write_csv(later, "6-1", [*sample("6-1"), row("6-1", "9009")])
    write_zip(folder, "1-4", sample("1-4"))
    return ["."]


@case
def two_that_differ_and_one_is_taken(folder: Path) -> Options:
    two_that_differ(folder)
    return [".", "--take", "later"]


@case
def three_in_two_versions(folder: Path) -> Options:
    first = write_zip(folder, "6-1", sample("6-1"))
    shutil.copy(first, folder / f"{first.stem} (1).zip")
    (folder / f"{first.stem} (2).csv").write_bytes(text("6-1", sample("6-1")[:1]))
    return [".", "--take", f"{first.stem} (1).zip"]


@case
def a_choice_that_is_not_there(folder: Path) -> Options:
    two_that_differ(folder)
    return [".", "--take", "6-1_RS_2023.zip"]


@case
def nothing_but_a_choice(folder: Path) -> Options:
    write_csv(folder, "6-1", sample("6-1"))
    (folder / "6-1 (1).csv").write_bytes(text("6-1", sample("6-1")[:1]))
    return ["."]


@case
def two_forms_of_one_kind(folder: Path) -> Options:
    """3-2 was published with 23 columns, and later with 25: the same rows say more in the later form."""
    rows = sample("3-2")
    earlier = [name for name in columns("3-2") if not name.endswith("活動指標／成果指標")]
    out = StringIO(newline="")
    writer = csv.DictWriter(out, earlier, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "3-2_RS_2024_効果発現経路_目標のつながり.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
    (folder / "2026").mkdir()
    write_csv(folder / "2026", "3-2", rows)
    write_zip(folder, "6-1", sample("6-1"))
    return ["."]


# --- what is no RS file -------------------------------------------------------------------------


@case
def a_page_saved_as_zip(folder: Path) -> Options:
    write_zip(folder, "1-4", sample("1-4"))
    (folder / "6-1_RS_2024_その他備考.zip").write_text(HTML, encoding="utf-8")
    (folder / "download.zip").write_text(HTML, encoding="utf-8")
    # A second try went well.
    (folder / "1-4_RS_2024_補助率等 (1).zip").write_text(HTML, encoding="utf-8")
    return ["."]


@case
def other_tables(folder: Path) -> Options:
    write_zip(folder, "6-1", sample("6-1"))
    (folder / "gaps.csv").write_text("種類,事業\r\n根拠なし,9001\r\n", encoding="utf-8-sig")
    (folder / "住所録.csv").write_bytes("氏名,住所\r\n見本太郎,東京都\r\n".encode("cp932"))
    (folder / "semicolons.csv").write_bytes(b"a;b\n1;2\n")
    (folder / "table.tsv").write_bytes(b"a\tb\n1\t2\n")
    return ["."]


@case
def workbooks_and_papers(folder: Path) -> Options:
    write_zip(folder, "6-1", sample("6-1"))
    book = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    packed(folder / "レビューシート.xlsx", book)
    packed(folder / "1-1_RS_2024_基本情報_組織情報.csv", book)  # renamed, not saved as
    (folder / "旧様式.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (folder / "~$レビューシート.xlsx").write_bytes(b"x")
    (folder / "説明.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "メモ.txt").write_text("あとで読む\n", encoding="utf-8")
    (folder / "README").write_text("downloaded by hand\n", encoding="utf-8")
    for number in range(8):
        (folder / f"画面{number}.png").write_bytes(b"\x89PNG\r\n")
    return ["."]


@case
def saved_anew_by_a_spreadsheet_program(folder: Path) -> Options:
    (folder / "1-4_RS_2024_補助率等.csv").write_bytes(resaved("1-4", "cp932"))
    (folder / "元データ.csv").write_bytes(resaved("1-5", "utf-8-sig", ";"))
    (folder / "作業用.txt").write_bytes(resaved("6-1", "utf-16", "\t"))
    write_zip(folder, "6-1", sample("6-1"))
    return ["."]


@case
def empty_files(folder: Path) -> Options:
    write_zip(folder, "1-4", sample("1-4"))
    (folder / "6-1_RS_2024_その他備考.zip").write_bytes(b"")
    (folder / "none.csv").write_bytes(b"")
    (folder / "1-5_RS_2024_基本情報_関連事業.csv").write_bytes(text("1-5", []))
    (folder / "empty").mkdir()
    return ["."]


@case
def downloads_that_have_not_ended(folder: Path) -> Options:
    whole = write_zip(folder, "1-4", sample("1-4"))
    data = whole.read_bytes()
    (folder / "未確認 123456.crdownload").write_bytes(data[:200])
    (folder / "1-4_RS_2024_補助率等.zip.part").write_bytes(data[:200])
    (folder / "6-1_RS_2024_その他備考.zip.crdownload").write_bytes(b"")
    (folder / "1-5_RS_2024_関連事業.zip").write_bytes(data[: len(data) // 2])
    return ["."]


@case
def nothing_to_build(folder: Path) -> Options:
    (folder / "説明.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "6-1_RS_2024_その他備考.zip").write_text(HTML, encoding="utf-8")
    return ["."]


@case
def a_folder_without_anything(folder: Path) -> Options:
    (folder / ".DS_Store").write_bytes(b"")
    return ["."]


# --- what systems and programs leave ------------------------------------------------------------


@case
def from_a_mac(folder: Path) -> Options:
    data = text("6-1", sample("6-1"))
    inside = {"6-1.csv": data, "__MACOSX/._6-1.csv": b"\0\5\x16\7", ".DS_Store": b"\0"}
    packed(folder / "6-1_RS_2024_その他備考.zip", inside)
    (folder / "._6-1_RS_2024_その他備考.zip").write_bytes(b"\0\5\x16\7")
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._a.csv").write_bytes(b"\0\5\x16\7")
    (folder / "Icon\r").write_bytes(b"")
    return ["."]


@case
def from_windows(folder: Path) -> Options:
    """Names inside the zip are CP932, and the zip does not say so; 予 and 表 end in a backslash there."""
    name = "予算表/6-1_その他備考.csv"
    stand_in = "x" * len(name.encode("cp932"))
    path = packed(folder / "まとめ.zip", {stand_in: text("6-1", [row("6-1", "x")])})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name.encode("cp932")))
    write_zip(folder, "1-4", sample("1-4"))
    for litter in ("Thumbs.db", "desktop.ini", "~$6-1.csv"):
        (folder / litter).write_bytes(b"x")
    return [".", "--keep-going"]


@case
def rows_that_a_program_left(folder: Path) -> Options:
    data = text("6-1", sample("6-1")).decode("utf-8-sig")
    head, *lines = data.splitlines()
    left = "\r\n".join([head, "", *lines, "," * 13, "", ",".join([" "] * 14)]) + "\r\n"
    (folder / "6-1_RS_2024_その他備考.csv").write_text(left, encoding="utf-8-sig", newline="")
    return ["."]


# --- zips ---------------------------------------------------------------------------------------


@case
def all_in_one_zip(folder: Path) -> Options:
    kinds = ("1-1", "1-2", "1-4", "1-5", "6-1")
    inside = {f"RS2024/{kind}.csv": text(kind, sample(kind)) for kind in kinds}
    packed(
        folder / "RS2024.zip",
        {**inside, "RS2024/": b"", "RS2024/お読みください.txt": b"", "RS2024/図.pdf": b""},
    )
    return ["."]


@case
def zips_in_a_zip_and_others(folder: Path) -> Options:
    inner = write_zip(folder, "1-4", sample("1-4"))
    packed(folder / "all.zip", {inner.name: inner.read_bytes()})
    packed(folder / "pictures.zip", {"a.png": b"\x89PNG"})
    (folder / "old.7z").write_bytes(b"7z\xbc\xaf'\x1c")
    locked = packed(folder / "locked.zip", {"6-1.csv": text("6-1", sample("6-1"))})
    data = bytearray(locked.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    locked.write_bytes(data)
    return ["."]


# --- files that are refused ---------------------------------------------------------------------


@case
def five_bad_rows_of_fifty(folder: Path) -> Options:
    write_csv(folder, "6-1", bad_rows("6-1", 45, 5))
    write_zip(folder, "1-4", sample("1-4"))
    return ["."]


@case
def five_bad_rows_of_fifty_left_out(folder: Path) -> Options:
    five_bad_rows_of_fifty(folder)
    return [".", "--keep-going"]


@case
def a_column_is_missing(folder: Path) -> Options:
    write_zip(folder, "1-4", sample("1-4"))
    lines = text("1-5", sample("1-5")).decode("utf-8-sig").splitlines()
    cut = "\r\n".join(line.rsplit(",", 2)[0] for line in lines) + "\r\n"
    (folder / "1-5_RS_2024_基本情報_関連事業.csv").write_text(cut, encoding="utf-8-sig", newline="")
    return [".", "--keep-going"]


@case
def a_refused_file_beside_a_good_one(folder: Path) -> Options:
    write_zip(folder, "6-1", sample("6-1"))
    whole = text("6-1", [*sample("6-1"), row("6-1", "9009", **{"備考": "一行目\n二行目"})])
    (folder / "6-1_RS_2024_その他備考 (1).csv").write_bytes(whole[:-10])  # the last cell has no end
    return ["."]


# --- folders ------------------------------------------------------------------------------------


@case
def what_is_no_file(folder: Path) -> Options:
    deep = folder / "総務省" / "2024"
    deep.mkdir(parents=True)
    write_zip(deep, "6-1", sample("6-1"))
    os.mkfifo(folder / "pipe.csv")
    (folder / "gone.zip").symlink_to("nowhere.zip")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    return ["."]


@case
def named_one_by_one(folder: Path) -> Options:
    """As a shell hands over ``konkyo build *``: what a user names and konkyo cannot read, is told by the exit code, too."""
    write_zip(folder, "6-1", sample("6-1"))
    (folder / "説明.pdf").write_bytes(b"%PDF-1.7\n")
    return sorted(path.name for path in folder.iterdir())


@case
def other_yaml_and_a_store(folder: Path) -> Options:
    write_zip(folder, "6-1", sample("6-1"))
    (folder / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    store = folder / "built"
    (store / "g-000001").mkdir(parents=True)
    (store / "CURRENT").write_text("g-000001\n", encoding="ascii")
    (store / "g-000001" / "000001.log").write_bytes(b"")
    return ["."]

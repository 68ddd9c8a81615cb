"""Zips as people have them: what lies inside by its readable name; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from konkyo.common.dates import PartialDate
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.sources.found import SHEETS
from konkyo.sources.litter import lies_in_litter
from konkyo.sources.rs.forms import HINT, NotRs

# A zip of a year holds one CSV of some 20 MB, deflated to a sixth. Whatever is far beyond that is no RS file.
MAX_MEMBERS = 200
MAX_BYTES = 2 << 30
MAX_RATIO = 250
_RATIO_MATTERS_FROM = 16 << 20

_UTF8_NAME = 0x800
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Excel's files are zips, too.
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a zip: the name that opens it, the name for people, its size in bytes, and the date it bears."""

    key: str
    name: str
    size: int
    modified: PartialDate | None

    @property
    def is_sheets(self) -> bool:
        """Return whether its name says that it is a file of review sheets (JSON)."""
        return bool(SHEETS.search(self.name))

    @property
    def is_csv(self) -> bool:
        """Return whether its name says that it is a CSV."""
        return self.name.lower().endswith(".csv")


def members(path: Path) -> list[Member]:
    """Return the files in a zip but what systems leave there (``__MACOSX/``, ``._a.csv``), in the zip's order.

    Raises KonkyoError for a zip that is broken, has a password, or would unpack to far too much.
    """
    with open_zip(path) as archive:
        infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    named = [(info, _readable(info)) for info in infos.values()]
    found = [(info, name) for info, name in named if not lies_in_litter(name)]
    if len(found) > MAX_MEMBERS:
        raise _bomb(path, Words(f"{len(found)}個のファイルが入っています", f"it holds {len(found)} files"))
    if any(name == _WORKBOOK for _, name in found):
        raise NotRs(Words("Excelのファイルです。", "It is an Excel file."), source=str(path), hint=HINT)
    for info, name in found:
        _check(path, info, name)
    return [Member(info.filename, name, info.file_size, _date(info)) for info, name in found]


def _check(path: Path, info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise NotRs(
            Words("パスワード付きのzipは読めません。", "A zip with a password cannot be read."),
            source=str(path),
            hint=Words("パスワードなしのzipかCSVを渡してください。", "Pass a zip without one, or the CSV."),
        )
    if info.compress_type not in _METHODS:
        raise NotRs(
            Words("zipの圧縮方式が違います（deflateではない）。", "The zip is not packed by deflate."),
            source=str(path),
            hint=HINT,
        )
    if info.file_size > MAX_BYTES or (
        info.file_size > _RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * info.compress_size
    ):
        size = f"{info.file_size / 1e6:,.0f} MB"
        raise _bomb(path, Words(f"{name}が{size}に展開されます", f"{name} would unpack to {size}"))


def _readable(info: zipfile.ZipInfo) -> str:
    """Return a member's name: Windows in Japan writes CP932 without saying so, macOS UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _date(info: zipfile.ZipInfo) -> PartialDate | None:
    """Return the day that a zip gives a member; 1980-01-01 stands for none."""
    if info.date_time[0] <= 1980:
        return None
    try:
        return PartialDate(*info.date_time[:3])
    except ValueError:
        return None


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip; what is wrong with it, then or later, becomes a KonkyoError."""
    with _told(str(path)):
        archive = zipfile.ZipFile(path)
    try:
        with archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise broken(str(path), error) from error
    except OSError as error:
        raise unreadable(str(path), error) from error


def open_member(archive: zipfile.ZipFile, member: str, source: str) -> IO[bytes]:
    """Open a file in a zip. Raises KonkyoError where the zip is broken there."""
    with _told(source):
        return archive.open(member)


@contextmanager
def _told(source: str) -> Iterator[None]:
    """Turn whatever Python's reader stumbles over into a KonkyoError: names and numbers that mean nothing among it."""
    try:
        yield
    except OSError as error:
        raise unreadable(source, error) from error
    except Exception as error:
        raise broken(source, error) from error


def broken(source: str, reason: object) -> KonkyoError:
    """Return the error for a zip whose bytes are not whole."""
    return NotRs(
        Words(f"zipが壊れています（{reason}）。", f"The zip is broken ({reason})."),
        source=source,
        hint=Words("もう一度ダウンロードしてください。", "Download it again."),
    )


def unreadable(source: str, error: OSError) -> KonkyoError:
    """Return the error for a file that the system does not let us read."""
    reason = error.strerror or str(error)
    return NotRs(
        Words(f"ファイルが読めません（{reason}）。", f"The file cannot be read ({reason})."),
        source=source,
        hint=Words("置き場所と読取りの権限を確かめてください。", "Look where it lies and who may read it."),
    )


def _bomb(path: Path, what: Words) -> KonkyoError:
    return NotRs(
        Words(
            f"RSシステムのzipとしては異常です（{what.ja}）。読みません。",
            f"This is no ordinary zip of the RS system ({what.en}); it is not read.",
        ),
        source=str(path),
        hint=HINT,
    )

"""RS files as they are downloaded: a zip with one CSV, or the CSV itself; recognised by its header.

A zip is read as a stream and never unpacked to disk.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from konkyo.errors import KonkyoError
from konkyo.sources.rs.forms import HINT, lay_out
from konkyo.sources.rs.wording import digits
from konkyo.text import PartialDate
from konkyo.words import Words

SUFFIXES = (".zip", ".csv")
# A zip of a year holds one CSV of some 20 MB, deflated to a sixth. Whatever is far beyond that is no RS file.
MAX_MEMBERS = 50
MAX_BYTES = 2 << 30
MAX_RATIO = 250
_RATIO_MATTERS_FROM = 16 << 20
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class RsFile:
    """One CSV of the RS system: where it lies, what it is, and the hash of the file that was downloaded.

    ``label`` is the name of the downloaded file; ``member`` the CSV's name inside a zip;
    ``modified`` the date that the zip gives the CSV, if it is one.
    """

    path: Path
    member: str | None
    kind: str
    year: int
    columns: tuple[str, ...]
    sha256: str
    modified: PartialDate | None

    @property
    def label(self) -> str:
        """Return the official file name as given."""
        return self.path.name

    @property
    def source(self) -> str:
        """Return the key of its source and named graph: ``rs-2024/1-3``."""
        return f"rs-{self.year}/{self.kind}"


def recognise(path: Path) -> list[RsFile]:
    """Return the RS files in a zip or CSV, by their headers and the 事業年度 of their first row.

    Raises KonkyoError for what is none, and for a zip that is broken or would unpack to far too much.
    """
    return [
        _recognise(path, member) for member in (_members(path) if path.suffix.lower() == ".zip" else [None])
    ]


def rows(file: RsFile) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows after the header with their record numbers (the header is 1). Raises KonkyoError."""
    with _records(file.path, file.member) as records:
        next(records)
        yield from records


def _members(path: Path) -> list[zipfile.ZipInfo]:
    with _zip(path) as archive:
        infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _bomb(path, Words(f"{len(infos)}個のファイルが入っています", f"it holds {len(infos)} files"))
    found = []
    for info in infos:
        name = info.filename
        # Archives inside, folders and what file managers leave behind are no part of a published zip.
        if info.is_dir() or not name.lower().endswith(".csv") or name.startswith("__MACOSX/"):
            continue
        if info.flag_bits & 1:
            raise KonkyoError(
                Words("パスワード付きのzipは読めません。", "A zip with a password cannot be read."),
                source=str(path),
            )
        if info.file_size > MAX_BYTES or (
            info.file_size > _RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * info.compress_size
        ):
            size = f"{info.file_size / 1e6:,.0f} MB"
            raise _bomb(path, Words(f"展開すると{size}になります", f"it would unpack to {size}"))
        found.append(info)
    if not found:
        raise KonkyoError(
            Words("zipの中にCSVがありません。", "There is no CSV in the zip."),
            source=str(path),
            hint=HINT,
        )
    return found


def _bomb(path: Path, what: Words) -> KonkyoError:
    return KonkyoError(
        Words(
            f"RSシステムのzipとしては異常です（{what.ja}）。読みません。",
            f"This is no ordinary zip of the RS system ({what.en}); it is not read.",
        ),
        source=str(path),
        hint=HINT,
    )


def _broken(path: Path, reason: object) -> KonkyoError:
    return KonkyoError(
        Words(f"zipが壊れています（{reason}）。", f"The zip is broken ({reason})."),
        source=str(path),
        hint=Words("もう一度ダウンロードしてください。", "Download it again."),
    )


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _broken(path, error) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> KonkyoError:
    return KonkyoError(
        Words(
            f"ファイルが読めません（{error.strerror or error}）。",
            f"The file cannot be read ({error.strerror or error}).",
        ),
        source=str(path),
    )


@contextmanager
def _records(path: Path, member: str | None) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Open a CSV; the iterator yields records with their numbers and turns faults into errors with a place."""
    try:
        if member is None:
            with path.open("rb") as raw:
                yield _parse(path, raw)
        else:
            with _zip(path) as archive:
                try:
                    with archive.open(member) as raw:
                        yield _parse(path, raw)
                except KonkyoError:
                    # Bytes that went astray look like a wrong encoding before their checksum is reached.
                    if archive.testzip():
                        raise zipfile.BadZipFile("bad checksum") from None
                    raise
    except OSError as error:
        raise _unreadable(path, error) from error


def _parse(path: Path, raw: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        for number, record in enumerate(csv.reader(text, strict=True), start=1):
            yield number, record
    except UnicodeDecodeError as error:
        raise KonkyoError(
            Words(
                "文字コードがUTF-8ではありません。表計算ソフトで保存し直すと変わることがあります。",
                "The encoding is not UTF-8; saving it anew in a spreadsheet program may have changed it.",
            ),
            source=str(path),
            row=number + 1,
            hint=HINT,
        ) from error
    except csv.Error as error:
        raise KonkyoError(
            Words(
                f"CSVとして読めません（{error}）。途中で切れているか、引用符が閉じていません。",
                f"It is not CSV ({error}): cut off, or a quotation mark is not closed.",
            ),
            source=str(path),
            row=number + 1,
            hint=HINT,
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _broken(path, error) from error


def _recognise(path: Path, member: zipfile.ZipInfo | None) -> RsFile:
    with _records(path, member.filename if member else None) as records:
        first = next(records, None)
        if first is None:
            raise KonkyoError(Words("ファイルが空です。", "The file is empty."), source=str(path))
        columns = tuple(first[1])
        layout = lay_out(columns, str(path))
        _, row = next(records, (2, []))
    at = layout.at["事業年度"]
    year = row[at] if at < len(row) else ""
    if not _YEAR.fullmatch(digits(year) or ""):
        raise KonkyoError(
            Words(
                f"事業年度「{year}」が西暦4桁ではありません。",
                f"The 事業年度 {year!r} is no four-digit year.",
            ),
            source=str(path),
            row=2,
            column="事業年度",
        )
    return RsFile(
        path=path,
        member=member.filename if member else None,
        kind=layout.kind,
        year=int(digits(year) or ""),
        columns=columns,
        sha256=_sha256(path),
        modified=PartialDate(*member.date_time[:3]) if member and member.date_time[0] > 1980 else None,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()

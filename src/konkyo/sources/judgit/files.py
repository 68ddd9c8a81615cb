"""JUDGIT's files as people have them: JSON lines (plain, .gz, .xz, in a zip), or the folder year/ministry/number.json.

A file may hold several years; of each year it is one :class:`JudgitFile`. A file is known by what its lines say, not by its name, and is
read as a stream: no more than one line is held.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from konkyo.common.dates import PartialDate
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.graphs import JUDGIT, review_source
from konkyo.sources.judgit.reading import parse
from konkyo.sources.rs.importer import RowError
from konkyo.sources.rs.zips import Member, open_zip, unreadable

NAMES = (".json", ".jsonl", ".ndjson")
"""How files with sheets are called, but for the .gz or .xz behind it."""
MAX_LINE = 16 << 20
"""What a sheet has at most; the longest published has 0.4 MB."""
MAX_BYTES = 8 << 30
"""What a file unpacks to at most; all nine years are 0.4 GB."""

_KEY = "公開年度"
_YEAR = re.compile(rb'"(?:%s|\\u516c\\u958b\\u5e74\\u5ea6)"\s*:\s*([0-9]+)' % _KEY.encode(), re.IGNORECASE)
# The fields that every sheet has, as they are or escaped.
_KNOWN_BY = tuple(
    re.compile(
        rb'"(?:%s|%s)"\s*:' % (name.encode(), re.escape(json.dumps(name)[1:-1].encode())), re.IGNORECASE
    )
    for name in (_KEY, "事業名", "府省庁")
)
_GZ, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
_HEAD = 1 << 16
_YEAR_FOLDER = re.compile(r"20[0-9]{2}")
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, lzma.LZMAError, gzip.BadGzipFile)


@dataclass(frozen=True, slots=True)
class JudgitFile:
    """The sheets of one year in a file or folder.

    ``label``, ``member``, ``inside``, ``sha256``, ``size`` and ``modified`` are those of :class:`konkyo.sources.rs.RsFile`. ``parts`` are the
    files of a folder, below it. ``rows`` are all lines of the file, of whatever year. ``stray`` says that lines without a year are to be told here: of one year of a file they are.
    """

    path: Path
    member: str | None
    inside: str | None
    label: str
    year: int
    parts: tuple[str, ...]
    rows: int
    stray: bool
    sha256: str
    size: int
    modified: PartialDate | None
    kind: str = JUDGIT
    columns: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Return the key of its source and named graph: ``judgit-2015``."""
        return review_source(self.year, self.kind)

    @property
    def place(self) -> str:
        """Return where it lies, as people read it."""
        return f"{self.path}/{self.inside}" if self.inside else str(self.path)

    @property
    def named(self) -> str:
        """Return the path by which it is told from other files."""
        return self.place

    def part(self, row: int) -> str | None:
        """Return the file of a folder that is the sheet of this number, counted from 1; None for a file of lines."""
        return self.parts[row - 1] if self.parts else None


def sheets(file: JudgitFile, empty: list[int] | None = None) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of the file's year with their numbers, counted from 1: a folder's files in the order of their names.

    Lines that hold nothing are no sheets; their numbers go to ``empty``. Raises KonkyoError for a file that is broken or far too big.
    """
    if file.parts:
        yield from enumerate((_whole(file.path / part) for part in file.parts), start=1)
        return
    for number, line in _lines(file.path, file.member, file.place):
        if not line.strip():
            if empty is not None and file.stray:
                empty.append(number)
            continue
        year = _year(line)
        if year == file.year or (year is None and file.stray):
            yield number, line


def recognise(path: Path, member: Member | None, *, alone: bool = True) -> list[JudgitFile]:
    """Return what a file of JSON lines holds, for each year; nothing where it does not begin with a review sheet.

    Raises KonkyoError for a file that is broken or far too big.
    """
    key, inside = (member.key, member.name) if member else (None, None)
    place = f"{path}/{inside}" if inside else str(path)
    if not _is_sheet(_head(path, key)):
        return []
    years: set[int] = set()
    rows = 0
    for number, line in _lines(path, key, place):
        rows = number
        if (year := _year(line)) is not None:
            years.add(year)
    label = path.name if alone or not inside else f"{path.name}/{inside}"
    return [
        JudgitFile(
            path=path,
            member=key,
            inside=None if alone else inside,
            label=label,
            year=year,
            parts=(),
            rows=rows,
            stray=year == min(years),
            sha256=_sha256(path),
            size=member.size if member else path.stat().st_size,
            modified=member.modified if member else None,
        )
        for year in sorted(years)
    ]


def folder_of(path: Path) -> Path | None:
    """Return the folder of a year that a file lies in as the public repository has it (2015/内閣府/0012.json), or None."""
    year = path.parent.parent
    return year if path.suffix.lower() == ".json" and _YEAR_FOLDER.fullmatch(year.name) else None


def recognise_folder(folder: Path, files: Iterable[Path]) -> JudgitFile | None:
    """Return the folder of a year with those of its files that were found; None where none of them is a review sheet."""
    parts = sorted(path.relative_to(folder).as_posix() for path in files)
    made, size, known = hashlib.sha256(), 0, False
    for part in parts:
        text = _whole(folder / part)
        known = known or _is_sheet(text)
        size += len(text)
        made.update(part.encode(errors="surrogateescape") + b"\0" + hashlib.sha256(text).digest())
    if not known:
        return None
    return JudgitFile(
        path=folder,
        member=None,
        inside=None,
        label=f"{folder.name}/",
        year=int(folder.name),
        parts=tuple(parts),
        rows=len(parts),
        stray=True,
        sha256=made.hexdigest(),
        size=size,
        modified=None,
    )


def content(file: JudgitFile) -> tuple[str, int]:
    """Return a hash of what the sheets of a file say, whatever their order and spaces, and their number."""
    number, total = 0, 0
    for _, line in sheets(file):
        number += 1
        try:
            told = json.dumps(parse(line), sort_keys=True, default=str).encode()
        except RowError:
            told = line.strip()
        total += int.from_bytes(hashlib.sha256(told).digest())
    return f"{total:x}", number


def _year(line: bytes) -> int | None:
    found = _YEAR.search(line)
    return int(found[1]) if found and len(found[1]) == 4 else None


def _is_sheet(text: bytes) -> bool:
    """Return whether a text begins with a review sheet, as far as its fields tell: it may be broken all the same."""
    return all(name.search(text) for name in _KNOWN_BY)


def _head(path: Path, member: str | None) -> bytes:
    """Return the beginning of a file, unpacked as far as it goes: a download that was cut off is one, too."""
    place = str(path)
    try:
        with _unpacked(path, member) as raw:
            head = raw.read(_HEAD)
        if head.startswith(_GZ):
            return zlib.decompressobj(wbits=31).decompress(head, _HEAD)
        return lzma.LZMADecompressor().decompress(head, _HEAD) if head.startswith(_XZ) else head
    except _FAULTS:
        return b""
    except OSError as error:
        raise unreadable(place, error) from error


def _lines(path: Path, member: str | None, place: str) -> Iterator[tuple[int, bytes]]:
    """Yield lines with their numbers. Raises KonkyoError."""
    number = total = 0
    try:
        with _open(path, member) as raw:
            while line := raw.readline(MAX_LINE + 1):
                number += 1
                total += len(line)
                if len(line) > MAX_LINE:
                    raise _too_long(place, number)
                if total > MAX_BYTES:
                    raise _too_big(place, number)
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
    except _FAULTS as error:
        raise KonkyoError(
            Words(f"途中で壊れています（{error}）。", f"It is broken ({error})."),
            source=place,
            row=number + 1,
            hint=Words("もう一度ダウンロードしてください。", "Download it again."),
        ) from error
    except OSError as error:
        raise unreadable(place, error) from error


@contextmanager
def _unpacked(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    """Open a file, inside a zip or not."""
    if member is None:
        with path.open("rb") as raw:
            yield raw
    else:
        with open_zip(path) as archive, archive.open(member) as raw:
            yield raw


@contextmanager
def _open(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    """Open a file, and unpack what is .gz or .xz."""
    with _unpacked(path, member) as raw:
        head = raw.read(len(_XZ))
        raw.seek(0)
        if head.startswith(_GZ):
            with gzip.open(raw) as unpacked:
                yield cast("IO[bytes]", unpacked)
        elif head.startswith(_XZ):
            with lzma.open(raw) as unpacked:
                yield unpacked
        else:
            yield raw


def _whole(path: Path) -> bytes:
    """Return a file of one sheet as one line."""
    try:
        with path.open("rb") as raw:
            text = raw.read(MAX_LINE + 1)
    except OSError as error:
        raise unreadable(str(path), error) from error
    if len(text) > MAX_LINE:
        raise _too_long(str(path), 1)
    return text.removeprefix(b"\xef\xbb\xbf")


def _sha256(path: Path) -> str:
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


_ONE_A_LINE = Words(
    "一行に一枚のシート（JSON）を書いたファイルか、年度/府省庁/番号.json のフォルダーを渡してください。",
    "Pass a file with one sheet (JSON) a line, or the folder year/ministry/number.json.",
)


def _too_long(place: str, row: int) -> KonkyoError:
    size = MAX_LINE >> 20
    return KonkyoError(
        Words(f"一行が{size} MBを超えます。", f"A line has more than {size} MB."),
        source=place,
        row=row,
        hint=_ONE_A_LINE,
    )


def _too_big(place: str, row: int) -> KonkyoError:
    size = MAX_BYTES >> 30
    return KonkyoError(
        Words(
            f"{size} GBを超えて展開されます。読みません。",
            f"It unpacks to more than {size} GB; it is not read.",
        ),
        source=place,
        row=row,
        hint=_ONE_A_LINE,
    )

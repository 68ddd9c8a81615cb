"""RS files as they are downloaded: a zip with one CSV, or the CSV itself; recognised by its whole header.

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
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from konkyo.errors import KonkyoError
from konkyo.sources.rs.headers import COLUMNS, TITLES, WITH_YEAR_COLUMNS, header, kind_of
from konkyo.text import PartialDate
from konkyo.words import Words

SUFFIXES = (".zip", ".csv")
# A zip of a year holds one CSV of some 20 MB, deflated to a sixth. Whatever is far beyond that is no RS file.
MAX_MEMBERS = 50
MAX_BYTES = 2 << 30
MAX_RATIO = 250
_RATIO_MATTERS_FROM = 16 << 20
_YEAR_COLUMN = 1
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
            hint=_HINT,
        )
    return found


_HINT = Words(
    "行政事業レビュー見える化サイトのCSVのページから、zipをそのまま保存してください。",
    "Save the zips as they are from the CSV page of the RS system's site.",
)


def _bomb(path: Path, what: Words) -> KonkyoError:
    return KonkyoError(
        Words(
            f"RSシステムのzipとしては異常です（{what.ja}）。読みません。",
            f"This is no ordinary zip of the RS system ({what.en}); it is not read.",
        ),
        source=str(path),
        hint=_HINT,
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
        with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
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
            hint=_HINT,
        ) from error
    except csv.Error as error:
        raise KonkyoError(
            Words(
                f"CSVとして読めません（{error}）。途中で切れているか、引用符が閉じていません。",
                f"It is not CSV ({error}): cut off, or a quotation mark is not closed.",
            ),
            source=str(path),
            row=number + 1,
            hint=_HINT,
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _broken(path, error) from error


def _recognise(path: Path, member: zipfile.ZipInfo | None) -> RsFile:
    with _records(path, member.filename if member else None) as records:
        first = next(records, None)
        if first is None:
            raise KonkyoError(Words("ファイルが空です。", "The file is empty."), source=str(path))
        columns = tuple(first[1])
        kind = kind_of(columns)
        if kind is None:
            raise _unknown_header(path, columns)
        _, row = next(records, (2, []))
    year = row[_YEAR_COLUMN].strip() if len(row) > _YEAR_COLUMN else ""
    if not _YEAR.fullmatch(year):
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
        kind=kind,
        year=int(year),
        columns=columns,
        sha256=_sha256(path),
        modified=PartialDate(*member.date_time[:3]) if member and member.date_time[0] > 1980 else None,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _unknown_header(path: Path, columns: tuple[str, ...]) -> KonkyoError:
    """Say which kind it comes nearest to, and which of its columns are missing or renamed."""
    given = set(columns)
    nearest = max(COLUMNS, key=lambda kind: len(given & set(header(kind))) / len(given | set(header(kind))))
    expected = header(nearest)
    missing = [name for name in expected if name not in given]
    extra = [name for name in columns if name not in expected]
    if nearest in WITH_YEAR_COLUMNS:
        extra = [name for name in extra if not name.isdigit()]
    if len(missing) > len(expected) / 2:
        return KonkyoError(
            Words("RSシステムのどのファイルの見出しとも合いません。", "Its header is that of no RS file."),
            source=str(path),
            row=1,
            hint=_HINT,
        )
    title = TITLES[nearest].ja
    if not missing and not extra:
        return KonkyoError(
            Words(
                f"「{nearest} {title}」の列が揃っていますが、並びか重複が違います。",
                f"It has the columns of {nearest} {title}, but in another order, or some twice.",
            ),
            source=str(path),
            row=1,
            hint=_HINT,
        )
    if not missing:
        listed = "、".join(f"「{name}」" for name in extra[:5])
        return KonkyoError(
            Words(
                f"「{nearest} {title}」にない列があります: {listed}",
                f"It has columns that {nearest} {title} does not have: {listed}",
            ),
            source=str(path),
            row=1,
            column=extra[0],
            hint=_HINT,
        )
    parts_ja, parts_en = [], []
    for name in missing[:5]:
        close = get_close_matches(name, extra, n=1, cutoff=0.5)
        parts_ja.append(f"「{name}」" + (f"（「{close[0]}」に変わった？）" if close else ""))
        parts_en.append(f"「{name}」" + (f" (renamed 「{close[0]}」?)" if close else ""))
    return KonkyoError(
        Words(
            f"「{nearest} {title}」の列が足りません: {'、'.join(parts_ja)}",
            f"Columns of {nearest} {title} are missing: {', '.join(parts_en)}",
        ),
        source=str(path),
        row=1,
        column=missing[0],
        hint=_HINT,
    )

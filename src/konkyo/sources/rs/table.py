"""RS files as they are downloaded: a zip with CSVs, or a CSV itself; recognised by its whole header.

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
from functools import lru_cache
from pathlib import Path
from typing import IO

from konkyo.common.dates import PartialDate
from konkyo.common.errors import KonkyoError
from konkyo.common.text import readable, too_long
from konkyo.common.words import Words
from konkyo.sources.rs.formats import HEAD, header_of, is_zip, refuse_foreign, refuse_resaved
from konkyo.sources.rs.forms import HINT, Layout, NotRs, lay_out
from konkyo.sources.rs.wording import digits
from konkyo.sources.rs.zips import Member, broken, members, open_member, open_zip, unreadable

_YEAR = re.compile(r"20\d\d")
# Stands in the header of every kind of file.
_ID_COLUMN = "予算事業ID".encode()


@dataclass(frozen=True, slots=True)
class RsFile:
    """One CSV of the RS system: where it lies, what it is, and the hash of the file that was downloaded.

    ``label`` is the name of the downloaded file, with the CSV's where it holds several; ``member`` opens the CSV
    inside a zip, and ``inside`` is its name for people; ``size`` counts the CSV's bytes; ``modified`` is the date
    that the zip gives the CSV, if it is one.
    """

    path: Path
    member: str | None
    inside: str | None
    label: str
    kind: str
    year: int
    columns: tuple[str, ...]
    sha256: str
    size: int
    modified: PartialDate | None

    @property
    def source(self) -> str:
        """Return the key of its source and named graph: ``rs-2024/1-3``."""
        return f"rs-{self.year}/{self.kind}"

    @property
    def place(self) -> str:
        """Return where it lies, as people read it: ``rs2024/all.zip/1-3_RS_2024.csv``."""
        return place(self.path, self.inside)

    @property
    def named(self) -> str:
        """Return the path by which it is told from other files: the zip's, where the CSV is alone in it."""
        return str(self.path) if self.label == self.path.name else self.place


def place(path: Path, inside: str | None) -> str:
    """Return where a file lies; one in a zip stands below the zip's name."""
    return f"{path}/{inside}" if inside else str(path)


def recognise(path: Path) -> list[RsFile]:
    """Return the RS files in a zip or CSV, by their headers and the 事業年度 of their first row.

    Raises KonkyoError for what is none, and for a zip that is broken or would unpack to far too much.
    """
    return [recognise_one(path, member) for member in holds(path) if member is None or member.is_csv]


def holds(path: Path) -> list[Member | None]:
    """Return the files in a zip, of which one at least is a CSV or holds review sheets, or None for what is no zip: the file itself.

    Raises KonkyoError for what is neither a zip nor a text, and for a zip without a CSV.
    """
    try:
        with path.open("rb") as raw:
            head = raw.read(HEAD)
    except OSError as error:
        raise unreadable(str(path), error) from error
    if not is_zip(head):
        refuse_foreign(head, str(path))
        if path.suffix.lower() == ".zip" and _ID_COLUMN not in head:
            raise NotRs(
                Words("zipではありません（壊れています）。", "It is no zip (it is broken)."),
                source=str(path),
                hint=Words("もう一度ダウンロードしてください。", "Download it again."),
            )
        return [None]
    found = members(path)
    if not any(member.is_csv or member.is_sheets for member in found):
        raise _no_csv(path, found)
    return [*found]


def _no_csv(path: Path, found: list[Member]) -> NotRs:
    hint = HINT
    if any(member.name.lower().endswith(".zip") for member in found):
        hint = Words(
            "中にzipがあります。展開して、中のzipを渡してください。",
            "There are zips in it: unpack it, and pass these.",
        )
    return NotRs(
        Words("zipの中にCSVがありません。", "There is no CSV in the zip."), source=str(path), hint=hint
    )


def rows(file: RsFile, empty: list[int] | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows after the header with their record numbers (the header is 1). Raises KonkyoError.

    A row without any value, which spreadsheet programs leave at the end, is none; its number goes to ``empty``.
    """
    with _records(file.path, file.member, file.place) as records:
        next(records)
        for number, cells in records:
            if any(cells) and any(map(str.strip, cells)):
                yield number, cells
            elif empty is not None:
                empty.append(number)


@contextmanager
def _bytes(path: Path, member: str | None, source: str) -> Iterator[IO[bytes]]:
    """Open a CSV, inside a zip or not."""
    try:
        if member is None:
            with path.open("rb") as raw:
                yield raw
        else:
            with open_zip(path) as archive:
                try:
                    with open_member(archive, member, source) as raw:
                        yield raw
                except KonkyoError:
                    # Bytes that went astray look like a wrong encoding before their checksum is reached.
                    if archive.testzip():
                        raise zipfile.BadZipFile("bad checksum") from None
                    raise
    except OSError as error:
        raise unreadable(source, error) from error


@contextmanager
def _records(path: Path, member: str | None, source: str) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Open a CSV; the iterator yields records with their numbers and turns faults into errors with a place."""
    with _bytes(path, member, source) as raw:
        yield _parse(source, raw)


def _parse(source: str, raw: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            for number, record in enumerate(csv.reader(text, strict=True), start=1):
                yield number, record
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            what = Words("文字の途中で切れています。", "It is cut off in the middle of a sign.")
        else:
            what = Words(
                "文字コードがUTF-8ではありません。表計算ソフトで保存し直すと変わることがあります。",
                "The encoding is not UTF-8; saving it anew in a spreadsheet program may have changed it.",
            )
        raise KonkyoError(what, source=source, row=number + 1, hint=HINT) from error
    except csv.Error as error:
        if "field limit" in str(error):
            raise KonkyoError(too_long(), source=source, row=number + 1, hint=HINT) from error
        raise KonkyoError(
            Words(
                f"CSVとして読めません（{error}）。途中で切れているか、引用符が閉じていません。",
                f"It is not CSV ({error}): cut off, or a quotation mark is not closed.",
            ),
            source=source,
            row=number + 1,
            hint=HINT,
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise broken(source, error) from error


def recognise_one(path: Path, member: Member | None, *, alone: bool = True) -> RsFile:
    """Return one CSV as an RS file; ``alone`` says that its zip holds no other. Raises KonkyoError for what is none."""
    key, inside = (member.key, member.name) if member else (None, None)
    source = place(path, inside)
    name = readable(path.name)
    with _bytes(path, key, source) as raw:
        head = raw.read(HEAD)
    refuse_foreign(head, source)
    refuse_resaved(head, source)
    columns = header_of(head)
    layout = lay_out(columns, source)
    with _records(path, key, source) as records:
        next(records)
        row = next((cells for _, cells in records if any(map(str.strip, cells))), None)
    if row is None:
        raise _no_rows(source, layout)
    return RsFile(
        path=path,
        member=key,
        inside=inside,
        label=name if alone or not inside else f"{name}/{inside}",
        kind=layout.kind,
        year=_year(source, layout, row),
        columns=columns,
        sha256=_sha256(path),
        size=member.size if member else path.stat().st_size,
        modified=member.modified if member else None,
    )


def _year(source: str, layout: Layout, row: list[str]) -> int:
    at = layout.at["事業年度"]
    written = row[at].strip() if at < len(row) else ""
    year = digits(written) or ""
    if not _YEAR.fullmatch(year):
        raise KonkyoError(
            Words(
                f"事業年度「{written}」が西暦4桁ではありません。",
                f"The 事業年度 {written!r} is no four-digit year.",
            ),
            source=source,
            row=2,
            column="事業年度",
            hint=HINT,
        )
    return int(year)


def _no_rows(source: str, layout: Layout) -> NotRs:
    name = layout.form.name
    return NotRs(
        Words(
            f"「{name.ja}」の見出しだけで、行がありません。", f"It has the header of {name.en} and no row."
        ),
        source=source,
        row=2,
        hint=Words("もう一度ダウンロードしてください。", "Download it again."),
    )


@lru_cache(maxsize=1)
def _sha256_of(path: Path, size: int, time: int) -> str:
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _sha256(path: Path) -> str:
    """Return the hash of a file; a zip with many CSVs is read once."""
    state = path.stat()
    return _sha256_of(path, state.st_size, state.st_mtime_ns)

"""Which kind of RS file a header belongs to, and where its columns stand.

A kind may be published in several forms, and a form changes without notice. A header is compared with all of them;
one that has every needed column of its nearest form is read, in whatever order. What is new in it, what is missing
and what is written otherwise than published is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.sources.rs.headers import (
    COLUMNS,
    EARLIER,
    NEEDED,
    NEEDED_OF_1_1,
    NEEDED_OF_ALL,
    TITLES,
    WITH_YEAR_COLUMNS,
    header,
)

# A header that has less than this of the columns of its nearest form is that of no RS file.
_LEAST_SHARED = 0.5
_DASHES = re.compile(r"[-－ー―‐–—−‑‒ｰ]")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?")


@dataclass(frozen=True, slots=True)
class Form:
    """One published form of a kind of file: its name in words, and its fixed columns."""

    kind: str
    name: Words
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a file stand: ``at`` by their official names, ``years`` by four digits.

    ``columns`` is the header as it is written. ``new`` are columns that no form of the kind has, ``missing`` those of the
    nearest form that the file lacks, ``renamed`` pairs of an official name and what is written for it.
    """

    form: Form
    columns: tuple[str, ...]
    at: Mapping[str, int]
    years: Mapping[str, int]
    new: tuple[str, ...]
    missing: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        """Return the kind of file: ``1-1`` to ``6-1``."""
        return self.form.kind

    def told(self) -> list[Words]:
        """Return in words how the header differs from the form that was published."""
        return [
            *(Words(f"列「{name}」は新しい列なので、読み込まない。", f"Column {name!r} is new: not imported.") for name in self.new),
            *(Words(f"列「{name}」がない。空として読む。", f"Column {name!r} is missing; it is read as empty.") for name in self.missing),
            *(
                Words(f"列「{name}」は「{written}」と書かれている。", f"Column {name!r} is written {written!r}.")
                for name, written in self.renamed
            ),
        ]  # fmt: skip


@cache
def forms() -> tuple[Form, ...]:
    """Return all published forms, of each kind the newest first."""
    found = []
    for kind in COLUMNS:
        full, title = header(kind), TITLES[kind]
        found.append(Form(kind, Words(f"{kind} {title.ja}", f"{kind} {title.en}"), full))
        for earlier in EARLIER.get(kind, ()):
            name = Words(f"{kind} {title.ja}（{earlier.name.ja}）", f"{kind} {title.en} ({earlier.name.en})")
            columns = tuple(column for column in full if column not in earlier.without)
            found.append(Form(kind, name, columns))
    return tuple(found)


def lay_out(columns: Sequence[str], source: str) -> Layout:
    """Return the layout of a header. Raises KonkyoError, with the nearest form and what it lacks of that.

    ``source`` is the file's name for the error.
    """
    form = _nearest(columns)
    if form is None:
        raise _of_no_form(source)
    places = _places(columns)
    at, renamed = {}, []
    for name in header(form.kind):
        written = places.get(_key(name), ())
        if len(written) > 1:
            raise _twice(source, form, columns[written[0]])
        if written:
            at[name] = written[0]
            if columns[written[0]] != name:
                renamed.append((name, columns[written[0]]))
    years = {}
    if form.kind in WITH_YEAR_COLUMNS:
        for year, numbers in _years(columns).items():
            if len(numbers) > 1:
                raise _twice(source, form, columns[numbers[0]])
            years[year] = numbers[0]
    own = COLUMNS[form.kind]
    if not at.keys() & {*own} and len(columns) - len(at) > len(own):
        raise _of_no_kind(source)
    missing = tuple(name for name in form.columns if name not in at)
    if wanting := [name for name in _needed(form.kind) if name not in at]:
        known = {*at.values(), *years.values()}
        raise _wanting(source, form, wanting, [c for n, c in enumerate(columns) if n not in known])
    if form.kind in WITH_YEAR_COLUMNS and not years:
        raise _wanting(source, form, ["2024"], [])
    taken = {*at.values(), *years.values()}
    new = tuple(name.strip() for n, name in enumerate(columns) if n not in taken and name.strip())
    return Layout(form, tuple(columns), at, years, new, missing, tuple(renamed))


def _nearest(columns: Sequence[str]) -> Form | None:
    """Return the form that shares most with a header, relative to all columns of both; None if that is little."""
    given = {_key(name) for name in columns if name.strip() and not _YEAR.fullmatch(_key(name))}
    theirs = {form: {_key(name) for name in form.columns} for form in forms()}
    best = max(theirs, key=lambda form: len(given & theirs[form]) / len(given | theirs[form]))
    return best if len(given & theirs[best]) >= _LEAST_SHARED * len(theirs[best]) else None


@cache
def _key(name: str) -> str:
    """Return a heading for comparison: the files write －, ー and - alike, ( as （, and blanks where none belong."""
    return _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", name).split()))


def _places(columns: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, name in enumerate(columns):
        found.setdefault(_key(name), []).append(number)
    return found


def _years(columns: Sequence[str]) -> dict[str, list[int]]:
    """Return the columns of years, by four digits: 2024, 2024年度, ２０２４."""
    found: dict[str, list[int]] = {}
    for number, name in enumerate(columns):
        if match := _YEAR.fullmatch(_key(name)):
            found.setdefault(match[1], []).append(number)
    return found


def _needed(kind: str) -> tuple[str, ...]:
    return (*(NEEDED_OF_1_1 if kind == "1-1" else NEEDED_OF_ALL), *NEEDED[kind])


# --- errors -------------------------------------------------------------------------------------

HINT = Words(
    "行政事業レビュー見える化サイトのCSVのページから、zipをそのまま保存してください。",
    "Save the zips as they are from the CSV page of the RS system's site.",
)


LEAVE_IT = Words(
    "関係のないファイルなら、このままで構いません。",
    "If it has nothing to do with this, leave it as it is.",
)


class NotRs(KonkyoError):
    """A file that is none of the RS system's as published: who goes through a folder tells it and goes on.

    ``meant`` is the file that it was before somebody saved it anew: ``rs-2024/2-1``.
    """

    meant: str | None = None


def _of_no_form(source: str) -> NotRs:
    return NotRs(
        Words("RSシステムのどのファイルの見出しとも合いません。", "Its header is that of no RS file."),
        source=source,
        row=1,
        hint=LEAVE_IT,
    )


def _of_no_kind(source: str) -> NotRs:
    """Return the error for the columns that all kinds begin with, and none that one kind alone has."""
    return NotRs(
        Words(
            "RSシステムの共通の列のほかに、知っている種類の列がありません（新しい種類か、列を削ったもの）。",
            "Besides the columns that all RS files share it has none of a known kind (a new kind, or columns were removed).",
        ),
        source=source,
        row=1,
        hint=HINT,
    )


def _twice(source: str, form: Form, column: str) -> KonkyoError:
    return KonkyoError(
        Words(
            f"「{form.name.ja}」の列「{column}」が二つあります。",
            f"Column {column!r} of {form.name.en} stands twice.",
        ),
        source=source,
        row=1,
        column=column,
        hint=HINT,
    )


def _wanting(source: str, form: Form, wanting: Sequence[str], others: Sequence[str]) -> KonkyoError:
    """Say which form comes nearest, and which needed columns it lacks; a new one may be a missing one renamed."""
    parts_ja, parts_en = [], []
    for name in wanting[:5]:
        close = get_close_matches(name, others, n=1, cutoff=0.5)
        parts_ja.append(f"「{name}」" + (f"（「{close[0]}」に変わった？）" if close else ""))
        parts_en.append(f"「{name}」" + (f" (renamed 「{close[0]}」?)" if close else ""))
    more = len(wanting) - 5
    return KonkyoError(
        Words(
            f"「{form.name.ja}」に最も近い見出しですが、要る列がありません: {'、'.join(parts_ja)}"
            + (f"、ほか{more}列" if more > 0 else ""),
            f"The header comes nearest to {form.name.en}, but needed columns are missing: {', '.join(parts_en)}"
            + (f" and {more} more" if more > 0 else ""),
        ),
        source=source,
        row=1,
        column=wanting[0],
        hint=HINT,
    )

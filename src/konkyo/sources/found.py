"""What the paths of a build hold, as data: what is built, copies, what is not read and why, what a person must choose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.graphs import JUDGIT, year_and_kind

if TYPE_CHECKING:
    from typing import TypeAlias

    from konkyo.sources.judgit.files import JudgitFile
    from konkyo.sources.rs import RsFile

    ReviewFile: TypeAlias = RsFile | JudgitFile


SHEETS = re.compile(r"\.(?:json|jsonl|ndjson)(?:\.gz|\.xz)?$", re.IGNORECASE)
"""How files of review sheets are called."""


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is not built: ``error`` says where, why and what to do.

    ``meant`` is the RS file that it is or should have been (``rs-2024/2-1``), as far as content or name tell;
    ``named`` says that the user named it and did not only name its folder.
    """

    error: KonkyoError
    meant: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class DuplicateFile:
    """A file with the same rows as one that is read."""

    file: ReviewFile
    of: ReviewFile


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several files of one kind and year; ``dated`` is the day that its zip gives it, else that of the file."""

    file: ReviewFile
    rows: int
    dated: str


@dataclass(frozen=True, slots=True)
class FileChoice:
    """Different files of one kind and year, of which a person must choose one."""

    source: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A kind and year (``rs-2024/2-1``, as far as it is known) that is not built; without an error nobody has chosen."""

    source: str | None
    error: KonkyoError | None = None


@dataclass(slots=True)
class FoundSources:
    """What paths hold. ``refused`` are RS files that cannot be read as such; ``litter`` counts what systems leave."""

    documents: list[Path] = field(default_factory=list)
    tables: list[ReviewFile] = field(default_factory=list)
    copies: list[DuplicateFile] = field(default_factory=list)
    choices: list[FileChoice] = field(default_factory=list)
    refused: list[SkippedFile] = field(default_factory=list)
    asides: list[SkippedFile] = field(default_factory=list)
    litter: int = 0

    def choose(self, source: str, file: ReviewFile) -> None:
        """Take one of the candidates of a kind and year; the others are put aside. Changes this object."""
        (choice,) = (one for one in self.choices if one.source == source)
        self.choices.remove(choice)
        self.tables = sorted([*self.tables, file], key=lambda one: one.source)
        self.asides += [_not_taken(one.file, file) for one in choice.candidates if one.file != file]

    @property
    def missing(self) -> list[MissingFile]:
        """Return what was given and is not built, first what nobody chose, then what is refused or cannot be read."""
        found = [MissingFile(choice.source) for choice in self.choices]
        unread = (one for one in self.asides if self.is_missed(one))
        return found + [MissingFile(one.meant, one.error) for one in (*self.refused, *unread)]

    def is_missed(self, aside: SkippedFile) -> bool:
        """Return whether the user named a file, or it was to be one of a kind and year that no other file tells."""
        if aside.meant is None:
            return aside.named
        built = {file.source for file in self.tables} | {choice.source for choice in self.choices}
        return aside.meant not in built


def _not_taken(file: ReviewFile, instead: ReviewFile) -> SkippedFile:
    return SkippedFile(
        KonkyoError(
            Words(
                f"{instead.named} を選んだので読みません。", f"Not read, since {instead.named} was chosen."
            ),
            source=file.named,
        ),
        file.source,
    )


CHOOSE = Words("使う方だけを渡すか、一つを選んでください。", "Pass only the one to use, or choose one.")


def called(source: str) -> Words:
    """Return what people call a kind of a year: 2024年度の3-2 目標のつながり."""
    from konkyo.sources.rs.headers import TITLES

    year, kind = year_and_kind(source) or (0, "")
    if kind == JUDGIT:
        return Words(f"{year}年度のレビューシート（JUDGIT）", f"review sheets of {year} (JUDGIT)")
    title = TITLES.get(kind, Words("", ""))
    return Words(f"{year}年度の{kind} {title.ja}".strip(), f"{kind} {title.en} of {year}")


def undecided(choice: FileChoice) -> KonkyoError:
    """Return the error for different files of one kind and year of which none was chosen; it lists them."""
    what, number = called(choice.source), len(choice.candidates)
    places = [one.file.named for one in choice.candidates]
    return KonkyoError(
        Words(
            f"{what.ja}のファイルが{number}つあり、内容が違います（{'、'.join(places)}）。",
            f"There are {number} different files {what.en} ({', '.join(places)}).",
        ),
        hint=CHOOSE,
    )

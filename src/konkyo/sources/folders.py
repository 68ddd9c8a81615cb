"""Looking through folders as people have them.

Nothing is dropped in silence: each file is read, or told in one line, or is a system's own litter and counted.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.sources.found import SHEETS, Candidate, DuplicateFile, FileChoice, FoundSources, SkippedFile
from konkyo.sources.litter import is_litter, is_unfinished

if TYPE_CHECKING:
    from konkyo.sources.found import ReviewFile
    from konkyo.sources.rs.zips import Member

_DOCUMENTS = (".yaml", ".yml")
# Only what the bytes say makes a table of these; most are notes.
_TEXTS = (".txt", ".tsv", "")
_TABLES = (".zip", ".csv", *_TEXTS)
# A transcribed sheet or somebody's readings have this field; other programs keep YAML, too.
_KEY = "キー".encode()
# The official name of a file, which a failed download bears as well.
_OFFICIAL = re.compile(r"([1-9]-[1-9])_RS_(20\d\d)_")
_EXCEL = re.compile(r"\.xl[a-z]{1,2}$", re.IGNORECASE)


def find_sources(paths: Iterable[Path], take: Iterable[Path] = ()) -> FoundSources:
    """Return what files and folders hold, folders with all below them; of several files of one kind those to ``take``.

    A source is a transcribed sheet or interpretations (YAML), a file of the RS system (zip or CSV), or review sheets (JSON lines, or
    the folder year/ministry/number.json). A path of
    ``take`` is a file, a folder, or a file in a zip (``all.zip/1-3.csv``). Raises KonkyoError for a path that is not there.
    """
    finder = _Finder()
    for path in paths:
        finder.add(path)
    return finder.settle([*take])


class _Finder:
    def __init__(self) -> None:
        self.found = FoundSources()
        self._seen: set[Path] = set()
        self._files: dict[str, list[ReviewFile]] = {}
        # The files of folders that are laid out as the public repository of review sheets is, and which the user named.
        self._in_folders: dict[Path, dict[Path, bool]] = {}

    def add(self, path: Path) -> None:
        if not path.exists():
            raise KonkyoError(
                Words("そこにはファイルもフォルダーもありません。", "There is no file and no folder."),
                source=str(path),
                hint=KINDS_OF_SOURCE,
            )
        if not path.is_dir():
            self._file(path, named=True)
            return
        files = [*self._walk(path)]
        for inside in files:
            self._file(inside, named=False)
        if not files:
            self._aside(
                path, Words("フォルダーに資料がありません。", "The folder holds no source."), named=True
            )

    def _walk(self, top: Path) -> Iterator[Path]:
        def unreadable(error: OSError) -> None:
            self._aside(
                Path(error.filename),
                Words(
                    f"フォルダーが読めません（{error.strerror}）。", f"It cannot be read ({error.strerror})."
                ),
            )

        for where, folders, files in os.walk(top, onerror=unreadable):
            here = Path(where)
            entered = []
            for name in sorted(folders):
                if is_litter(name) or _is_store(here / name):
                    self.found.litter += 1
                elif (here / name).is_symlink():
                    self._aside(
                        here / name,
                        Words("フォルダーへのリンクはたどりません。", "A link to a folder is not followed."),
                        Words("その先のフォルダーを渡してください。", "Pass the folder that it leads to."),
                    )
                else:
                    entered.append(name)
            folders[:] = entered
            for name in sorted(files):
                if is_litter(name):
                    self.found.litter += 1
                else:
                    yield here / name

    # --- one file -------------------------------------------------------------------------------

    def _file(self, path: Path, *, named: bool) -> None:
        own = path.resolve()
        if own in self._seen:
            return
        self._seen.add(own)
        suffix = path.suffix.lower()
        try:
            regular = stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            why = Words(f"読めません（{error.strerror}）。", f"It cannot be read ({error.strerror}).")
            self._aside(path, why, named=named)
            return
        if not regular:
            self._aside(
                path,
                Words("普通のファイルではありません（パイプ、デバイスなど）。", "It is no regular file."),
                Words("内容をファイルに保存して渡してください。", "Save what it holds as a file."),
                named=named,
            )
        elif is_unfinished(path):
            self._aside(
                path,
                Words("ダウンロードが終わっていません。", "Its download has not ended."),
                Words(
                    "終わってから、又はダウンロードし直してください。", "Wait for it, or download it again."
                ),
                named=named,
            )
        elif suffix in _DOCUMENTS:
            self._document(path, named=named)
        elif suffix in _TABLES:
            self._tables(path, named=named)
        elif SHEETS.search(path.name):
            self._sheets(path, None, named=named)
        else:
            self._other(path, named=named)

    def _document(self, path: Path, *, named: bool) -> None:
        try:
            other = not named and _KEY not in path.read_bytes()
        except OSError:
            other = False  # whoever reads it as a document says what is wrong
        if other:
            what = Words("評価書の転記でも解釈でもないYAMLです。", "It is YAML, but no transcribed sheet.")
            self._aside(path, what)
        else:
            self.found.documents.append(path)

    def _tables(self, path: Path, *, named: bool) -> None:
        from konkyo.sources.rs.table import holds

        try:
            inside = holds(path)
        except KonkyoError as error:
            self._refuse(error, path.name, named=named)
            return
        alone = sum(member is None or member.is_csv or member.is_sheets for member in inside) == 1
        for member in inside:
            self._table(path, member, alone=alone, named=named)

    def _sheets(self, path: Path, member: Member | None, *, alone: bool = True, named: bool) -> None:
        """Take a file of review sheets, or put it aside where it holds none."""
        from konkyo.sources.judgit.files import folder_of, recognise

        if member is None and (folder := folder_of(path)):
            self._in_folders.setdefault(folder, {})[path] = named
            return
        try:
            found = recognise(path, member, alone=alone)
        except KonkyoError as error:
            self._refuse(error, path.name, named=named)
            return
        for file in found:
            self._files.setdefault(file.source, []).append(file)
        if not found:
            self._other(path / member.name if member else path, named=named)

    def _folders(self) -> None:
        """Take the folders year/ministry/number.json of which a file at least is a review sheet."""
        from konkyo.sources.judgit.files import recognise_folder

        for folder, files in sorted(self._in_folders.items()):
            try:
                file = recognise_folder(folder, files)
            except KonkyoError as error:
                self._refuse(error, folder.name, named=True)
                continue
            if file:
                self._files.setdefault(file.source, []).append(file)
                continue
            for path, named in files.items():
                self._other(path, named=named)

    def _table(self, path: Path, member: Member | None, *, alone: bool, named: bool) -> None:
        from konkyo.sources.rs.forms import NotRs
        from konkyo.sources.rs.table import place, recognise_one

        if member and member.is_sheets:
            self._sheets(path, member, alone=alone, named=False)
            return
        if member and not member.is_csv:
            self._other(Path(place(path, member.name)), named=False)
            return
        try:
            file = recognise_one(path, member, alone=alone)
        except NotRs as error:
            if path.suffix.lower() in _TEXTS and not error.meant:
                self._other(path, named=named)
            else:
                self._refuse(error, member.name if member and not alone else path.name, named=named)
        except KonkyoError as error:
            self._refuse(error, member.name if member and not alone else path.name, named=named)
        else:
            self._files.setdefault(file.source, []).append(file)

    def _other(self, path: Path, *, named: bool) -> None:
        from konkyo.sources.documents.reading import SUFFIXES
        from konkyo.sources.rs.forms import HINT

        kind = path.suffix.lower() or path.name
        hint: Note | None = None
        if _EXCEL.search(path.name) and (not named or _meant(path.name)):
            what, hint = Words("Excelのファイルです。", "It is an Excel file."), HINT
        elif named and kind in SUFFIXES:
            what = Words(f"文書のファイルです（{kind}）。", f"It is a document ({kind}).")
            hint = Advice(Code.TRANSCRIBE_FIRST, {"file": str(path)})
        else:
            what = Words(
                f"konkyoが読む種類ではありません（{kind}）。", f"Nothing that konkyo reads ({kind})."
            )
        self._aside(path, what, hint, named=named)

    # --- what is not built ----------------------------------------------------------------------

    def _aside(self, path: Path, what: Words, hint: Note | None = None, *, named: bool = False) -> None:
        from konkyo.sources.rs.forms import LEAVE_IT

        hint = hint or (KINDS_OF_SOURCE if named else LEAVE_IT)
        error = KonkyoError(what, source=str(path), hint=hint)
        self.found.asides.append(SkippedFile(error, _meant(path.name), named))

    def _refuse(self, error: KonkyoError, name: str, *, named: bool) -> None:
        """Put aside what is no RS file as published; what is one and cannot be read as such counts as refused."""
        from konkyo.sources.rs.forms import NotRs

        foreign = isinstance(error, NotRs)
        meant = (error.meant if isinstance(error, NotRs) else None) or _meant(name)
        (self.found.asides if foreign else self.found.refused).append(SkippedFile(error, meant, named))

    # --- one file for each kind and year --------------------------------------------------------

    def settle(self, take: list[Path]) -> FoundSources:
        found = self.found
        self._folders()
        self._check(take)
        for source in sorted(self._files):
            files = sorted(self._files[source], key=_order)
            if len(files) == 1:
                found.tables += files
            else:
                self._choose(source, files, take)
        # What is refused stands in nobody's way where the same kind and year can be read from another file.
        built = {file.source for file in found.tables}
        found.asides += [one for one in found.refused if one.meant in built]
        found.refused = [one for one in found.refused if one.meant not in built]
        return found

    def _check(self, take: list[Path]) -> None:
        for wanted in take:
            if not any(_is_at(file, wanted) for files in self._files.values() for file in files):
                raise KonkyoError(
                    Words(
                        "選ぶよう指定されたこのファイルは、渡された資料の中のRSシステムのファイルにありません。",
                        "It was to be chosen, but is none of the files of the RS system in what was passed.",
                    ),
                    source=str(wanted),
                )

    def _choose(self, source: str, files: list[ReviewFile], take: list[Path]) -> None:
        found = self.found
        by_rows: dict[str, tuple[int, list[ReviewFile]]] = {}
        for file in files:
            try:
                key, number = _content(file)
            except KonkyoError as error:
                found.refused.append(SkippedFile(error, source))
                continue
            by_rows.setdefault(key, (number, []))[1].append(file)
        for _, (first, *others) in by_rows.values():
            found.copies += [DuplicateFile(other, first) for other in others]
        taken = [
            same[0]
            for _, same in by_rows.values()
            if any(_is_at(file, wanted) for file in same for wanted in take)
        ]
        different = [(number, same[0]) for number, same in by_rows.values()]
        if len(different) == 1:
            found.tables.append(different[0][1])
        elif different:
            candidates = tuple(Candidate(file, number, _dated(file)) for number, file in different)
            found.choices.append(FileChoice(source, candidates))
            if len(taken) == 1:
                found.choose(source, taken[0])


KINDS_OF_SOURCE = Words(
    "評価書の転記（.yaml）、RSシステムのファイル（.zip、.csv）、レビューシート（JSON行）、又はそのフォルダーを渡してください。",
    "Pass a transcribed sheet (.yaml), files of the RS system (.zip, .csv), review sheets (JSON lines), or a folder of them.",
)


def _is_store(folder: Path) -> bool:
    """Return whether a folder is a store of konkyo's own, which somebody keeps beside the sources."""
    return (folder / "CURRENT").is_file() and any(folder.glob("g-*"))


def _meant(name: str) -> str | None:
    match = _OFFICIAL.match(name)
    return f"rs-{match[2]}/{match[1]}" if match else None


def _order(file: ReviewFile) -> tuple[bool, bool, int, str]:
    """Put first which of equal files gives the graph its name: an official name, a zip, the shortest name."""
    return (_meant(file.path.name) is None, file.member is None, len(file.path.name), file.place)


def _content(file: ReviewFile) -> tuple[str, int]:
    """Return a hash of what a file says, whatever its container and line ends, and the number of its rows."""
    from konkyo.sources.judgit.files import JudgitFile, content
    from konkyo.sources.rs.table import rows

    if isinstance(file, JudgitFile):
        return content(file)
    made = hashlib.sha256(repr(file.columns).encode())
    number = 0
    for _, cells in rows(file):
        number += 1
        made.update(repr(cells).replace("\\r\\n", "\\n").encode())
    return made.hexdigest(), number


def _dated(file: ReviewFile) -> str:
    if file.modified:
        return file.modified.iso
    return date.fromtimestamp(file.path.stat().st_mtime).isoformat()


def _is_at(file: ReviewFile, wanted: Path) -> bool:
    """Return whether a file is the wanted one, lies in the wanted folder, or in a zip at the wanted place."""
    own, there = file.path.resolve(), wanted.resolve()
    return own == there or there in own.parents or (file.inside is not None and own / file.inside == there)

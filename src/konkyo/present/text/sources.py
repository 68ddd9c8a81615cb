"""What was found in the folders of a build, in lines: what is missing first, then copies and what is not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from konkyo.common.text import one_line
from konkyo.common.words import Words, counted
from konkyo.model.graphs import JUDGIT
from konkyo.present.text.advice import worded
from konkyo.sources.found import FileChoice, FoundSources, SkippedFile, called

if TYPE_CHECKING:
    from konkyo.common.errors import KonkyoError
    from konkyo.sources.rs import FileReport

# A folder with hundreds of pictures is told in a few lines.
_MOST_ALIKE = 5


def lines(found: FoundSources, lang: str) -> list[str]:
    """Return a line for each file that is not read as it lies there, the missing kinds first; none where all is read."""
    told = [*missing_lines(found, lang)]
    for choice in found.choices:
        told += choice_lines(choice, lang)
    for copy in found.copies:
        told.append(
            Words(
                f"写し: {copy.file.named}: {copy.of.named} と同じ内容なので、一度だけ数えます。",
                f"Copy: {copy.file.named}: it says the same as {copy.of.named} and counts once.",
            ).of(lang)
        )
    told += _asides([one for one in found.asides if not found.is_missed(one)], lang)
    if found.litter:
        told.append(
            Words(
                f"読まない: OSなどが残したもの {found.litter:,}個（._…、.DS_Store、Thumbs.db など）。",
                f"Not read: {counted(found.litter, 'file or folder', 'files and folders')} that systems leave "
                "(._…, .DS_Store, Thumbs.db …).",
            ).of(lang)
        )
    return told


def missing_lines(found: FoundSources, lang: str) -> Iterator[str]:
    """Yield a line for each kind and year that was given and is not in the store."""
    head = Words("★欠けています: ", "*** Missing: ").of(lang)
    for one in found.missing:
        what = f"{called(one.source).of(lang)}: " if one.source else ""
        if one.error:
            why = _why(one.error, lang)
        else:
            why = Words(
                "内容の違うファイルがあり、どれも選ばれていません。",
                "there are different files, and none was chosen.",
            ).of(lang)
        yield head + one_line(what + why)


def refused_lines(found: FoundSources, lang: str) -> Iterator[str]:
    """Yield the whole errors of the files that were refused, with the rows at fault."""
    for one in found.refused:
        yield Words("拒んだ: ", "Refused: ").of(lang) + one.error.report(lang, worded)


def _why(error: KonkyoError, lang: str) -> str:
    """Return where, why, and the first line of what to do."""
    hint = f" → {worded(error.advised).of(lang).splitlines()[0]}" if error.advised else ""
    return ": ".join(part for part in (error.place(lang), worded(error.said).of(lang)) if part) + hint


def choice_lines(choice: FileChoice, lang: str) -> list[str]:
    """Return the different files of one kind and year with size, date and rows, and how to choose."""
    what, number = called(choice.source), len(choice.candidates)
    told = [
        Words(
            f"選んでください: {what.ja}のファイルが{number}つあり、内容が違います。この種類は選ばれるまで作りません。",
            f"Please choose: there are {number} different files {what.en}. This kind is not built until one is chosen.",
        ).of(lang)
    ]
    for place, one in enumerate(choice.candidates, start=1):
        size, columns = one.file.size, len(one.file.columns)
        told.append(
            f"  {place}. {one.file.named}"
            + Words(
                f"（{size:,}バイト、{one.dated}、{one.rows:,}行、{columns}列）",
                f" ({size:,} bytes, {one.dated}, {counted(one.rows, 'row')}, {columns} columns)",
            ).of(lang)
        )
    told.append(
        "  → "
        + Words(
            f"使う方を --take で選ぶか（例: --take '{choice.candidates[0].file.named}'）、使わない方を渡さないでください。",
            f"Choose the one to use by --take (--take '{choice.candidates[0].file.named}'), or do not pass the others.",
        ).of(lang)
    )
    return told


def _asides(asides: Iterable[SkippedFile], lang: str) -> Iterator[str]:
    """Yield a line for each file that is not read: where, why, what to do. Many for one reason are counted."""
    told: Counter[Words] = Counter()
    for aside in asides:
        error = aside.error
        told[error.message] += 1
        if told[error.message] <= _MOST_ALIKE:
            yield Words("読まない: ", "Not read: ").of(lang) + one_line(_why(error, lang))
    for message, number in told.items():
        if number > _MOST_ALIKE:
            more = number - _MOST_ALIKE
            yield Words(
                f"読まない: ほか{more:,}個: {message.ja}",
                f"Not read: {counted(more, 'more file')}: {message.en}",
            ).of(lang)


def year_lines(files: Iterable[FileReport], lang: str) -> Iterator[str]:
    """Yield a line for each review year that was read: how many kinds and rows, and which kinds were not among them."""
    from konkyo.sources.rs.headers import TITLES

    years: dict[int, dict[str, int]] = {}
    for file in sorted(files, key=lambda file: file.year):
        if file.kind == JUDGIT:
            yield Words(
                f"{file.year}年度: レビューシート{file.rows:,}枚を読みました（JUDGIT）。",
                f"{file.year}: {counted(file.rows, 'review sheet')} read (JUDGIT).",
            ).of(lang)
        else:
            years.setdefault(file.year, {})[file.kind] = file.rows
    for year, rows in sorted(years.items()):
        absent = [kind for kind in TITLES if kind not in rows]
        total = sum(rows.values())
        yield Words(
            f"{year}年度: {len(rows)}種類、{total:,}行を読みました"
            + (f"（読んでいない種類: {'、'.join(absent)}）。" if absent else "（全種類）。"),
            f"{year}: {counted(len(rows), 'kind')}, {counted(total, 'row')} read"
            + (f" (kinds not read: {', '.join(absent)})." if absent else " (all kinds)."),
        ).of(lang)

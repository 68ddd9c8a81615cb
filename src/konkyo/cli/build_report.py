"""What ``konkyo build`` says of each source that it read."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from konkyo.common.text import one_line
from konkyo.common.words import Words, counted

if TYPE_CHECKING:
    from konkyo.build.pipeline import Report
    from konkyo.sources.rs import FileReport

_MAX_REASONS = 5


def print_report(report: Report, lang: str) -> None:
    """Print a line for each source; for files of the RS system rows, refusals with reasons, and columns not used."""
    from konkyo.sources.rs.reasons import COUNTED

    files = {item.source: item for item in report.files}
    for name, facts in report.facts.items():
        if name not in files:
            print(Words(f"  {name}: {facts:,}件", f"  {name}: {facts:,} facts").of(lang), file=sys.stderr)
    for note in report.notes:
        print("  " + Words("注意: ", "Warning: ").of(lang) + one_line(note.of(lang)), file=sys.stderr)
    for item in report.files:
        print("  " + one_line(_line(item, lang)), file=sys.stderr)
        for key, count in item.counts.items():
            name = COUNTED[key].of(lang) if key in COUNTED else key
            print(f"    {name}: {count:,}", file=sys.stderr)
        for column, words in item.strange.items():
            print("    " + one_line(_strange(column, words, lang)), file=sys.stderr)
        for refusal in item.reasons[:_MAX_REASONS]:
            where = Words(
                f"{refusal.row}行目 列「{refusal.column}」", f"row {refusal.row}, column {refusal.column}"
            )
            reason = Words(refusal.ja, refusal.en).of(lang)
            print("    " + one_line(f"{where.of(lang)}: {reason}"), file=sys.stderr)
        if item.refused > _MAX_REASONS:
            more = item.refused - _MAX_REASONS
            print(
                "    " + Words(f"…ほか{more}行", f"… and {counted(more, 'more row')}").of(lang),
                file=sys.stderr,
            )
        for warning in (*item.header, *item.warnings):
            print(
                "    " + Words("注意: ", "Warning: ").of(lang) + one_line(warning.of(lang)), file=sys.stderr
            )
        if item.left:
            listed = "、".join(f"{field} {number:,}" for field, number in item.left.items())
            print(
                "    "
                + one_line(
                    Words(
                        f"読み込まない値（項目と個数）: {listed}", f"Values not imported, by field: {listed}"
                    ).of(lang)
                ),
                file=sys.stderr,
            )
        if item.unused:
            columns = "、".join(item.unused)
            print(
                "    " + one_line(Words(f"使わない列: {columns}", f"Columns not used: {columns}").of(lang)),
                file=sys.stderr,
            )


def _strange(column: str, words: Mapping[str, int], lang: str) -> str:
    """Say which words of a column no code list has: the most frequent ones, each with how often it stands there."""
    first = list(words.items())[:_MAX_REASONS]
    listed = Words(
        "、".join(f"「{word}」{count:,}" for word, count in first),
        ", ".join(f"{word!r} {count:,}" for word, count in first),
    )
    more = len(words) - len(first)
    return Words(
        f"列「{column}」の一覧にない語（原文のまま保持）: {listed.ja}"
        + (f"、ほか{more:,}種" if more else ""),
        f"Words of column {column} that no code list has, kept as written: {listed.en}"
        + (f" and {more:,} more" if more else ""),
    ).of(lang)


def _line(item: FileReport, lang: str) -> str:
    return Words(
        f"{item.label}: {item.rows:,}行、{item.facts:,}件、拒んだ行{item.refused:,}",
        f"{item.label}: {counted(item.rows, 'row')}, {counted(item.facts, 'fact')}, {counted(item.refused, 'row')} refused",
    ).of(lang)

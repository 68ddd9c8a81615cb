"""Errors that a user can act on: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from konkyo.common.advice import Note, plain
from konkyo.common.text import one_line, safe
from konkyo.common.words import Words, default_language


class KonkyoError(Exception):
    """Bad input, or a request that cannot be met. Commands print it and end with exit code 2.

    ``source`` is a file or document as the user named it; ``line``, ``row`` are 1-based;
    ``column`` is a CSV column's header; ``field`` is a path in a YAML file such as ``測定指標[2].目標``.
    ``said`` and ``advised`` are what is wrong and what to do, perhaps as advice that each reader gets in other words.
    """

    def __init__(
        self,
        message: Note,
        *,
        source: str | None = None,
        line: int | None = None,
        row: int | None = None,
        column: str | None = None,
        field: str | None = None,
        hint: Note | None = None,
    ) -> None:
        super().__init__(plain(message).en)
        self.said = message
        self.source = source
        self.line = line
        self.row = row
        self.column = column
        self.field = field
        self.advised = hint

    @property
    def message(self) -> Words:
        """Return what is wrong, in words without a command line."""
        return plain(self.said)

    @property
    def hint(self) -> Words | None:
        """Return what to do, in words without a command line; None where there is nothing to say without one."""
        words = plain(self.advised) if self.advised else None
        return words if words and any(words) else None

    def place(self, lang: str) -> str:
        """Return where the fault is: ``sheet.yaml: 12行目: 測定指標[2].目標``, or an empty string."""
        parts = [self.source] if self.source else []
        for value, words in (
            (self.line, Words("{}行目", "line {}")),
            (self.row, Words("{}行目", "row {}")),
            (self.column, Words("列「{}」", "column {}")),
            (self.field, Words("項目「{}」", "field {}")),
        ):
            if value is not None:
                parts.append(words.of(lang).format(value))
        return ": ".join(parts)

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback: the report, in the language of the session."""
        return [self.report(default_language())]

    def report(self, lang: str, worded: Callable[[Note], Words] = plain) -> str:
        """Return the whole text: place, what is wrong, and what to do; only the hint has lines.

        ``worded`` is how notes are put for the reader: a terminal has words of its own.
        """
        text = one_line(": ".join(part for part in (self.place(lang), worded(self.said).of(lang)) if part))
        hint = worded(self.advised).of(lang) if self.advised else ""
        if hint:
            text += "\n  → " + safe(hint).replace("\n", "\n    ")
        return text


class NotFound(KonkyoError):
    """A name that fits nothing in the graph."""


class ManyErrors(KonkyoError):
    """Several faults of one file, so that a user mends them in one go."""

    def __init__(self, errors: list[KonkyoError]) -> None:
        super().__init__(errors[0].said, source=errors[0].source)
        self.errors = errors

    def report(self, lang: str, worded: Callable[[Note], Words] = plain) -> str:
        """Return one line (with its hint) for each fault."""
        return "\n".join(error.report(lang, worded) for error in self.errors)


class RefusedFiles(ManyErrors):
    """Files of a kind that konkyo reads, and which it cannot take: ``by_source`` holds why, by their keys (``rs-2024/2-1``)."""

    def __init__(self, by_source: Mapping[str, KonkyoError]) -> None:
        super().__init__([*by_source.values()])
        first = self.errors[0]
        self.row, self.column, self.advised = first.row, first.column, first.advised
        self.by_source = by_source

"""Rows as data frames of pandas or polars, for those who have one of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib import import_module
from typing import Any

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words, counted

_SHOWN = 50
"""Rows of a table in a notebook; more are counted."""


class Framed:
    """An answer whose rows can be had as a data frame: one column a name, labels and IRIs beside each other."""

    @abstractmethod
    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the values of each column: texts, numbers, or None where there is none."""

    def to_pandas(self) -> Any:
        """Return the rows as a pandas.DataFrame. Raises KonkyoError where pandas is not installed."""
        return _library("pandas").DataFrame(dict(self.columns()))

    def to_polars(self) -> Any:
        """Return the rows as a polars.DataFrame. Raises KonkyoError where polars is not installed."""
        return _library("polars").DataFrame(dict(self.columns()), infer_schema_length=None, strict=False)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise KonkyoError(
            Words(f"データフレームには{name}が要ります。", f"A data frame needs {name}."),
            hint=Words(f"`pip install {name}` で入ります。", f"`pip install {name}` installs it."),
        ) from error


def as_columns(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """Return the columns of rows by their heads."""
    made: dict[str, list[Any]] = {head: [] for head in heads}
    for row in rows:
        for head, value in zip(heads, row, strict=True):
            made[head].append(value)
    return made


def html_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], total: int, lang: str, caption: str = ""
) -> str:
    """Return the first rows as a table for a notebook, and how many there are in all. Every text is escaped."""
    head = "".join(f"<th style='text-align:left'>{escape(text)}</th>" for text in heads)
    shown = [row for row, _ in zip(rows, range(_SHOWN), strict=False)]
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align:left'>{escape(text)}</td>" for text in row) + "</tr>"
        for row in shown
    )
    left = total - len(shown)
    more = Words(f"…ほか{left:,}行", f"… and {counted(left, 'more row')}").of(lang)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"{f'<p>{escape(more)}</p>' if left > 0 else ''}"
    )

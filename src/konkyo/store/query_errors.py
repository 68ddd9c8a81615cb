"""What is wrong with a query, and where."""

from __future__ import annotations

import re

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.namespaces import PREFIXES
from konkyo.store.query_guard import odd_sign

# What Oxigraph raises for a query: SyntaxError for what is no SPARQL, the others while it runs.
QUERY_ERRORS = (SyntaxError, OSError, ValueError, RuntimeError)

_AT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIX = "Prefix not found"
_DECLARE = "PREFIX"
_PREFIXED = re.compile(r"([A-Za-z][\w.-]*):[\w.-]*$")
# Signs of a line before and after its fault; a query may be one line of a megabyte.
_BEFORE, _AFTER = 60, 20
_TOLD = 200


def query_error(error: Exception, text: str = "") -> KonkyoError:
    """Return the error for a query that is not SPARQL, with the place marked, or that could not be run."""
    if not isinstance(error, SyntaxError):
        return KonkyoError(
            Words(f"問合せを実行できません（{error}）。", f"The query cannot be run ({error}).")
        )
    if odd := odd_sign(text):
        return _odd(text, *odd)
    found = _AT.match(str(error))
    if found is None or not text:
        return KonkyoError(
            Words(f"SPARQLとして読めません: {error}", f"This is not SPARQL: {error}"),
            hint=Advice(Code.QUERY_NAMES),
        )
    line, column, why = int(found[1]), int(found[2]), found[3]
    mark = marked(text, line, column)
    if _PREFIX in why and (prefix := _prefix_at(text, line, column)):
        return KonkyoError(
            Words(
                f"SPARQLとして読めません: {line}行目の接頭辞 {prefix}: が宣言されていません。",
                f"This is not SPARQL: the prefix {prefix}: of line {line} is not declared.",
            ),
            hint=_declare(prefix, mark),
        )
    short = why if len(why) <= _TOLD else why[:_TOLD] + "…"
    return KonkyoError(
        Words(
            f"SPARQLとして読めません: {line}行目{column}字目: {short}",
            f"This is not SPARQL: line {line}, sign {column}: {short}",
        ),
        hint=Words(mark, mark),
    )


def marked(text: str, line: int, column: int) -> str:
    """Return the line of a query with a sign below the place of its fault; both are 1-based."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return ""
    start = max(0, column - 1 - _BEFORE)
    shown = lines[line - 1][start : column + _AFTER].rstrip("\r")
    before = shown[: column - 1 - start]
    # A Japanese sign is as wide as two others.
    width = sum(1 if sign.isascii() else 2 for sign in before)
    return f"{shown}\n{' ' * width}^"


def _odd(text: str, line: int, column: int, sign: str) -> KonkyoError:
    named = f"U+{ord(sign):04X}" if sign.isspace() or not sign.isprintable() else f"{sign} U+{ord(sign):04X}"
    mark = marked(text, line, column)
    return KonkyoError(
        Words(
            f"SPARQLとして読めません: {line}行目{column}字目に、SPARQLにない文字（全角の空白や記号など、{named}）があります。",
            f"This is not SPARQL: line {line}, sign {column} is one that SPARQL does not have, such as a full-width space "
            f"or bracket ({named}).",
        ),
        hint=Words(f"半角の文字にしてください。\n{mark}", f"Use the ASCII sign.\n{mark}"),
    )


def _prefix_at(text: str, line: int, column: int) -> str | None:
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return None
    found = _PREFIXED.search(lines[line - 1][max(0, column - 1 - _TOLD) : column - 1])
    return found[1] if found else None


def _declare(prefix: str, mark: str) -> Words:
    line = f"{_DECLARE} {prefix}: <{PREFIXES.get(prefix, '…')}>"
    return Words(f"先頭に {line} を加えてください。\n{mark}", f"Declare it at the beginning: {line}\n{mark}")

"""The command line: thin, and quick to start. Each command imports what it needs when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from konkyo.errors import KonkyoError
from konkyo.words import Words, default_language

INTERRUPTED = 130
BAD_INPUT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0 good, 1 violations found, 2 bad input, 130 interrupted."""
    arguments = [_decoded(argument) for argument in (sys.argv[1:] if argv is None else argv)]
    lang = _language(arguments)
    _speak_utf8()
    try:
        from konkyo.cli.parser import parse

        options = parse(arguments, lang)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except KonkyoError as error:
        print(Words("エラー: ", "Error: ").of(lang) + error.report(lang), file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # Whoever reads the pipe has enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(Words("中断しました。", "Interrupted.").of(lang), file=sys.stderr)
        return INTERRUPTED


def _language(arguments: Sequence[str]) -> str:
    """Return the language, known before the arguments are parsed, since help and errors want it too."""
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith("--lang="):
            return argument.split("=", 1)[1]
    return default_language()


def _decoded(argument: str) -> str:
    # Under an ASCII locale Python hands Japanese arguments over as escaped bytes; they are UTF-8 all the same.
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _speak_utf8() -> None:
    # A pipe on a Japanese Windows would be cp932, which cannot hold all that the sources write.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (
            not stream.isatty() or (stream.encoding or "").lower() in ("ascii", "ansi_x3.4-1968")
        ):
            reconfigure(encoding="utf-8", errors="backslashreplace")

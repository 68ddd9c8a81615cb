"""The command line: thin, and quick to start. Each command imports what it needs when it runs."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words, default_language

INTERRUPTED = 130
BAD_INPUT = 2
UNWRITTEN = 3
UNFORESEEN = 70

TRACEBACK = "KONKYO_TRACEBACK"
"""The environment variable that makes an unforeseen error show where in the program it arose."""

# What the system says where an answer has no room or no place: a full disk, a full quota, a stream that is closed.
_NO_ROOM = {getattr(errno, name, None) for name in ("ENOSPC", "EDQUOT", "EFBIG", "EIO", "EBADF")}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code.

    0 good, 1 violations found, 2 bad input, 3 the answer cannot be written, 4 built without something that was given,
    70 an error of the program, 130 interrupted.
    """
    arguments = [_decoded(argument) for argument in (sys.argv[1:] if argv is None else argv)]
    lang = _language(arguments)
    if argv is None and "_ARGCOMPLETE" in os.environ:
        from konkyo.cli.completion import complete

        complete(lang)
    _open_streams()
    _speak_utf8()
    try:
        try:
            return _run(arguments, lang)
        except KonkyoError as error:
            from konkyo.present.text.advice import worded

            _tell(Words("エラー: ", "Error: ").of(lang) + error.report(lang, worded))
            sys.stdout.flush()
            return BAD_INPUT
    except BrokenPipeError:
        _forget_output()  # whoever reads the pipe has enough
        return 0
    except KeyboardInterrupt:
        _tell(Words("中断しました。", "Interrupted.").of(lang))
        return INTERRUPTED
    except MemoryError:
        _tell(Words("エラー: メモリーが足りません。", "Error: there is not enough memory.").of(lang))
        return BAD_INPUT
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _forget_output()
            words = Words(
                f"エラー: 答えを書き出せません（{error.strerror}）。",
                f"Error: the answer cannot be written ({error.strerror}).",
            )
            _tell(words.of(lang))
            return UNWRITTEN
        _tell(_unforeseen(error).of(lang))
        return UNFORESEEN


def _run(arguments: list[str], lang: str) -> int:
    from konkyo.cli.parser import parse
    from konkyo.present.text.terminal import choose_colour

    try:
        options = parse(arguments, lang)
        choose_colour(options.color)
        options.arguments = arguments
        code: int = options.run(options)
    except SystemExit:  # of --help and --version
        sys.stdout.flush()
        raise
    sys.stdout.flush()
    return code


def _unforeseen(error: Exception) -> Words:
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return Words(
        f"エラー: プログラムの誤りです（{said}）。\n"
        f"  → 環境変数 {TRACEBACK}=1 を付けて同じことをすると、どこで起きたか（トレースバック）が出ます。",
        f"Error: a fault of the program ({said}).\n"
        f"  → With {TRACEBACK}=1 in the environment the same command shows where it arose (the traceback).",
    )


def _tell(text: str) -> None:
    with suppress(OSError):  # where even the errors have no room, the exit code still tells
        print(text, file=sys.stderr, flush=True)


def _forget_output() -> None:
    # Python would try to write once more, and complain, when it closes standard output.
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _open_streams() -> None:
    # A stream that a shell closed (`>&-`) is None here; nobody wants what would go there.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _speak_utf8() -> None:
    # A pipe on a Japanese Windows would be cp932, which cannot hold all that the sources write.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (
            not stream.isatty() or (stream.encoding or "").lower() in ("ascii", "ansi_x3.4-1968")
        ):
            reconfigure(encoding="utf-8", errors="backslashreplace")

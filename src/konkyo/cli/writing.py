"""Where an answer goes: to standard output, or whole into the file that ``--output`` names."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from konkyo.common.files import write_whole
from konkyo.common.words import Words


def write(path: Path | None, text: str | bytes) -> None:
    """Write to a file (whole or not at all) or to standard output. Raises KonkyoError where it cannot be written."""
    if path is not None:
        write_whole(path, text)
        return
    data = text.encode() if isinstance(text, str) else text
    buffer: Any = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode())
    else:
        sys.stdout.flush()
        buffer.write(data)


def tell_written(path: Path, lang: str) -> None:
    """Say on standard error where the answer is."""
    print(Words(f"{path} に書きました。", f"Written to {path}.").of(lang), file=sys.stderr)


def open_page(path: Path, lang: str) -> None:
    """Open a page in the browser of the user; say so on standard error where there is none."""
    import webbrowser

    if not webbrowser.open(path.resolve().as_uri()):
        print(
            Words(
                f"ブラウザーを開けません。{path} を開いてください。",
                f"No browser can be opened: open {path}.",
            ).of(lang),
            file=sys.stderr,
        )


def deliver(text: str | bytes, path: Path | None, lang: str) -> None:
    """Write an answer; of a file say where it is."""
    write(path, text)
    if path:
        tell_written(path, lang)


def deliver_csv(text: str, path: Path | None, lang: str) -> None:
    """Write CSV for people; a file begins with what tells spreadsheets that it is UTF-8."""
    from konkyo.present.text.csv import BOM

    deliver((BOM if path else "") + text, path, lang)


def deliver_json(value: Any, path: Path | None, lang: str) -> None:
    """Write a value as JSON."""
    deliver(json.dumps(value, ensure_ascii=False, indent=1) + "\n", path, lang)


def deliver_drawn(draw: Callable[[TextIO], object], path: Path | None, lang: str) -> None:
    """Let a function print: to standard output, where it may be a terminal, or into a file."""
    if path is None:
        draw(sys.stdout)
        return
    out = io.StringIO()
    draw(out)
    deliver(out.getvalue(), path, lang)

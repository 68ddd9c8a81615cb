"""Reads one document in a process of its own, with limits on memory and time, and writes its boxes as JSON.

What a file can do by being read, it does here: this process opens no other file, starts nothing and fetches nothing.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import warnings
from collections.abc import Callable
from typing import Any

from konkyo.common.limits import limit_memory
from konkyo.sources.documents import Box

MEMORY = 2_000_000_000
SECONDS = 240
Read = tuple[list[Box], list[str], list[str]]


def main() -> None:
    """Read the document on standard input as the kind that the command line names."""
    limit_memory(MEMORY)
    _limit_time_and_output()
    warnings.simplefilter("ignore")  # of libraries about styles and fonts; what matters is an error
    out, sys.stdout = sys.stdout, sys.stderr
    json.dump(_read(sys.argv[1], sys.stdin.buffer.read()), out)


def _limit_time_and_output() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(kind: str, data: bytes) -> dict[str, Any]:
    if kind == "pictures":
        from konkyo.sources.documents.pictures import draw_pages

        try:
            return {"pages": draw_pages(data)}
        except Exception as error:
            return {"error": _reason(error), "told": f"{type(error).__name__}: {error}"[:300]}
    try:
        boxes, pages, notes = _reader(kind)(data)
    except MemoryError:
        return {"error": "too-large"}
    except Exception as error:
        # Libraries raise whatever a broken file makes them stumble over.
        return {"error": _reason(error), "told": f"{type(error).__name__}: {error}"[:300]}
    return {"boxes": [dataclasses.astuple(box) for box in boxes], "pages": pages, "notes": notes}


def _reader(kind: str) -> Callable[[bytes], Read]:
    if kind == "pdf":
        from konkyo.sources.documents.pdf import read_pdf

        return read_pdf
    if kind == "xlsx":
        from konkyo.sources.documents.workbook import read_workbook

        return read_workbook
    if kind == "docx":
        from konkyo.sources.documents.word import read_word

        return read_word
    from konkyo.sources.documents.plain_text import read_text

    return read_text


def _reason(error: Exception) -> str:
    name = type(error).__name__
    if "Password" in name or "Encrypt" in name or "Password" in repr(error):
        return "encrypted"
    return "too-large" if name == "TooLarge" else "broken"


if __name__ == "__main__":
    main()

"""Reads one document in a process of its own, with limits on memory and time, and writes its boxes as JSON.

What a file can do by being read, it does here: this process opens no other file, starts nothing and fetches nothing.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import warnings
from collections.abc import Callable
from typing import Any

from konkyo.common.limits import limit_memory
from konkyo.sources.documents import Box

# What a worker may tell, in signs: whoever started it holds all of it at once.
MOST_TOLD = 40_000_000
Read = tuple[list[Box], list[str], list[str]]
Answer = dict[str, Any]


def main() -> None:
    """Read the document on standard input; the command line names its kind and the limits."""
    work(_read)


def work(answer: Callable[[str, bytes], Answer]) -> None:
    """Answer for the document on standard input within the limits of the command line: kind, bytes of memory, seconds."""
    kind, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    limit_memory(memory)
    _limit_time_and_output(seconds)
    warnings.simplefilter("ignore")  # of libraries about styles and fonts; what matters is an error
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        told = json.dumps(answer(kind, sys.stdin.buffer.read()))
    except MemoryError:
        told = json.dumps({"error": "too-large"})
    if len(told) > MOST_TOLD:
        told = json.dumps({"error": "too-large"})
    out.write(told)


def _limit_time_and_output(seconds: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(kind: str, data: bytes) -> Answer:
    if kind == "pictures":
        from konkyo.sources.documents.pictures import draw_pages

        try:
            return {"pages": draw_pages(data)}
        except Exception as error:
            return failure(error)
    try:
        boxes, pages, notes = read(kind, data)
    except Exception as error:
        return failure(error)
    return {"boxes": [dataclasses.astuple(box) for box in boxes], "pages": pages, "notes": notes}


def read(kind: str, data: bytes) -> Read:
    """Return what a file holds. Libraries raise whatever a broken one makes them stumble over."""
    boxes, pages, notes = _reader(kind)(data)
    return [_writable(box) for box in boxes], pages, notes


def _writable(box: Box) -> Box:
    """Return a box whose text and place a file can hold: halves of surrogate pairs, which a broken font yields, are none."""
    if box.text.isascii() or not _HALVES.search(box.text + box.place):
        return box
    return dataclasses.replace(
        box, text=_HALVES.sub("\ufffd", box.text), place=_HALVES.sub("\ufffd", box.place)
    )


_HALVES = re.compile("[\ud800-\udfff]")


def failure(error: Exception) -> Answer:
    """Return the answer for a file that cannot be read."""
    if isinstance(error, MemoryError):
        return {"error": "too-large"}
    return {"error": _reason(error), "told": f"{type(error).__name__}: {error}"[:300]}


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

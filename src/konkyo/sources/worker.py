"""Reads files of the project review in a process of its own and writes their graphs as N-Quads to standard output, in frames.

Making the text takes a third of the time that the store needs to load it; beside it, it costs nothing.
A frame is one byte for its kind, four for its length, and its bytes; see :mod:`.stream` for the other end.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from konkyo.common.dates import PartialDate
from konkyo.common.errors import KonkyoError
from konkyo.model.graphs import JUDGIT
from konkyo.sources.judgit.engine import convert as convert_sheets
from konkyo.sources.judgit.files import JudgitFile
from konkyo.sources.rs import IMPORTERS, FileReport, Names, Progress, RsFile
from konkyo.sources.rs.engine import LIMIT, convert

if TYPE_CHECKING:
    from konkyo.sources.found import ReviewFile

FRAME = struct.Struct("<cI")
DATA, PROGRESS, REPORT, ERROR, CRASH, END = b"D", b"P", b"R", b"E", b"X", b"Z"


def run(job: dict[str, Any], out: BinaryIO) -> None:
    """Write the frames of a job (see :func:`konkyo.sources.stream.import_files`)."""

    def frame(kind: bytes, data: bytes = b"") -> None:
        out.write(FRAME.pack(kind, len(data)))
        out.write(data)

    def told(kind: bytes) -> Callable[[Any], None]:
        return lambda value: frame(kind, json.dumps(value).encode())

    def progress(state: Progress) -> None:
        told(PROGRESS)([state.label, state.done, state.total])
        out.flush()

    names = Names(job["ministries"], job["units"], frozenset(job["measures"]), job["corporate"])
    common: set[int] = set()
    failed = False

    def write(text: str) -> None:
        # Once a file is refused, all is made anew without it: the others are only read to know of their refusals.
        if not failed:
            frame(DATA, text.encode())

    try:
        for item in job["files"]:
            file = _file(item)
            try:
                report = convert_file(file, names, write, progress, job["limit"], common)
                told(REPORT)(report.as_json())
            except KonkyoError as error:
                told(ERROR)(error_as_json(file, error))
                if not job["all"]:
                    break
                failed = True
    except BrokenPipeError:
        raise
    except Exception:
        frame(CRASH, traceback.format_exc().encode())
    frame(END)
    out.flush()


def convert_file(
    file: ReviewFile,
    names: Names,
    write: Callable[[str], object],
    progress: Callable[[Progress], object],
    limit: float = LIMIT,
    common: set[int] | None = None,
) -> FileReport:
    """Read one file of any kind and write its graph as lines of N-Quads; return what became of it. Raises KonkyoError."""
    if isinstance(file, JudgitFile):
        return convert_sheets(file, names, write, progress, limit, common)
    return convert(file, IMPORTERS[file.kind], names, write, progress, limit, common)


def _file(item: dict[str, Any]) -> ReviewFile:
    tuples: dict[str, Any] = {name: tuple(item[name]) for name in ("columns", "parts") if name in item}
    modified = PartialDate(*item["modified"]) if item["modified"] else None
    told = {**item, **tuples, "path": Path(item["path"]), "modified": modified}
    return JudgitFile(**told) if item["kind"] == JUDGIT else RsFile(**told)


def error_as_json(file: ReviewFile, error: KonkyoError) -> dict[str, Any]:
    """Return what :func:`konkyo.sources.stream.error_from_json` reads."""
    return {
        "file": file.source,
        "message": error.message,
        "source": error.source,
        "row": error.row,
        "column": error.column,
        "hint": error.hint,
    }


def main() -> None:
    """Read a job from standard input and run it. Ends quietly when nobody reads any more."""
    # Ctrl-C reaches the whole group; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        run(json.load(sys.stdin.buffer), sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(1)  # without a second attempt to flush what nobody takes


if __name__ == "__main__":
    main()

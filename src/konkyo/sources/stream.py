"""Files of the project review into a store: a process that reads them, and a stream of its N-Quads for the store's bulk load."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from konkyo.common.child import command, environment
from konkyo.common.errors import KonkyoError, RefusedFiles
from konkyo.common.words import Words
from konkyo.sources.rs.engine import LIMIT, FileReport
from konkyo.sources.rs.importer import Names
from konkyo.sources.worker import CRASH, DATA, END, ERROR, FRAME, PROGRESS, REPORT

# What one bulk load takes at most: the store sorts a load in memory, so this bounds what a build needs.
LOAD_BYTES = 256 << 20

if TYPE_CHECKING:
    from konkyo.sources.found import ReviewFile

Tell = Callable[[str, int, int | None], object]


def import_files(
    files: Iterable[ReviewFile],
    names: Names,
    load: Callable[[io.RawIOBase], object],
    progress: Tell | None = None,
    *,
    limit: float = LIMIT,
    every: bool = False,
) -> list[FileReport]:
    """Read files in another process; hand their N-Quads to ``load``, stream after stream; return their reports.

    ``progress`` is told the file's name, the rows read, and the published number of rows or None.
    Raises RefusedFiles with the first file that cannot be read, with all of them for ``every``; what was loaded
    until then must be thrown away.
    """
    job = {
        "files": [{**asdict(file), "path": str(file.path), "modified": _parts(file)} for file in files],
        "ministries": dict(names.ministries),
        "units": {key: dict(value) for key, value in names.units.items()},
        "measures": sorted(names.measures),
        "corporate": dict(names.corporate),
        "limit": limit,
        "all": every,
    }
    with _worker() as worker:
        assert worker.stdin and worker.stdout
        worker.stdin.write(json.dumps(job).encode())
        worker.stdin.close()
        frames = _Frames(worker.stdout, progress)
        try:
            while frames.more():
                load(_Load(frames))
        except BaseException:
            worker.kill()
            raise
    if frames.error:
        raise frames.error
    if frames.refused:
        raise RefusedFiles(frames.refused)
    return frames.reports


def _parts(file: ReviewFile) -> list[int | None] | None:
    date = file.modified
    return [date.year, date.month, date.day] if date else None


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        command("konkyo.sources.worker"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )


class _Frames:
    """The frames of a worker: data to be read, and what is told beside it."""

    def __init__(self, pipe: IO[bytes], progress: Tell | None) -> None:
        self._pipe = pipe
        self._progress = progress
        self._data = memoryview(b"")
        self._ended = False
        self.reports: list[FileReport] = []
        self.refused: dict[str, KonkyoError] = {}
        self.error: Exception | None = None

    def more(self) -> bool:
        """Return whether there is data to read, after having waited for it."""
        while not self._data and not self._ended:
            self._next()
        return bool(self._data)

    def take(self, size: int) -> memoryview:
        """Return up to ``size`` bytes; nothing at the end."""
        self.more()
        part, self._data = self._data[:size], self._data[size:]
        return part

    def _next(self) -> None:
        head = self._pipe.read(FRAME.size)
        if len(head) < FRAME.size:
            self._ended = True
            self.error = self.error or RuntimeError("the process that reads the files has died")
            return
        kind, size = FRAME.unpack(head)
        data = self._pipe.read(size)
        if kind == DATA:
            self._data = memoryview(data)
        elif kind == PROGRESS:
            if self._progress:
                self._progress(*json.loads(data))
        elif kind == REPORT:
            self.reports.append(FileReport.from_json(json.loads(data)))
        elif kind == ERROR:
            told = json.loads(data)
            self.refused[told["file"]] = error_from_json(told)
        elif kind == CRASH:
            self.error = RuntimeError(f"reading the files failed:\n{data.decode()}")
        elif kind == END:
            self._ended = True


def error_from_json(told: dict[str, Any]) -> KonkyoError:
    """Return the error of a refused file again."""
    return KonkyoError(
        Words(*told["message"]),
        source=told["source"],
        row=told["row"],
        column=told["column"],
        hint=Words(*told["hint"]) if told["hint"] else None,
    )


class _Load(io.RawIOBase):
    """One load's part of the data: it ends with a line, after ``LOAD_BYTES`` or so."""

    def __init__(self, frames: _Frames) -> None:
        self._frames = frames
        self._read = 0
        self._full = False
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as there is data; return the number of bytes."""
        if not self._rest:
            if self._full:
                return 0
            # A data frame ends with a line, so that a load may end after any frame.
            self._rest = self._frames.take(1 << 30)
            self._read += len(self._rest)
            self._full = self._read >= LOAD_BYTES
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

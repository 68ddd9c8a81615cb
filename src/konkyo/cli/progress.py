"""How far a long command is, on standard error."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.build.stages import Progress

_ROWS = Words("行", "rows")
_ASKING = Words("調べています…{}秒", "looking … {} s")
_MADE = Words("作成: {}", "making: {}")
_TOOK = Words("{}（{:.1f}秒）", "{} ({:.1f} s)")
# Seconds that a command may take before it says that it is at work.
_PATIENCE = 1.0
# Seconds that a stage must have taken to have a line of a log.
_LONG = 10.0


@contextmanager
def waiting(lang: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Say at a terminal that a command is at work, once it has been for a second, and take that away at the end.

    It goes to standard error, and nowhere else than to a terminal.
    """
    if not sys.stderr.isatty():
        yield
        return
    done, stream = threading.Event(), sys.stderr

    def say() -> None:
        since = time.perf_counter()
        told = done.wait(patience)
        shown = not told
        while not told:
            seconds = int(time.perf_counter() - since)
            stream.write("\r\x1b[K" + _ASKING.of(lang).format(seconds))
            stream.flush()
            told = done.wait(1)
        if shown:
            stream.write("\r\x1b[K")
            stream.flush()

    speaker = threading.Thread(target=say, daemon=True)
    speaker.start()
    try:
        yield
    finally:
        done.set()
        speaker.join()


class _StageLines:
    """Prints each stage that took long, once it is over."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._now: Words | None = None
        self._since = time.perf_counter()

    def at(self, stage: Words, ended: bool) -> None:
        """Take the stage that begins, or the last one at its end."""
        seconds = time.perf_counter() - self._since
        if self._now and seconds > _LONG:
            made = _MADE.of(self._lang).format(self._now.of(self._lang))
            print(_TOOK.of(self._lang).format(made, seconds), file=sys.stderr, flush=True)
        self._now, self._since = None if ended else stage, time.perf_counter()


@contextmanager
def progress(lang: str, unit: Words = _ROWS) -> Iterator[Progress]:
    """Show how far a command is: a bar for each file at a terminal, a line for each file that is done elsewhere.

    The stages behind the files share one bar, and have a line each where they took long.
    """
    if not sys.stderr.isatty():
        begun: dict[str, float] = {}
        stage = _StageLines(lang)

        def line(label: str | Words, done: int, total: int | None) -> None:
            if isinstance(label, Words):
                stage.at(label, done == total)
                return
            started = begun.setdefault(label, time.perf_counter())
            if total is not None and done >= total:
                rate = done / max(time.perf_counter() - started, 0.001)
                text = Words("{0}: {1:,}{3}（毎秒{2:,.0f}{3}）", "{0}: {1:,} {3} ({2:,.0f} a second)").of(
                    lang
                )
                print(text.format(label, done, rate, unit.of(lang)), file=sys.stderr, flush=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    from konkyo.present.text.terminal import safe

    each = unit.of(lang) + Words("/秒", "/s").of(lang)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str | None, TaskID] = {}  # the stages have one together

        def show(label: str | Words, done: int, total: int | None) -> None:
            if isinstance(label, Words):
                words = _MADE.of(lang).format(label.of(lang))
                if None not in tasks:
                    tasks[None] = bars.add_task(words, total=total, rate="")
                bars.update(tasks[None], description=words, completed=done, total=total)
                return
            if label not in tasks:
                tasks[label] = bars.add_task(safe(label), total=total, rate="")
            task = tasks[label]
            speed = next((item.speed for item in bars.tasks if item.id == task), None)
            bars.update(task, completed=done, total=total, rate=f"{speed:,.0f} {each}" if speed else "")

        yield show

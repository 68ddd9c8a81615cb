"""What a site costs, against its targets: ``python tests/bench/bench_site.py STORE [STORE …]``.

Each store is written twice, from nothing; the second time into another folder, which must have the same bytes. Stores of 1, 2 and 4
review years show how the cost grows with the things that have a page.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import threading
import time
from hashlib import sha256
from pathlib import Path

from konkyo.server.site.make import make

_MIB = 1 << 20


def _memory(stopped: threading.Event, most: list[int]) -> None:
    """Keep the greatest memory of this process and its children together (Linux)."""
    page = resource.getpagesize()
    while not stopped.wait(0.5):
        tasks = Path("/proc/self/task").glob("*/children")
        mine = [os.getpid(), *(int(child) for path in tasks for child in path.read_text().split())]
        total = 0
        for process in mine:
            try:
                total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * page
            except OSError:
                continue
        most[0] = max(most[0], total)


def _digest(folder: Path) -> str:
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "konkyo-site.json":
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _row(what: str, value: str, target: str, holds: bool | None = None) -> None:
    print(f"| {what} | {value} | {target} | {'' if holds is None else 'yes' if holds else 'NO'} |")


def _measured(store: Path, folder: Path) -> None:
    workers = os.cpu_count() or 1
    stopped, most = threading.Event(), [0]
    watcher = threading.Thread(target=_memory, args=(stopped, most))
    watcher.start()
    began, cpu = time.perf_counter(), os.times()
    made = make(store, folder / "one", workers=workers)
    seconds, after = time.perf_counter() - began, os.times()
    stopped.set()
    watcher.join()
    assert made is not None
    files = [path for path in (folder / "one").rglob("*") if path.is_file()]
    pages = sorted(path.stat().st_size for path in files if path.suffix == ".html")
    disk = sum(path.stat().st_blocks * 512 for path in files)
    used = after.user - cpu.user + after.system - cpu.system + after.children_user - cpu.children_user + after.children_system - cpu.children_system  # fmt: skip
    print(f"\n{store.name}: pages of {made.things:,} things, {workers} processes\n")
    print("| what | measured | target | holds |\n|---|---|---|---|")
    _row("time", f"{seconds:.0f} s ({used:.0f} s of CPU)", "300 s", seconds < 300)
    _row("for a thing", f"{1000 * used / made.things:.0f} ms of CPU", "")
    _row("memory of all processes", f"{most[0] / _MIB:.0f} MiB", "1,500 MiB", most[0] < 1500 * _MIB)
    _row("files", f"{len(files):,}", "60,000", len(files) < 60_000)
    _row("bytes", f"{sum(path.stat().st_size for path in files) / 1e6:.0f} MB", "")
    _row("on disk", f"{disk / 1e6:.0f} MB", "400 MB", disk < 400e6)
    _row(
        "HTML, nine of ten",
        f"{pages[len(pages) * 9 // 10] / 1e3:.0f} kB",
        "60 kB",
        pages[len(pages) * 9 // 10] < 60e3,
    )
    _row("HTML, largest", f"{pages[-1] / 1e3:.0f} kB", "500 kB", pages[-1] < 500e3)
    began = time.perf_counter()
    again = make(store, folder / "one", workers=workers)
    _row("again, nothing changed", f"{time.perf_counter() - began:.1f} s", "", again is None)
    make(store, folder / "two", workers=workers)
    same = _digest(folder / "one") == _digest(folder / "two")
    _row("two runs byte for byte", "equal" if same else "DIFFERENT", "equal", same)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as temporary:
            _measured(Path(name), Path(temporary))

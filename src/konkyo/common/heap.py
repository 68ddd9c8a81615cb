"""What a process holds but does not use."""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path

_MUCH_BYTES = 1 << 30


def give_back() -> None:
    """Hand freed memory back to the system, where the process holds more than a gigabyte.

    glibc keeps what native code freed, in a heap for each thread: after the loading of ten years that was half a gigabyte. To
    hand it back costs milliseconds, and the system must give it again; a small process keeps it. Nothing happens where the
    system does not tell what a process holds, or the C library has no such call.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        if pages * os.sysconf("SC_PAGE_SIZE") > _MUCH_BYTES:
            ctypes.CDLL(None).malloc_trim(0)

"""Limits that a process sets for itself before it runs what a stranger wrote."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path


def limit_memory(size: int) -> None:
    """Bound this process's address space to so many bytes (0: no limit), where the system can."""
    if size and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Should the machine run out of memory, a worker goes before the server does.
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def cut_off_the_network() -> bool:
    """Leave the machine's network, where the system lets a process do so; return whether it did.

    Queries that would call out are refused before they run; this keeps the promise should one get through.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    new_user, new_net = 0x10000000, 0x40000000
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.unshare(new_net) == 0 or libc.unshare(new_user | new_net) == 0)
    except (OSError, AttributeError):
        return False

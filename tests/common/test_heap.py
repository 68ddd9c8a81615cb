"""Memory that is handed back."""

from __future__ import annotations

import sys

import pytest

from konkyo.common import heap


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process holds in /proc")
@pytest.mark.parametrize(("much", "times"), [(0, 1), (1 << 60, 0)])
def test_only_a_large_process_hands_memory_back(
    much: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    class Library:
        @staticmethod
        def malloc_trim(pad: int) -> int:
            asked.append(pad)
            return 1

    monkeypatch.setattr(heap, "_MUCH_BYTES", much)
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda name: Library)
    heap.give_back()
    assert asked == [0] * times

"""Processes of Python that a test starts, and that must come to an end by themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import konkyo
from konkyo.common import child
from support.waiting import until

SOURCE = Path(konkyo.__file__).resolve().parents[1]
TESTS = Path(__file__).resolve().parents[1]


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which a child finds konkyo and the helpers of the tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), str(TESTS)]), **more}


def workers_that_find_the_tests(patch: pytest.MonkeyPatch) -> None:
    """Let workers import the tasks of the tests, which stand outside the installation."""
    from konkyo.server.workers import process

    def widened(**more: str) -> dict[str, str]:
        return child.environment(PYTHONPATH=str(TESTS), **more)

    patch.setattr(process, "environment", widened)


def comes_to_each(code: str, names: Iterable[str], log: Path) -> None:
    """Run code in a child that prints each of these names when it is through with it; fail where it hangs at one.

    It is for what takes no steps that can be counted, such as the search of a pattern: it ends, or it does not.
    """
    with (
        log.open("wb") as told,
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=told, stderr=subprocess.STDOUT, env=environment()
        ) as started,
    ):
        try:
            for name in names:
                until(
                    lambda name=name: name in _lines(log) or started.poll() is not None,  # type: ignore[misc]
                    f"the child is through with {name}",
                )
                assert name in _lines(log), log.read_text(encoding="utf-8", errors="replace")[-2000:]
        finally:
            started.kill()


def _lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines()

"""Commands as a user gives them, run in the test's own process, where it is not the process that is tested."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from konkyo.cli import main


def _stream(data: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def _told(stream: io.TextIOWrapper) -> str:
    stream.flush()
    held = stream.buffer
    assert isinstance(held, io.BytesIO)
    return held.getvalue().decode("utf-8")


def run(*arguments: str, cwd: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``konkyo`` with arguments in a folder; return its exit code and all that it said, as a process would."""
    out, err = _stream(), _stream()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        for name, value in environment.items():
            patch.setenv(name, value)
        for name, stream in (("stdin", _stream(stdin.encode())), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        try:
            code = main(arguments)
        except SystemExit as ended:  # of --help
            code = int(ended.code or 0)
    return subprocess.CompletedProcess(arguments, code, _told(out), _told(err))


def good(*arguments: str, cwd: Path, stdin: str = "") -> str:
    """Run a command that ends well; return what it said on standard output."""
    done = run(*arguments, cwd=cwd, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout

"""A command that runs what a stranger may have written (a query, a file of RDF) in a process with limits.

Oxigraph's library can neither stop a query nor bound its memory, and a query that is nested deeply enough ends its
process. So the command runs once more in a process of its own, as queries of the server do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from threading import Thread
from typing import IO

from konkyo.cli.options import Say, number
from konkyo.common.child import command, environment
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

SECONDS = 300
MIB = 4096
_INSIDE = "KONKYO_LIMITED"


def limit_options(parser: argparse.ArgumentParser, say: Say, *, timed: bool) -> None:
    """Add ``--memory``, and ``--timeout`` for what may never end."""
    if timed:
        parser.add_argument(
            "--timeout",
            type=number(0, 10**6),
            default=SECONDS,
            metavar="S",
            help=say(
                f"時間の上限（秒、既定は{SECONDS}、0は無制限）",
                f"time limit in seconds (default: {SECONDS}; 0: no limit)",
            ),
        )
    parser.add_argument(
        "--memory",
        type=number(0, 1 << 20),
        default=MIB,
        metavar="MIB",
        help=say(
            f"メモリーの上限（MiB、既定は{MIB}、0は無制限）",
            f"memory at most, in MiB (default: {MIB}; 0: no limit)",
        ),
    )


def is_inside() -> bool:
    """Return whether this process is the one with limits."""
    return _INSIDE in os.environ


def run_limited(options: argparse.Namespace, stdin: str = "") -> int:
    """Run the command line of ``options`` in a process with its limits; return its exit code.

    ``stdin`` is what it finds on standard input. Raises KonkyoError where it meets a limit.
    """
    seconds: int = getattr(options, "timeout", 0)
    out, err = _where(sys.stdout), _where(sys.stderr)
    with subprocess.Popen(  # noqa: S603
        command("konkyo.cli.limited"),
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=err,
        env=environment(**{_INSIDE: "1", "RUST_BACKTRACE": "0"}),
    ) as process:
        try:
            job = {"arguments": options.arguments, "stdin": stdin, "memory": options.memory << 20}
            assert process.stdin
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
            told = [
                Thread(target=_copy, args=(source, target), daemon=True)
                for source, target in ((process.stdout, sys.stdout), (process.stderr, sys.stderr))
                if source is not None
            ]
            for thread in told:
                thread.start()
            code = process.wait(seconds or None)
            for thread in told:
                thread.join()
        except subprocess.TimeoutExpired:
            raise KonkyoError(
                Words(
                    f"時間の上限（{seconds}秒）に達したので、止めました。",
                    f"Stopped at the time limit ({seconds} s).",
                ),
                hint=Words("--timeout で変えられます（0は無制限）。", "--timeout changes it (0: no limit)."),
            ) from None
        finally:
            process.kill()
    # What ends without a code of its own was ended by the system: out of memory, or of room for nested parts.
    if code < 0 or (code > 128 and code != 130):
        raise KonkyoError(
            Words(
                f"メモリーの上限（{options.memory} MiB）に達したか、入れ子が深すぎるので、止めました。",
                f"Stopped: it needs more memory than {options.memory} MiB, or is nested too deeply.",
            ),
            hint=Words("--memory で変えられます（0は無制限）。", "--memory changes it (0: no limit)."),
        )
    return code


def _where(stream: IO[str]) -> IO[str] | int:
    """Return a stream that a process can write to itself, so that it sees whether it is a terminal; else a pipe."""
    try:
        stream.fileno()
    except (OSError, ValueError, AttributeError):
        return subprocess.PIPE
    stream.flush()
    return stream


def _copy(source: IO[bytes], target: IO[str]) -> None:
    while part := source.read1(1 << 16):  # type: ignore[attr-defined]
        target.buffer.write(part)  # type: ignore[attr-defined]


def main() -> int:
    """Read a job from standard input, and run its command line with its limits."""
    import io
    import signal

    from konkyo.cli import main as run
    from konkyo.common.limits import cut_off_the_network, limit_memory

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for this one is told, and ends it
    job = json.loads(sys.stdin.buffer.readline())
    cut_off_the_network()
    limit_memory(job["memory"])
    Thread(target=_end_with_the_parent, args=(sys.stdin.buffer,), daemon=True).start()
    sys.stdin = io.TextIOWrapper(io.BytesIO(job["stdin"].encode("utf-8", "surrogatepass")), encoding="utf-8")
    code = run(job["arguments"])
    sys.stdout.flush()
    # An ordinary end would wait for the thread, and Python calls that a fatal error.
    os._exit(code)


def _end_with_the_parent(pipe: IO[bytes]) -> None:
    pipe.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())

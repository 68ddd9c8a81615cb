"""What becomes of each kind of hostile file that `konkyo transcribe` is given: its words, and what it took.

Run it from the checkout: ``python tests/bench/bench_hostile_files.py [--kind "10,000 pages"] [--seconds 30]``. A line a kind: what was told, seconds of
a processor of all processes, and the largest of them in MB. Nothing may be executed or fetched, and none may end otherwise than
with words (exit code 0 or 4).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from konkyo.sources.documents.reading import SECONDS  # noqa: E402
from support.hostile_files import KINDS, SHEETS  # noqa: E402

_RUN = (
    "import sys; from konkyo.sources.documents import reading; reading.SECONDS = int(sys.argv.pop(1)); "
    "from konkyo.cli import main; sys.exit(main(sys.argv[1:]))"
)


def given(data: bytes, name: str, folder: Path, limit: int) -> tuple[int, str, float, float]:
    """Transcribe a file; return the exit code, the last line told, seconds of a processor and MB of the largest process."""
    path = folder / name
    path.write_bytes(data)
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        # In a process of its own, so that what its children took is told apart.
        os.close(read)
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(limit), "transcribe", str(path), "-o", str(folder / "made")],
            capture_output=True,
            text=True,
            check=False,
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        told = f"{done.returncode}\n{used.ru_utime + used.ru_stime}\n{used.ru_maxrss / 1000}\n{' / '.join(lines[:3])}"
        os.write(write, told.encode()[:4000])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        code, seconds, size, words = answer.read().decode(errors="replace").split("\n", 3)
    os.waitpid(pid, 0)
    path.unlink()
    return int(code), words.replace(str(folder), ""), float(seconds), float(size)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", action="append")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of a processor, for one file")
    options = parser.parse_args()
    kinds = {name: (f"a{ending}", make) for name, (ending, make) in KINDS.items()}
    kinds |= {name: (name.replace(" ", "-"), make) for name, make in SHEETS.items()}
    wrong = 0
    print("kind\texit\tprocessor s\twall s\tlargest MB\ttold")
    for name, (file, make) in kinds.items():
        if options.kind and name not in options.kind:
            continue
        with tempfile.TemporaryDirectory() as folder:
            data, begun = make(), time.monotonic()
            code, words, seconds, size = given(data, file, Path(folder), options.seconds)
            took = time.monotonic() - begun
        good = code in ((0,) if name in SHEETS else (0, 4)) and "Traceback" not in words
        wrong += not good
        print(
            f"{name}\t{code}{'' if good else ' !'}\t{seconds:.1f}\t{took:.0f}\t{size:.0f}\t{words[:160]}",
            flush=True,
        )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

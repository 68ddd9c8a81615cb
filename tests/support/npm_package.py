"""Packages that npm fetches for a test, pinned by version and hash; nothing of them is kept in this repository."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from support import absent
from support.waiting import LONG_GUARD


def fetched(package: str, sha512: str, members: Sequence[str], folder: Path) -> list[bytes]:
    """Return files of a package (paths in it). Where it cannot be had, skip; in CI fail, so that no finding goes unseen."""
    npm = shutil.which("npm")
    try:
        done = npm and subprocess.run(
            [npm, "pack", package, "--silent", "--pack-destination", str(folder)],
            cwd=folder, capture_output=True, text=True, timeout=LONG_GUARD,
        )  # fmt: skip
        reason = done.stderr[-300:] if done else "there is no npm"
    except (subprocess.SubprocessError, OSError) as error:
        reason = str(error)
    packed = next(folder.glob("*.tgz"), None)
    if packed is None:
        absent.wanted(f"{package} by npm: {' '.join(reason.split())}", "apt-get install npm, and a registry")
    assert base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() == sha512
    found = []
    with tarfile.open(packed) as archive:
        for member in members:
            file = archive.extractfile(f"package/{member}")
            assert file is not None
            found.append(file.read())
    return found

"""axe-core, fetched by npm as pinned and checked here; nothing of it is kept in this repository."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

AXE = "axe-core@4.14.1"
AXE_SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="


def fetch(folder: Path) -> str:
    """Return the script of axe-core. Where it cannot be had, skip; in CI fail, so that no finding goes unseen."""
    npm = shutil.which("npm")
    done = npm and subprocess.run(
        [npm, "pack", AXE, "--silent", "--pack-destination", str(folder)],
        cwd=folder, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    packed = next(folder.glob("*.tgz"), None)
    if packed is None:
        reason = f"npm cannot fetch {AXE}: {done.stderr[-300:] if done else 'there is no npm'}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    data = packed.read_bytes()
    assert base64.b64encode(hashlib.sha512(data).digest()).decode() == AXE_SHA512
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


def findings(page: Any, axe: str) -> list[str]:
    """Return what axe calls serious or critical, one line for each element."""
    page.evaluate(axe)
    answer = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['id']} ({rule['impact']}): {json.dumps(node['target'])} {node['html'][:120]}"
        for rule in answer["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]

"""The page under axe-core, fetched by npm as pinned and checked below; nothing of it is kept in this repository."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sample_graph import ID, MEASURE
from test_viewer import INDICATOR, frames

AXE = "axe-core@4.14.1"
AXE_SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
OPEN = Callable[..., Any]


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    folder = tmp_path_factory.mktemp("axe")
    npm = shutil.which("npm")
    done = npm and subprocess.run(
        [npm, "pack", AXE, "--silent", "--pack-destination", str(folder)],
        cwd=folder, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    packed = next(folder.glob("*.tgz"), None)
    if packed is None:
        reason = f"npm cannot fetch {AXE}: {done.stderr[-300:] if done else 'there is no npm'}"
        # In CI a checker that is not there must not pass for a page without findings.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    data = packed.read_bytes()
    assert base64.b64encode(hashlib.sha512(data).digest()).decode() == AXE_SHA512
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


def findings(page: Any, axe: str) -> list[str]:
    """Return what axe calls serious or critical, one line for each element."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(axe)
    answer = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['id']} ({rule['impact']}): {json.dumps(node['target'])} {node['html'][:120]}"
        for rule in answer["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


# Colours do not depend on the language, nor names on the colours: two runs see all of both.
@pytest.mark.parametrize(("lang", "scheme"), [("ja", "light"), ("en", "dark")])
def test_no_serious_findings(open_page: OPEN, axe: str, scheme: str, lang: str) -> None:
    page = open_page(color_scheme=scheme, lang=lang, select=MEASURE)
    page.locator("#tables summary").click()
    frames(page)
    assert findings(page, axe) == []
    page.locator("#panel [data-action=path]").click()
    page.evaluate("(iri) => konkyoView.select(iri)", INDICATOR)
    page.locator("#save summary").click()
    page.locator("#search").fill("海洋")
    frames(page)
    assert findings(page, axe) == []


def test_no_serious_findings_on_a_phone_and_at_the_start(
    open_page: OPEN, axe: str, pages: dict[str, Path]
) -> None:
    assert findings(open_page(), axe) == []
    page = open_page(
        "hostile",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        select=ID + "strategy/saisei",
    )
    assert findings(page, axe) == []

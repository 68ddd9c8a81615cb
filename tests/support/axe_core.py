"""axe-core, which looks for what keeps people out of a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support import npm_package

AXE = "axe-core@4.14.1"
AXE_SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="


def fetch(folder: Path) -> str:
    """Return the script of axe-core. Where it cannot be had, skip; in CI fail, so that no finding goes unseen."""
    (script,) = npm_package.fetched(AXE, AXE_SHA512, ["axe.min.js"], folder)
    return script.decode()


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

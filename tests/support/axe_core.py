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


# Contrast takes more than half of the time, and a long page has each look a thousand times: one element of each is looked at.
RUN = """async () => {
  const looks = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
    const own = getComputedStyle(element);
    const look = [element.tagName, element.className, own.color, own.fontSize, own.fontWeight];
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(at);
      look.push(at.tagName, backgroundColor, backgroundImage, opacity);
    }
    const shown = element.getClientRects().length > 0;
    const key = JSON.stringify(look);
    if (shown && !looks.has(key)) looks.set(key, element);
  }
  const resultTypes = ["violations"], preload = false; // no rule that is run reads style sheets
  const all = await axe.run(document, { resultTypes, preload, rules: { "color-contrast": { enabled: false } } });
  const contrast = await axe.run([...looks.values()], { resultTypes, preload, runOnly: ["color-contrast"] });
  return [...all.violations, ...contrast.violations];
}"""


def findings(page: Any, axe: str) -> list[str]:
    """Return what axe calls serious or critical, one line for each element."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(axe)
    violations = page.evaluate(RUN)
    return [
        f"{rule['id']} ({rule['impact']}): {json.dumps(node['target'])} {node['html'][:120]}"
        for rule in violations
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]

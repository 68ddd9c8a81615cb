"""The ten questions of the page ``questions`` and the three of the README: what is asked, and which lines are shown."""

from __future__ import annotations

import re

from support.documents import ROOT, blocks

PAGE = (ROOT / "src/konkyo/docs/questions.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^## (\d+\. .+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)

README = (ROOT / "README.md").read_text(encoding="utf-8")
THREE = README.split("## 三つの質問")[1].split("\n## ")[0]
(DEMO,) = blocks(README, "text")


def asked(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of a question with the lines that are shown of its answer."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks(text, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found

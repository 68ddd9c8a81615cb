"""The documents that people read, and the commands in them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOPICS = sorted((ROOT / "src/konkyo/docs").glob("*.md"))
DOCUMENTS = [
    ROOT / "README.md",
    *TOPICS,
    *(path for path in sorted(ROOT.glob("*/README.md")) if path.parts[len(ROOT.parts)][0] != "."),
    *sorted((ROOT / "src/konkyo").rglob("README.md")),
]


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Return each ``konkyo`` command of the ``sh`` blocks once, in the order of the documents."""
    lines = (
        line
        for path in DOCUMENTS
        for block in blocks(path.read_text(encoding="utf-8"), "sh")
        for line in block.splitlines()
    )
    return list(dict.fromkeys(line for line in lines if line.startswith("konkyo ")))

"""The ten questions of the README: what is asked, and which lines it shows of each answer."""

from __future__ import annotations

import re
from pathlib import Path

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.split("\n## Ten questions\n")[1].split("\n## ")[0]
QUESTIONS = re.findall(r"^### (\d+\. .+?)\n(.*?)(?=^### |\Z)", SECTION, re.MULTILINE | re.DOTALL)


def asked(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of a question with the lines that are shown of its answer."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found

"""The pages of ``konkyo help`` and ``/help``: Markdown files that the package carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.nearest import nearest
from konkyo.common.words import Words

_FOLDER = Path(__file__).resolve().parents[1] / "docs"
# The first line of a page names the topic in both languages: ``# trace: 根拠をたどる · what rests on what``.
_HEADING = re.compile(r"# ([\w-]+): (.+) · (.+)")


@dataclass(frozen=True)
class Topic:
    """One page: its name, what it is about, and its Markdown."""

    name: str
    about: Words
    text: str


def topics() -> list[Topic]:
    """Return all topics, by name."""
    return [_read(path) for path in sorted(_FOLDER.glob("*.md"))]


def topic(name: str) -> Topic:
    """Return one topic. Raises KonkyoError that names the nearest ones."""
    known = {found.name: found for found in topics()}
    if name in known:
        return known[name]
    near, listed = nearest(name, sorted(known), 3), ", ".join(known)
    raise KonkyoError(
        Words(f"「{name}」という項目はありません。", f"There is no topic {name!r}."),
        hint=Advice(Code.NEAR_TOPIC, {"near": ", ".join(near)})
        if near
        else Words(f"項目: {listed}", f"Topics: {listed}"),
    )


def _read(path: Path) -> Topic:
    text = path.read_text(encoding="utf-8")
    match = _HEADING.match(text)
    if match is None:
        raise ValueError(f"{path.name}: the first line is not '# topic: Japanese · English'")
    name, ja, en = match.groups()
    return Topic(name, Words(ja, en), text)

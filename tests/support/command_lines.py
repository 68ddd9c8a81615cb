"""Options and commands in texts: only a terminal's reader can use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from konkyo.cli.parser import COMMANDS

# "The konkyo ontology" is a name as well.
_NAMES = "|".join(name for name in COMMANDS if name != "ontology")
COMMAND_LINE = re.compile(rf"(?<![\w-])--[a-z]{{2,}}|\bkonkyo (?:{_NAMES})\b")


def in_json(value: Any) -> Iterator[str]:
    """Yield every text of values of JSON that names an option or a command."""
    if isinstance(value, str):
        yield from [value] if COMMAND_LINE.search(value) else []
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from in_json(key)
            yield from in_json(item)
    elif isinstance(value, list):
        for item in value:
            yield from in_json(item)


class _Read(HTMLParser):
    """What a reader is shown or told of a page: its texts and what its attributes say."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._hidden = "" if dict(attrs).get("type") == "application/json" else tag
        self.said += [
            value or "" for name, value in attrs if name in ("title", "alt", "placeholder") or "aria-" in name
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


def in_html(page: str) -> list[str]:
    """Return every text of a page that names an option or a command; data for its scripts count, styles do not."""
    read = _Read()
    read.feed(page)
    read.close()
    return [text for text in read.said if COMMAND_LINE.search(text)]

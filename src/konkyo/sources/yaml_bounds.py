"""Bounds that hold while a YAML text is read, before anything is made of it: aliases multiply what stands there once."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode

MAX_LINES = 100_000
MAX_SIGNS = 200_000
"""Lines of a text, and signs of a line, at most."""


class TooMuch(Exception):
    """A text that holds more values than may be, deeper ones, or too many or too long lines; ``line`` is 1-based."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def load(text: str, *, values: int, depth: int) -> Any:
    """Return what a YAML text holds. Raises TooMuch, and whatever the parser stumbles over.

    ``values`` counts keys too, and what an alias names each time it is named; an alias within what it names has no end.
    """
    _refuse_what_takes_long(text)
    yaml: Any = YAML(typ="rt", pure=True)
    yaml.Composer = lambda loader: _Bounded(loader, values, depth)
    return yaml.load(text)


def _refuse_what_takes_long(text: str) -> None:
    # The parser takes the square of the time for lines without values (blank, comments) and for a long tag.
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise TooMuch(MAX_LINES)
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > MAX_SIGNS:
            raise TooMuch(number)


class _Bounded(Composer):
    def __init__(self, loader: Any, values: int, depth: int) -> None:
        super().__init__(loader)
        self.warn_double_anchors = False
        self._left = values
        self._levels = depth
        self._sizes: dict[str, int] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        if isinstance(parent, MappingNode) and index is None and not self._is_plain(event):
            # A key of keys takes twice the time for each level.
            raise ComposerError(None, None, "a key must be a text", event.start_mark)
        before, anchor = self._left, event.anchor
        if isinstance(event, AliasEvent):
            # What is not known yet is being composed: the alias stands in it. The parser refuses what is never named.
            self._left -= self._sizes.get(anchor, self._left + 1 if anchor in self.anchors else 1)
        else:
            self._left -= 1
            self._levels -= 1
        if self._left < 0 or self._levels < 0:
            raise TooMuch(event.start_mark.line + 1)
        node = super().compose_node(parent, index)
        if not isinstance(event, AliasEvent):
            self._levels += 1
            if anchor is not None:
                self._sizes[anchor] = before - self._left
        return node

    def _is_plain(self, event: Any) -> bool:
        if isinstance(event, AliasEvent):
            return isinstance(self.anchors.get(event.anchor), ScalarNode | None)
        return isinstance(event, ScalarEvent)

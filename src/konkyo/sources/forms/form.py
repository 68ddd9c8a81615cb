"""A form: its fields with the spellings of their labels, read from a YAML file of this folder.

A form may stand on another one (``土台``): it has the other's labels and adds its own to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import label_among, spelling

_FOLDER = Path(__file__).parent
# What a form says that is no label.
_NO_LABELS = ("名称", "土台", "目印", "種類")
_MARK_WEIGHT = 8
_BEGINNING = 12


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks for. ``data`` is the file's; see ``standard.yaml``. ``kind`` says what it is a form of."""

    name: str
    kind: str
    marks: tuple[str, ...]
    data: Mapping[str, Any]
    labels: frozenset[str]

    def spelt(self, *path: str) -> frozenset[str]:
        """Return the spellings of a label, as labels are compared; nothing where the form lacks it."""
        found: Any = self.data
        for step in path:
            found = found.get(step, ()) if isinstance(found, Mapping) else ()
        return frozenset(map(spelling, found))

    def is_label(self, box: Box) -> bool:
        """Return whether a box is one of the form's labels."""
        return label_among(box.text, self.labels) in self.labels

    def bears(self, box: Box, spellings: frozenset[str]) -> bool:
        """Return whether a box is one of some labels of the form."""
        return label_among(box.text, self.labels) in spellings

    def fit(self, boxes: tuple[Box, ...]) -> int:
        """Return how well a document fits: how many of the labels it has, and whether its title bears the form's marks."""
        beginning = name_form("".join(box.text for box in boxes[:_BEGINNING]))
        marked = sum(name_form(mark) in beginning for mark in self.marks)
        own = {label_among(box.text, self.labels) for box in boxes} & self.labels
        # A ministry's own form that bears none of its marks is the government's, or another ministry's.
        return len(own) + (_MARK_WEIGHT * marked if marked or not self.marks else -_MARK_WEIGHT)


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms that the package knows."""
    from ruamel.yaml import YAML

    read = YAML(typ="safe", pure=True)
    found = {
        path.stem: read.load(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))
    }
    made = []
    for data in found.values():
        if base := data.get("土台"):
            data = _merged(found[base], data)
        labels = frozenset(map(spelling, _spellings(data)))
        made.append(Form(data["名称"], data["種類"], tuple(data.get("目印", ())), data, labels))
    return tuple(made)


def _merged(base: Any, more: Any) -> Any:
    """Return a form on top of another: spellings are added, all else is the upper one's."""
    if isinstance(base, Mapping) and isinstance(more, Mapping):
        return {
            key: _merged(base.get(key), more[key]) if key in more else base[key] for key in {**base, **more}
        }
    if isinstance(base, list) and isinstance(more, list):
        return [*more, *(one for one in base if one not in more)]
    return more


def _spellings(data: Any, top: bool = True) -> Iterable[str]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if not (top and key in _NO_LABELS):
                yield from _spellings(value, top=False)
    elif isinstance(data, list):
        yield from data

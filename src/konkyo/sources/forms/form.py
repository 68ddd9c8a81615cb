"""A form: its fields with the spellings of their labels, read from a YAML file of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import label_form

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks for. ``data`` is the file's; see ``standard.yaml``."""

    name: str
    data: Mapping[str, Any]
    labels: frozenset[str]

    def spelt(self, *path: str) -> frozenset[str]:
        """Return the spellings of a label, as labels are compared."""
        found: Any = self.data
        for step in path:
            found = found[step]
        return frozenset(map(label_form, found))

    def is_label(self, box: Box) -> bool:
        """Return whether a box is one of the form's labels."""
        return label_form(box.text) in self.labels


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms that the package knows."""
    from ruamel.yaml import YAML

    made = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        made.append(Form(data["名称"], data, frozenset(map(label_form, _spellings(data)))))
    return tuple(made)


def _spellings(data: Any) -> Iterable[str]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if (
                key not in ("名称", "必須")
                or not isinstance(value, str | list)
                or (isinstance(value, list) and key == "名称")
            ):
                yield from _spellings(value)
    elif isinstance(data, list):
        yield from data

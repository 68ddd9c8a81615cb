"""What people call a thing in a table or a sentence."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.model.identifiers import project_number


def numbered(iri: str, label: Words, lang: str) -> str:
    """Return a thing's label, of a project with its number before it: many projects bear the same name."""
    number = project_number(iri)
    return f"{number} {label.of(lang)}" if number else label.of(lang)

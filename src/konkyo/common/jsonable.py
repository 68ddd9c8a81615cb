"""Answers as values of JSON."""

from __future__ import annotations

from typing import Any

from konkyo.common.words import Words


def jsonable(value: Any) -> Any:
    """Return dataclasses made dictionaries as values of JSON; texts become objects with ``ja`` and ``en``."""
    if isinstance(value, Words):
        return value._asdict()
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value

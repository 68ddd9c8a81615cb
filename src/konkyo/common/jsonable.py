"""Answers as values of JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from konkyo.common.advice import Advice
from konkyo.common.words import Words


def jsonable(value: Any) -> Any:
    """Return dataclasses as values of JSON; texts become objects with ``ja`` and ``en``, and so does advice, with its code."""
    if isinstance(value, Words):
        return value._asdict()
    if isinstance(value, Advice):
        return {"code": str(value.code), "values": jsonable(dict(value.values)), **value.plain()._asdict()}
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: jsonable(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value

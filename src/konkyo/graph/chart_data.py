"""The values and figures of one thing as data to draw."""

from __future__ import annotations

from typing import Any

from konkyo.common.words import Words
from konkyo.graph.amounts import amounts
from konkyo.graph.fact import ROLES_OF_A_SCALE
from konkyo.graph.facts import code_of, role_rank, values_of
from konkyo.graph.reader import Reader


def values_to_draw(reader: Reader, iri: str) -> list[dict[str, Any]]:
    """Return an indicator's values that share its scale; a rate of achievement is a percentage of them."""
    return [value for value in values(reader, iri) if value["role"] in ROLES_OF_A_SCALE]


def values(reader: Reader, iri: str) -> list[dict[str, Any]]:
    """Return an indicator's values as data: bounds as numbers beside the words of the source.

    ``role`` and ``bound`` are codes; ``lower`` and ``upper`` are None where the words give none.
    """
    found = []
    for value in values_of(reader, iri):
        role, year = reader.one(value, "kk:valueRole"), reader.one(value, "kk:fiscalYear")
        lower, upper = (reader.one(value, f"kk:{name}Bound") for name in ("lower", "upper"))
        found.append(
            {
                "role": code_of(reader, value, "kk:valueRole"),
                "name": (reader.label(role) if role else Words("値", "Value"))._asdict(),
                "text": reader.one(value, "kk:statedText") or "",
                "lower": float(lower) if lower else None,
                "upper": float(upper) if upper else None,
                "bound": code_of(reader, value, "kk:boundType"),
                "unit": reader.one(value, "schema:unitText") or "",
                "year": reader.label(year)._asdict() if year else None,
                "order": year.rsplit("/", 1)[-1] if year else "",
            }
        )
    return sorted(found, key=lambda v: (v["order"], role_rank(v["role"]), v["text"]))


def figures(reader: Reader, iri: str) -> list[dict[str, Any]]:
    """Return the budget figures whose year and stage are known, as data to draw: whole yen, oldest first.

    Each fiscal year as the latest review tells of it.
    """
    found = [
        {
            "year": reader.label(year)._asdict(),
            "order": year.rsplit("/", 1)[-1],
            "stage": stage.rsplit("/", 1)[-1],
            "name": reader.label(stage)._asdict(),
            "yen": amount.yen,
        }
        for (year, stage), several in amounts(reader, iri).items()
        for amount in several
    ]
    return sorted(found, key=lambda f: (f["order"], f["stage"], f["yen"]))

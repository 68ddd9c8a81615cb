"""The overview that a build leaves beside its store, so that the first picture of the government waits for no reading of it all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from konkyo.common.files import write_whole
from konkyo.graph.asked_years import AskedYear
from konkyo.questions.overview import Overview, is_fog, overview

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore, Store

FILE = "overview.json"
FORMAT = 1
"""Goes up with every change to the overview or to what it counts: what another version wrote is not read."""


def keep(store: EmbeddedStore) -> None:
    """Write the overview of all years beside a store that is being built, where it has one."""
    if store.folder and is_fog(store):
        told = {"format": FORMAT, "overview": overview(store).to_json()}
        write_whole(store.folder / FILE, json.dumps(told, ensure_ascii=False, separators=(",", ":")))


def kept(store: Store) -> Overview | None:
    """Return the overview that a build left; None where there is none that this version can read."""
    path = store.folder / FILE if store.folder else None
    try:
        told = json.loads(path.read_bytes()) if path and path.is_file() else {}
        return Overview.from_json(told["overview"]) if told.get("format") == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # what somebody else wrote there is no overview


def told_overview(store: Store, year: AskedYear = None) -> Overview:
    """Return the overview that a build left, or make it. Raises KonkyoError for a year of which the store holds nothing."""
    return (kept(store) if year is None else None) or overview(store, year)

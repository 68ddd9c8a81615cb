"""The files of the RS system (行政事業レビュー見える化サイト): all ministries' projects of a review year.

A file is known by its header (:mod:`.forms`, by the data of :mod:`.headers`), read as a stream (:mod:`.table`), and turned into records by the
importer of its kind over what all kinds share (:mod:`.importer`, :mod:`.engine`).
"""

from __future__ import annotations

from collections.abc import Mapping

from konkyo.common.words import Words
from konkyo.sources.rs.basic import Organization, Outline, RelatedProjects, Remarks, Subsidies
from konkyo.sources.rs.budget import Items, Summary
from konkyo.sources.rs.engine import FileReport, Progress
from konkyo.sources.rs.importer import Importer, Names
from konkyo.sources.rs.indicators import Indicators
from konkyo.sources.rs.logic import Connections
from konkyo.sources.rs.money_flow import Contracts, Flows, Uses
from konkyo.sources.rs.payments import Payments
from konkyo.sources.rs.policy import Policies
from konkyo.sources.rs.review import Reviews
from konkyo.sources.rs.table import RsFile, recognise

IMPORTERS: Mapping[str, type[Importer]] = {
    importer.kind: importer
    for importer in (
        Organization,
        Outline,
        Policies,
        Subsidies,
        RelatedProjects,
        Summary,
        Items,
        Indicators,
        Connections,
        Reviews,
        Payments,
        Flows,
        Uses,
        Contracts,
        Remarks,
    )
}
# Columns that are not imported, by kind, each with the reason.
NOT_IMPORTED: Mapping[str, Mapping[str, Words]] = {
    kind: importer.not_imported for kind, importer in IMPORTERS.items()
}

__all__ = [
    "IMPORTERS",
    "NOT_IMPORTED",
    "FileReport",
    "Importer",
    "Names",
    "Progress",
    "RsFile",
    "recognise",
]

"""What several reviews tell of one thing: a derived claim of its own, apart from what each review states."""

from __future__ import annotations

from typing import Annotated

from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Iris, Ja, Record, To, record


@record("kk:OverYears")
class OverYears(Record):
    """One step or indicator over the years; ``versions`` are those of the reviews, ``ja`` the words of the latest."""

    iri: IRI
    ja: Ja
    level: Annotated[str, To("kk:claimLevel", "code")] = "derived"
    rule: Annotated[IRI, To("kk:rule")]
    versions: Annotated[Iris, To("dcterms:isVersionOf", "inverse")]

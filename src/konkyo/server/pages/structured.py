"""What a page tells search engines of its thing, as JSON-LD of schema.org."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from konkyo.common.words import Words
from konkyo.graph.lookup.things import Thing
from konkyo.present.view.data import json_for_script
from konkyo.server.pages.context import PageContext

_CLASSES = {
    "Strategy": "CreativeWork",
    "Edition": "CreativeWork",
    "Section": "CreativeWork",
    "EvaluationSheet": "Report",
    "LegalResource": "Legislation",
    "Policy": "GovernmentService",
    "Measure": "GovernmentService",
    "Project": "GovernmentService",
    "Organization": "GovernmentOrganization",
    "Panel": "GovernmentOrganization",
    "SourceFile": "Dataset",
    "Graph": "Dataset",
}
_WHOLE = Words("konkyo: 政策の根拠の知識グラフ", "konkyo: what public measures rest on")


def structured(at: PageContext, thing: Thing | None = None) -> Markup:
    """Return the JSON of a thing, or of the whole data, for a script element that nothing runs."""
    if thing is None:
        told: dict[str, Any] = {
            "@type": "Dataset",
            "name": _WHOLE.of(at.lang),
            "description": Words(
                "政策評価書と行政事業レビューから読み取った、施策・事業の根拠となる戦略、指標、予算と、その証拠。",
                "Strategies, indicators and money behind public measures, read from evaluation sheets and reviews, with the evidence.",
            ).of(at.lang),
            "version": at.version,
            "isAccessibleForFree": True,
        }
    else:
        told = {"@type": _CLASSES.get(thing.kind, "Thing"), "@id": thing.iri, "name": thing.label.of(at.lang)}
        if thing.label.en != thing.label.ja:
            told["alternateName"] = thing.label.ja if at.lang == "en" else thing.label.en
        if thing.number:
            told["identifier"] = thing.number
        if told["@type"] == "Dataset":
            told["description"] = f"{thing.kind_label.of(at.lang)}: {thing.label.of(at.lang)}"
    made = {"@context": "https://schema.org/", **told}
    return Markup(json_for_script(made))  # noqa: S704 - escaped for this very place

"""The kinds of things that people look for, trace and draw: one table, from which every module takes what it needs.

A kind is called by the local name of its class. The ontology has more classes, and longer labels of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from konkyo.common.words import Words
from konkyo.model.namespaces import KK


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: ``term`` is its class as a prefixed name, ``words`` what a picture or a list calls it.

    ``layer`` is its column in a picture, from the grounds to what rests on them (None: neither walked nor drawn), ``group``
    the one under which a search shows it (None: not searched). A ``document`` is traced down with all its parts; an
    ``element`` is what documents of a year show, and is traced up.
    """

    term: str
    words: Words
    layer: int | None = None
    group: str | None = None
    document: bool = False
    element: bool = False

    @property
    def name(self) -> str:
        """Return the local name of the class."""
        return self.term.partition(":")[2]


# The most relevant first: where there is no room for all, a picture draws them in this order.
# Between the layers there is room for sections, steps of a logic model and parts of indicators; gaps do not count.
KINDS = (
    Kind("org:Organization", Words("組織", "Organization"), 40, "payee"),
    Kind("kk:Strategy", Words("戦略", "Strategy"), 0, "strategy", document=True),
    Kind("kk:Policy", Words("政策", "Policy"), 45, "policy", element=True),
    Kind("kk:Measure", Words("施策", "Measure"), 50, "policy", element=True),
    Kind("kk:Edition", Words("版・文書", "Edition"), 10, "strategy", document=True),
    Kind("kk:Section", Words("節", "Section"), 20, "strategy", document=True),
    Kind("kk:Panel", Words("会議体", "Panel"), 0, "panel", document=True),
    Kind("kk:Objective", Words("目標", "Objective"), 60, "objective", element=True),
    Kind("kk:Indicator", Words("指標", "Indicator"), 70, "objective", element=True),
    Kind("kk:Project", Words("事業", "Project"), 60, "project", element=True),
    Kind("kk:LogicStep", Words("論理段階", "Logic step"), 70),
    Kind("kk:Citation", Words("引用", "Citation"), 20, "citation"),
    Kind("eli:LegalResource", Words("法令", "Law"), 20, "law", document=True),
    Kind("kk:EvaluationSheet", Words("評価書", "Evaluation sheet"), group="sheet", document=True),
    Kind("org:OrganizationalUnit", Words("部署", "Office"), group="ministry"),
    Kind("kk:Cooperation", Words("国際協力", "Cooperation")),
)
BY_NAME = {kind.name: kind for kind in KINDS}
LAYERS = {kind.name: kind.layer for kind in KINDS if kind.layer is not None}
DRAWN = tuple(LAYERS)
RANK = {name: rank for rank, name in enumerate(DRAWN)}
DOCUMENTS = tuple(kind.name for kind in KINDS if kind.document)
# What a trace goes down from: whatever may be a ground. A citation is one as far as it is what a source says.
GROUNDS = (*DOCUMENTS, "Citation")
ELEMENTS = tuple(kind.name for kind in KINDS if kind.element)
PLANS = tuple(kind.name for kind in KINDS if kind.group == "strategy")

# Each is the class of things that are of a more telling one: a measure is a policy too, a justification a link.
_GENERAL = ("Policy", "Edition", "Link", "Organization")
# A speech is asked for, traced and drawn as the edition that it is.
_AS_GENERAL = ("Speech",)


def most_telling(classes: Iterable[str]) -> str:
    """Return the local name of the most telling of a thing's classes (IRIs), konkyo's own first; ``Thing`` without any."""
    return _most_telling(tuple(classes))


@lru_cache(maxsize=1024)
def _most_telling(classes: tuple[str, ...]) -> str:
    own = [iri for iri in classes if iri.startswith(KK)] or classes
    names = sorted({re.split("[#/]", iri)[-1] for iri in own}.difference(_AS_GENERAL))
    return next((name for name in names if name not in _GENERAL), names[0] if names else "Thing")

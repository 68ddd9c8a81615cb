"""The groups under which results are shown: what a person looks for, not the classes of the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from konkyo.common.words import Words


@dataclass(frozen=True, slots=True)
class Group:
    """A group of results; ``kinds`` are local names of classes."""

    name: str
    words: Words
    kinds: tuple[str, ...]


# In the order in which they are shown where nothing else decides.
GROUPS = (
    Group("strategy", Words("戦略・計画", "Strategies and plans"), ("Strategy", "Edition", "Section")),
    Group("policy", Words("政策・施策", "Policies and measures"), ("Policy", "Measure")),
    Group("project", Words("予算事業", "Budget projects"), ("Project",)),
    Group("ministry", Words("府省庁・部局", "Ministries and units"), ("Ministry", "OrganizationalUnit")),
    Group("objective", Words("目標・測定指標", "Objectives and indicators"), ("Objective", "Indicator")),
    Group("panel", Words("会議体", "Panels"), ("Panel",)),
    Group("sheet", Words("評価書", "Evaluation sheets"), ("EvaluationSheet",)),
    Group("citation", Words("引用（原資料の表記）", "Citations as written"), ("Citation",)),
    Group("law", Words("法令", "Laws"), ("LegalResource",)),
    Group("payee", Words("支出先などの団体", "Payees and other bodies"), ("Organization",)),
)
NAMES = tuple(group.name for group in GROUPS)
BY_NAME = {group.name: group for group in GROUPS}
_RANK = {kind: rank for rank, group in enumerate(GROUPS) for kind in group.kinds}
# The most telling class first: a measure is typed as a policy too, a sheet as an edition, a panel as a body.
_TELLING = (
    "EvaluationSheet", "Measure", "Policy", "Project", "Strategy", "Edition", "Section", "Panel", "Objective",
    "Indicator", "Citation", "LegalResource", "OrganizationalUnit", "Organization",
)  # fmt: skip


def group_of(kind: str) -> Group:
    """Return the group of a kind; bodies of an unknown kind stand last."""
    return GROUPS[_RANK.get(kind, len(GROUPS) - 1)]


def most_telling_class(classes: Iterable[str]) -> str:
    """Return the most telling of a thing's classes (local names)."""
    found = set(classes)
    return next((kind for kind in _TELLING if kind in found), "Organization")

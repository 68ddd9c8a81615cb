"""The groups under which results are shown: what a person looks for, not the classes of the ontology."""

from __future__ import annotations

from dataclasses import dataclass

from konkyo.common.words import Words
from konkyo.model.kinds import BY_NAME as KINDS


@dataclass(frozen=True, slots=True)
class Group:
    """A group of results."""

    name: str
    words: Words


# In the order in which they are shown where nothing else decides. What belongs to each: konkyo.model.kinds.
GROUPS = (
    Group("strategy", Words("戦略・計画", "Strategies and plans")),
    Group("policy", Words("政策・施策", "Policies and measures")),
    Group("project", Words("予算事業", "Budget projects")),
    Group("ministry", Words("府省庁・部局", "Ministries and units")),
    Group("objective", Words("目標・測定指標", "Objectives and indicators")),
    Group("panel", Words("会議体", "Panels")),
    Group("sheet", Words("評価書", "Evaluation sheets")),
    Group("citation", Words("引用（原資料の表記）", "Citations as written")),
    Group("law", Words("法令", "Laws")),
    Group("payee", Words("支出先などの団体", "Payees and other bodies")),
)
NAMES = tuple(group.name for group in GROUPS)
BY_NAME = {group.name: group for group in GROUPS}


def group_named(text: str) -> str:
    """Return the name of the group that is called so, or that holds the kinds called so, in either language; else the text.

    ``事業``, ``予算事業`` and ``Project`` are ``project``.
    """
    wanted = text.strip().lower()
    for group in GROUPS:
        if wanted in (group.name, group.words.ja, group.words.en.lower()):
            return group.name
    for kind in KINDS.values():
        if kind.group and wanted in (kind.words.ja, kind.words.en.lower()):
            return kind.group
    return text


def group_of(kind: str) -> Group:
    """Return the group of a kind, or of a ``Ministry``; bodies of an unknown kind stand last."""
    if kind == "Ministry":
        return BY_NAME["ministry"]
    known = KINDS.get(kind)
    return BY_NAME[known.group] if known and known.group else GROUPS[-1]

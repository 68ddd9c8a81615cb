"""What a fact is: a name and a text for people, and a key for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from konkyo.common.words import Words
from konkyo.graph.reader import EvidenceText


class FactKey(StrEnum):
    """What a fact tells. A value of an indicator has the key of its role."""

    OTHER_NAME = "other-name"
    NUMBER = "number"
    DATE = "date"
    BEGUN = "begun"
    FIELD = "field"
    SUMMARY = "summary"
    MINISTRY = "ministry"
    OFFICE = "office"
    COUNTERPARTS = "counterparts"
    CONTINUES = "continues"
    OVER_REVIEWS = "over-reviews"
    DIRECTION = "direction"
    TARGET_YEAR = "target-year"
    BASELINE = "baseline"
    TARGET = "target"
    RESULT = "result"
    ACHIEVEMENT_RATE = "achievement-rate"
    VALUE = "value"
    EARLIER_VALUE = "earlier-value"
    VERDICT = "verdict"
    MENTIONED = "mentioned"
    STATEMENT = "statement"
    INQUIRY = "inquiry"
    BUDGET = "budget"
    BUDGET_UNPLACED = "budget-unplaced"
    NOTE = "note"
    POLICIES = "policies"
    MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a text, and where the source says it; ``key`` says what it is, whatever its name."""

    key: FactKey
    name: Words
    text: Words
    evidence: tuple[EvidenceText, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyFigure:
    """An amount in whole yen: what it is called (当初予算; empty where the source does not tell), its stage's code or None,
    what other documents say of it, and its places.
    """

    name: Words
    stage: str | None
    yen: int
    aside: Words | None
    evidence: tuple[EvidenceText, ...]


@dataclass(frozen=True, slots=True)
class Money(Fact):
    """The amounts of one fiscal year, ``year`` in words, or those whose year or stage is not known."""

    year: Words = field(kw_only=True)
    figures: tuple[MoneyFigure, ...] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Verdict(Fact):
    """A verdict: its result, the level of the claim (``stated``) with its label, and the source's own words if there are more."""

    result: Words = field(kw_only=True)
    level: str = field(kw_only=True)
    level_label: Words = field(kw_only=True)
    words: str | None = field(kw_only=True, default=None)


ROLES_OF_A_SCALE = (FactKey.BASELINE, FactKey.TARGET, FactKey.RESULT)
ROLES = (*ROLES_OF_A_SCALE, FactKey.ACHIEVEMENT_RATE)
BUDGETS = (FactKey.BUDGET, FactKey.BUDGET_UNPLACED)

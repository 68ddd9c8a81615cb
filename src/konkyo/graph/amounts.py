"""The amounts of a thing by fiscal year and stage, and the facts that tell of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from konkyo.common.words import Words
from konkyo.graph.fact import Fact, FactKey, Money, MoneyFigure
from konkyo.graph.reader import Reader
from konkyo.model.codes import codes_of
from konkyo.model.namespaces import C


def stage_rank(stage: str) -> int:
    """Return the place of a stage of a budget (code or IRI) in the forms; one that is in no list comes last."""
    stages, code = codes_of("BudgetStage"), stage.rsplit("/", 1)[-1]
    return stages.index(code) if code in stages else len(stages)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a thing: the IRI of its figure, whole yen, the review that states it (IRI; None: a sheet) and where older
    reviews state others of the same fiscal year and stage, these.
    """

    figure: str
    yen: int
    review: str | None
    older: tuple[Amount, ...] = ()


def amounts(reader: Reader, iri: str) -> dict[tuple[str, str], list[Amount]]:
    """Return the amounts of a thing by fiscal year and stage (IRIs), each as the latest review tells it.

    A sheet comes before all reviews. Several amounts of one document are several. What is not placed is not in it.
    """
    if iri not in reader.amounts:
        reader.amounts[iri] = _amounts(reader, iri)
    return reader.amounts[iri]


def _amounts(reader: Reader, iri: str) -> dict[tuple[str, str], list[Amount]]:
    told: dict[tuple[str, str], dict[str, list[Amount]]] = {}
    for figure in reader.objects(iri, "kk:hasBudgetFigure"):
        year, stage = reader.one(figure, "kk:fiscalYear"), reader.one(figure, "kk:budgetStage")
        review, yen = reader.review_year(figure), reader.one(figure, "kk:amountYen")
        if year and stage and yen and reader.reaches(figure):
            own = told.setdefault((year, stage), {}).setdefault(review or "", [])
            own.append(Amount(figure, int(yen), review))
    made = {}
    for key, by_review in sorted(told.items()):
        *before, last = sorted(by_review)
        said = by_review[last]
        older = tuple(
            a for review in before for a in by_review[review] if not any(_same(reader, a, b) for b in said)
        )
        made[key] = [replace(amount, older=older) for amount in said] if older else said
    return made


def _same(reader: Reader, one: Amount, other: Amount) -> bool:
    """Return whether two reviews tell one amount: to the yen, or rounded where only one of them is told in 百万円."""
    coarse, fine = sorted(
        (int(reader.one(amount.figure, "kk:multiplier") or 1) for amount in (one, other)), reverse=True
    )
    off = abs(one.yen - other.yen)
    return not off or (coarse > fine and off < coarse)


def money(reader: Reader, iri: str) -> list[Fact]:
    """Return one fact for each fiscal year, as the latest review tells of it; what is not placed comes last."""
    lines: dict[tuple[str, str, Words, FactKey], list[tuple[str, Words, MoneyFigure]]] = {}

    def add(
        iri: str,
        year: str | None,
        review: str | None,
        name: Words,
        kind: FactKey,
        stage: str | None,
        aside: Words | None = None,
    ) -> None:
        yen = int(reader.one(iri, "kk:amountYen") or 0)
        what = reader.label(stage) if stage else Words("", "")
        text = Words(f"{what.ja} {yen:,}円".strip(), f"{what.en} {yen:,} yen".strip())
        if aside:
            text = Words(f"{text.ja}（{aside.ja}）", f"{text.en} ({aside.en})")
        rank = stage_rank(stage if kind is FactKey.BUDGET and stage else "")
        figure = MoneyFigure(
            what, stage.removeprefix(C) if stage else None, yen, aside, tuple(reader.evidence(iri))
        )
        key = (year or "~", review or "", name, kind)
        lines.setdefault(key, []).append((f"{rank:02}{yen:020}", text, figure))

    told = amounts(reader, iri)
    last: dict[str, str] = {}  # the latest review that tells of a fiscal year, which names its line
    for (year, _), several in told.items():
        last[year] = max(last.get(year, ""), *(amount.review or "" for amount in several))
    for (year, stage), several in told.items():
        name = _budget(reader, year, last[year] or None)
        for amount in several:
            aside = said_by(reader, amount, last[year])
            add(amount.figure, year, last[year], name, FactKey.BUDGET, stage, aside)
    for figure in reader.objects(iri, "kk:hasBudgetFigure"):
        if placed(reader, figure) or not reader.reaches(figure):
            continue
        of_year, of_stage = reader.one(figure, "kk:fiscalYear"), reader.one(figure, "kk:budgetStage")
        review = reader.review_year(figure)
        name = _budget(reader, of_year, review)
        if not of_stage:
            options = [reader.label(item) for item in reader.objects(figure, "kk:possibleStage")]
            name = _unplaced(name, options)
        add(figure, of_year, review, name, FactKey.BUDGET_UNPLACED, of_stage)
    found: list[Fact] = []
    for (year, _, name, kind), figures in sorted(lines.items(), key=lambda entry: entry[0]):
        figures.sort(key=lambda item: item[0])
        text = Words("、".join(a.ja for _, a, _ in figures), "; ".join(a.en for _, a, _ in figures))
        evidence = tuple(item for *_, figure in figures for item in figure.evidence)
        when = reader.label(year) if year != "~" else Words("年度不明", "year unknown")
        own = tuple(figure for *_, figure in figures)
        found.append(Money(kind, name, text, evidence, year=when, figures=own))
    return found


def placed(reader: Reader, figure: str) -> bool:
    """Return whether the year and the stage of an amount are known."""
    return bool(reader.one(figure, "kk:fiscalYear") and reader.one(figure, "kk:budgetStage"))


def _budget(reader: Reader, year: str | None, review: str | None) -> Words:
    when = reader.label(year) if year else Words("年度不明", "year unknown")
    name = Words(f"{when.ja}予算", f"Budget {when.en}")
    if not review:
        return name
    of = reader.label(review)
    return Words(f"{name.ja}（{of.ja}レビュー）", f"{name.en} (review {of.en})")


def said_by(reader: Reader, amount: Amount, last: str) -> Words | None:
    """Return who tells an amount, where that is another review than ``last``, and what older reviews tell; None for neither."""
    made = []
    if amount.review and amount.review != last:
        of = reader.label(amount.review)
        made.append(Words(f"{of.ja}レビュー", f"review {of.en}"))
    for other in amount.older:
        of = reader.label(other.review) if other.review else Words("", "")
        who = Words(f"{of.ja}レビュー", f"review {of.en}") if other.review else Words("評価書", "sheet")
        made.append(Words(f"{who.ja}では{other.yen:,}円", f"{who.en}: {other.yen:,} yen"))
    if not made:
        return None
    return Words("、".join(words.ja for words in made), "; ".join(words.en for words in made))


def _unplaced(name: Words, options: list[Words]) -> Words:
    if not options:
        return Words(f"{name.ja} 区分不明", f"{name.en}, stage unknown")
    ja, en = "・".join(o.ja for o in options), ", ".join(o.en for o in options)
    return Words(f"{name.ja} 区分不明（{ja}のいずれか）", f"{name.en}, stage unknown (one of {en})")

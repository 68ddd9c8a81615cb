"""A trace as a tree of text and as a Mermaid diagram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from konkyo.common.words import Words, counted
from konkyo.graph.fact import ROLES_OF_A_SCALE, Fact
from konkyo.graph.lookup.things import Thing
from konkyo.graph.network import RELATIONS
from konkyo.graph.reader import EvidenceText
from konkyo.graph.years import YearTold
from konkyo.model.namespaces import ID
from konkyo.present.text.advice import worded
from konkyo.present.text.terminal import Branch
from konkyo.questions.claims import Claim
from konkyo.questions.trace import Chains, ClaimGroup, LogicLine, Trace
from konkyo.questions.usage import Budget

STYLES = {"stated": "green", "derived": "cyan", "interpreted": "yellow", "rejected": "red"}
_MAX_WORDS = 40
_MAX_COLUMNS = 2
_MAX_MINISTRIES = 5


def tree(answer: Trace | Chains, lang: str) -> Branch:
    """Return the answer as a tree of lines in one language; what the trace left out is counted."""
    return _chains(answer, lang) if isinstance(answer, Chains) else _trace(answer, lang)


def _trace(trace: Trace, lang: str) -> Branch:
    root = Branch(trace.thing.title(lang), "bold")
    if trace.kept:
        words = Words("、".join(w.ja for w in trace.kept), "; ".join(w.en for w in trace.kept))
        root.add(Words(f"絞り込み: {words.ja}", f"Kept: {words.en}").of(lang), "magenta")
    _denotes(root, trace, lang)
    year_of(root, trace.of, lang)
    for line in facts_of(trace.facts, lang):
        root.add(line)
    placed_of(root, trace, lang)
    _uses(root, trace, lang)
    shown: set[str] = set()
    for group in trace.groups:
        _group(root, trace, group, shown, lang)
    if trace.advice:
        branch = root.add(Words("活用された提言", "Advice that was used").of(lang), "bold")
        told = {one.report.iri: one.facts for one in trace.advised}
        for claim in trace.advice:
            path = " > ".join(thing.label.of(lang) for thing in claim.place)
            _claim(branch, claim, path, lang, told.get(claim.place[-1].iri, ()))
    if trace.laws:
        branch = root.add(Words("根拠法令", "Legal basis").of(lang), "bold")
        for claim in trace.laws:
            _claim(branch, claim, claim.place[-1].label.of(lang) + articles_of(claim, lang), lang)
    if trace.logic:
        branch = root.add(Words("効果発現経路", "Logic model").of(lang), "bold")
        for first in trace.logic:
            _logic(branch, first, lang)
    if trace.missing:
        branch = root.add(Words("分かっていないこと", "What is not known").of(lang), "bold")
        for note in trace.missing:
            branch.add(worded(note).of(lang), "magenta")
    for more in trace.see:
        root.add(Words("詳しくは", "More").of(lang) + ": " + worded(more).of(lang), "dim")
    return root


def year_of(root: Branch, told: YearTold, lang: str) -> None:
    """Add of which year the answer speaks, and how to see others."""
    if words := told.words():
        root.add(
            Words(f"年度: {words.ja}{_other_years(told).ja}", f"Year: {words.en}{_other_years(told).en}").of(
                lang
            )
        )


def _other_years(told: YearTold) -> Words:
    made = []
    if told.others:
        listed = [str(year) for year in told.others]
        made.append(
            Words(
                f"ほかに{'・'.join(listed)}年度の記載がある。--year で選べる",
                f"others: {', '.join(listed)}; --year chooses",
            )
        )
    if told.unseen:
        listed = [str(year) for year in told.unseen]
        made.append(
            Words(
                f"このストアにある{'・'.join(listed)}年度の資料には載っていない",
                f"documents of {', '.join(listed)} in this store do not show it",
            )
        )
    if not made:
        return Words("", "")
    return Words(f"（{'。'.join(w.ja for w in made)}）", f" ({'; '.join(w.en for w in made)})")


def _denotes(root: Branch, trace: Trace, lang: str) -> None:
    """Add what the words of a citation were taken for."""
    if trace.thing.kind != "Citation":
        return
    branch = root.add(Words("指すもの", "What it denotes").of(lang), "bold")
    for meaning in trace.denotes:
        level = Words(f"［{meaning.level_label.ja}］ ", f"[{meaning.level_label.en}] ").of(lang)
        path = " > ".join(thing.label.of(lang) for thing in meaning.place)
        here = branch.add(level + path, STYLES.get(meaning.level, ""))
        by = meaning.rule or meaning.author
        why = Words(f" — {by.ja}", f" — {by.en}").of(lang) if by else ""
        if meaning.reason:
            here.add(Words("理由", "Reason").of(lang) + ": " + meaning.reason.of(lang) + why, "cyan")
        for thing in reversed(meaning.place):
            here.add(f"{thing.kind_label.of(lang)}: `konkyo trace {thing.iri.removeprefix(ID)}`", "dim")
        if meaning.spellings:
            marks = Words("「{}」", "“{}”").of(lang)
            others = [marks.format(_short(thing.label.of(lang))) for thing in meaning.others]
            head = Words(
                f"同じものを指す、ほかの表記{meaning.spellings:,}: {''.join(others)}",
                f"Other spellings of the same ({meaning.spellings:,}): {', '.join(others)}",
            ).of(lang)
            here.add(
                head + (Words(" ほか", " and more").of(lang) if meaning.spellings > len(others) else ""),
                "dim",
            )
    if not trace.denotes:
        branch.add(Words("決まっていない", "not told").of(lang), "magenta")


def placed_of(root: Branch, trace: Trace, lang: str) -> None:
    """Add the projects of a measure or ministry by year, and what they rest on in sum."""
    for placed in trace.placed:
        branch = root.add(placed.told().of(lang), "bold")
        for strategy, projects in placed.most:
            how_many = Words(f"{projects:,}事業", counted(projects, "project"))
            branch.add(f"{strategy.label.of(lang)}: {how_many.of(lang)}")
        if placed.most and (more := placed.strategies - len(placed.most)) > 0:
            branch.add(Words(f"…ほか{more:,}件", f"… {more:,} more").of(lang), "dim")


def _uses(root: Branch, trace: Trace, lang: str) -> None:
    if not trace.uses:
        return
    share = (
        Words(
            "（引く戦略の数で、戦略の中では版の数で均等に割った額）",
            " (divided equally among its strategies, within one among its editions)",
        )
        if trace.share
        else Words("", "")
    )
    branch = root.add(
        Words(f"これを挙げる予算事業{share.ja}", f"Budget projects that name it{share.en}").of(lang), "bold"
    )
    for use in trace.uses:
        head = Words(
            f"{use.label.ja}: {use.projects:,}事業", f"{use.label.en}: {counted(use.projects, 'project')}"
        )
        # A law that is cited by its number has no spelling to count.
        spelled = Words(f"引用の表記{use.spellings:,}", counted(use.spellings, "spelling"))
        here = branch.add(head.of(lang) + (_aside(spelled.of(lang), lang) if use.spellings else ""))
        first = use.ministries[:_MAX_MINISTRIES]
        more = len(use.ministries) - len(first)
        ministries = Words(
            "、".join(f"{m.name.ja}{m.projects}" for m in first) + (f"ほか{more}府省庁" if more > 0 else ""),
            ", ".join(f"{m.name.en} {m.projects}" for m in first) + (f" and {more} more" if more > 0 else ""),
        )
        here.add(ministries.of(lang), "dim")
        # Every year for the whole; for an edition the latest initial budget.
        budgets = use.budgets if use is trace.uses[0] else [b for b in [use.latest] if b]
        for budget in budgets:
            here.add(_budget(budget, use.projects, lang), "dim")


def _budget(budget: Budget, projects: int, lang: str) -> str:
    amounts = []
    if budget.initial is not None:
        stated = Words(f"（{budget.projects:,}事業）", f" ({counted(budget.projects, 'project')})")
        amounts.append(
            Words(
                f"当初予算 {budget.initial:,}円{stated.ja if budget.projects != projects else ''}",
                f"initial budget {budget.initial:,} yen{stated.en if budget.projects != projects else ''}",
            )
        )
    if budget.executed is not None:
        amounts.append(Words(f"執行額 {budget.executed:,}円", f"executed {budget.executed:,} yen"))
    return f"{budget.year.of(lang)}: " + Words(
        "、".join(a.ja for a in amounts), "; ".join(a.en for a in amounts)
    ).of(lang)


def facts_of(facts: Iterable[Fact], lang: str) -> Iterable[str]:
    """Yield facts as lines, values of one scale as one line."""
    values = []
    for fact in facts:
        text = fact.text.of(lang) + (_at(fact.evidence, lang) if fact.evidence else "")
        if fact.key in ROLES_OF_A_SCALE:
            values.append(f"{fact.name.of(lang)} {text}")
            continue
        if values:
            yield " → ".join(values)
            values = []
        yield f"{fact.name.of(lang)}: {text}"
    if values:
        yield " → ".join(values)


def _quoted_words(text: str, lang: str) -> str:
    return f"「{text}」" if lang == "ja" else f" “{text}”"


def _aside(text: str, lang: str) -> str:
    return f"（{text}）" if lang == "ja" else f" ({text})"


def _at(evidence: Iterable[EvidenceText], lang: str) -> str:
    """Return all places in short, each document named once: ``［総務省23-⑮ L11-12・L143（配置による）］``.

    How surely it was read follows a value wherever it is told; of what is plain nothing is said.
    """
    evidence = list(evidence)
    unsure = dict.fromkeys(
        item.certainty.of(lang) for item in evidence if item.certainty and item.certainty.en != "plain"
    )
    places = _places(evidence, lang) + (_aside("・".join(unsure), lang) if unsure else "")
    return f"［{places}］" if lang == "ja" else f" [{places}]"


def _places(evidence: Iterable[EvidenceText], lang: str) -> str:
    documents: dict[str, dict[str, list[str]]] = {}
    for item in evidence:
        row = Words(f"{item.row}行目", f"row {item.row}").of(lang) if item.row else item.place.of(lang)
        columns = documents.setdefault(item.source.of(lang), {}).setdefault(row, [])
        if item.column and item.column not in columns:
            columns.append(item.column)
    between = "・" if lang == "ja" else ", "
    return "; ".join(
        f"{source} {between.join(row + _columns(columns, lang) for row, columns in rows.items())}"
        for source, rows in documents.items()
    )


def _columns(columns: list[str], lang: str) -> str:
    if len(columns) <= _MAX_COLUMNS:
        return "".join(_quoted_words(column, lang) for column in columns)
    more = len(columns) - 1
    return _quoted_words(columns[0], lang) + Words(f"ほか{more}列", f" and {more} more columns").of(lang)


def _group(root: Branch, trace: Trace, group: ClaimGroup, shown: set[str], lang: str) -> None:
    if trace.direction == "down":
        _resting(root, group, lang)
        return
    heading = (
        Words("{} の戦略・計画等", "Strategies and plans of {}").of(lang).format(group.thing.title(lang))
    )
    branch = root.add(heading, "bold")
    # What a container rests on by the same rule is the same list of sections again: it is counted, not repeated.
    again = [c for c in group.claims if c.level == "derived" and c.place[-1].iri in shown]
    claims = [c for c in group.claims if c not in again]
    documents: dict[str, list[Claim]] = {}
    for claim in claims:
        documents.setdefault(claim.place[0].iri, []).append(claim)
    for found in documents.values():
        document = _document([claim.place for claim in found])
        # A citation that denotes nothing, or a strategy itself, hangs on the heading.
        here = branch.add(document[-1].label.of(lang)) if document else branch
        for claim in found:
            _claim(here, claim, " > ".join(t.label.of(lang) for t in claim.place[len(document) :]), lang)
            shown.add(claim.place[-1].iri)
    if again:
        rule = again[0].rule
        branch.add(
            Words(
                f"［{again[0].level_label.ja}］ 上と同じ{len(again)}件（規則: {rule.ja if rule else ''}）",
                f"[{again[0].level_label.en}] the same {len(again)} as above (rule: {rule.en if rule else ''})",
            ).of(lang),
            "dim",
        )
    _left_out(branch, group, lang)
    if not group.claims:
        branch.add(Words("なし", "none").of(lang), "dim")


def _document(places: Sequence[tuple[Thing, ...]]) -> tuple[Thing, ...]:
    """Return what all these places are in: the strategy, or the edition where it is the same and only parts are cited."""
    if len(places[0]) == 1:
        return ()
    edition = places[0][:2]
    return edition if all(place[:2] == edition and len(place) > 2 for place in places) else places[0][:1]


def _resting(root: Branch, group: ClaimGroup, lang: str) -> None:
    """Add a place of a document and what rests on it; what a rule derives is listed under the rule."""
    place = group.claims[0].place
    label = " > ".join(thing.label.of(lang) for thing in place[1:]) or group.thing.label.of(lang)
    branch = root.add(label, "bold")
    for (_, rule), found in groupby(group.claims, key=lambda c: (c.level, c.rule)):
        claims = list(found)
        if rule is None:
            for claim in claims:
                _claim(branch, claim, claim.owner.title(lang) + _cited(claim, lang), lang)
            continue
        head = Words(
            f"［{claims[0].level_label.ja}］ 規則「{rule.ja}」による{len(claims)}件",
            f"[{claims[0].level_label.en}] {len(claims)} by the rule “{rule.en}”",
        )
        derived = branch.add(head.of(lang), STYLES["derived"])
        for claim in claims:
            derived.add(claim.owner.title(lang) + _at(claim.evidence, lang))
    _left_out(branch, group, lang)


def _left_out(branch: Branch, group: ClaimGroup, lang: str) -> None:
    if (more := group.total - len(group.claims)) > 0:
        branch.add(
            Words(f"…ほか{more:,}件（--limit 0 で全て）", f"… {more:,} more (--limit 0: all)").of(lang)
        )


def _logic(branch: Branch, line: LogicLine, lang: str) -> None:
    kind = f"［{line.kind.ja}］ " if lang == "ja" else f"[{line.kind.en}] "
    again = Words("（上に同じ）", " (as above)").of(lang) if line.again else ""
    here = branch.add(f"{kind}{line.step.label.of(lang)}{again}{_at(line.evidence, lang)}")
    for following in line.leads_to:
        _logic(here, following, lang)


def _claim(branch: Branch, claim: Claim, text: str, lang: str, told: Sequence[Fact] = ()) -> None:
    here = branch.add(mark_of(claim).of(lang) + text, STYLES.get(claim.level, ""))
    if claim.rule:
        rule = Words("規則", "Rule").of(lang) + ": " + claim.rule.of(lang)
        here.add(rule + _at(claim.evidence, lang), "dim")
        return
    if claim.reason:
        author = f" — {claim.author.of(lang)}" if claim.author else ""
        name = Words("理由", "Reason") if claim.author else Words("活用の仕方", "Use")
        here.add(name.of(lang) + ": " + claim.reason.of(lang) + author)
    for fact in told:
        here.add(f"{fact.name.of(lang)}: {fact.text.of(lang)}{_at(fact.evidence, lang)}")
    for why in claim.denotes:
        here.add(Words("同定", "Denotes").of(lang) + ": " + why.of(lang), "cyan")
    for item in claim.evidence:
        words = _quoted_words(_short(item.words), lang) if item.words else ""
        certainty = _aside(item.certainty.of(lang), lang) if item.certainty else ""
        field = f" {item.field.of(lang)}" if any(item.field) else ""
        here.add(f"{item.short(lang)}{field}{words}{certainty}", "dim")


def _cited(claim: Claim, lang: str) -> str:
    return _aside(claim.articles_label.of(lang), lang) if claim.articles else ""


def articles_of(claim: Claim, lang: str) -> str:
    """Return the articles of a law that is cited, to stand behind its name."""
    return f" {claim.articles_label.of(lang)}" if claim.articles else ""


def mark_of(claim: Claim) -> Words:
    """Return ``［明記・同定は導出］``: the level of the link, and that of what its words were taken for."""
    if claim.how_label is None:
        return Words(f"［{claim.level_label.ja}］ ", f"[{claim.level_label.en}] ")
    return Words(
        f"［{claim.level_label.ja}・同定は{claim.how_label.ja}］ ",
        f"[{claim.level_label.en}; denotation {claim.how_label.en}] ",
    )


def _short(text: str) -> str:
    return text if len(text) <= _MAX_WORDS else text[: _MAX_WORDS - 1] + "…"


def _chains(answer: Chains, lang: str) -> Branch:
    arrow = f"{answer.start.title(lang)} → {answer.end.title(lang)}"
    root = Branch(arrow, "bold")
    year_of(root, answer.of, lang)
    for number, chain in enumerate(answer.chains, 1):
        branch = root.add(Words(f"道筋{number}", f"Chain {number}").of(lang), "bold")
        branch.add(chain[0].source.title(lang))
        for step in chain:
            if step.claim:
                _claim(branch, step.claim, step.target.title(lang), lang)
            else:
                branch.add(f"{RELATIONS[step.relation].of(lang)}: {step.target.title(lang)}")
    for note in answer.missing:
        root.add(worded(note).of(lang), "magenta")
    return root

"""A trace in one screen: what is known, in how many, and the first of each; places and reasons are in the whole tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from konkyo.common.line_breaks import columns
from konkyo.common.words import Words, counted
from konkyo.graph.fact import Money
from konkyo.model.codes import label_of
from konkyo.present.text.advice import worded
from konkyo.present.text.terminal import Branch
from konkyo.present.text.traces import STYLES, articles_of, facts_of, mark_of, placed_of, year_of
from konkyo.present.text.yen import in_words
from konkyo.questions.claims import Claim
from konkyo.questions.trace import ClaimGroup, Trace
from konkyo.questions.usage import Usage

_FACTS, _LISTED, _GROUPS, _CLAIMS, _NOTES = 6, 4, 4, 2, 2
_ONE_GROUP = 10
_STAGES = ("initial", "executed")
# In columns: a fact may take a line and a half of a terminal, a title one line, and what is named one with its level.
_FACT, _TITLE, _NAME = 100, 72, 56
_DAY = re.compile(r"(?:（[\d-]+）| \([\d-]+\))\Z")


def brief_tree(trace: Trace, lang: str) -> Branch:
    """Return the answer in some forty lines; what is left out is counted."""
    root = Branch(trace.thing.title(lang), "bold")
    year_of(root, trace.of, lang)
    money = [fact for fact in trace.facts if isinstance(fact, Money)]
    others = [fact for fact in trace.facts if not isinstance(fact, Money)]
    _first(root, [_cut(line, _FACT) for line in facts_of(others, lang)], _FACTS, lang)
    if money:
        _money(root, money, lang)
    placed_of(root, trace, lang)
    if trace.uses:
        _uses(root, trace.uses, lang)
    groups = [group for group in trace.groups if group.claims]
    if trace.direction == "down":
        groups.sort(key=lambda group: -group.total)
    for group in groups[:_GROUPS]:
        _group(root, trace, group, len(groups), lang)
    if more := groups[_GROUPS:]:
        many, claims = len(more), sum(group.total for group in more)
        words = Words(f"…ほか{many:,}か所に{claims:,}件", f"… {claims:,} more in {counted(many, 'place')}")
        root.add(words.of(lang), "dim")
    if not groups and trace.direction == "up" and not trace.placed:
        root.add(Words("戦略・計画等の記載なし", "No strategy or plan is named").of(lang), "magenta")
    for title, found in (
        (Words("活用された提言", "Advice that was used"), trace.advice),
        (Words("根拠法令", "Legal basis"), trace.laws),
    ):
        if found:
            branch = root.add(f"{title.of(lang)} {len(found):,}", "bold")
            _claims(branch, trace, found, len(found), _LISTED, lang)
    if trace.missing:
        notes = [_cut(worded(note).of(lang), _FACT) for note in trace.missing]
        _first(
            root.add(Words("分かっていないこと", "What is not known").of(lang), "bold"),
            notes,
            _NOTES,
            lang,
            "magenta",
        )
    see = Words(
        "箇所と理由、全ての版: --evidence（全件は --limit 0 も）",
        "Places, reasons, all editions: --evidence (with --limit 0 every line)",
    )
    root.add(see.of(lang), "dim")
    return root


def _money(root: Branch, told: Sequence[Money], lang: str) -> None:
    """Add the amounts of each year in 兆円 and 億円, those that all sheets have."""
    branch = root.add(Words("予算と執行", "Budget and execution").of(lang), "bold")
    for fact in told:
        amounts = [
            (label_of(figure.stage), in_words(figure.yen))
            for stage in _STAGES
            for figure in fact.figures
            if figure.stage == stage
        ]
        if amounts:
            said = Words(
                "、".join(f"{name.ja} {yen.ja}" for name, yen in amounts),
                ", ".join(f"{name.en} {yen.en}" for name, yen in amounts),
            )
            branch.add(f"{fact.year.of(lang)}: {said.of(lang)}")
    if more := sum(figure.stage not in _STAGES for fact in told for figure in fact.figures):
        branch.add(Words(f"…ほか{more:,}件の額", f"… {counted(more, 'more amount')}").of(lang), "dim")


def _uses(root: Branch, uses: Sequence[Usage], lang: str) -> None:
    whole, *editions = uses
    said = Words(
        f"{len(whole.ministries):,}府省庁の{whole.projects:,}事業が挙げる",
        f"{counted(whole.projects, 'project')} of {counted(len(whole.ministries), 'ministry', 'ministries')} name it",
    )
    branch = root.add(said.of(lang), "bold")
    first = whole.ministries[:_LISTED]
    more = len(whole.ministries) - len(first)
    ministries = Words(
        "、".join(f"{one.name.ja}{one.projects:,}" for one in first)
        + (f"、ほか{more:,}府省庁" if more else ""),
        ", ".join(f"{one.name.en} {one.projects:,}" for one in first) + (f", {more:,} more" if more else ""),
    )
    branch.add(ministries.of(lang))
    if (last := whole.latest) and last.initial is not None:
        amount = in_words(last.initial)
        words = Words(f"{last.year.ja}当初予算 {amount.ja}", f"initial budget of {last.year.en}: {amount.en}")
        branch.add(words.of(lang))
    if whole.same:
        told = [(one.year, in_words(one.initial)) for one in whole.same if one.initial is not None]
        head = Words(
            f"全ての年度の額を記載する{whole.same[0].projects:,}事業: ",
            f"{counted(whole.same[0].projects, 'project')} that state all years: ",
        )
        amounts = Words(
            "、".join(f"{y.ja} {a.ja}" for y, a in told), ", ".join(f"{y.en} {a.en}" for y, a in told)
        )
        branch.add(head.of(lang) + amounts.of(lang))
    if editions:
        largest = sorted(editions, key=lambda use: -use.projects)[:_LISTED]
        # An edition is called by its plan and its date: the date tells it apart.
        named = [
            (use.label.of(lang).removeprefix(whole.label.of(lang)).strip(), use.projects) for use in largest
        ]
        listed = Words("、", ", ").of(lang).join(f"{name} {projects:,}" for name, projects in named)
        others = len(editions) - len(largest)
        rest = Words(f"、ほか{others:,}版", f", {others:,} more").of(lang) if others else ""
        branch.add(Words("版ごと: ", "By edition: ").of(lang) + listed + rest)


def _group(root: Branch, trace: Trace, group: ClaimGroup, groups: int, lang: str) -> None:
    title = group.thing.title(lang)
    if trace.direction == "down":
        place = group.claims[0].place
        title = " > ".join(thing.label.of(lang) for thing in place[1:]) or group.thing.label.of(lang)
    if groups == 1:
        most = _ONE_GROUP
    elif all(claim.level == "derived" for claim in group.claims):
        most = 1  # what follows from the same places by a rule
    else:
        most = _CLAIMS if trace.direction == "down" else _LISTED
    head = _cut(title, _TITLE) + Words(f": {group.total:,}件", f": {group.total:,}").of(lang)
    _claims(root.add(head, "bold"), trace, group.claims, group.total, most, lang)


def _claims(branch: Branch, trace: Trace, claims: Sequence[Claim], total: int, most: int, lang: str) -> None:
    for claim in claims[:most]:
        text = claim.owner.title(lang) if trace.direction == "down" else _path(claim, lang)
        branch.add(mark_of(claim).of(lang) + _cut(text, _NAME), STYLES.get(claim.level, ""))
    _more(branch, total - min(most, len(claims)), lang)


def _path(claim: Claim, lang: str) -> str:
    """Return the document that is named and, of its parts, the innermost: an edition has the name of its plan."""
    names = [thing.label.of(lang) for thing in claim.place]
    own = names[1:] if len(names) > 1 and claim.place[0].kind == "Strategy" else names
    return " > ".join(own if len(own) < 3 else [own[0], "…", own[-1]]) + articles_of(claim, lang)


def _first(branch: Branch, lines: Iterable[str], most: int, lang: str, style: str = "") -> None:
    told = list(lines)
    for line in told[:most]:
        branch.add(line, style)
    _more(branch, len(told) - most, lang)


def _more(branch: Branch, count: int, lang: str) -> None:
    if count > 0:
        branch.add(Words(f"…ほか{count:,}件", f"… {count:,} more").of(lang), "dim")


def _cut(text: str, width: int) -> str:
    if columns(text) > width and (day := _DAY.search(text)):
        # The day tells an edition from the others of its plan.
        return _cut(text[: day.start()], width - columns(day[0])) + day[0]
    used = 0
    for place, sign in enumerate(text):
        used += columns(sign)
        if used > width:
            # A number in part would be another number.
            return re.sub(r"[\d,.-]+\Z", "", text[: place - 1]) + "…"
    return text

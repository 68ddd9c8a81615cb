"""What rests on a strategy, and how much."""

from __future__ import annotations

from collections.abc import Sequence

from konkyo.common.words import Words, counted
from konkyo.graph.lookup.things import Thing
from konkyo.present.prose.claims import ClaimWriter
from konkyo.present.prose.writer import MAX_NAMED, MAX_YEARS, NOT_SAID, clean
from konkyo.present.text.yen import exact, in_words
from konkyo.questions.claims import Claim
from konkyo.questions.trace import Trace
from konkyo.questions.usage import Usage

# In which words projects rest on a document: its law they name themselves, a plan in a spelling of their own.
_RESTING = {
    "Strategy": Words(
        "引用の記載が{name}（そのいずれかの版を含む）を指すと同定される予算事業は、{projects}である",
        "{projects} {have} citations that are taken for {name}, in any edition",
    ),
    "Edition": Words(
        "引用の記載が{name}を指すと同定される予算事業は、{projects}である",
        "{projects} {have} citations that are taken for {name}",
    ),
    "LegalResource": Words(
        "{name}を根拠法令に挙げる予算事業は、{projects}である",
        "{projects} {have} {name} among {their} legal bases",
    ),
}


class Downwards(ClaimWriter):
    """Writes a trace downwards."""

    def write(self, trace: Trace) -> None:
        """Write the trace."""
        self.filtered(trace)
        said = [fact for fact in trace.facts if fact.key not in NOT_SAID]
        if plain := [fact for fact in said if not fact.evidence]:
            self.told_together(self.named(trace.thing), plain)
        for fact in said:
            if fact.evidence:
                self.fact(self.named(trace.thing), fact)
        for meaning in trace.denotes:
            name, place = self.named(trace.thing), self.of(meaning.place[-1].label)
            level = self.of(meaning.level_label)
            self.say(
                f"{name}は{place}を指す（{level}）"
                + (f"。理由: {meaning.reason.ja.rstrip('。')}" if meaning.reason else ""),
                f"{name} denotes {place} ({level})"
                + (f": {meaning.reason.en.rstrip('.')}" if meaning.reason else ""),
            )
        self.paragraph()
        self._uses(trace)
        self.paragraph()
        claims = [claim for group in trace.groups for claim in group.claims]
        whole = max((use.projects for use in trace.uses), default=0)
        for level in ("stated", "derived"):
            self._owners(trace.thing, level, [claim for claim in claims if claim.level == level], whole)
        self.paragraph()
        self.readings(
            {level: [c for c in claims if c.level == level] for level in ("interpreted", "rejected")}
        )
        if not whole:
            # Of projects all are counted above, also those that the trace left out.
            self.left_out(trace.groups)
        self.missing(trace.missing)

    def _uses(self, trace: Trace) -> None:
        whole = next((use for use in trace.uses if use.ground == trace.thing.iri), None)
        parts = sorted(
            (use for use in trace.uses if use is not whole), key=lambda use: (-use.projects, use.ground)
        )
        name = self.named(trace.thing)
        if trace.share and trace.uses:
            self.say(
                "金額は、各事業の額を、その事業が引く戦略の数で均等に割って示す",
                "money is divided equally among the strategies that each project cites",
            )
        if whole:
            how = _RESTING.get(trace.thing.kind, _RESTING["Strategy"])
            self.say(
                how.ja.format(name=name, projects=self._use(whole)),
                how.en.format(
                    name=name,
                    projects=self._use(whole),
                    have="has" if whole.projects == 1 else "have",
                    their="its" if whole.projects == 1 else "their",
                ),
            )
            self._budgets(whole)
        if parts:
            self.paragraph()
            said = [
                f"{self.quoted(use.label.of(self.lang))}{self.either('が', ': ')}{self._use(use, short=True)}"
                for use in parts
            ]
            capped = self.capped(said, MAX_NAMED, Words("の版", "edition"))
            self.say(f"版別に見ると、{capped}である", f"by edition: {capped}")
        if whole and parts:
            self.say(
                "全体の事業数と額では各事業を一度だけ数えたが、版別では複数の版を引く事業をそれぞれの版に数え、"
                "版の特定されない引用は版別に含めていないので、版別の和は全体と一致しない",
                "each project is counted once in the whole; by edition, one that cites several counts under each and "
                "a citation that names no edition under none, so that these do not add up to the whole",
            )

    def _use(self, use: Usage, *, short: bool = False) -> str:
        projects = self.either(f"{use.projects:,}事業", counted(use.projects, "budget project"))
        if short:
            last = use.latest
            money = (
                self.either(
                    f"、{self.of(last.year)}の当初予算の合計{self._amount(last.initial)}",
                    f", initial budget {self.of(last.year)} {self._amount(last.initial)}",
                )
                if last and last.initial is not None
                else ""
            )
            return projects + money
        several = [
            self.either(f"{self.of(m.name)}{m.projects:,}事業", f"{self.of(m.name)} {m.projects:,}")
            for m in use.ministries
        ]
        if not several:
            return projects
        by = self.capped(several, MAX_NAMED, Words("府省庁", "ministry"))
        return projects + self.either(
            f"（{len(several):,}府省庁。{by}）", f" ({counted(len(several), 'ministry')}: {by})"
        )

    def _amount(self, yen: int) -> str:
        """Return a sum in round figures and, since no single place has it, to the yen."""
        said, whole = self.of(in_words(yen)), self.of(exact(yen))
        return said if said == whole else said + self.either(f"（{whole}）", f" ({whole})")

    def _budgets(self, use: Usage) -> None:
        """Say the money by year; what nobody states is left out and never called 0."""
        said = []
        for budget in use.budgets[-MAX_YEARS:]:
            year, amounts = self.of(budget.year), []
            if budget.initial is not None:
                stated = self.either(
                    f"（記載のある{budget.projects:,}事業）", f" (of the {budget.projects:,} that state it)"
                )
                amounts.append(self.either("当初予算", "initial ") + self._amount(budget.initial) + stated)
            if budget.executed is not None:
                amounts.append(self.either("執行額", "executed ") + self._amount(budget.executed))
            if amounts:
                joined = self.either("、", ", ").join(amounts)
                said.append(self.either(f"{year}が{joined}", f"{year}: {joined}"))
        if said:
            self.paragraph()
            listed = self.either("、", "; ").join(said)
            self.say(
                f"これらの事業が記載する額の合計は、{listed}であり、記載のない年度の額は示していない",
                f"the amounts that {'this project states' if use.projects == 1 else 'these projects state'} add up to: "
                f"{listed}; what is not stated is not shown",
            )

    def _owners(self, thing: Thing, level: str, claims: Sequence[Claim], whole: int) -> None:
        """Say what rests on a ground, by kind and rule; each owner is named once, with one of its places."""
        by_rule: dict[tuple[Words, Words], dict[str, list[Claim]]] = {}
        for claim in claims:
            key = (claim.rule or Words("", ""), claim.owner.kind_label)
            by_rule.setdefault(key, {}).setdefault(claim.owner.iri, []).append(claim)
        for (rule, kind), owners in by_rule.items():
            limit = MAX_NAMED if level == "stated" else 3
            names = []
            for position, found in enumerate(owners.values()):
                owner = self.named(found[0].owner)
                if position < limit:
                    owner += self.mark(item for claim in found[:3] for item in claim.evidence)
                names.append(owner)
            # The trace may hold only some of the projects; the numbers of uses count all of them.
            project = next(iter(owners.values()))[0].owner.kind == "Project"
            total = max(len(owners), whole if project else 0)
            said = self.capped(
                [*names, *[""] * (total - len(names))], min(limit, len(names)), Words("件", "")
            )
            count = f"{total:,}"
            label, things = self.of(kind), counted(total, clean(kind.en).lower())
            if level == "stated":
                cited = any(claim.spellings for found in owners.values() for claim in found)
                called = dict.fromkeys(c.stated_as for found in owners.values() for c in found if c.stated_as)
                law = thing.kind == "LegalResource"
                how = Words(
                    "・".join(words.ja for words in called) or ("根拠法令" if law else "位置付け"),
                    " or ".join(words.en for words in called) or ("legal ground" if law else "justification"),
                )
                self.say(
                    f"{self.quoted(thing.label.ja)}を指すと同定される引用を明記する{label}は{count}件であり、{said}である"
                    if cited
                    else f"{self.quoted(thing.label.ja)}を{self.of(how)}として資料が挙げる{label}は{count}件であり、{said}である",
                    f"{things} {'states' if total == 1 else 'state'} a citation taken for "
                    f"{self.quoted(thing.label.en)}: {said}"
                    if cited
                    else f"for {things} the source names {self.quoted(thing.label.en)} as {self.of(how)}: {said}",
                )
                continue
            by = self.either(
                f"規則{self.quoted(rule.ja)}により" if rule.ja else "規則により",
                f"by the rule {self.quoted(rule.en)}" if rule.en else "by a rule",
            )
            self.say(
                f"資料の明記ではないが、{by}、{label}{count}件（{said}）も位置付けられると導出される",
                f"{by} it is derived, and not stated by a source, that "
                f"{things} {'rests' if total == 1 else 'rest'} on it: {said}",
            )

"""What a measure, indicator or project is, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from konkyo.common.words import Words, counted
from konkyo.graph.fact import BUDGETS
from konkyo.model.codes import label_of
from konkyo.model.levels import HELD
from konkyo.present.prose.claims import ClaimWriter
from konkyo.present.prose.writer import MAX_MEANINGS, MAX_NAMED, MAX_YEARS, NOT_SAID, VALUES, more_of
from konkyo.questions.claims import Claim
from konkyo.questions.trace import ClaimGroup, LogicLine, Trace


class Upwards(ClaimWriter):
    """Writes a trace upwards."""

    def write(self, trace: Trace) -> None:
        """Write the trace."""
        self.filtered(trace)
        subject = self.named(trace.thing)
        if above := [self.named(group.thing) for group in trace.groups[1:]]:
            whole = self.capped(above, MAX_NAMED, Words("件", "thing"))
            self.say(f"{subject}は、{whole}に属する", f"{subject} belongs to {whole}")
            subject = self.named(trace.thing)
        self._facts(trace, subject)
        for group in trace.groups:
            self._grounds(group)
        self._placed(trace)
        self._laws(trace.laws)
        self._advice(trace.advice)
        self._logic(trace.logic)
        self.missing(trace.missing)

    def _facts(self, trace: Trace, name: str) -> None:
        """Say values, ministry and money; ``name`` is the thing's, in full where nothing was said of it yet."""
        if not self.sentences and not any(not fact.evidence for fact in trace.facts):
            self.say(f"{name}を見る", f"this is about {name}")
            name = self.named(trace.thing)
        values = [fact for fact in trace.facts if fact.key in VALUES]
        if values:
            said = [
                self.either(
                    f"{self.of(f.name)}を{self.quoted(f.text.ja)}{self.mark(f.evidence)}",
                    f"{self.of(f.name)} {self.quoted(f.text.en)}{self.mark(f.evidence)}",
                )
                for f in values
            ]
            self.say(
                f"資料には、{self.listed(said)}とする記載がある", f"the source gives: {self.listed(said)}"
            )
        money = [fact for fact in trace.facts if fact.key in BUDGETS]
        others = [f for f in trace.facts if f.key not in (*VALUES, *NOT_SAID) and f not in money]
        self.told_together(name, [fact for fact in others if not fact.evidence])
        for fact in others:
            if fact.evidence:
                self.fact(name, fact)
        # The latest years are at the end; what cannot be placed stands after them and is always told.
        for fact in money[-MAX_YEARS:]:
            what, text = self.of(fact.name), self.of(fact.text)
            mark = self.mark(fact.evidence)
            self.say(f"{what}として、{text}の記載がある{mark}", f"for “{what}” the source gives {text}{mark}")
        if (more := len(money) - MAX_YEARS) > 0:
            self.say(
                f"このほか、{more:,}件の予算の記載がある",
                f"the source gives {more_of(more, 'budget entry')} besides",
            )

    def _placed(self, trace: Trace) -> None:
        for placed in trace.placed:
            told = placed.told()
            self.say(f"{told.ja}である", told.en)
            if placed.most:
                first = self.listed(
                    [f"{self.of(plan.label)} ({projects:,})" for plan, projects in placed.most]
                )
                self.say(
                    f"多くの事業の引用が指すと同定される戦略・計画（事業数）は、{first}である",
                    f"the strategies that citations of most projects are taken for (with their number) are {first}",
                )

    def _grounds(self, group: ClaimGroup) -> None:
        owner = self.named(group.thing)
        by_level: dict[str, list[Claim]] = {}
        for claim in group.claims:
            by_level.setdefault(claim.level, []).append(claim)
        stated = by_level.get("stated", [])
        cited = [claim for claim in stated if claim.spellings or claim.place[-1].kind == "Citation"]
        if placed := [claim for claim in stated if claim not in cited]:
            bases = self.marked(placed, MAX_NAMED + 2, Words("件", "place"))
            self.say(
                f"{owner}を{bases}に位置付けることが、資料に明記されている",
                f"the source states that {owner} rests on {bases}",
            )
        self._cited(owner, cited)
        self._derived(owner, by_level.get("derived", []))
        self.readings(by_level)
        if not group.claims:
            self.say(f"{owner}については、根拠の記載が見当たらない", f"no ground is found for {owner}")
        self.left_out([group])

    def _cited(self, owner: str, claims: Sequence[Claim]) -> None:
        """Say which plans are cited as written, and apart from that which documents they are taken for."""
        if not claims:
            return
        names = [self.words_of(claim) for claim in claims]
        # Only what is named gets a number in the list.
        said = [
            name + self.mark(claim.evidence) if position < MAX_NAMED + 2 else name
            for position, (name, claim) in enumerate(zip(names, claims, strict=True))
        ]
        listed = self.capped(said, MAX_NAMED + 2, Words("件", "citation"))
        self.say(
            f"資料は、{owner}に関係する計画・通知等として、{listed}を挙げている",
            f"the source names as plans and notices related to {owner}: {listed}",
        )
        meant = [claim for claim in claims if claim.spellings]
        for claim in meant[:MAX_MEANINGS]:
            self._meaning(claim)
        if (more := len(meant) - MAX_MEANINGS) > 0:
            self.say(
                f"このほか、{more:,}件の引用について、指す文書が同定されている",
                f"{more_of(more, 'citation')} {'is' if more == 1 else 'are'} taken for a document",
            )
        if unknown := [claim for claim in claims if not claim.spellings]:
            listed = self.marked(unknown, 3, Words("件", "citation"))
            self.say(
                f"{listed}がどの文書を指すかは、特定されていない", f"what is denoted by {listed} is not known"
            )

    def _meaning(self, claim: Claim) -> None:
        """Say for which document words were taken, at which level and why: the source does not state it."""
        document = claim.place[-1]
        words, name = self.words_of(claim), self.whole(claim)
        reasons = [self.of(reason).rstrip("。.") for reason in claim.denotes]
        reason = (
            self.capped(reasons, 2, Words("件", "reason"))
            if reasons
            else self.either("記載なし", "none given")
        )
        mark = self.mark(claim.evidence)
        how = {
            "stated": Words("明記されている", "stated to denote"),
            "interpreted": Words("解釈されている", "read as denoting"),
        }.get(claim.how or "", Words("導出される", "derived to denote"))
        open_ = document.kind == "Strategy"
        self.say(
            f"このうち{words}は、{'どの版を指すかは特定されないが、' if open_ else ''}{name}を指すと{how.ja}"
            f"（資料の明記ではない。理由：{reason}）{mark}",
            f"of these, {words} is {how.en} {name}{', no edition being told' if open_ else ''}; "
            f"the source does not state so (reason: {reason}){mark}",
        )

    def _derived(self, owner: str, claims: Sequence[Claim]) -> None:
        rules: dict[Words, list[Claim]] = {}
        for claim in claims:
            rules.setdefault(claim.rule or Words("", ""), []).append(claim)
        for rule, found in rules.items():
            bases = self.marked(found, 3, Words("件", "place"))
            how = self.either(
                f"規則{self.quoted(rule.ja)}により" if rule.ja else "規則により",
                f"by the rule {self.quoted(rule.en)}" if rule.en else "by a rule",
            )
            self.say(
                f"{owner}は、資料の明記ではないが、{how}、{bases}に位置付けられると導出される",
                f"{how} it is derived, and not stated by the source, that {owner} rests on {bases}",
            )

    def _laws(self, claims: Sequence[Claim]) -> None:
        for level in HELD:
            if found := [claim for claim in claims if claim.level == level]:
                names = self.marked(found, MAX_NAMED + 2, Words("件", "law"))
                how = label_of(level)
                self.say(
                    f"根拠法令として、{names}が{how.ja}されている",
                    f"as legal basis, {names} {'are' if len(found) > 1 else 'is'} {how.en}",
                )

    def _advice(self, claims: Sequence[Claim]) -> None:
        for claim in claims[:MAX_NAMED]:
            path = [self.quoted(thing.label.of(self.lang)) for thing in claim.place]
            report = self.either("の".join(path), ", ".join(path))
            manner = self.of(claim.reason) if claim.reason else ""
            how = label_of(claim.level)
            mark = self.mark(claim.evidence)
            self.say(
                f"提言の活用については、{report}の活用（{manner or '仕方の記載なし'}）が{how.ja}されている{mark}",
                f"the use of {report} as advice ({manner or 'manner not given'}) is {how.en}{mark}",
            )
        if (more := len(claims) - MAX_NAMED) > 0:
            self.say(
                f"活用された提言は、このほか{more:,}件ある",
                f"advice was used in {counted(more, 'more case')}",
            )

    def _logic(self, lines: Sequence[LogicLine]) -> None:
        steps: dict[str, LogicLine] = {}
        waiting = list(reversed(lines))
        while waiting:
            found = waiting.pop()
            steps.setdefault(found.step.iri, found)
            waiting += reversed(found.leads_to)
        if not steps:
            return
        mark = self.mark(item for step in steps.values() for item in step.evidence)
        self.say(
            f"効果発現経路として、{len(steps):,}の段階の記載がある{mark}",
            f"the source gives {counted(len(steps), 'step')} of a logic model{mark}",
        )
        path: list[str] = []
        line: LogicLine | None = next(iter(steps.values()))
        while line and len(path) < MAX_NAMED:
            text = f"{self.of(line.kind)}{self.either('', ' ')}{self.quoted(line.step.label.of(self.lang))}"
            path.append(text + self.mark(line.evidence))
            line = line.leads_to[0] if line.leads_to else None
        if len(path) > 1:
            more = self.either("など", ", among others") if line else ""
            self.say(
                f"そのつながりの一つは、{'から'.join(path)}へと続くもの{more}である",
                f"one of its chains leads from {', to '.join(path)}{more}",
            )

"""What a measure, indicator or project is, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from konkyo.common.words import Words, counted
from konkyo.graph.fact import FactKey, Money, MoneyFigure
from konkyo.model.codes import label_of
from konkyo.model.levels import HELD
from konkyo.present.prose.claims import ClaimWriter
from konkyo.present.prose.writer import MAX_MEANINGS, MAX_NAMED, MAX_YEARS, NOT_SAID, VALUES, more_of
from konkyo.present.text.yen import exact, in_words
from konkyo.questions.claims import Claim
from konkyo.questions.trace import LogicLine, Trace

# What of a year's money stands in a sentence.
STAGES = ("initial", "total", "executed")


class Upwards(ClaimWriter):
    """Writes a trace upwards."""

    def write(self, trace: Trace) -> None:
        """Write the trace: what it is, its money, its grounds, the advice that was used, its logic model, what is not found."""
        self.filtered(trace)
        subject = self.named(trace.thing)
        if above := [self.named(group.thing) for group in trace.groups[1:]]:
            whole = self.capped(above, MAX_NAMED, Words("件", "thing"))
            self.say(f"{subject}は、{whole}に属する", f"{subject} belongs to {whole}")
            subject = self.named(trace.thing)
        self._facts(trace, subject)
        self.paragraph()
        self._placed(trace)
        self._grounds(trace)
        self.paragraph()
        self._advice(trace)
        self.paragraph()
        self._logic(trace.logic)
        self.missing(trace.missing)

    def _facts(self, trace: Trace, name: str) -> None:
        """Say values, ministry and money; ``name`` is the thing's, in full where nothing was said of it yet."""
        if not self.sentences and not any(not fact.evidence for fact in trace.facts):
            self.say(f"{name}を見る", f"this is about {name}")
            name = self.named(trace.thing)
        others = [f for f in trace.facts if f.key not in (*VALUES, *NOT_SAID) and not isinstance(f, Money)]
        self.told_together(name, [fact for fact in others if not fact.evidence])
        values = [fact for fact in trace.facts if fact.key in VALUES]
        if values:
            said = [
                self.either(
                    f"{self.of(f.name)}は{self.quoted(f.text.ja)}{self.mark(f.evidence)}",
                    f"{self.of(f.name)} {self.quoted(f.text.en)}{self.mark(f.evidence)}",
                )
                for f in values
            ]
            self.say(f"{self.listed(said)}である", f"the source gives: {self.listed(said)}")
        for fact in others:
            if fact.evidence:
                self.fact(name, fact)
        self.paragraph()
        self._money([fact for fact in trace.facts if isinstance(fact, Money)])

    def _money(self, facts: Sequence[Money]) -> None:
        """Say budget, total and execution of each year in round figures; the references have all amounts to the yen."""
        told = [fact for fact in facts if fact.key is FactKey.BUDGET]
        said = []
        # The latest years are at the end.
        for fact in told[-MAX_YEARS:]:
            main = [figure for figure in fact.figures if figure.stage in STAGES] or list(fact.figures)
            amounts = [f"{self.of(f.name)}{self.either('', ' ')}{self.of(in_words(f.yen))}" for f in main]
            mark = self._mark_each(fact.figures)
            said.append(
                self.either(
                    f"{self.of(fact.year)}が{'、'.join(amounts)}{mark}",
                    f"{self.of(fact.year)}: {', '.join(amounts)}{mark}",
                )
            )
        if said:
            joined = self.either("、", "; ").join(said)
            self.say(f"予算及び執行は、{joined}である", f"budget and execution: {joined}")
        if (more := len(told) - MAX_YEARS) > 0:
            self.say(
                f"このほか、{more:,}年度分の予算が資料にある",
                f"the sources give the budgets of {counted(more, 'more year')}",
            )
        if unplaced := [
            figure for fact in facts if fact.key is not FactKey.BUDGET for figure in fact.figures
        ]:
            count, mark = len(unplaced), self._mark_each(unplaced)
            self.say(
                f"このほか、年度又は区分を特定できない額が{count:,}件ある{mark}",
                f"{counted(count, 'amount')} more cannot be placed in a year or stage{mark}",
            )

    def _mark_each(self, figures: Sequence[MoneyFigure]) -> str:
        """Return one mark for the places of several amounts; each place has its amounts to the yen."""
        for figure in figures:
            said = exact(figure.yen)
            aside = self.either(f"（{figure.aside.ja}）", f" ({figure.aside.en})") if figure.aside else ""
            self.place(figure.evidence, self.of(said) + aside)
        return self.mark(item for figure in figures for item in figure.evidence)

    def _placed(self, trace: Trace) -> None:
        for placed in trace.placed:
            told = placed.told()
            self.say(f"{told.ja}である", told.en)
            if placed.most:
                first = self.listed(
                    [
                        f"{self.quoted(plan.label.of(self.lang))}"
                        + self.either(f"（{projects:,}事業）", f" ({projects:,})")
                        for plan, projects in placed.most
                    ]
                )
                self.say(
                    f"引用の表記から導出すると、多くの事業が引くのは{first}である",
                    f"by what their citations are taken for (derived), most projects cite {first}",
                )

    def _grounds(self, trace: Trace) -> None:
        """Say what sources state of a thing and its containers, then what is derived, then what somebody reads.

        Those for which nothing is named stand together.
        """
        owners = {group.thing.iri: self.named(group.thing) for group in trace.groups if group.total}
        levels: dict[str, dict[str, list[Claim]]] = {}
        for group in trace.groups:
            for claim in group.claims:
                levels.setdefault(claim.level, {}).setdefault(group.thing.iri, []).append(claim)
        bases = set()
        for iri, stated in levels.get("stated", {}).items():
            cited = [claim for claim in stated if claim.spellings or claim.place[-1].kind == "Citation"]
            placed = [claim for claim in stated if claim not in cited]
            bases |= {self.basis(claim) for claim in placed}
            self._named(owners[iri], placed)
            self._cited(owners[iri], cited)
        # Of the thing itself what is not found is told at the end.
        told = {trace.thing.iri} if trace.missing else set()
        nothing = [group.thing for group in trace.groups if not group.total and group.thing.iri not in told]
        if nothing:
            listed = self.capped([self.named(thing) for thing in nothing], MAX_NAMED, Words("件", "thing"))
            self.say(
                f"{listed}について資料が挙げる戦略・計画は見当たらない",
                f"no strategy or plan is named for {listed}",
            )
        self._laws(trace)
        self.paragraph()
        self._derived(owners, levels.get("derived", {}), bases)
        for group in trace.groups:
            self.readings(
                {
                    level: levels.get(level, {}).get(group.thing.iri, [])
                    for level in ("interpreted", "rejected")
                }
            )
        self.left_out(trace.groups)

    def _named(self, owner: str, claims: Sequence[Claim]) -> None:
        """Say which sections and editions a source names."""
        for words, found in _by_words(claims).items():
            bases = self.marked(found, MAX_NAMED + 2, Words("件", "place"))
            self._names(owner, words or Words("位置付け", "justification"), bases)

    def _names(self, owner: str, called: Words, listed: str) -> None:
        """Say what a source names for something, in the source's own terms for it."""
        self.say(
            f"資料は、{owner}について、{self.of(called)}として{listed}を挙げている",
            f"for {owner} the source names as {self.of(called)}: {listed}",
        )

    def _cited(self, owner: str, claims: Sequence[Claim]) -> None:
        """Say which plans are cited as written, and apart from that which documents they are taken for."""
        for words, cited in _by_words(claims).items():
            # Only what is named gets a number in the list.
            said = [
                self.words_of(claim) + (self._why(claim) if position < MAX_NAMED + 2 else "")
                for position, claim in enumerate(cited)
            ]
            listed = self.capped(said, MAX_NAMED + 2, Words("件", "citation"))
            self._names(owner, words or label_of("related-plan"), listed)
        self._meant([claim for claim in claims if claim.spellings])
        if unknown := [claim for claim in claims if not claim.spellings]:
            listed = self.marked(unknown, 3, Words("件", "citation"))
            self.say(
                f"{listed}がどの文書を指すかは、特定されていない", f"what is denoted by {listed} is not known"
            )

    def _why(self, claim: Claim) -> str:
        """Return the mark of a citation; its place has the reasons for what it is taken for."""
        reasons = [self.of(reason).rstrip("。.") for reason in claim.denotes]
        if not reasons:
            return self.mark(claim.evidence)
        told = self.capped(reasons, 2, Words("件", "reason"))
        return self.mark(claim.evidence, self.either(f"同定の理由：{told}", f"taken for it because: {told}"))

    def _meant(self, claims: Sequence[Claim]) -> None:
        """Say for which documents words were taken, and at which level: the source does not state it."""
        hows = {
            "stated": Words("資料に明記されている", "stated to denote"),
            "interpreted": Words(
                "解釈したもの（資料の明記ではない）", "read as denoting, which no source states,"
            ),
        }
        derived = Words("導出したもの（資料の明記ではない）", "derived to denote, which no source states,")
        by_how: dict[Words, list[Claim]] = {}
        for claim in claims[:MAX_MEANINGS]:
            by_how.setdefault(hows.get(claim.how or "", derived), []).append(claim)
        for how, found in by_how.items():
            names = []
            for claim in found:
                open_ = claim.place[-1].kind == "Strategy"
                edition = self.either("（版は特定されない）", " (no edition being told)") if open_ else ""
                names.append(self.whole(claim) + edition + self.mark(claim.evidence))
            self.say(
                f"これらの表記が指す文書は{self.listed(names)}であり、{how.ja}である",
                f"these citations are {how.en} {self.listed(names)}",
            )
        if (more := len(claims) - MAX_MEANINGS) > 0:
            self.say(
                f"このほか、{more:,}件の引用について、指す文書が同定されている",
                f"{more_of(more, 'citation')} {'is' if more == 1 else 'are'} taken for a document",
            )

    def _derived(
        self, owners: Mapping[str, str], claims: Mapping[str, Sequence[Claim]], stated: set[tuple[str, str]]
    ) -> None:
        """Say what follows by a rule; owners to which all follows that is stated above are told together."""
        rules: dict[Words, dict[str, list[Claim]]] = {}
        for iri, found in claims.items():
            for claim in found:
                rules.setdefault(claim.rule or Words("", ""), {}).setdefault(iri, []).append(claim)
        for rule, by_owner in rules.items():
            how = self.either(
                f"規則{self.quoted(rule.ja)}により" if rule.ja else "規則により",
                f"by the rule {self.quoted(rule.en)}" if rule.en else "by a rule",
            )
            same = {i: f for i, f in by_owner.items() if stated and {self.basis(c) for c in f} == stated}
            if same:
                names = self.listed([owners[iri] for iri in same])
                count = len(stated)
                mark = self.mark(item for f in same.values() for claim in f for item in claim.evidence)
                self.say(
                    f"資料の明記ではないが、{how}、{names}も上の{count:,}件に位置付けられると導出される{mark}",
                    f"{how} it is derived, and not stated by the source, that the same {count:,} hold for {names}{mark}",
                )
            for iri, found in by_owner.items():
                if iri in same:
                    continue
                bases = self.marked(found, 3, Words("件", "place"))
                self.say(
                    f"資料の明記ではないが、{how}、{owners[iri]}は{bases}に位置付けられると導出される",
                    f"{how} it is derived, and not stated by the source, that {owners[iri]} rests on {bases}",
                )

    def _laws(self, trace: Trace) -> None:
        for level in HELD:
            if found := [claim for claim in trace.laws if claim.level == level]:
                names = self.marked(found, MAX_NAMED + 2, Words("件", "law"))
                stated = level == "stated"
                how = label_of(level)
                self.say(
                    f"根拠法令は{names}である"
                    + ("" if stated else f"（資料の明記ではなく、{how.ja}による）"),
                    f"the legal basis is {names}"
                    + ("" if stated else f" ({how.en}, not stated by the source)"),
                )

    def _advice(self, trace: Trace) -> None:
        """Say which panels' reports were used: those of one manner and level stand together."""
        by_manner: dict[tuple[str, str], list[Claim]] = {}
        for claim in trace.advice[:MAX_NAMED]:
            manner = self.of(claim.reason) if claim.reason else ""
            by_manner.setdefault((claim.level, manner), []).append(claim)
        for (level, manner), claims in by_manner.items():
            said = []
            for claim in claims:
                path = [self.quoted(thing.label.of(self.lang)) for thing in claim.place]
                said.append(self.either("の".join(path), ", ".join(path)) + self.mark(claim.evidence))
            how = label_of(level)
            what = self.either(f"（{manner or '仕方の記載なし'}）", f" ({manner or 'manner not given'})")
            if level == "stated":
                use = f"{manner}として用いた" if manner else "用いた"
                self.say(
                    f"資料は、{self.listed(said)}の提言を{use}と記す",
                    f"the source names as advice that was used{what}: {self.listed(said)}",
                )
            else:
                self.say(
                    f"資料の明記ではないが、{self.listed(said)}の活用{what}が{how.ja}される",
                    f"the use of {self.listed(said)} as advice{what} is {how.en}, and not stated by the source",
                )
        for one in trace.advised[:MAX_NAMED]:
            for fact in one.facts:
                self.told(self.quoted(one.report.label.of(self.lang)), fact, by_it=True)
        if (more := len(trace.advice) - MAX_NAMED) > 0:
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
            f"効果発現経路は、{len(steps):,}段階から成る{mark}",
            f"the logic model has {counted(len(steps), 'step')}{mark}",
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


def _by_words(claims: Sequence[Claim]) -> dict[Words | None, list[Claim]]:
    """Return claims by what their source calls the link."""
    found: dict[Words | None, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.stated_as, []).append(claim)
    return found

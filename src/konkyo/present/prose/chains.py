"""The chains between two things."""

from __future__ import annotations

from konkyo.graph.network import RELATIONS
from konkyo.present.prose.writer import MAX_CHAINS, Writer
from konkyo.questions.trace import Chains, Step


class ChainWriter(Writer):
    """Writes the chains between two things."""

    def write(self, answer: Chains) -> None:
        """Write the chains."""
        start, end = self.named(answer.start), self.named(answer.end)
        if count := len(answer.chains):
            self.say(
                f"{start}から{end}へ至る道筋は{count:,}本ある",
                f"{count:,} {'chain leads' if count == 1 else 'chains lead'} from {start} to {end}",
            )
        for number, chain in enumerate(answer.chains[:MAX_CHAINS], 1):
            steps = [self._step(step) for step in chain]
            self.say(
                f"短い順に第{number}の道筋は、{self.quoted(answer.start.label.ja)}から、{'、'.join(steps)}に至る",
                f"chain {number}, the shortest first, leads from {self.quoted(answer.start.label.en)} to {', to '.join(steps)}",
            )
        if (more := count - MAX_CHAINS) > 0:
            self.say(f"残る{more:,}本は省いた", f"the other {more:,} are left out here")
        self.missing(answer.missing)

    def _step(self, step: Step) -> str:
        target = self.named(step.target)
        if step.claim is None:
            relation = self.of(RELATIONS[step.relation]) if step.relation in RELATIONS else ""
            return self.either(target, f"{target} ({relation})" if relation else target)
        claim = step.claim
        mark = self.mark(claim.evidence)
        if claim.level == "derived":
            rule = self.of(claim.rule) if claim.rule else ""
            how = self.either(
                f"資料の明記ではなく、規則{self.quoted(rule)}による導出",
                f"not stated: derived by the rule {self.quoted(rule)}",
            )
        elif claim.level == "interpreted":
            who = self.author(claim)
            why = self.of(claim.reason).rstrip("。.") if claim.reason else ""
            how = self.either(
                f"資料の明記ではなく、{who}の解釈。理由：{why}",
                f"not stated: read so by {who}, because: {why}",
            )
        else:
            how = self.either("資料の明記", "stated by the source")
        return self.either(f"{target}（{how}）{mark}", f"{target} ({how}){mark}")

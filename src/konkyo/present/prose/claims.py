"""What is read into a source: interpretations and what was considered and rejected, each with its author."""

from __future__ import annotations

from collections.abc import Sequence

from konkyo.common.words import Words
from konkyo.graph.fact import Fact, FactKey, Verdict
from konkyo.graph.reader import EvidenceText
from konkyo.present.prose.writer import MAX_READINGS, Writer, more_of
from konkyo.questions.claims import Claim
from konkyo.questions.trace import ClaimGroup, Trace


class ClaimWriter(Writer):
    """Says what is told in the same words upwards and downwards."""

    def filtered(self, trace: Trace) -> None:
        """Say which claims alone are looked at."""
        if trace.kept:
            kept = self.listed([self.of(words) for words in trace.kept])
            self.say(
                f"以下は、次の条件に当たる主張だけを見たものである（{kept}）",
                f"only these claims are looked at here: {kept}",
            )

    def told_together(self, name: str, facts: Sequence[Fact]) -> None:
        """Say in one sentence what the graph knows without a place of its own: ministry, office, field."""
        # What is a sentence already stands for itself.
        whole = [f for f in facts if f.key is FactKey.OVER_REVIEWS]
        said = [
            self.either(
                f"{self.of(f.name)}は{self.of(f.text)}", f"{self.of(f.name).lower()}: {self.of(f.text)}"
            )
            for f in facts
            if f not in whole
        ]
        if said:
            self.say(f"{name}の{'、'.join(said)}である", f"of {name}, {'; '.join(said)}")
        for f in whole:
            text = self.of(f.text).rstrip("。.")
            self.say(f"{name}は、{text}", f"{name}: {text}")

    def fact(self, name: str, fact: Fact) -> None:
        """Say a fact with its place; a verdict with the level of the claim."""
        what, text, mark = self.of(fact.name), self.of(fact.text), self.mark(fact.evidence)
        if isinstance(fact, Verdict):
            verdict, level = self.quoted(self.of(fact.result)), self.of(fact.level_label)
            if fact.level == "stated" and fact.words:
                own = self.quoted(fact.words)
                self.say(
                    f"資料は、{name}について{own}と記す（判定は{verdict}）{mark}",
                    f"the source says of {name} {own} (verdict {verdict}){mark}",
                )
            elif fact.level == "stated":
                self.say(
                    f"資料の判定は{verdict}である{mark}",
                    f"the source states the verdict {verdict}{mark}",
                )
            else:
                self.say(
                    f"判定は{verdict}であるが、これは資料の明記ではなく、{level}されたものである{mark}",
                    f"the verdict is {verdict}, which is {level} and not stated by the source{mark}",
                )
            return
        if fact.key is FactKey.CONTINUES:
            self.say(f"{name}は、{text}から続く{mark}", f"{name} goes on from {text}{mark}")
            return
        if fact.key in (FactKey.STATEMENT, FactKey.MENTIONED):
            self.told(name, fact)
            return
        self.say(f"{name}の{what}は、{text}である{mark}", f"{what} of {name}: {text}{mark}")

    def told(self, name: str, fact: Fact, *, by_it: bool = False) -> None:
        """Say what a source says of a thing in prose (``by_it``: what a report says), as a summary and in no quotes."""
        what, text, mark = self.of(fact.name), self.of(fact.text).rstrip("。."), self.mark(fact.evidence)
        if fact.key is FactKey.MENTIONED:
            self.say(f"その文中の数は、{text}である{mark}", f"its words mention {text}{mark}")
        elif fact.key is FactKey.INQUIRY:
            self.say(f"{name}は、{text}に答えるものである{mark}", f"{name} answers {text}{mark}")
        elif by_it:
            self.say(f"{name}は、要約すれば、{text}{mark}", f"{name} says, in summary: {text}{mark}")
        else:
            self.say(
                f"資料は、{name}について、要約すれば、{text}{mark}",
                f"{what} of {name}: {text}{mark}",
            )

    def marked(self, claims: Sequence[Claim], limit: int, counter: Words) -> str:
        """Return the first bases, each with its mark and each document once, and how many there are besides."""
        bases: dict[tuple[str, str], list[EvidenceText]] = {}
        for claim in claims:
            bases.setdefault(self.basis(claim), []).extend(claim.evidence)
        documents: dict[str, list[str]] = {}
        for number, ((document, part), evidence) in enumerate(bases.items()):
            if number < limit:
                named = documents.setdefault(document or part, [])
                # The law as a whole stands before its articles.
                named.insert(len(named) if document else 0, (part if document else "") + self.mark(evidence))
        said = [self._in(name, parts) for name, parts in documents.items()]
        if (more := len(bases) - limit) > 0:
            said.append(self.either(f"ほか{more:,}{counter.ja}", more_of(more, counter.en)))
            if self.lang == "ja":
                return "、".join(said[:-1]) + said[-1]
        return self.listed(said)

    def _in(self, name: str, parts: Sequence[str]) -> str:
        """Return a document with its parts: a section's name, the articles of a law, or only marks."""
        if self.lang == "ja":
            before = "、".join(parts[:-1]) + "及び" if len(parts) > 1 else ""
            return name + ("の" if parts[0][:1] == "「" else "") + before + parts[-1]
        if parts[0][:1] == "“":
            return f"{self.listed(parts)} of {name}"
        return name + ("" if parts[0][:1] in ("", " ") else " ") + self.listed(parts)

    def words_of(self, claim: Claim) -> str:
        """Return the words in which a source cites a document, the first of them where there are many."""
        words = [self.quoted(spelling) for spelling in claim.spellings] or [self.whole(claim)]
        return self.capped(words, 2, Words("の表記", "spelling"))

    def left_out(self, groups: Sequence[ClaimGroup]) -> None:
        """Say how many claims the trace itself left out."""
        if (more := sum(group.total - len(group.claims) for group in groups)) > 0:
            self.say(
                f"このほか、{more:,}件の主張がある（省いた）",
                f"{more_of(more, 'claim')} {'is' if more == 1 else 'are'} left out here",
            )

    def readings(self, by_level: dict[str, list[Claim]]) -> None:
        """Say what somebody read into the source, and what was considered and rejected."""
        for level, limit in (("interpreted", MAX_READINGS), ("rejected", MAX_READINGS)):
            found = by_level.get(level, [])
            for claim in found[:limit]:
                self._reading(claim)
            if (more := len(found) - limit) > 0:
                self.say(
                    f"同じ水準（{self.of(found[0].level_label)}）の主張が、このほかに{more:,}件ある",
                    f"there {'is' if more == 1 else 'are'} {more_of(more, 'claim')} of this level"
                    f" ({self.of(found[0].level_label)})",
                )

    def _reading(self, claim: Claim) -> None:
        who = self.author(claim)
        reason = self.of(claim.reason).rstrip("。.") if claim.reason else ""
        why = self.either(
            f"{self.quoted(reason)}として" if reason else "理由を記さず",
            f"giving as reason {self.quoted(reason)}" if reason else "without giving a reason",
        )
        owner, basis, mark = self.named(claim.owner), self.whole(claim), self.mark(claim.evidence)
        if claim.level == "rejected":
            self.say(
                f"{who}は、{why}、{owner}と{basis}との対応付けを検討したが採らなかった{mark}",
                f"that {owner} rests on {basis} was considered by {who} and rejected, {why}{mark}",
            )
            return
        self.say(
            f"{who}は、{why}、{owner}が{basis}に対応すると解釈しているが、資料の明記ではない{mark}",
            f"{owner} is read by {who} as resting on {basis}, {why}; the source does not state so{mark}",
        )

"""A trace or chains as a Mermaid flow chart."""

from __future__ import annotations

from itertools import pairwise

from konkyo.present.text.terminal import safe
from konkyo.questions.claims import Claim
from konkyo.questions.trace import Chains, ClaimGroup, Trace


def mermaid(answer: Trace | Chains, lang: str) -> str:
    """Return the answer as a Mermaid flow chart; labels are quoted and escaped, so data cannot end them."""
    nodes: dict[str, str] = {}
    edges: dict[tuple[str, str, str], str] = {}
    arrows = {"stated": "==>", "derived": "-.->", "interpreted": "-->", "rejected": "--x"}

    def node(iri: str, text: str) -> str:
        return nodes.setdefault(iri, f"n{len(nodes)}[{_quoted(text)}]").split("[", 1)[0]

    def chain(claim: Claim) -> None:
        ids = [node(thing.iri, thing.label.of(lang)) for thing in claim.place]
        for above, below in pairwise(ids):
            edges[above, below, ""] = f"  {above} --> {below}"
        owner = node(claim.owner.iri, claim.owner.title(lang))
        label = claim.level_label.of(lang)
        edges[ids[-1], owner, label] = f"  {ids[-1]} {arrows[claim.level]}|{_quoted(label)}| {owner}"

    if isinstance(answer, Chains):
        for steps in answer.chains:
            for step in steps:
                if step.claim:
                    chain(step.claim)
                else:
                    above, below = (
                        node(step.source.iri, step.source.label.of(lang)),
                        node(step.target.iri, step.target.title(lang)),
                    )
                    edges[above, below, ""] = f"  {above} --> {below}"
    else:
        node(answer.thing.iri, answer.thing.title(lang))
        for group in (*answer.groups, ClaimGroup(answer.thing, answer.advice, len(answer.advice))):
            for claim in group.claims:
                chain(claim)
    body = [f"  {text}" for text in nodes.values()] + list(edges.values())
    return "flowchart LR\n" + "\n".join(body) + "\n"


def _quoted(text: str) -> str:
    # Mermaid reads entities with # in place of &; quotes, brackets and line ends would end the label.
    escaped = "".join(
        c if c.isalnum() or c in " 　（）、。・～-_：.:/" else f"#{ord(c)};" for c in safe(text)
    )
    return f'"{escaped}"'

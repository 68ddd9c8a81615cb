"""The logic model of a project: chains from activity to outcome."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.network import Network
from konkyo.graph.years import YearScope
from konkyo.questions.trace.answer import LogicLine


def logic(network: Network, thing: Thing, scope: YearScope) -> tuple[LogicLine, ...]:
    """Return the logic model of a project in its review of the scope, from the steps that nothing leads to; cycles end at
    ``again``.
    """
    reader = network.reader
    if thing.kind != "Project":
        return ()
    reader.load([thing.iri])
    inside = reader.objects(thing.iri, "kk:hasLogicStep")
    reader.load(inside)
    own = [iri for iri in inside if scope.iri in (None, reader.one(iri, "kk:reviewYear"))]
    steps = {item.iri: item for item in describe(reader, own)}
    reader.load(
        value for iri in steps for name in ("kk:kind", "kk:period") for value in reader.objects(iri, name)
    )
    reader.load_evidence(steps)
    follows = {iri: [n for n in reader.objects(iri, "kk:leadsTo") if n in steps] for iri in steps}
    led_to = {target for targets in follows.values() for target in targets}
    shown: set[str] = set()

    def line(iri: str) -> LogicLine:
        again = iri in shown and bool(follows[iri])
        shown.add(iri)
        parts = [reader.one(iri, name) for name in ("kk:kind", "kk:period")]
        labels = [reader.label(part) for part in parts if part]
        return LogicLine(
            step=steps[iri],
            kind=Words("・".join(w.ja for w in labels), ", ".join(w.en for w in labels)),
            evidence=tuple(reader.evidence(iri)),
            leads_to=() if again else tuple(line(target) for target in follows[iri]),
            again=again,
        )

    first = [line(iri) for iri in steps if iri not in led_to]
    # What is left lies on cycles that nothing leads into.
    return (*first, *(line(iri) for iri in steps if iri not in shown))

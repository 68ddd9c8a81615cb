"""What a thing rests on and what rests on a ground, as tables: each line with its level and its places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from konkyo.common.words import Words
from konkyo.present.report.data import Source, asked, iri, key
from konkyo.present.report.model import Cell, Column, Question, References, Section, Table, text
from konkyo.questions.claims import Claim
from konkyo.questions.trace import Trace

_MOST = 200


def _how(claim: Claim) -> Words:
    """Return by which rule, or on whose reading and why, or by what a citation was taken for its document."""
    parts = []
    if claim.rule:
        parts.append(Words(f"規則: {claim.rule.ja}", f"Rule: {claim.rule.en}"))
    if claim.reason:
        parts.append(claim.reason)
    if claim.author:
        parts.append(Words(f"（{claim.author.ja}）", f"({claim.author.en})"))
    if claim.denotes:
        level = claim.how_label or Words("", "")
        ja, en = "".join(w.ja for w in claim.denotes), " ".join(w.en for w in claim.denotes)
        parts.append(
            Words(f"同定（資料の明記ではなく{level.ja}）: {ja}", f"Denotes (not stated but {level.en}): {en}")
        )
    return Words(" ".join(p.ja for p in parts), " ".join(p.en for p in parts))


def bases(trace: Trace, references: References) -> Section:
    """Return what a thing and what contains it rest on, with laws and advice that was used."""
    columns = tuple(
        Column(words)
        for words in (
            Words("位置付けられるもの", "What rests"),
            Words("水準", "Level"),
            Words("文書", "Document"),
            Words("関係部分・表記", "Part, or words"),
            Words("規則・理由", "Rule or reason"),
        )
    )
    claims = [claim for group in trace.groups for claim in group.claims] + [*trace.laws, *trace.advice]
    rows = tuple(_basis(claim, references) for claim in claims[:_MOST])
    notes = list(trace.missing)
    if not rows:
        notes.append(Words("根拠の記載は見当たらない。", "No ground is found."))
    if (more := len(claims) - _MOST) > 0:
        notes.append(Words(f"このほか{more:,}件。", f"{more:,} more."))
    title = Words("根拠", "Grounds")
    return Section(
        "bases",
        title,
        Table(columns, rows),
        None,
        tuple(notes),
        (Question("trace", {"thing": key(trace.thing.iri)}, stored=False),),
    )


def _basis(claim: Claim, references: References) -> tuple[Cell, ...]:
    documents = [thing for thing in claim.place if thing.kind not in ("Section", "Citation")]
    parts = [thing.label for thing in claim.place if thing.kind in ("Section", "Citation")]
    parts += [claim.articles_label] if claim.articles else []
    parts += [Words(" ／ ".join(claim.spellings), " / ".join(claim.spellings))] if claim.spellings else []
    places = references.numbers(claim.evidence)
    return (
        text(Words(claim.owner.title("ja"), claim.owner.title("en"))),
        text(claim.level_label),
        Cell(documents[-1].label if documents else None, () if parts else places),
        Cell(
            Words(" > ".join(p.ja for p in parts), " > ".join(p.en for p in parts)) if parts else None,
            places if parts else (),
        ),
        text(_how(claim)) if any(_how(claim)) else Cell(None),
    )


def resting(source: Source, strategy: str, references: References) -> Section | None:
    """Return what rests on a strategy by its sections and editions, apart from projects that only cite it."""
    rows = source.rows("rests-on-strategy", strategy=strategy)
    reader = source.reader
    # Projects cite in their own spelling; they are counted and listed elsewhere.
    kept = [row for row in rows if row["citation"] is None]
    reader.load(sorted({iri(row, "owner") for row in kept}))
    if not kept:
        return None
    links = source.scope.links(
        link for row in kept for link in reader.objects(iri(row, "owner"), "kk:hasJustification")
    )
    reader.load(links)
    reader.load_evidence(links)
    labels = source.labels(row[name] for row in kept for name in ("owner", "basis", "level"))
    made = []
    for row in kept[:_MOST]:
        owner = iri(row, "owner")
        own = [
            link
            for link in reader.objects(owner, "kk:hasJustification")
            if link in links
            and reader.one(link, "kk:basis") == row["basis"]
            and reader.one(link, "kk:claimLevel") == row["level"]
        ]
        if not own:  # documents of another year state it
            continue
        evidence = [item for link in own for item in reader.evidence(link)]
        made.append(
            (
                text(labels[owner]),
                text(labels[iri(row, "level")]),
                Cell(labels[iri(row, "basis")], references.numbers(evidence)),
            )
        )
    if not made:
        return None
    columns = tuple(
        Column(words)
        for words in (
            Words("施策・目標・指標", "Measure, objective or indicator"),
            Words("水準", "Level"),
            Words("版・関係部分", "Edition or section"),
        )
    )
    notes: tuple[Words, ...] = ()
    if (more := len(kept) - _MOST) > 0:
        notes = (Words(f"このほか{more:,}件。", f"{more:,} more."),)
    return Section(
        "resting",
        Words("これを挙げる施策・目標・指標", "Measures, objectives and indicators that name it"),
        Table(columns, tuple(made)),
        None,
        notes,
        (asked("rests-on-strategy", strategy=strategy),),
    )


def cited(
    source: Source, projects: Iterable[str], grounds: Sequence[str], references: References
) -> dict[str, Cell]:
    """Return how each project cites the grounds, in its own words and with the rows of the source."""
    reader, projects = source.reader, list(projects)
    reader.load(projects)
    links = source.scope.links(
        link for project in projects for link in reader.objects(project, "kk:hasJustification")
    )
    reader.load(links)
    citations = {basis for link in links for basis in reader.objects(link, "kk:basis")}
    reader.load(citations)
    meanings = {item for basis in citations for item in reader.objects(basis, "kk:hasDenotation")}
    reader.load(meanings)
    reader.load_evidence(links)
    wanted = set(grounds)
    found = {}
    for project in projects:
        words, evidence = [], []
        for link in reader.objects(project, "kk:hasJustification"):
            if link not in links:
                continue
            for basis in reader.objects(link, "kk:basis"):
                meant = {
                    target
                    for item in reader.objects(basis, "kk:hasDenotation")
                    if not (reader.one(item, "kk:claimLevel") or "").endswith("/rejected")
                    for target in reader.objects(item, "kk:denotes")
                }
                if meant & wanted or basis in wanted:
                    words.append(reader.label(basis).ja)
                    evidence += reader.evidence(link)
        if words:
            said = " ／ ".join(dict.fromkeys(words))
            found[project] = Cell(Words(said, said), references.numbers(evidence))
    return found

"""What there is to say of a thing, as pairs of name and text: values, verdicts, money, dates, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.graph.amounts import amounts, money, placed
from konkyo.graph.chain import in_short, load_chains
from konkyo.graph.fact import ROLES, Fact, FactKey, Verdict
from konkyo.graph.reader import NAMES, OF_PLACES, EvidenceText, Reader
from konkyo.graph.said import counterparts, counts, load_said, said
from konkyo.model.identifiers import year_number

if TYPE_CHECKING:
    from konkyo.graph.years import YearScope

_PARTS = (
    "kk:hasValue",
    "kk:targetYear",
    "kk:direction",
    "kk:ministry",
    "kk:responsibleUnit",
    "kk:counterpart",
)
# What an office is part of, and whose it is.
_ABOVE = ("org:subOrganizationOf", "org:unitOf")
_PARTS_OF_PARTS = ("kk:valueRole", "kk:fiscalYear", "kk:result", "kk:claimLevel")
# A project has thirty figures and more, each with as many properties again that nobody is shown.
_CODES_OF_FIGURES = ("kk:fiscalYear", "kk:budgetStage", "kk:possibleStage")
# What facts and evidence read of a thing itself: a project has eighty triples more.
OF_FACTS = (
    *(
        *NAMES,
        *OF_PLACES,
        *_PARTS,
        "dcterms:issued",
        "schema:startDate",
        "kk:policyField",
        "dcterms:description",
    ),
    *(
        "kk:developedCounterpart",
        "kk:developingCounterpart",
        "kk:continues",
        "kk:hasBudgetFigure",
        "kk:reviewYear",
    ),
    *("kk:hasAppearance", "dcterms:isVersionOf", "kk:hasStatement", "kk:answersInquiry", "skos:note"),
)
_OF_FIGURES = (*_CODES_OF_FIGURES, "kk:reviewYear", "kk:amountYen", "kk:multiplier", *OF_PLACES)


def load_facts(
    reader: Reader, nodes: Iterable[str], scope: YearScope | None = None, *, over_reviews: bool = False
) -> None:
    """Load all that :func:`facts` and :func:`evidence` tell of these nodes, in a few batches.

    ``over_reviews`` takes the amounts in that sheets of earlier reviews tell of what a project goes on from, unless a year was asked for.

    Of a ``scope`` the reader then knows only what documents of its year tell: offices, verdicts, and amounts where a year was
    asked for (else what older reviews tell of a fiscal year is known, and told where it differs).
    """
    nodes = list(nodes)
    reader.since = scope.since if scope is not None else reader.since
    reader.load(node for node in nodes if not reader.holds(node, OF_FACTS))
    reader.load_incoming(nodes, ["kk:assesses"])
    if scope is not None and scope.iri:
        _restrict(reader, nodes, scope)
    if scope is not None and not scope.told.asked:
        _load_versions(reader, nodes)
    for node in nodes:
        reader.amounts.pop(node, None)
    _load_figures(reader, [f for node in nodes for f in reader.objects(node, "kk:hasBudgetFigure")])
    if over_reviews and not (scope is not None and scope.told.asked):
        _load_figures(reader, load_chains(reader, nodes))
    parts = [value for node in nodes for name in _PARTS for value in reader.objects(node, name)]
    parts += [item for node in nodes for item in reader.subjects(node, "kk:assesses")]
    reader.load(parts)
    _load_offices(reader, [unit for node in nodes for unit in reader.objects(node, "kk:responsibleUnit")])
    reader.load(value for item in parts for name in _PARTS_OF_PARTS for value in reader.objects(item, name))
    reader.load_evidence([*nodes, *parts])
    _load_lineage(reader, nodes)
    load_said(reader, nodes)


def _load_figures(reader: Reader, figures: list[str]) -> None:
    reader.load_only(figures, _OF_FIGURES)
    reader.load(
        value for item in figures for name in _CODES_OF_FIGURES for value in reader.objects(item, name)
    )
    reader.load_evidence(figures)


def _load_offices(reader: Reader, units: Iterable[str]) -> None:
    """Load what these offices belong to, up to the ministries; a ministry is of no other one."""
    known: set[str] = set()
    while units := set(units) - known:
        known |= units
        above = [office for unit in units for name in _ABOVE for office in reader.objects(unit, name)]
        reader.load_only(above, (*_ABOVE, "skos:prefLabel"))
        units = above


def _office(reader: Reader, unit: str, ministries: Sequence[str]) -> Words:
    """Return the name of an office with all that it belongs to, and its ministry where that is another one."""
    path = [unit]
    while (above := reader.one(path[0], "org:subOrganizationOf")) and above not in path:
        path.insert(0, above)
    if (own := reader.one(unit, "org:unitOf")) and own not in (*ministries, *path):
        path.insert(0, own)
    labels = [reader.label(iri) for iri in path]
    return Words(" ".join(label.ja for label in labels), ", ".join(label.en for label in reversed(labels)))


def _load_lineage(reader: Reader, nodes: list[str]) -> None:
    """Load what projects go on from, with the links that say so."""
    own = [node for node in nodes if reader.objects(node, "kk:continues")]
    reader.load_only(own, ["kk:hasLink"])
    reader.load(link for node in own for link in reader.objects(node, "kk:hasLink"))
    links = [link for node in own for link in _lineages(reader, node)]
    before = [project for link in links for project in reader.objects(link, "kk:basis")]
    reader.load([*before, *(level for link in links for level in reader.objects(link, "kk:claimLevel"))])
    reader.load(year for project in before for year in reader.objects(project, "kk:reviewYear"))
    reader.load_evidence(links)


def _lineages(reader: Reader, iri: str) -> list[str]:
    """Return the links that say which project a loaded one goes on from; those whose words alone are known are left out."""
    links = reader.objects(iri, "kk:hasLink") if reader.objects(iri, "kk:continues") else []
    return [link for link in links if reader.kind(link) == "Lineage" and reader.objects(link, "kk:basis")]


def _load_versions(reader: Reader, nodes: list[str]) -> None:
    """Load what indicators are in earlier reviews, with their values."""
    things = [thing for node in nodes for thing in reader.objects(node, "dcterms:isVersionOf")]
    reader.load_incoming(things, ["dcterms:isVersionOf"])
    versions = [v for thing in things for v in reader.subjects(thing, "dcterms:isVersionOf")]
    reader.load(versions)
    values = [value for version in versions for value in reader.objects(version, "kk:hasValue")]
    reader.load(values)
    reader.load(code for value in values for name in _PARTS_OF_PARTS for code in reader.objects(value, name))
    reader.load_evidence([*values, *versions])
    reader.load(year for version in versions if (year := _told_in(reader, version)))


def _restrict(reader: Reader, nodes: list[str], scope: YearScope) -> None:
    reader.load(v for node in nodes for v in reader.objects(node, "kk:hasAppearance"))
    pairs = [(node, unit) for node in nodes for unit in reader.objects(node, "kk:responsibleUnit")]
    units = scope.stated(pairs, "kk:Responsibility")
    verdicts = [item for node in nodes for item in reader.subjects(node, "kk:assesses")]
    kept = scope.links(verdicts)
    figures = [item for node in nodes for item in reader.objects(node, "kk:hasBudgetFigure")]
    of_year = scope.links(figures) if scope.told.asked else set(figures)
    for node in nodes:
        own = {unit for owner, unit in units if owner == node}
        reader.restrict(node, "kk:responsibleUnit", own)
        reader.restrict(node, "kk:hasBudgetFigure", of_year)
        reader.restrict_incoming(node, "kk:assesses", kept)


def _before(reader: Reader, iri: str) -> Iterator[tuple[Words, list[EvidenceText]]]:
    """Yield what a project goes on from, with its review and the link's level, and where that is said."""
    for link in _lineages(reader, iri):
        level = reader.label(reader.one(link, "kk:claimLevel") or "")
        for before in reader.objects(link, "kk:basis"):
            label, year = reader.label(before), reader.one(before, "kk:reviewYear")
            if year and reader.since is not None and year_number(year) < reader.since:
                continue
            review = reader.label(year) if year else Words("", "")
            of = Words(f"（{review.ja}レビュー、{level.ja}）", f" (review {review.en}, {level.en})")
            yield Words(label.ja + of.ja, label.en + of.en), reader.evidence(link)


def evidence(reader: Reader, iri: str) -> list[EvidenceText]:
    """Return the evidence of a node, of its values and of its figures, each place once."""
    found = reader.evidence(iri)
    told = {a.figure for several in amounts(reader, iri).values() for a in several}
    # What a later review tells anew is not shown, and need not be looked up.
    for item in values_of(reader, iri):
        found += reader.evidence(item)
    for item in reader.objects(iri, "kk:hasBudgetFigure"):
        if item in told or (reader.reaches(item) and not placed(reader, item)):
            found += reader.evidence(item)
    return list({item.iri: item for item in found}.values())


def facts(reader: Reader, iri: str, scope: YearScope | None = None) -> list[Fact]:
    """Return the facts of a node; :func:`load_facts` must have been called for it, with the same scope."""
    found: list[Fact] = []

    def put(
        key: FactKey, name: Words, value: Words | str | None, evidence: Iterable[EvidenceText] = ()
    ) -> None:
        if value:
            text = value if isinstance(value, Words) else Words(value, value)
            found.append(Fact(key, name, text, tuple(evidence)))

    if scope is not None and scope.iri:
        found += _names(reader, iri)
    put(FactKey.NUMBER, Words("番号", "Number"), reader.one(iri, "dcterms:identifier"))
    put(FactKey.DATE, Words("年月日", "Date"), reader.one(iri, "dcterms:issued"))
    put(FactKey.BEGUN, Words("開始", "Begun"), reader.one(iri, "schema:startDate"))
    put(FactKey.FIELD, Words("分野", "Field"), reader.one(iri, "kk:policyField"))
    put(FactKey.SUMMARY, Words("要約", "Summary"), reader.literals(iri, "dcterms:description"))
    for name, key, words in (
        ("kk:ministry", FactKey.MINISTRY, Words("府省庁", "Ministry")),
        ("kk:responsibleUnit", FactKey.OFFICE, Words("担当", "Office")),
    ):
        values = reader.objects(iri, name)
        # In English an office's own name has commas, from the office up.
        between = "; " if key is FactKey.OFFICE else ", "
        if key is FactKey.OFFICE:
            labels = [_office(reader, unit, reader.objects(iri, "kk:ministry")) for unit in values]
        else:
            labels = [reader.label(value) for value in values]
        put(
            key,
            words,
            Words("、".join(item.ja for item in labels), between.join(item.en for item in labels))
            if labels
            else None,
        )
    put(FactKey.COUNTERPARTS, Words("協力の相手", "Counterparts"), counterparts(reader, iri))
    for before, places in _before(reader, iri):
        put(FactKey.CONTINUES, Words("続く元", "Goes on from"), before, places)
    put(FactKey.OVER_REVIEWS, Words("年度を通じて", "Over the years"), in_short(reader, iri))
    for name, key, words in (
        ("kk:direction", FactKey.DIRECTION, Words("望ましい方向", "Direction")),
        ("kk:targetYear", FactKey.TARGET_YEAR, Words("目標年度", "Target year")),
    ):
        for value in sorted(reader.objects(iri, name)):
            put(key, words, reader.label(value))
    for value in sorted(values_of(reader, iri), key=lambda v: _value_order(reader, v)):
        put(_role(reader, value), *_value(reader, value), reader.evidence(value))
        found += counts(reader, value)
    if scope is not None and not scope.told.asked:
        by = Words("レビュー", "review") if reader.one(iri, "kk:reviewYear") else Words("評価書", "sheet of")
        for value, review in _older_values(reader, iri):
            named, text = _value(reader, value)
            of = reader.label(review)
            more = Words(f"{text.ja}（{of.ja}{by.ja}）", f"{text.en} ({by.en} {of.en})")
            earlier = Words(f"先の{named.ja}", f"earlier {named.en}")
            put(FactKey.EARLIER_VALUE, earlier, more, reader.evidence(value))
    for item in reader.subjects(iri, "kk:assesses"):
        result, level = reader.one(item, "kk:result"), reader.one(item, "kk:claimLevel")
        if result and level:
            verdict, how = reader.label(result), reader.label(level)
            text = Words(f"{verdict.ja}（{how.ja}）", f"{verdict.en} ({how.en})")
            own = _own_words(reader, item, verdict)
            if own:
                text = Words(f"{text.ja}「{own}」", f"{text.en} “{own}”")
            found.append(
                Verdict(
                    FactKey.VERDICT,
                    Words("判定", "Verdict"),
                    text,
                    tuple(reader.evidence(item)),
                    result=verdict,
                    level=code_of(reader, item, "kk:claimLevel"),
                    level_label=how,
                    words=own,
                )
            )
    found += said(reader, iri)
    found += money(reader, iri)
    put(FactKey.NOTE, Words("注", "Note"), reader.literals(iri, "skos:note"))
    return found


def values_of(reader: Reader, iri: str) -> list[str]:
    """Return the values of an indicator that are of a year that is told of, or of none."""
    return [value for value in reader.objects(iri, "kk:hasValue") if reader.reaches(value)]


def _own_words(reader: Reader, item: str, verdict: Words) -> str | None:
    """Return the source's own words of a verdict where they are more than the verdict's name."""
    words = reader.one(item, "kk:statedText")
    return None if words in (None, verdict.ja) else words


def _value_order(reader: Reader, value: str) -> tuple[int, str, str]:
    """Return what values are sorted by: role, year, text."""
    role = code_of(reader, value, "kk:valueRole")
    return (
        role_rank(role),
        reader.one(value, "kk:fiscalYear") or "",
        reader.one(value, "kk:statedText") or "",
    )


def code_of(reader: Reader, iri: str, name: str) -> str:
    """Return the last part of the IRI of a property's value: a code such as ``target``; an empty text where there is none."""
    return (reader.one(iri, name) or "").rsplit("/", 1)[-1]


def _role(reader: Reader, value: str) -> FactKey:
    role = code_of(reader, value, "kk:valueRole")
    return FactKey(role) if role in ROLES else FactKey.VALUE


def _value(reader: Reader, value: str) -> tuple[Words, Words]:
    """Return what a value is, and its words with its year."""
    role, year = reader.one(value, "kk:valueRole"), reader.one(value, "kk:fiscalYear")
    text = reader.one(value, "kk:statedText") or ""
    name = reader.label(role) if role else Words("値", "Value")
    if year is None:
        return name, Words(text, text)
    when = reader.label(year)
    return name, Words(f"{text}（{when.ja}）", f"{text} ({when.en})")


def _older_values(reader: Reader, iri: str) -> list[tuple[str, str]]:
    """Return the values that older reviews state of an indicator and the latest does not, each with its review."""
    told = {_said(reader, value) for value in reader.objects(iri, "kk:hasValue")}
    found = []
    for review, value in sorted(
        ((_told_in(reader, version), value) for version in _older_versions(reader, iri)
         for value in values_of(reader, version)), reverse=True
    ):  # fmt: skip
        if (said := _said(reader, value)) not in told:
            told.add(said)
            found.append((value, review))
    return sorted(found, key=lambda each: (_said(reader, each[0])[:2], each[1]))


def _said(reader: Reader, value: str) -> tuple[str, str, str]:
    names = ("kk:valueRole", "kk:fiscalYear", "kk:statedText")
    role, year, text = (reader.one(value, name) or "" for name in names)
    return role, year, text


def _older_versions(reader: Reader, iri: str) -> list[str]:
    """Return what an indicator is in earlier reviews; the reader must know what it is over the years."""
    own = _told_in(reader, iri)
    versions = {
        v
        for thing in reader.objects(iri, "dcterms:isVersionOf")
        for v in reader.subjects(thing, "dcterms:isVersionOf")
    }
    return sorted(v for v in versions if v != iri and _told_in(reader, v) < own)


def _told_in(reader: Reader, iri: str) -> str:
    """Return the year of the review or of the evaluation sheet that tells an indicator; an empty text where none is known."""
    if year := reader.one(iri, "kk:reviewYear"):
        return year
    sources = (
        source
        for place in reader.objects(iri, "kk:evidence")
        for source in reader.objects(place, "oa:hasSource")
    )
    return next((year for source in sources if (year := reader.one(source, "kk:fiscalYear"))), "")


def _names(reader: Reader, iri: str) -> list[Fact]:
    """Return under which other names documents of other years show a project."""
    if reader.kind(iri) != "Project":
        return []
    shown = reader.objects(iri, "kk:hasAppearance")
    reader.load(year for item in shown for year in reader.objects(item, "kk:fiscalYear"))
    reader.load_evidence(shown)
    found, known = [], {fold(reader.label(iri).ja)}
    for item in sorted(shown, key=lambda item: reader.one(item, "kk:fiscalYear") or "", reverse=True):
        name, year = reader.one(item, "kk:statedText") or "", reader.one(item, "kk:fiscalYear")
        if name and year and fold(name) not in known and reader.reaches(item):
            known.add(fold(name))
            when = reader.label(year)
            label = Words(f"{when.ja}の名称", f"Name in {when.en}")
            found.append(Fact(FactKey.OTHER_NAME, label, Words(name, name), tuple(reader.evidence(item))))
    return found


def role_rank(role: str) -> int:
    """Return the place of a value's role among all roles."""
    return ROLES.index(FactKey(role)) if role in ROLES else len(ROLES)

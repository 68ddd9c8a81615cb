"""What changed, in words, as a table, as CSV and as RDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

import pyoxigraph as ox

from konkyo.common.text import one_line
from konkyo.common.words import Words, counted
from konkyo.model.codes import label_of
from konkyo.model.identifiers import exact_digest, fiscal_year, thing
from konkyo.model.namespaces import DCTERMS, KK, RDF, C
from konkyo.present.text.advice import worded
from konkyo.present.text.csv import written
from konkyo.present.text.grid import Grid
from konkyo.present.text.naming import numbered
from konkyo.present.text.rdf import evidence_triples, turtle
from konkyo.questions.diff import ASPECTS, KINDS, Change, Diff

NAMES = {kind: label_of(kind) for kind in KINDS} | {
    # Beside changes of other aspects it takes a word more.
    "dropped": Words("根拠の削除", "basis dropped"),
    "added": Words("根拠の追加", "basis added"),
}
COLUMNS = (
    *("change", "ministry", "ministry_label", "element", "element_label", "ground", "ground_label"),
    *("before", "after", "before_labels", "after_labels", "in_words", "evidence", "level"),
)


def print_diff(answer: Diff, stream: TextIO, lang: str, limit: int) -> None:
    """Print in words what changed, then at most ``limit`` changes (0: all), and how many are left out."""
    shown = answer.changes[: limit or None]
    answer.prepare(shown)
    for line in in_words(answer):
        stream.write(one_line(line.of(lang)) + "\n")
    heads = (
        Words("変化", "change"),
        Words("対象", "about"),
        Words("根拠・項目", "basis or item"),
        Words("先 → 後", "before → after"),
        Words("箇所", "place"),
    )
    if shown:
        # Of one measure or project, its name stands above the table already.
        grid = Grid(
            [words.of(lang) for words in heads if not answer.thing or words.en != "about"], folded=True
        )
        for change in shown:
            grid.add(
                change_name(change).of(lang),
                *([] if answer.thing else [_named(answer, change.element, lang)]),
                answer.label(change.ground).of(lang) if change.ground else "-",
                _sides(answer, change, lang),
                _places(answer, change, lang),
            )
        grid.print(stream)
    if len(shown) < len(answer.changes):
        left = len(answer.changes) - len(shown)
        more = Words(f"…ほか{left:,}件（--limit 0 で全て）", f"… and {left:,} more (--limit 0: all)")
        stream.write(more.of(lang) + "\n")


def in_words(answer: Diff) -> list[Words]:
    """Return what changed as sentences: what is compared, the counts, and what was not compared."""
    one, two = answer.before.name, answer.after.name
    about = answer.label(answer.thing) if answer.thing else None
    made = [
        Words(
            (f"「{about.ja}」の" if about else "") + f"{one.ja}と{two.ja}の違い",
            f"What changed between {one.en} and {two.en}" + (f": {about.en}" if about else ""),
        )
    ]
    counted = [(NAMES[kind], answer.count(kind)) for kind in KINDS if answer.count(kind)]
    if counted:
        made.append(
            Words(
                "、".join(f"{name.ja}{count:,}件" for name, count in counted)
                + f"。変わらない根拠{answer.same:,}件。",
                ", ".join(f"{name.en}: {count:,}" for name, count in counted)
                + f"; unchanged bases: {answer.same:,}.",
            )
        )
    elif answer.compared:  # where nothing was, the notes say so
        made.append(
            Words(
                f"違いは見つかりません（変わらない根拠{answer.same:,}件）。",
                f"No difference was found ({answer.same:,} unchanged bases).",
            )
        )
    return [*made, *map(worded, answer.notes)]


def change_name(change: Change) -> Words:
    """Return what kind of change it is, with the level of the link by which the two projects are one."""
    name = NAMES[change.kind]
    if change.level is None:
        return name
    level = label_of(change.level)
    return Words(f"{name.ja}〔{level.ja}〕", f"{name.en} [{level.en}]")


def sentence(answer: Diff, change: Change) -> Words:
    """Return one prepared change as a sentence, with the level of the link by which the two projects are one."""
    said = _sentence(answer, change)
    if change.level is None:
        return said
    level = label_of(change.level)
    return Words(
        f"{said.ja.removesuffix('。')}（続くとする結び付きは{level.ja}）。",
        f"{said.en.removesuffix('.')} (the link that says what goes on is {level.en}).",
    )


def _sentence(answer: Diff, change: Change) -> Words:
    about = Words(_named(answer, change.element, "ja"), _named(answer, change.element, "en"))
    one, two = answer.before.name, answer.after.name
    ground = answer.label(change.ground) if change.ground else Words("", "")
    old, new = (
        said or Words(_list(answer, iris, "ja"), _list(answer, iris, "en"))
        for said, iris in ((change.old, change.before), (change.new, change.after))
    )
    match change.kind:
        case "added":
            return Words(
                f"「{about.ja}」の根拠として、{two.ja}の資料は{new.ja}を挙げ、{one.ja}の資料は挙げていない。",
                f"{about.en}: documents of {two.en} name {new.en}, those of {one.en} do not.",
            )
        case "dropped":
            return Words(
                f"「{about.ja}」の根拠として、{one.ja}の資料は{old.ja}を挙げ、{two.ja}の資料は挙げていない。",
                f"{about.en}: documents of {one.en} name {old.en}, those of {two.en} do not.",
            )
        case "moved":
            return Words(
                f"「{about.ja}」の根拠「{ground.ja}」は、{one.ja}には{old.ja}、{two.ja}には{new.ja}。",
                f"{about.en}: of {ground.en}, {one.en} states {old.en}, and {two.en} {new.en}.",
            )
        case "moved-section":
            return Words(
                f"「{about.ja}」の根拠「{ground.ja}」の箇所は、{one.ja}には{old.ja}、{two.ja}には{new.ja}。",
                f"{about.en}: within {ground.en}, {one.en} states {old.en}, and {two.en} {new.en}.",
            )
        case "perhaps-renamed":
            return Words(
                f"{one.ja}の「{about.ja}」は、{two.ja}の「{ground.ja}」に改称された可能性がある（確かめていない）。",
                f"{about.en} of {one.en} may be {ground.en} of {two.en} under another name (not verified).",
            )
        case "split-or-merged":
            return Words(
                f"{one.ja}の{old.ja}と{two.ja}の{new.ja}は、分割又は統合で結び付く。",
                f"{old.en} of {one.en} and {new.en} of {two.en} go together by a split or a merger.",
            )
        case "renamed":
            return Words(
                f"{one.ja}の「{old.ja}」は、{two.ja}には「{new.ja}」という名である。",
                f"{old.en} of {one.en} bears the name {new.en} in {two.en}.",
            )
        case "money" | "restated":
            return Words(
                f"「{about.ja}」の{ground.ja}は、{one.ja}の資料には{old.ja}、{two.ja}の資料には{new.ja}。",
                f"{about.en}: of {ground.en}, documents of {one.en} state {old.en}, and those of {two.en} {new.en}.",
            )
        case "indicator":
            return Words(
                f"「{about.ja}」の指標「{ground.ja}」は、{one.ja}の資料には{old.ja}、{two.ja}の資料には{new.ja}。",
                f"{about.en}: of the indicator {ground.en}, documents of {one.en} state {old.en}, and those of {two.en} {new.en}.",
            )
        case "indicator-new" | "indicator-gone" | "step-new" | "step-gone":
            what = Words("指標", "indicator") if "indicator" in change.kind else Words("段階", "step")
            side = two if change.kind.endswith("new") else one
            return Words(
                f"「{about.ja}」の{what.ja}「{ground.ja}」は{side.ja}の資料だけに載る。",
                f"{about.en}: the {what.en} {ground.en} is shown in {side.en} only.",
            )
        case "new":
            return Words(
                f"「{about.ja}」は{two.ja}の資料だけに載る。", f"{about.en} is shown in {two.en} only."
            )
    return Words(f"「{about.ja}」は{one.ja}の資料だけに載る。", f"{about.en} is shown in {one.en} only.")


def _named(answer: Diff, iri: str, lang: str) -> str:
    return numbered(iri, answer.label(iri), lang)


def _list(answer: Diff, iris: Sequence[str], lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(answer.label(iri).of(lang) for iri in iris)


def _sides(answer: Diff, change: Change, lang: str) -> str:
    if change.kind == "perhaps-renamed":
        alike = Words(f"似ている度合い {change.alike}", f"alike: {change.alike}")
        return alike.of(lang)
    if change.kind == "split-or-merged":
        return " → ".join(_list(answer, iris, lang) for iris in (change.before, change.after))
    if change.old or change.new:
        return f"{change.old.of(lang) if change.old else '-'} → {change.new.of(lang) if change.new else '-'}"
    if not (change.before or change.after) or change.kind in ASPECTS["logic"]:
        return "-"
    return " → ".join(
        _list(answer, iris, lang) + _by(answer, by, lang)
        for iris, by in ((change.before, change.by_before), (change.after, change.by_after))
    ).replace("  ", " ")


def _by(answer: Diff, by: Sequence[str], lang: str) -> str:
    """Return how many projects say so, where a measure is compared with all that is placed under it."""
    projects = [iri for iri in by if iri != answer.measure] if answer.measure else []
    if not projects:
        return "" if by else Words("（記載なし）", "(not stated)").of(lang)
    return Words(f"（{len(projects)}事業）", f" ({counted(len(projects), 'project')})").of(lang)


def _places(answer: Diff, change: Change, lang: str) -> str:
    places = answer.places(change)
    first = [place.short(lang) for place in places[:2]]
    if len(places) > 2:
        first.append(Words(f"ほか{len(places) - 2}箇所", f"and {len(places) - 2} more").of(lang))
    return "; ".join(first)


def to_csv(answer: Diff, lang: str, limit: int = 0) -> str:
    """Return one row for each change; several IRIs of a cell stand with a space between."""
    return written([COLUMNS, *rows(answer, lang, limit)])


def rows(answer: Diff, lang: str, limit: int = 0) -> list[list[str | None]]:
    """Return the cells of each change under :data:`COLUMNS`, at most ``limit`` (0: all)."""
    shown = answer.changes[: limit or None]
    answer.prepare(shown)
    return [_row(answer, change, lang) for change in shown]


def _row(answer: Diff, change: Change, lang: str) -> list[str | None]:
    return [
        change.kind,
        change.ministry,
        answer.label(change.ministry).of(lang) if change.ministry else "",
        change.element,
        answer.label(change.element).of(lang),
        change.ground,
        answer.label(change.ground).of(lang) if change.ground else "",
        " ".join(change.before),
        " ".join(change.after),
        change.old.of(lang) if change.old else _list(answer, change.before, lang),
        change.new.of(lang) if change.new else _list(answer, change.after, lang),
        sentence(answer, change).of(lang),
        "; ".join(place.short(lang) for place in answer.places(change)),
        change.level,
    ]


def to_turtle(answer: Diff, limit: int = 0) -> bytes:
    """Return each change as a kk:Change in Turtle, after comments that say what was compared."""
    shown = answer.changes[: limit or None]
    answer.prepare(shown)
    triples: set[ox.Triple] = set()
    for change in shown:
        years = (str(answer.before.year), str(answer.after.year))
        key = exact_digest(change.kind, *years, change.element, change.ground or "")
        subject = ox.NamedNode(thing("change", *years, key))

        def add(predicate: str, iri: str, subject: ox.NamedNode = subject) -> None:
            triples.add(ox.Triple(subject, ox.NamedNode(predicate), ox.NamedNode(iri)))

        add(RDF + "type", KK + "Change")
        add(KK + "kind", C + change.kind)
        add(KK + "about", change.element)
        if change.ministry:
            add(KK + "ministry", change.ministry)
        if change.ground:
            add(DCTERMS + "relation", change.ground)
        for year in (answer.before.year, answer.after.year):
            add(KK + "fiscalYear", fiscal_year(year))
        for iri in change.before:
            add(DCTERMS + "replaces", iri)
        for iri in change.after:
            add(DCTERMS + "references", iri)
        for place in answer.places(change):
            triples.update(evidence_triples(subject, place.iri))
        for lang in ("ja", "en"):
            text = ox.Literal(sentence(answer, change).of(lang), language=lang)
            triples.add(ox.Triple(subject, ox.NamedNode(DCTERMS + "description"), text))
    head = "".join(f"# {line}\n" for words in in_words(answer) for line in (" ".join(words.ja.split()),))
    return head.encode() + turtle(sorted(triples, key=str))

"""Sentences of a document, and the numbered places of sources that they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from konkyo.common.advice import Note
from konkyo.common.text import number_of
from konkyo.common.words import Words, counted
from konkyo.graph.fact import ROLES_OF_A_SCALE, FactKey
from konkyo.graph.lookup.things import Thing
from konkyo.graph.reader import EvidenceText
from konkyo.present.prose.notes import document
from konkyo.present.text.terminal import safe
from konkyo.questions.claims import Claim

# How much one sentence names; what is left out is counted in the sentence.
MAX_NAMED = 5
MAX_MEANINGS = 8
MAX_READINGS = 3
MAX_YEARS = 6
MAX_PLACES = 6
MAX_CHAINS = 3
MAX_QUOTED = 120

VALUES = ROLES_OF_A_SCALE
# The number stands with the name; a summary and a note are konkyo's own words and no source's.
NOT_SAID = (FactKey.NUMBER, FactKey.SUMMARY, FactKey.NOTE)
# Of these the format of a sheet has a summary (要約), and not the words.
SUMMARISED = ("基本目標",)
# What looks like a mark of ours inside the words of a source is given other brackets.
_MARKS = re.compile(r"[［\[](\s*(?:[0-9０-９]|照会|query)[^］\]]*)[］\]]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its marks, and what the marks stand for: numbers of places, and ``True`` for the query."""

    text: str
    places: tuple[int, ...]
    query: bool
    begins: bool = False
    """Whether a paragraph begins with it."""


@dataclass
class _Place:
    source: str
    place: str
    # What is read there (the column or field, and how surely), each with what is added to it.
    notes: dict[tuple[str, str], list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences, the numbered places (from 1) and what the mark of the query stands for."""

    sentences: tuple[Sentence, ...]
    places: tuple[str, ...]
    query: str
    lang: str

    def __str__(self) -> str:
        """Return the paragraphs and, below them, the list of their references."""
        paragraphs: list[list[str]] = []
        for sentence in self.sentences:
            if sentence.begins or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(sentence.text)
        between = "" if self.lang == "ja" else " "
        joined = "\n\n".join(between.join(paragraph) for paragraph in paragraphs)
        head = "参照" if self.lang == "ja" else "References"
        lines = [bracket(str(number), self.lang) + " " + text for number, text in enumerate(self.places, 1)]
        if any(sentence.query for sentence in self.sentences):
            lines.append(bracket(QUERY.of(self.lang), self.lang) + " " + self.query)
        return "\n".join([joined, "", head, *lines]) + "\n"


QUERY = Words("照会", "query")


def bracket(text: str, lang: str) -> str:
    """Return a mark."""
    return f"［{text}］" if lang == "ja" else f"[{text}]"


def more_of(count: int, counter: str) -> str:
    """Return ``1 more citation``, ``12 more ministries``, or ``5 more`` without a counter; it is given in the singular."""
    return counted(count, f"more {counter}") if counter else f"{count:,} more"


def clean(text: str) -> str:
    """Return words of a source on one line, without what could pass for a mark of ours."""
    return _MARKS.sub(r"〔\1〕", " ".join(safe(text).split()))


class Writer:
    """Collects sentences and numbers the places that they name."""

    def __init__(self, lang: str, subject: Thing | None = None) -> None:
        self.lang = lang
        self.subject = subject.iri if subject else None
        self.sentences: list[Sentence] = []
        self._places: dict[tuple[str, str], _Place] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._used: list[int] = []
        self._asked = False
        self._begins = False
        self._told: set[str] = set()

    # --- words ----------------------------------------------------------------------------------

    def of(self, words: Words) -> str:
        """Return a text in the language, on one line."""
        return clean(words.of(self.lang))

    def either(self, ja: str, en: str) -> str:
        """Return the text of the language."""
        return ja if self.lang == "ja" else en

    def quoted(self, text: str) -> str:
        """Return words of a source in quotation marks; marks inside them become inner ones."""
        text = clean(text)
        text = text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"
        if self.lang == "ja":
            return "「" + text.replace("「", "『").replace("」", "』") + "」"
        return "“" + text.replace("“", "‘").replace("”", "’") + "”"

    def called(self, thing: Thing) -> str:
        """Return the name of a thing in quotation marks; what konkyo summarised is no source's words and has none."""
        if thing.kind == "Objective" and clean(thing.number or "") in SUMMARISED:
            return self.either(f"（要旨：{clean(thing.label.ja)}）", f"(in short: {clean(thing.label.en)})")
        return self.quoted(thing.label.of(self.lang))

    def named(self, thing: Thing) -> str:
        """Return ``施策「…」`` or ``the measure “…”``; what has a number is called by it from the second time on."""
        kind = self.of(thing.kind_label)
        number = (
            number_of(clean(thing.number or ""), self.lang)
            if thing.kind in ("Indicator", "Objective", "Project")
            else ""
        )
        name = self.called(thing)
        again = thing.iri in self._told and bool(number)
        if thing.iri in self._told and thing.iri == self.subject:
            return self.either(f"この{kind}", f"this {kind.lower()}")
        self._told.add(thing.iri)
        if self.lang == "en":
            return (
                f"the {kind.lower()} {number or name}"
                if again
                else f"the {kind.lower()} {number} {name}".replace("  ", " ")
            )
        # The number of an objective is what the form calls it: 施策目標 a.
        head = number if thing.kind == "Objective" and number else kind + number
        return head if again else head + name

    def listed(self, items: Sequence[str]) -> str:
        """Return items as a list within a sentence."""
        if self.lang == "ja":
            return "、".join(items)
        return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]

    def capped(self, items: Sequence[str], limit: int, counter: Words) -> str:
        """Return the first items as a list, and how many there are besides; ``counter`` in English in the singular."""
        if (more := len(items) - limit) <= 0:
            return self.listed(items)
        return self.either(
            "、".join(items[:limit]) + f"ほか{more:,}{counter.ja}",
            ", ".join(items[:limit]) + " and " + more_of(more, counter.en),
        )

    def basis(self, claim: Claim) -> tuple[str, str]:
        """Return the document that a claim names and the part of it, quoted, either of them empty."""
        if claim.place and claim.place[-1].kind == "Citation":
            return "", self.quoted(claim.place[-1].label.of(self.lang))
        documents = [thing for thing in claim.place if thing.kind != "Section"]
        sections = [thing.label.of(self.lang) for thing in claim.place if thing.kind == "Section"]
        name = self.quoted(documents[-1].label.of(self.lang)) if documents else ""
        if claim.articles and name:
            return name, claim.articles_label.of(self.lang)
        return (name, self.quoted(" > ".join(sections))) if sections else ("", name)

    def whole(self, claim: Claim) -> str:
        """Return document and part in one phrase."""
        document, part = self.basis(claim)
        return self.either(f"{document}の{part}", f"{part} of {document}") if document else part

    def author(self, claim: Claim) -> str:
        """Return who claims it, as it stands within a sentence."""
        if not claim.author:
            return self.either("名の記載のない者", "somebody unnamed")
        return re.sub(r"^The ", "the ", self.of(claim.author))

    # --- marks ----------------------------------------------------------------------------------

    def mark(self, evidence: Iterable[EvidenceText], note: str = "") -> str:
        """Return the mark of some evidence, numbering each place once; the query's where there is none.

        ``note`` is what the list of references adds to the place: an exact amount, a reason.
        """
        numbers: list[int] = []
        for item in evidence:
            number = self._number(item, note)
            if number not in numbers:
                numbers.append(number)
        if not numbers:
            return self.asked()
        shown, more = sorted(numbers)[:MAX_PLACES], len(numbers) - MAX_PLACES
        self._used += shown
        text = self.either("、", ", ").join(str(number) for number in shown)
        if more > 0:
            text += self.either(f"ほか{more:,}か所", f" and {more:,} more")
        return self.either("", " ") + bracket(text, self.lang)

    def place(self, evidence: Iterable[EvidenceText], note: str) -> None:
        """Give places their numbers and add a note to them in the list of references; a mark is to follow."""
        for item in evidence:
            self._number(item, note)

    def _number(self, item: EvidenceText, more: str = "") -> int:
        """Return the number of a place: a row of a table, or lines of a sheet."""
        place = Words(f"{item.row}行目", f"row {item.row}").of(self.lang) if item.row else self.of(item.place)
        key = (self.of(item.source), place)
        known = self._places.setdefault(key, _Place(*key))
        column = self.either(f"「{clean(item.column)}」", f"“{clean(item.column)}”") if item.column else ""
        certainty = self.of(item.certainty) if item.certainty else ""
        heading = " ".join(text for text in (column, self.of(item.field)) if text)
        certain = self.either(f"（{certainty}）", f" ({certainty})") if certainty else ""
        notes = known.notes.setdefault((heading, certain), [])
        if (more := clean(more)) and more not in notes:
            notes.append(more)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def asked(self) -> str:
        """Return the mark of the query itself."""
        self._asked = True
        return self.either("", " ") + bracket(QUERY.of(self.lang), self.lang)

    def paragraph(self) -> None:
        """Begin a paragraph with the next sentence."""
        self._begins = True

    def say(self, ja: str, en: str) -> None:
        """Add a sentence, without its full stop; it gets the query's mark where it has none of its own."""
        text = (ja if self.lang == "ja" else en).strip()
        if not self._used and not self._asked:
            text += self.asked()
        if self.lang == "en":
            text = text[:1].upper() + text[1:]
        self.sentences.append(
            Sentence(
                text + self.either("。", "."), tuple(dict.fromkeys(self._used)), self._asked, self._begins
            )
        )
        self._used, self._asked, self._begins = [], False, False

    def references(self) -> Iterator[str]:
        """Yield the places that some sentence names, in the order of their numbers."""
        for place in self._places.values():
            between = self.either("、", "; ")
            said = [
                " ".join([heading, *added]).strip() + sure for (heading, sure), added in place.notes.items()
            ]
            notes = between.join(text for text in said if text)
            yield f"{place.source} {place.place}" + (f" {notes}" if notes else "")

    def missing(self, notes: Iterable[Note]) -> None:
        """Say what the trace says it did not find."""
        self.paragraph()
        for note in notes:
            said = self.of(document(note))
            self.say(said, said)

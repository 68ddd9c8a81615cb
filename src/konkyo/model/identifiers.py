"""The only place where an IRI is made.

Keys are ASCII ``[a-z0-9._/-]``: an official code first, else a curated slug from a registry. Where neither
exists, a hash over the fields that identify the thing, with a separator between them, so that no two
lists of fields can run together; never a transliteration.
"""

from __future__ import annotations

import hashlib
import re
from typing import NewType

from konkyo.common.name_form import name_form
from konkyo.common.text import fold
from konkyo.model.namespaces import GRAPH, ID, C

IRI = NewType("IRI", str)

KEY = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?(?:/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)*")


def typed(text: str) -> IRI | None:
    """Return the IRI that somebody typed: a whole one, or a key of the data (``strategy/shin-seicho``); None for no IRI."""
    import pyoxigraph as ox

    try:
        return IRI(ox.NamedNode(ID + text if KEY.fullmatch(text) else text).value)
    except ValueError:  # what no IRI may hold, halves of surrogate pairs too
        return None


def thing(kind: str, *key: str | int) -> IRI:
    """Return ``id:{kind}/{key}/{key}…``. Raises ValueError for a key outside ``[a-z0-9._/-]``."""
    path = "/".join([kind, *(str(part) for part in key)])
    if not KEY.fullmatch(path):
        raise ValueError(f"{path!r} is not an identifier of [a-z0-9._/-]")
    return IRI(ID + path)


def below(parent: IRI, *key: str | int) -> IRI:
    """Return an IRI under that of its parent: an edition under its strategy, a section under its edition."""
    return thing(parent.removeprefix(ID), *key)


def code(notation: str) -> IRI:
    """Return the IRI of a code such as ``stated``."""
    if not KEY.fullmatch(notation):
        raise ValueError(f"{notation!r} is not a code")
    return IRI(C + notation)


def graph(source: str) -> IRI:
    """Return the named graph of one source."""
    if not KEY.fullmatch(source):
        raise ValueError(f"{source!r} is not an identifier of [a-z0-9._/-]")
    return IRI(GRAPH + source)


def digest(*fields: str) -> str:
    """Return 16 hexadecimal digits that identify a list of fields; spelling variants fold together.

    The fields are folded and joined by a control character that :func:`konkyo.common.text.fold` removes from
    any text (it counts as white space), so that no two different lists of folded fields join to the same string.
    """
    joined = "\x1f".join(fold(field) for field in fields)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def measure(ministry: str, name: str) -> IRI:
    """Return a measure's IRI: its ministry's slug and the form of its name, so that it is the same over the years.

    ``name`` carries no display number (:func:`konkyo.common.text.split_display_number`): numbers change from year to year.
    """
    return thing("measure", ministry, digest(ministry, name_form(name)))


def fiscal_year(year: int) -> IRI:
    """Return the IRI of the fiscal year that begins in April of ``year``."""
    return thing("fy", year)


def year_number(iri: str) -> int:
    """Return the year of the IRI of a fiscal year. Raises ValueError for another IRI."""
    return int(iri.removeprefix(f"{ID}fy/"))


def key_of(iri: str) -> str:
    """Return the part after ``id:`` of an IRI made here; other IRIs unchanged."""
    return iri.removeprefix(ID)


def exact_digest(*fields: str) -> str:
    """Return 16 hexadecimal digits that identify a list of texts letter by letter: no variants fold together.

    The fields' lengths stand before them, so that no two different lists run together.
    """
    joined = "".join(f"{len(field)}:{field}" for field in fields)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def policy(ministry: str, name: str) -> IRI:
    """Return the IRI of a 政策, from its ministry's slug and the form of its name without display number."""
    return thing("policy", ministry, digest(ministry, name_form(name)))


def project(number: str) -> IRI:
    """Return a project's IRI from its 予算事業ID, which is stable over the years."""
    return thing("project", number)


_PROJECT = f"{ID}project/"


def project_number(iri: str) -> str | None:
    """Return the 予算事業ID, or what stands for one, of a project's IRI; None for any other IRI."""
    number = iri.removeprefix(_PROJECT)
    return number if number != iri and "/" not in number else None


_OF_REVIEW = re.compile(rf"{_PROJECT}judgit-([0-9]+)/([^/]+)/")


def project_of_review(year: int, ministry: str, number: str) -> IRI:
    """Return the IRI of a project that a single review's sheet tells of, by the review's year, the ministry's slug and the number.

    Every reader of such sheets makes it here, so that one sheet from two sources is one project.
    """
    return project(f"judgit-{year}/{ministry}/{part_of_iri(number)}")


def part_of_iri(text: str) -> str:
    """Return a text as a part of an IRI: itself where it is ASCII letters, digits and hyphens, else its digest."""
    plain = text.replace("-", "")
    if (
        plain.isascii()
        and plain.isalnum()
        and text.lower() == text
        and not text.startswith("-")
        and not text.endswith("-")
    ):
        return text
    return f"x{exact_digest(text)}"


def review_of_project(iri: str) -> tuple[int, str] | None:
    """Return review year and ministry (its slug) of a project that is told by the sheet of one review; None for any other IRI."""
    found = _OF_REVIEW.match(iri)
    return (int(found[1]), found[2]) if found else None


def is_project(iri: str) -> bool:
    """Return whether an IRI is a project's, of the RS system or of the sheet of one review."""
    return project_number(iri) is not None or review_of_project(iri) is not None


def column(source: str, number: int) -> IRI:
    """Return the IRI of a column of a table file, counted from 1: a fragment of RFC 7111."""
    return IRI(f"{source}#col={number}")


def cell(column: str, row: int | str) -> IRI:
    """Return the IRI of the cell of a column in a row, the header being row 1: a fragment of RFC 7111."""
    source, _, number = column.partition("#col=")
    return IRI(f"{source}#cell={row},{number}")


_LINES = re.compile(r"/(?:l-[0-9]+(?:-[0-9]+)?|p-[0-9a-f]{16})$")


def lines_of(evidence: IRI, first: int, last: int) -> IRI:
    """Return the IRI of a further range of lines of the place that ``evidence`` begins."""
    return below(evidence, f"l-{first}-{last}" if last > first else f"l-{first}")


def place_in(evidence: IRI, fragment: str) -> IRI:
    """Return the IRI of a further place, told by its fragment, of what ``evidence`` begins."""
    return below(evidence, f"p-{exact_digest(fragment)}")


def whole_place(evidence: str) -> str:
    """Return the evidence of which a further range of lines is part; others unchanged."""
    return _LINES.sub("", evidence)


_CELL = re.compile(r"(.+)#cell=([0-9]+),([0-9]+)")


def column_and_row(place: str) -> tuple[IRI, str] | None:
    """Return the column's IRI and the row of a cell's IRI; None for what is no cell."""
    found = _CELL.fullmatch(place)
    return (IRI(f"{found[1]}#col={found[3]}"), found[2]) if found else None


LAW_ID = re.compile(r"[0-9]{3}[A-Z][A-Z0-9]{11}")


def law(law_id: str) -> IRI:
    """Return a law's IRI from its e-Gov 法令ID. Raises ValueError for anything else."""
    if not LAW_ID.fullmatch(law_id):
        raise ValueError(f"{law_id!r} is not an e-Gov law id")
    return thing("law", law_id.lower())


def is_dummy_number(text: str) -> bool:
    """Return whether a text is one digit repeated, as files fill in for a 法人番号 that somebody does not have."""
    return len(text) > 1 and text.isascii() and text.isdigit() and len(set(text)) == 1


def is_corporate_number(text: str) -> bool:
    """Return whether a text is a 法人番号: 13 digits, the first of which checks the other twelve.

    A dummy is none, though the check digit of 9999999999999 is right.

    >>> [is_corporate_number(n) for n in ("7000012050002", "1000012050002", "9999999999999")]
    [True, False, False]
    """
    if len(text) != 13 or not (text.isascii() and text.isdigit()) or is_dummy_number(text):
        return False
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text[1:])))
    return int(text[0]) == 9 - total % 9

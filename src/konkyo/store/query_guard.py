"""A look at a query's words before it runs: does it call another machine, and which graphs does it name?

Oxigraph runs SERVICE whether one wants it or not, and its grammar needs no space around a word: ``SERVICE:x``, ``1SERVICE``
and ``SERVICESILENT`` are calls. So the word is looked for everywhere but in what certainly is something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

# Backslashes too: Oxigraph reads \u0041 in an IRI, and an IRI not seen as one would begin a comment at its "#".
_IRI = r"<[^<>\"{}|^`\x00-\x20]*+>"
_TEXT = (
    r"\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*+(?P<end1>\"{3})?|'{3}(?:'{0,2}(?:[^'\\]|\\.))*+(?P<end2>'{3})?"
    r"|\"(?:[^\"\\\n\r]|\\[^\n\r])*+(?P<end3>\")?|'(?:[^'\\\n\r]|\\[^\n\r])*+(?P<end4>')?"
)
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\n\r])(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^\n\r])*+"


def _pattern(text: str) -> re.Pattern[str]:
    # No alternative gives back what it has looked at: that would be looked at again, and again.
    return re.compile(
        rf"(?P<iri>{_IRI})|(?P<text>{text})|(?P<comment>\#[^\n\r]*+)|(?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)"
        rf"|(?P<variable>[?$]\w++)|(?P<run>[\w.-]++)(?P<colon>:(?P<local>{_LOCAL})?)?|(?P<name>:(?P<bare>{_LOCAL})?)|\s++|.",
        re.DOTALL,
    )


_TOKEN = _pattern(_TEXT)
# Where a text has no end, Oxigraph reads three marks as an empty text and a mark.
_AT_AN_OPEN_MARK = _pattern("\"\"|''")
_PATIENCE = 8
"""How many times a query may be looked through for the ends of texts that have none."""
_SERVICE = "service"
_SILENT = "silent"
_MOST_CALLS = 100


def refuse_service(text: str) -> None:
    """Raise KonkyoError for a query with SERVICE: a query of a local graph calls no other machine."""
    if _SERVICE in text.casefold() and _calls(text):
        raise KonkyoError(
            Words(
                "SERVICEは使えません。konkyoは問合せから外へ通信しません。",
                "SERVICE is refused: konkyo makes no request for a query.",
            )
        )


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the parts of a query. Raises KonkyoError where so many texts have no end that it would take long."""
    place, looked = 0, 0
    while found := _TOKEN.match(text, place):
        if found.lastgroup == "text" and not any(found[f"end{kind}"] for kind in range(1, 5)):
            looked += found.end() - place
            if looked > _PATIENCE * len(text):
                raise KonkyoError(
                    Words("閉じていない引用符が多すぎます。", "Too many quotation marks are not closed.")
                )
            found = _AT_AN_OPEN_MARK.match(text, place)
            assert found
        place = found.end()
        yield found


def _calls(text: str) -> bool:
    declared = _prefixes(_bare(text))
    breaks = [found.start() for found in re.finditer(r"[\n\r]", text)] + [len(text)]
    marks = [found.start() for found in re.finditer(r"\"\"\"|'''", text)] + [len(text)]
    for token in _tokens(text):
        if (body := token["iri"]) is not None:
            # "<" may be "less than": then a bracket closes before anything can be called, and a "#" begins a
            # comment, in which quotes mean nothing.
            if _SERVICE in body.lower().partition(")")[2]:
                return True
            end = breaks[bisect_left(breaks, token.end())]
            if "#" in body and marks[bisect_left(marks, token.end())] < end:
                return True
        elif _SERVICE in (run := (token["run"] or "").lower()) and (
            token["colon"] is None or _ends_in_a_call(run, declared)
        ):
            return True
    return False


def _ends_in_a_call(run: str, declared: set[str]) -> bool:
    """Tell of SERVICE:x, which may be the name x of the prefix "SERVICE", or a call of the name x of the empty prefix."""
    if run.count(_SERVICE) > _MOST_CALLS:
        return True
    places = [found.end() for found in re.finditer(f"{_SERVICE}(?:{_SILENT})?", run)]
    places += [found.end() for found in re.finditer(_SERVICE, run)]
    return any(run[place:] in declared for place in places)


def _prefixes(bare: str) -> set[str]:
    """Return every name that stands before a colon, in lower case, and what stands behind a PREFIX that is one with it."""
    # Read backwards each name begins at its colon; forwards, one would be looked for at every sign of it.
    runs = {found[1][::-1].lower() for found in re.finditer(r":\s*+([\w.-]*+)", bare[::-1])}
    glued = [run for run in runs if "prefix" in run]
    return (
        runs | {run.partition("prefix")[2] for run in glued} | {run.rpartition("prefix")[2] for run in glued}
    )


def _bare(text: str) -> str:
    """Return a query without IRIs, texts and comments."""
    return "".join(
        " " if token.lastgroup in ("iri", "text", "comment") else token[0] for token in _tokens(text)
    )


def named_graphs(text: str) -> list[str]:
    """Return the IRIs after FROM and FROM NAMED, as far as they can be told; names and relative IRIs are made whole."""
    if "from" not in text.casefold():
        return []
    prefixes: dict[str, str] = {}
    found = []
    words: list[str] = []
    base = ""
    for token in _tokens(text):
        if token.lastgroup == "comment" or token[0].isspace():
            continue
        last = words[-1].upper() if words else ""
        clause = last == "FROM" or (last == "NAMED" and len(words) > 1 and words[-2].upper() == "FROM")
        if token["iri"] is not None:
            iri = _whole(base, token[0][1:-1])
            if clause:
                found.append(iri)
            elif last == "BASE":
                base = iri
            elif len(words) > 1 and words[-2].upper() == "PREFIX":
                prefixes[last.lower().removesuffix(":")] = iri
        elif clause and (token["colon"] or token["name"]):
            prefix = token["run"] or ""
            local = token["local"] or token["bare"] or ""
            found.append(prefixes.get(prefix.lower(), prefix + ":") + local)
        words = [*words[-1:], token[0]]
    return found


def _whole(base: str, iri: str) -> str:
    from urllib.parse import urljoin

    try:
        return urljoin(base, iri) if base else iri
    except ValueError:  # brackets that are no host
        return iri


# Whatever Python counts as white space, SPARQL knows four; and of full-width signs it knows letters alone, in names.
_ODD = re.compile(r"[^\S \t\r\n]|[\uff01-\uff5e\ufeff\u200b-\u200f]")


def odd_sign(text: str) -> tuple[int, int, str] | None:
    """Return line, column (1-based) and the first sign outside texts, IRIs and comments that SPARQL does not have."""
    try:
        for token in _tokens(text):
            part = token[0]
            if token.lastgroup not in ("iri", "text", "comment", "variable"):
                odd = _ODD.search(part)
                if odd or (len(part) == 1 and not part.isascii() and token.lastgroup is None):
                    at = token.start() + (odd.start() if odd else 0)
                    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), text[at]
    except KonkyoError:  # too many quotation marks without an end
        pass
    return None

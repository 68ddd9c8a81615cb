"""A look at a query's words before it runs: does it call another machine, and which graphs does it name?

Oxigraph runs SERVICE whether one wants it or not, and its grammar needs no space around a word: ``SERVICE:x``, ``1SERVICE``
and ``SERVICESILENT`` are calls. So the word is looked for everywhere but in what certainly is something else.
"""

from __future__ import annotations

import re

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

# Backslashes too: Oxigraph reads \u0041 in an IRI, and an IRI not seen as one would begin a comment at its "#".
_IRI = r"<[^<>\"{}|^`\x00-\x20]*>"
_TEXT = (
    r"\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}"
    r"|\"(?:[^\"\\\n\r]|\\[^\n\r])*\"|'(?:[^'\\\n\r]|\\[^\n\r])*'"
)
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\n\r])(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^\n\r])*"
_TOKEN = re.compile(
    rf"(?P<iri>{_IRI})|(?P<text>{_TEXT})|(?P<comment>\#[^\n\r]*)|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    rf"|(?P<variable>[?$]\w+)|(?P<prefix>[\w.-]*):(?P<local>{_LOCAL})?|(?P<word>\w+)|\s+|.",
    re.DOTALL,
)
_SERVICE = "service"


def refuse_service(text: str) -> None:
    """Raise KonkyoError for a query with SERVICE: a query of a local graph calls no other machine."""
    if _SERVICE in text.casefold() and _calls(text):
        raise KonkyoError(
            Words(
                "SERVICEは使えません。konkyoは問合せから外へ通信しません。",
                "SERVICE is refused: konkyo makes no request for a query.",
            )
        )


def _calls(text: str) -> bool:
    declared = {name.lower() for name in re.findall(r"PREFIX\s*([\w.-]*)\s*:", _bare(text), re.IGNORECASE)}
    called = [call + name for name in declared for call in (_SERVICE, _SERVICE + "silent")]
    for token in _TOKEN.finditer(text):
        if (body := token["iri"]) is not None:
            # "<" may be "less than": then a bracket closes before anything can be called, and a "#" begins a
            # comment, in which quotes mean nothing.
            if _SERVICE in body.lower().partition(")")[2]:
                return True
            rest = re.split(r"[\n\r]", text[token.end() :], maxsplit=1)[0]
            if "#" in body and ("'''" in rest or '"""' in rest):
                return True
        elif (prefix := token["prefix"]) is not None:
            # SERVICE:x may be the name x of the prefix "SERVICE", or a call of the name x of the empty prefix.
            if any(prefix.lower().endswith(end) for end in called):
                return True
        elif (word := token["word"]) is not None and _SERVICE in word.lower():
            return True
    return False


def _bare(text: str) -> str:
    """Return a query without IRIs, texts and comments."""
    return "".join(
        " " if token.lastgroup in ("iri", "text", "comment") else token[0] for token in _TOKEN.finditer(text)
    )


def named_graphs(text: str) -> list[str]:
    """Return the IRIs after FROM and FROM NAMED, as far as they can be told; prefixed names are expanded."""
    if "from" not in text.casefold():
        return []
    prefixes: dict[str, str] = {}
    found = []
    words: list[str] = []
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "comment" or token[0].isspace():
            continue
        last = words[-1].upper() if words else ""
        clause = last == "FROM" or (last == "NAMED" and len(words) > 1 and words[-2].upper() == "FROM")
        if token["iri"] is not None:
            if clause:
                found.append(token[0][1:-1])
            elif len(words) > 1 and words[-2].upper() == "PREFIX":
                prefixes[last.lower().removesuffix(":")] = token[0][1:-1]
        elif token["prefix"] is not None and clause:
            found.append(
                prefixes.get(token["prefix"].lower(), token["prefix"] + ":") + (token["local"] or "")
            )
        words = [*words[-1:], token[0]]
    return found

"""Triples as text in each syntax of RDF that konkyo hands out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from konkyo.common.text import in_xml
from konkyo.model.jsonld import write_jsonld


def serialized(
    triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    """Return triples in a format of RDF; JSON-LD with the context of the vocabulary."""
    if form == ox.RdfFormat.JSON_LD:
        out = io.BytesIO()
        write_jsonld(sorted(triples, key=lambda triple: str(triple.subject)), out)
        return out.getvalue()
    made = ox.serialize(list(triples), format=form, prefixes=prefixes) or b""
    return kept_in_xml(made) if form == ox.RdfFormat.RDF_XML else made


class XmlFile:
    """A file of XML that is written to: a reader would take a bare carriage return for a line feed, and no control character at all."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._pictures = 0

    def write(self, data: bytes) -> int:
        """Write bytes of XML; return how many were given."""
        fit, count = _kept(data)
        self._out.write(fit)
        self._pictures += count
        return len(data)

    def end(self) -> None:
        """Say at the end of the file, where there is any, how many characters are no longer what they were."""
        if self._pictures:
            told = f"<!-- {self._pictures} control characters, which XML forbids, are pictures here: U+000B is U+240B. -->\n"
            self._out.write(f"\n{told}".encode())

    def flush(self) -> None:
        """Flush what is written to."""
        self._out.flush()


# What XML forbids, in UTF-8: these bytes are part of no other sign.
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def kept_in_xml(data: bytes) -> bytes:
    """Return XML in which carriage returns stay what they are, and control characters are their pictures (:func:`in_xml`)."""
    return _kept(data)[0]


def _kept(data: bytes) -> tuple[bytes, int]:
    """Return XML that readers take, and how many characters are pictures now."""
    fit, count = _FORBIDDEN.subn(lambda found: in_xml(found[0].decode()).encode(), data)
    return fit.replace(b"\r", b"&#13;"), count

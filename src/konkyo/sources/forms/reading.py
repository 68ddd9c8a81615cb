"""A file that somebody gave as the sheets in it, read and filled in a process with limits."""

from __future__ import annotations

from pathlib import Path

from konkyo.sources.documents import Box, Document
from konkyo.sources.documents.reading import document_of, file_of, in_a_process, nothing_in
from konkyo.sources.forms.fill import Filled


def read_sheets(path: Path) -> tuple[Document, list[Filled]]:
    """Return a document, of its boxes the last one only, and its sheets; none where no form fits it. Raises KonkyoError."""
    kind, data = file_of(path)
    answer = in_a_process(path, kind, data, "konkyo.sources.forms.worker")
    if "empty" in answer:
        raise nothing_in(path, kind)
    boxes = tuple(Box(*box) for box in answer["boxes"])
    return document_of(path, kind, data, answer, boxes), [Filled(**sheet) for sheet in answer["sheets"]]

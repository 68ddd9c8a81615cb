"""Reads one document and fills its form, in a process of its own with limits on memory and time; writes its sheets as JSON.

A document that makes any step slow or big, its YAML too, ends this process and no other.
"""

from __future__ import annotations

import dataclasses

from konkyo.sources.documents import Document
from konkyo.sources.documents.worker import Answer, failure, read, work
from konkyo.sources.forms.fill import fill
from konkyo.sources.forms.write import fields_as_yaml


def _sheets(kind: str, data: bytes) -> Answer:
    try:
        boxes, pages, notes = read(kind, data)
    except Exception as error:
        return failure(error)
    if not boxes:
        return {"empty": True}
    document = Document("", "", kind, tuple(boxes), tuple(pages), tuple(notes))  # type: ignore[arg-type]
    try:
        sheets = [
            {**dataclasses.asdict(sheet), "yaml": fields_as_yaml(sheet.data)} for sheet in fill(document)
        ]
    except MemoryError:
        raise
    except Exception as error:
        return {**failure(error), "error": "fault"}
    # The last line of a text tells how many there are; no more of the boxes is needed.
    last = [dataclasses.astuple(boxes[-1])]
    return {"sheets": sheets, "boxes": last, "pages": pages, "notes": notes}


if __name__ == "__main__":
    work(_sheets)

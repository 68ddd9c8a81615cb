"""What is said of a file that is none of the RS system's, and the error that says it."""

from __future__ import annotations

from konkyo.errors import KonkyoError
from konkyo.words import Words

FROM_SITE = Words(
    "行政事業レビュー見える化サイトのCSVのページから、zipをそのまま保存してください。",
    "Save the zips as they are from the CSV page of the RS system's site.",
)
LEAVE_IT = Words(
    "関係のないファイルなら、このままで構いません。",
    "If it has nothing to do with this, leave it as it is.",
)


class NotRs(KonkyoError):
    """A file that is none of the RS system's as published: who goes through a folder tells it and goes on.

    ``meant`` is the file that it was before somebody saved it anew: ``rs-2024/2-1``.
    """

    meant: str | None = None


def no_rs_header(source: str) -> NotRs:
    """Return the error for a table whose header is that of no RS file."""
    return NotRs(
        Words("RSシステムのどのファイルの見出しとも合いません。", "Its header is that of no RS file."),
        source=source,
        row=1,
        hint=LEAVE_IT,
    )

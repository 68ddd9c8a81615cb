"""Plain text, such as the text layer of a PDF: each filled line is a box, and its place is its number."""

from __future__ import annotations

from konkyo.sources.documents import Box


def read_text(data: bytes) -> tuple[list[Box], list[str], list[str]]:
    """Return a box for each line that is not blank. Raises UnicodeDecodeError."""
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\x0c", "").split("\n")
    return (
        [
            Box(line.strip(), 1, 0, number, 1, number + 1, str(number), ruled=False)
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ],
        ["1"],
        [],
    )

"""Pictures of a document's pages, drawn in the limited process of the readers: PDF pages as PNG, other kinds have none."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

MAX_PICTURES = 40
_SCALE = 1.6


def draw_pages(data: bytes) -> list[dict[str, Any]]:
    """Return width and height of each page in points, and its picture as a data address. Raises what pypdfium2 raises."""
    import pypdfium2

    made = []
    file = pypdfium2.PdfDocument(data)
    for number in range(min(len(file), MAX_PICTURES)):
        page = file[number]
        width, height = page.get_size()
        # A page that is as large as a wall is drawn smaller, or it fills the memory.
        scale = min(_SCALE, 2400 / max(width, height, 1))
        out = BytesIO()
        page.render(scale=scale).to_pil().convert("P", palette=1, colors=32).save(out, "PNG", optimize=True)
        address = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
        made.append({"width": width, "height": height, "picture": address})
        page.close()
    return made

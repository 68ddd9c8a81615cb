"""Small PDF files as bytes, drawn by hand: text in Courier, and rules."""

from __future__ import annotations

from io import BytesIO


def pdf(*pages: str) -> bytes:
    """Return a PDF with some pages of content."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    kids = []
    for content in pages:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    made, places = BytesIO(b"%PDF-1.4\n"), []
    made.seek(0, 2)
    for number, text in enumerate(objects, start=1):
        places.append(made.tell())
        made.write(f"{number} 0 obj\n{text}\nendobj\n".encode())
    start = made.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    made.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode())
    made.write(f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return made.getvalue()


def rules(bottom: int, top: int, *flat: int) -> str:
    upright = "".join(f"{x} {bottom} m {x} {top} l S " for x in (20, 100, 180))
    return upright + "".join(
        f"{x} {y} m {x + 80} {y} l S " for x, y in ((20, flat[0]), *((100, y) for y in flat))
    )


def text(words: str, x: int, y: int, clip: str = "") -> str:
    return f"q {clip} BT /F 8 Tf {x} {y} Td ({words}) Tj ET Q "

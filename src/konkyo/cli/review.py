"""``konkyo transcribe --review``: one page for checking a transcription against its document."""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.present.review_page import Page, Spot
    from konkyo.sources.documents import Document


def run(options: argparse.Namespace) -> int:
    """Write the page for a transcription. Raises KonkyoError."""
    from konkyo.common.files import write_whole
    from konkyo.present.review_page import render

    path: Path = options.review
    data = _read(path)
    source = _source(path, data, [*options.paths, *([options.sources] if options.sources else [])])
    pages, spots = _pages(source) if source else ([], {})
    target: Path = options.output or Path(f"{path.stem}.review.html")
    write_whole(target, render(data, path.name, pages, spots, options.lang).encode())
    print(f"{path} → {target}")
    if source is None:
        name = data["原資料"]["ファイル"]
        print(
            Words(
                f"  「{name}」（同じ内容のもの）が見つからないため、文書の絵はありません。--sources でフォルダーを指定してください。",
                f"  {name} (with the same content) is not at hand, so there is no picture. Name its folder with --sources.",
            ).of(options.lang)
        )
    return 0


def _read(path: Path) -> dict[str, Any]:
    from konkyo.sources.yaml_document import read_yaml

    data = read_yaml(path).data
    if not isinstance(data, dict) or "原資料" not in data or "ファイル" not in data["原資料"]:
        raise KonkyoError(
            Words("転記（YAML）ではありません。", "It is no transcription (YAML)."), source=str(path)
        )
    return _plain(data)  # type: ignore[no-any-return]


def _plain(data: Any) -> Any:
    """Return data without what the reader of YAML adds to it."""
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(one) for one in data]
    return data if isinstance(data, bool | int | float) else str(data)


def _source(path: Path, data: dict[str, Any], places: Iterable[Path]) -> Path | None:
    """Return the document that was transcribed: by its name and its content, beside the transcription or where it is said to be."""
    name, digest = data["原資料"]["ファイル"], data["原資料"].get("sha256")
    for folder in (path.parent, Path(), *places):
        found = (
            [folder]
            if folder.is_file()
            else sorted(folder.rglob(Path(name).name))
            if folder in [*places]
            else [folder / Path(name).name]
        )
        for one in found:
            if one.is_file() and hashlib.sha256(one.read_bytes()).hexdigest() == digest:
                return one
    return None


def _pages(source: Path) -> tuple[list[Page], dict[str, Spot]]:
    from konkyo.present.review_page import Page, Piece
    from konkyo.sources.documents.reading import draw_document, read_document

    document = read_document(source)
    if document.kind == "pdf":
        drawn = draw_document(source)
        pages = [
            Page(str(number), one["width"], one["height"], one["picture"])
            for number, one in enumerate(drawn, start=1)
        ]
        return pages, dict(_pdf_spots(document, len(pages)))
    pages, spots = [], {}
    for number, name in enumerate(document.pages, start=1):
        boxes = [box for box in document.boxes if box.page == number]
        top = min((box.y0 for box in boxes), default=0)
        left = min((box.x0 for box in boxes), default=0)
        wide = 400.0 if document.kind == "text" else max((box.x1 for box in boxes), default=1) - left
        high = max((box.y1 for box in boxes), default=1) - top
        factor = 20.0 if document.kind == "text" else 1.0
        pieces = []
        for box in boxes:
            right = wide if document.kind == "text" else box.x1 - left
            corners = (box.x0 - left, factor * (box.y0 - top), right, factor * (box.y1 - top))
            pieces.append(Piece(box.text, *corners))
            place = f"line {box.place}" if document.kind == "text" else box.place
            spots[place] = _spot(number - 1, corners)
        pages.append(Page(name, wide, factor * high, None, pieces))
    return pages, spots


def _spot(page: int, corners: tuple[float, float, float, float]) -> Spot:
    from konkyo.present.review_page import Spot

    return Spot(page, *corners)


_VIEW = re.compile(r"page=(\d+)&viewrect=(-?\d+),(-?\d+),(\d+),(\d+)")


def _pdf_spots(document: Document, count: int) -> Iterator[tuple[str, Spot]]:
    for box in document.boxes:
        for place in box.place.split("\n"):
            match = _VIEW.fullmatch(place)
            if match and int(match[1]) <= count:
                page, left, top, width, height = map(int, match.groups())
                yield place, _spot(page - 1, (left, top, left + width, top + height))

"""A page for reviewing one transcription offline: the document at the left, its fields at the right, unsure ones first.

What the source says stands in the page as data that no script is made of; the page loads nothing and runs only its own script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from konkyo.common.words import Words
from konkyo.present.templates import own_text, policy_hash, templates

_HERE = Path(__file__).parent
_VALUES = ("値", "判定", "名称", "支出先", "会議体", "官職", "要約")
# What a person should look at first.
_ORDER = ("不明", "一部", "計算", "配置", "明白")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text of a page with its corners in the page's own units, for documents that have no picture."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page or worksheet: its size in the units of places, its picture as a data address, or its pieces of text."""

    name: str
    width: float
    height: float
    picture: str | None = None
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place lies: the number of the page from 0, and its corners."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


TEXTS: Mapping[str, Words] = {
    "title": Words("転記の確認", "Review of a transcription"),
    "reviewer": Words("確認者", "Reviewed by"),
    "date": Words("確認日", "On"),
    "save": Words("確認してYAMLを保存", "Save the reviewed YAML"),
    "only": Words("確かめる所だけ", "Only what is unsure"),
    "next": Words("次の確かめる所", "Next unsure one"),
    "help": Words(
        "Alt+↓ 次、Alt+↑ 前、Alt+N 次の確かめる所、Alt+Enter 正しい（確かめた）、Alt+S 保存",
        "Alt+↓ next, Alt+↑ previous, Alt+N next unsure, Alt+Enter right as it is, Alt+S save",
    ),
    "noPicture": Words(
        "元のファイルが手元にないため、文書の絵はありません。",
        "The source file is not at hand, so there is no picture.",
    ),
    "unplaced": Words("どの欄にも置けなかった文字", "What no field took"),
    "right": Words("正しい", "Right"),
    "year": Words("年度", "year"),
    "missing": Words("確認者と確認日を入れてください。", "Say who has reviewed it, and when."),
    "saved": Words("保存しました。", "Saved."),
    "document": Words("文書", "Document"),
    "fields": Words("欄", "Fields"),
    "script": Words("この頁にはJavaScriptが要ります。", "This page needs JavaScript."),
}


def render(
    data: Mapping[str, Any], name: str, pages: Sequence[Page], spots: Mapping[str, Spot], lang: str = "ja"
) -> str:
    """Return the page for a transcription; ``spots`` says where its places lie on the pages. ``name`` is its file's."""
    fields = sorted(_fields(data, ()), key=lambda one: one["rank"])
    island = {
        "data": data,
        "file": name,
        "fields": fields,
        "pages": [
            {
                "name": page.name,
                "size": [page.width, page.height],
                "picture": page.picture,
                "pieces": [[one.text, one.x0, one.y0, one.x1, one.y1] for one in page.pieces],
            }
            for page in pages
        ],
        "spots": {place: [spot.page, spot.x0, spot.y0, spot.x1, spot.y1] for place, spot in spots.items()},
        "texts": {key: words.of(lang) for key, words in TEXTS.items()},
    }
    style, script = own_text(_HERE / "review.css"), own_text(_HERE / "review.js")
    policy = (
        f"default-src 'none'; script-src {policy_hash(script)}; style-src {policy_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    plain = json.dumps(island, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        plain = plain.replace(sign, escaped)
    return (
        templates(_HERE)
        .get_template("page.html.jinja")
        .render(
            lang=lang, policy=policy, style=style, script=script, island=plain, t=island["texts"], name=name
        )
    )


def _fields(data: Any, path: tuple[str | int, ...]) -> Iterator[dict[str, Any]]:
    """Yield each cell that stands somewhere in the source, with its path and what it is called."""
    if isinstance(data, Mapping):
        places = data.get("場所", [])
        lines = data.get("行", [])
        value = next((key for key in _VALUES if key in data), None)
        if value and (places or lines):
            sure = data.get("確度", "配置")
            yield {
                "path": list(path),
                "key": value,
                "label": " ".join(filter(None, (_label(path), data.get("区分"), data.get("種類")))),
                "certainty": "不明" if path[:1] == ("未配置",) else sure,
                "places": places if isinstance(places, list) else [places],
                "lines": [str(one) for one in (lines if isinstance(lines, list) else [lines])],
                "rank": len(_ORDER) if path[:1] == ("未配置",) else _ORDER.index(sure),
            }
        for key, inner in data.items():
            if key not in ("転記", "原資料"):
                yield from _fields(inner, (*path, key))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _fields(inner, (*path, number))


def _label(path: tuple[str | int, ...]) -> str:
    return " › ".join(str(step + 1) if isinstance(step, int) else step for step in path)

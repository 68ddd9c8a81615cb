"""A whole site of the carried graph: its pages are the server's, all of them, and lead nowhere else."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html as lxml_html

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.model.namespaces import BASE
from konkyo.server.site import make as making
from konkyo.server.site import rendering, work
from konkyo.server.site.archive import archive
from konkyo.server.site.make import Made, make
from konkyo.server.site.plan import Plan, plan
from konkyo.server.site.rendering import other_files
from konkyo.server.site.things import by_kind
from konkyo.store import open_store
from support.pagecheck import Page
from support.serving import Running
from support.site_pages import faults

_SEED = 23


def test_no_link_is_dead_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    assert list(faults(site, "/konkyo")) == []


def test_each_thing_has_its_pages_and_its_data(site: Path, store_folder: Path) -> None:
    kinds = by_kind(open_store(store_folder))
    assert (
        len(kinds["strategy"]) == 5 and len(kinds["indicator"]) == 7 and kinds["ministry"] and kinds["sheet"]
    )
    iris = {iri for some in kinds.values() for iri in some}
    for below in ("", "en/"):
        pages = [*(site / below / "page").rglob("index.html")]
        assert len(pages) == len(iris)
    for suffix in ("ttl", "jsonld"):
        found = [path for kind in ("id", "code", "graph") for path in (site / kind).rglob(f"*.{suffix}")]
        assert len(found) == len(iris)


def _says(page: str) -> str:
    """Return the words of a page's body, without what only a server has."""
    tree = lxml_html.fromstring(page)
    for path in (
        "//header",
        "//footer",
        "//*[@class='actions']",
        "//*[@class='tabs']",
        "//details[@class='all']",
        "//*[@class='cite']",
        "//*[@class='logic']//*[@class='proof']",  # which the style sheet hides
    ):
        for found in tree.xpath(path):
            found.drop_tree()
    text = " ".join(tree.find(".//main").text_content().split())
    return re.sub(
        r" (金額を押すと、資料のどの欄かが出ます。|Each amount leads to its cell of the source\.|— もっと示す|— show more)",
        "",
        text,
    )


def test_twenty_things_say_the_same_on_the_server(site: Path, store_folder: Path, carried: Running) -> None:
    kinds = by_kind(open_store(store_folder))
    some = random.Random(_SEED)
    iris = [some.choice(iris) for iris in kinds.values() if iris]
    for number, iri in enumerate([*iris, *some.sample(kinds["edition"], 4)]):
        path, lang = f"page/{iri.removeprefix(BASE)}", ("ja", "en")[number % 2]
        written = site / ("en" if lang == "en" else "") / path / "index.html"
        if written.exists():  # not one whose name Windows would forbid
            assert _says(written.read_text()) == _says(carried.get(f"/{path}?lang={lang}").text), iri


def test_the_pages_of_a_site_lead_to_the_servers(carried: Running) -> None:
    for address, target in {
        "/index.html": "/",
        "/en/index.html": "/?lang=en",
        "/page/id/strategy/shin-seicho/index.html": "/page/id/strategy/shin-seicho",
        "/page/id/strategy/shin-seicho/": "/page/id/strategy/shin-seicho",
        "/en/strategies/offset-50/index.html": "/strategies?offset=50&lang=en",
        "/en//example.org/index.html": "/example.org?lang=en",
    }.items():
        answered = carried.get(address, follow_redirects=False)
        assert (answered.status_code, answered.headers["location"]) == (308, target)
    assert (
        carried.get("/en/page/id/strategy/shin-seicho/index.html", follow_redirects=True).status_code == 200
    )


def test_each_page_has_a_strict_policy_and_no_script_of_its_own(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy and unescape(policy[1]).startswith("default-src 'none'"), path
        if path.parts[-2] in ("overview", "ns"):
            continue  # these carry their own scripts, which their policies name
        assert re.findall(r'<script(?! src="| type="application/ld\+json")[^>]*>', text) == [], path
        seen = Page()
        seen.feed(text)
        linked = re.compile(r"<script>|meta http-equiv=|\w+ (href|src|action)=[\w.]")
        assert [fault for fault in seen.faults if not linked.match(fault)] == [], path


def test_the_sitemap_names_every_page(site: Path) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    parts = [entry.text or "" for entry in ElementTree.parse(site / "sitemap.xml").iter(f"{space}loc")]
    found = [
        entry.text
        for part in parts
        for entry in ElementTree.parse(site / part.rpartition("/")[2]).iter(f"{space}loc")
    ]
    assert len(found) == len(set(found)) == len([*site.rglob("index.html")])
    assert "https://example.go.jp/konkyo/en/page/id/strategy/shin-seicho/" in found
    assert "Sitemap: https://example.go.jp/konkyo/sitemap.xml" in (site / "robots.txt").read_text()


def test_the_rules_lead_an_iri_to_its_page(site: Path) -> None:
    rules = (site / "rules" / "w3id.htaccess").read_text()
    for pattern, target in re.findall(r"RewriteRule (\S+) (\S+) \[R=303", rules):
        if "/page/" in target:
            found = re.sub(pattern, target.replace("$1", r"\1"), "id/strategy/shin-seicho")
            assert found == "https://example.go.jp/konkyo/page/id/strategy/shin-seicho/"
            assert (site / found.removeprefix("https://example.go.jp/konkyo/") / "index.html").exists()
            break
    else:
        pytest.fail("no rule leads to a page")
    assert "/konkyo/id/* /konkyo/page/id/:splat/ 302" in (site / "_redirects").read_text()


# --- a small site, made several times ---------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Let sites have a few things and pages only; ``few`` things, of which a test may take more or fewer."""
    wanted = {"few": 3}

    def few(graph: KnowledgeGraph, base: str, parts: object, *, english: bool) -> Plan:
        whole = plan(graph, base, (), english=english)
        things = next(job for job in whole.jobs if job.kind == "things")
        kept = things.names[: wanted["few"]]
        known = whole.site.addresses
        places = {path: place for path, place in known.things.items() if BASE + path[1:] in kept}
        pages = [job for job in whole.jobs if job.names == ("/strategies",)]
        site = replace(whole.site, addresses=replace(known, things=places))
        return replace(whole, site=site, jobs=(*pages, replace(things, names=kept)))

    monkeypatch.setattr(making, "plan", few)
    return wanted


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_two_runs_give_the_same_bytes_and_the_second_writes_nothing(
    store_folder: Path, tmp_path: Path, small: dict[str, int]
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    told: list[tuple[int, int]] = []
    make(store_folder, one, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    make(store_folder, other, workers=2)
    assert _bytes(one) == _bytes(other)
    assert make(store_folder, one) is None
    archive(one, tmp_path / "one.zip")
    archive(other, tmp_path / "other.zip")
    with ZipFile(tmp_path / "one.zip") as packed:
        assert {name.removeprefix("one/") for name in packed.namelist()} == set(_bytes(one))


def test_a_site_in_japanese_only(store_folder: Path, tmp_path: Path, small: dict[str, int]) -> None:
    out = tmp_path / "site"
    make(store_folder, out, english=False)
    assert not (out / "en").exists() and (out / "feed.xml").exists()
    pages = [path.read_text() for path in (out / "page").rglob("index.html")]
    assert len(pages) == 3 and all('hreflang="ja"' in page and "English" not in page for page in pages)


def test_what_is_gone_keeps_a_page_and_stands_in_the_feed(
    store_folder: Path, tmp_path: Path, small: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    states = iter("abc")
    monkeypatch.setattr(making, "_program", lambda: next(states))
    make(store_folder, out)
    pages = {path.relative_to(out).as_posix() for path in (out / "page").rglob("index.html")}
    small["few"] = 2
    made = make(store_folder, out)
    assert isinstance(made, Made) and made.things == 2
    after = {path.relative_to(out).as_posix() for path in (out / "page").rglob("index.html")}
    assert after == pages
    gone = [path for path in sorted(pages) if "前の版のデータにありましたが" in (out / path).read_text()]
    assert len(gone) == 1
    assert "in an earlier version of the data" in (out / "en" / gone[0]).read_text()
    feed = (out / "feed.xml").read_text()
    assert "なくなった頁" in feed and gone[0].removesuffix("index.html").rstrip("/") in feed
    small["few"] = 3
    make(store_folder, out)
    assert "前の版のデータにありましたが" not in (out / gone[0]).read_text()
    assert "新しい頁" not in (out / "feed.xml").read_text() and "変わった頁" in (out / "feed.xml").read_text()


def test_a_full_disk_leaves_the_last_site(
    store_folder: Path, tmp_path: Path, small: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    make(store_folder, out)
    before = _bytes(out)
    monkeypatch.setattr(making, "_program", lambda: "another")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(work.Draft, "put", full)
    with pytest.raises(KonkyoError, match="No space left"):
        make(store_folder, out)
    assert _bytes(out) == before


def test_a_store_that_changes_meanwhile_is_told(
    store_folder: Path, tmp_path: Path, small: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions: Iterator[str] = iter(["g-000001-1", "g-000002-2", "g-000002-2"])
    monkeypatch.setattr(making, "current_version", lambda folder: next(versions))
    monkeypatch.setattr(work, "current_version", lambda folder: "g-000001-1")
    with pytest.raises(KonkyoError, match="built anew"):
        make(store_folder, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_large_table_is_a_zip(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = KnowledgeGraph(open_store(store_folder), "ja")
    made = plan(graph, "", (), english=False)

    def files() -> dict[str, bytes]:
        return {file.path: file.content for file in other_files(graph, made.site, "/queries/summary")}

    plain = files()
    monkeypatch.setattr(rendering, "MOST_PLAIN", 100)
    large = files()
    assert large == files(), "the same bytes twice"
    with ZipFile(BytesIO(large["queries/summary.csv.zip"])) as packed:
        assert packed.namelist() == ["summary.csv"]
        assert packed.read("summary.csv") == plain["queries/summary.csv"]
    page = "queries/summary/index.html"
    assert large[page] == plain[page].replace(b"summary.csv", b"summary.csv.zip")

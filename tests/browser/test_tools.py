"""What a reader does with the picture: paths, hiding, pinning, moving, undoing, tables, keeping, exporting, printing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from konkyo.present.view import write_html
from support.pages import guarded
from support.sample_graph import HOSTILE, ID, MEASURE, sample_graph
from support.viewer_page import (
    INDICATOR,
    OTHER,
    SECTION,
    click_thing,
    colours,
    frames,
    panel,
    standing_clock,
    state,
)

OPEN = Callable[..., Any]
STRATEGY = ID + "strategy/shin-kaiyou"
SVG = "{http://www.w3.org/2000/svg}"
BLANK = "javascript:alert(1)//</script><script>alert(1)</script>"


def act(page: Any, name: str) -> None:
    page.locator(f"#panel [data-action={name}]").click()
    frames(page)


def test_paths_between_two_things_are_lit_and_listed_in_words(open_page: OPEN) -> None:
    # Wide enough for both ends at once beside the panel.
    page = open_page(select=STRATEGY, viewport={"width": 2200, "height": 1000})
    act(page, "path")
    click_thing(page, INDICATOR)
    text = page.locator("#panel .paths").inner_text()
    assert "「新海洋立国戦略」から「海洋観測に関する人材育成セミナー等の受講者数」への道筋" in text
    rows = page.locator("#panel .paths li").all_inner_texts()
    # Through the two sections that justify the measure, and by the interpretation straight to the indicator.
    assert len(rows) == 3
    assert len(rows[0]) < len(rows[1]) and "解釈" in rows[0]
    assert all(row.startswith("新海洋立国戦略") for row in rows)
    lit = set(state(page)["lit"])
    assert {STRATEGY, MEASURE, INDICATOR, SECTION} <= lit and OTHER not in lit
    assert ID + "strategy/saisei" not in lit
    # The other way round it is the same path; where none leads, the page says so.
    click_thing(page, ID + "strategy/saisei")
    assert "二つを結ぶ道筋はありません" in page.locator("#panel .paths").inner_text()
    page.go_back()
    page.wait_for_function("(iri) => window.konkyoView.state().selected === iri", arg=INDICATOR)
    page.reload()
    page.wait_for_function("window.konkyoView")
    assert page.locator("#panel .paths li").count() == 3
    page.keyboard.press("Escape")
    assert state(page)["pathStart"] is None and state(page)["selected"] == INDICATOR


def test_a_page_made_for_a_path_opens_on_it(open_page: OPEN, pages: dict[str, Path]) -> None:
    graph = sample_graph()
    graph.graph["ends"] = (STRATEGY, INDICATOR)
    pages["path"] = write_html(graph, pages["sample"].with_name("path.html"))
    page = open_page("path")
    assert (state(page)["pathStart"], state(page)["selected"]) == (STRATEGY, INDICATOR)
    assert page.locator("#panel .paths li").count() == 3


def test_hide_collapse_expand_pin_and_undo(open_page: OPEN) -> None:
    page = open_page(select=MEASURE)
    act(page, "collapse")  # its objectives and indicators hang on it; sections justify some of them too
    gone = state(page)["hiddenThings"]
    assert ID + "objective/kaiyou-24-07/basic" in gone and not any("strategy" in iri for iri in gone)
    assert page.locator("#bring-back").inner_text() == f"隠した{len(gone)}件を戻す"
    page.locator("#undo").click()
    assert state(page)["hiddenThings"] == []
    assert page.locator("#undo").is_disabled()
    click_thing(page, INDICATOR)
    act(page, "hide")
    assert state(page)["selected"] is None and state(page)["hiddenThings"] == [INDICATOR]
    click_thing(page, ID + "objective/kaiyou-24-07/a")
    act(page, "expand")
    assert state(page)["hiddenThings"] == []
    click_thing(page, OTHER)
    act(page, "pin")
    # Pressed and still under the mouse, its words can be read.
    page.locator("#panel [data-action=pin]").hover()
    look = "(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert page.locator("#panel [data-action=pin]").evaluate(look) == [
        "rgb(255, 255, 255)",
        "rgb(28, 35, 48)",
    ]
    page.locator("#kinds input[value=Indicator]").uncheck()
    frames(page)
    assert state(page)["selected"] == OTHER  # pinned things stay
    before = min(sum(map(int, colour.split(","))) for colour in colours(page, OTHER))
    page.keyboard.press("Escape")
    click_thing(page, STRATEGY)
    frames(page)
    assert (
        min(sum(map(int, colour.split(","))) for colour in colours(page, OTHER)) < before + 100
    )  # not faded


def test_what_is_part_of_a_thing_folds_with_it_whatever_else_justifies_it(open_page: OPEN) -> None:
    page = open_page(viewport={"width": 1920, "height": 1080}, select=MEASURE)
    act(page, "collapse")
    hidden = state(page)["hiddenThings"]
    # Sections justify some of these objectives and indicators by themselves.
    assert {iri.removeprefix(ID).split("/")[0] for iri in hidden} == {"objective", "indicator"}
    assert page.evaluate("konkyoView.marks()") == {MEASURE: len(hidden)}


def test_a_double_click_or_two_taps_fold_and_unfold(open_page: OPEN) -> None:
    page = open_page()
    box = page.locator("#network").bounding_box()
    for turn, hidden in enumerate((True, False), start=1):
        standing_clock(page, turn)
        at = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", STRATEGY)
        page.mouse.dblclick(box["x"] + at["x"], box["y"] + at["y"])
        frames(page)
        assert bool(state(page)["hiddenThings"]) is hidden
    phone = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    at = phone.evaluate("(iri) => window.konkyoView.positionOf(iri)", STRATEGY)
    box = phone.locator("#network").bounding_box()
    standing_clock(phone, 1)
    for _ in range(2):
        phone.touchscreen.tap(box["x"] + at["x"], box["y"] + at["y"])
    frames(phone)
    assert state(phone)["hiddenThings"] and state(phone)["selected"] == STRATEGY


def test_what_has_no_order_has_no_columns_and_works_the_same(
    open_page: OPEN, pages: dict[str, Path], tmp_path: Path
) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title={"ja": "関連", "en": "Related"}, focus=None, note=None
    )
    for n in range(30):
        graph.add_node(
            f"urn:p:{n}", kind="Project", layer=60, label={"ja": f"海洋観測事業その{n}", "en": f"Project {n}"}
        )
    for n in range(30):
        graph.add_edge(
            f"urn:p:{n // 6 * 6}", f"urn:p:{n}", relation="related", label={"ja": "関連", "en": "related"}
        )
    pages["loose"] = write_html(graph, pages["sample"].with_name("loose.html"))
    page = open_page("loose")
    click_thing(page, "urn:p:0")
    assert set(state(page)["lit"]) == {f"urn:p:{n}" for n in range(6)}
    page.locator("#network").focus()
    page.keyboard.press("ArrowRight")
    assert state(page)["selected"] in {f"urn:p:{n}" for n in range(1, 6)}
    picked = page.evaluate("konkyoView.positionOf(konkyoView.state().selected).y")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("konkyoView.positionOf(konkyoView.state().selected).y") != picked
    root = ElementTree.parse(saved(page, "svg", tmp_path)).getroot()
    assert len(root.findall(f".//{SVG}clipPath")) == 30


def test_everything_that_is_done_to_things_works_by_keys(open_page: OPEN) -> None:
    page = open_page(select=OTHER)
    page.locator("#network").focus()
    for key, name in (("p", "pinned"), ("h", "hiddenThings")):
        page.keyboard.press(key)
        assert state(page)[name] == [OTHER], key
    page.keyboard.press("u")
    assert state(page)["pinned"] == [OTHER]
    page.keyboard.press("Control+z")
    assert state(page)["pinned"] == []
    page.locator("#search").fill("新海洋立国戦略")
    page.keyboard.press("Enter")
    page.locator("#network").focus()
    page.keyboard.press("a")
    assert state(page)["pathStart"] == state(page)["selected"] == STRATEGY
    page.keyboard.press("ArrowRight")
    assert page.locator("#panel .paths li").count() == 1
    page.locator("#network").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    assert state(page)["hiddenThings"] != []
    page.keyboard.press("e")
    assert state(page)["hiddenThings"] == []


def test_a_box_can_be_moved_and_the_address_keeps_everything(open_page: OPEN) -> None:
    page = open_page()
    box = page.locator("#network").bounding_box()
    at = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", STRATEGY)
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + at["x"] + 40, box["y"] + at["y"] - 30, steps=4)
    page.mouse.up()
    frames(page)
    after = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", STRATEGY)
    assert after["x"] - at["x"] == pytest.approx(40, abs=2) and after["y"] - at["y"] == pytest.approx(
        -30, abs=2
    )
    assert state(page)["selected"] is None  # a drag is no click
    click_thing(page, INDICATOR)
    act(page, "pin")
    click_thing(page, OTHER)
    act(page, "hide")
    page.locator("#levels input[value=repeated]").check()
    page.locator("#kinds input[value=Panel]").uncheck()
    click_thing(page, MEASURE)
    page.locator("#language").click()
    frames(page)
    kept = state(page)
    page.reload()
    page.wait_for_function("window.konkyoView")
    frames(page)
    assert state(page) == kept
    assert kept["moved"][0][0] == STRATEGY and kept["lang"] == "en" and kept["pinned"] == [INDICATOR]
    assert (
        kept["hiddenThings"] == [OTHER]
        and kept["hiddenKinds"] == ["Panel"]
        and "repeated" not in kept["hiddenLevels"]
    )
    page.locator("#language").click()
    assert state(page)["moved"] == kept["moved"]


@pytest.mark.parametrize(
    "hash_", ["m=x:1:2,zz:abc:1", "h=__proto__,x&p=&k=Nope&l=nope", "a=%E0%A4%A&s=%", "lang=fr&m=:::"]
)
def test_a_broken_address_is_no_error(open_page: OPEN, hash_: str) -> None:
    page = open_page()
    page.evaluate("(hash) => { location.hash = hash; }", hash_)
    frames(page)
    now = state(page)
    assert now["hiddenThings"] == now["pinned"] == now["moved"] == now["hiddenKinds"] == []
    assert now["selected"] is None


def test_tables_sort_and_lead_back_to_the_picture(open_page: OPEN) -> None:
    page = open_page()
    page.locator("#tables summary").click()
    frames(page)
    names = page.locator("#nodes-table tbody th")
    assert names.count() == 42
    for expected in ("ascending", "descending"):
        page.locator("#nodes-table [data-column=label]").click()
        assert page.locator("#nodes-table th:has([data-column=label])").get_attribute("aria-sort") == expected
        assert page.evaluate("document.activeElement.dataset.column") == "label"
    shown = names.all_inner_texts()
    page.locator("#nodes-table [data-column=label]").click()
    assert names.all_inner_texts() == shown[::-1]
    page.locator("#edges-table [data-column=level]").click()
    rows = page.locator("#edges-table tbody tr").count()
    page.locator("#levels input[value=structure]").uncheck()
    assert page.locator("#edges-table tbody tr").count() == rows - 35
    page.locator("#nodes-table .goto", has_text="受講者数").click()
    assert state(page)["selected"] == INDICATOR and page.evaluate("document.activeElement.id") == "panel"


def test_charts_draw_values_and_money_with_their_numbers_as_text(
    open_page: OPEN, pages: dict[str, Path]
) -> None:
    graph = sample_graph()
    words = {"target": ("目標", "Target"), "result": ("実績", "Result"), "baseline": ("基準", "Baseline")}
    year = {"ja": "平成32年度", "en": "FY2020"}
    graph.nodes[INDICATOR]["values"] = [
        {"role": role, "name": dict(zip(("ja", "en"), words[role], strict=True)), "text": text, "lower": number,
         "upper": None, "bound": bound, "unit": "人", "year": year}
        for role, text, number, bound in (("baseline", "100人", 100, "exact"), ("target", "100人以上", 100, "at-least"),
                                          ("result", "225人", 225, "exact"))
    ]  # fmt: skip
    graph.nodes[MEASURE]["figures"] = [
        {"year": {"ja": f"平成{n}年度", "en": f"FY{1988 + n}"}, "order": str(1988 + n), "stage": stage,
         "name": {"ja": stage, "en": stage}, "yen": yen}
        for n, stage, yen in ((31, "initial", 3955984000), (32, "initial", 2880489000), (32, "executed", 2700000000))
    ]  # fmt: skip
    graph.nodes[MEASURE]["facts"].append(
        {"name": {"ja": "平成32年度予算", "en": "Budget"}, "text": {"ja": "当初予算 2,880,489,001円", "en": "yen"}, "money": True}
    )  # fmt: skip
    pages["charts"] = write_html(graph, pages["sample"].with_name("charts.html"))
    page = open_page("charts", select=INDICATOR)
    rows = page.locator("#panel .bars tr")
    assert rows.all_inner_texts()[1].split("\t")[-1] == "100人以上"
    widths = [float(rect.get_attribute("width")) for rect in page.locator("#panel .bars rect").all()]
    assert widths[2] / widths[1] == pytest.approx(2.25)
    assert page.locator("#panel .bar-at-least").count() == 1
    page.locator("#search").fill("政策7")
    page.keyboard.press("Enter")
    assert [text.split("\t")[-1] for text in rows.all_inner_texts()] == ["39.6億円", "28.8億円", "27億円"]
    # The amounts to the yen stand behind the bars, and not among the other facts.
    assert "2,880,489,001円" not in panel(page)
    page.locator("#panel .exact summary").click()
    assert "2,880,489,001円" in panel(page)
    page.locator("#language").click()
    assert "3.96 billion yen" in panel(page)


def saved(page: Any, name: str, folder: Path) -> Path:
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.locator(f"#save-{name}").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name.startswith("konkyo-") and path.suffix == f".{name}"
    assert not re.search(r'[<>"/\\]', path.name)
    return path


def test_svg_holds_every_label_as_text_and_is_drawn_by_itself(
    open_page: OPEN, tmp_path: Path, browser: Any
) -> None:
    page = open_page(select=INDICATOR)
    path = saved(page, "svg", tmp_path)
    root = ElementTree.parse(path).getroot()
    text = "".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
    for label in ("受講者数", "新海洋立国戦略", "施策", "明記"):
        assert label in text
    assert len(root.findall(f".//{SVG}clipPath")) == 42
    assert "http" not in path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    other = guarded(browser)
    other.goto(path.as_uri())
    picture = other.screenshot()
    # No label is wider than its box: the browser that draws the file measures it.
    wide = other.evaluate("""() => [...document.querySelectorAll("clipPath")].filter((clip) => {
      const card = clip.parentNode.getBBox(), edge = clip.firstElementChild.getBBox();
      return card.x + card.width > edge.x + edge.width + 3;
    }).length""")
    other.close()
    assert len(picture) > 30_000  # a blank picture packs much smaller
    assert wide == 0


def test_png_is_the_picture(open_page: OPEN, tmp_path: Path) -> None:
    page = open_page()
    path = saved(page, "png", tmp_path)
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    assert width > 2500 and height > 800
    assert len(data) > 150_000
    inks = page.evaluate("""async () => {
      const bitmap = await createImageBitmap(await konkyoView.toPng());
      const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 150 });
      const ctx = canvas.getContext("2d");
      ctx.drawImage(bitmap, 0, 0, 300, 150);
      const pixels = ctx.getImageData(0, 0, 300, 150).data;
      return new Set(Array.from({ length: 45000 }, (_, n) => pixels.slice(4 * n, 4 * n + 3).join())).size;
    }""")
    assert inks > 500
    # The labels are there: dark ink in the boxes, in as many grades as letters have; and the legend's colours below.
    rows = page.evaluate("""async () => {
      const bitmap = await createImageBitmap(await konkyoView.toPng());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), ctx = canvas.getContext("2d", { willReadFrequently: true });
      ctx.drawImage(bitmap, 0, 0);
      const dark = (x, y, w, h) => {
        const data = ctx.getImageData(x, y, w, h).data;
        let count = 0;
        for (let n = 0; n < data.length; n += 4) if (data[n] + data[n + 1] + data[n + 2] < 200) count += 1;
        return count;
      };
      const boxes = konkyoView.boxes(), left = Math.min(...boxes.map(([x, , w]) => x - w / 2)) - 24;
      const top = Math.min(...boxes.map(([, y, , h]) => y - h / 2)) - 54, scale = bitmap.width / (Math.max(...boxes.map(([x, , w]) => x + w / 2)) + 24 - left);
      const inside = boxes.map(([x, y, w, h]) => dark((x - w / 2 + 26 - left) * scale, (y - h / 2 + 4 - top) * scale, (w - 34) * scale, (h - 8) * scale));
      return { least: Math.min(...inside), legend: dark(0, bitmap.height - 80, bitmap.width, 80) };
    }""")
    assert rows["least"] > 60 and rows["legend"] > 500


def test_csv_is_what_is_lit(open_page: OPEN, tmp_path: Path) -> None:
    page = open_page(select=INDICATOR)
    path = saved(page, "csv", tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    things = {row["iri"] for row in rows if row["row"] == "thing"}
    assert things == set(state(page)["lit"])
    links = [row for row in rows if row["row"] == "link"]
    assert all(row["from_iri"] in things and row["to_iri"] in things for row in links)
    assert "interpreted" in {row["claim_level"] for row in links}
    own = next(row for row in rows if row["iri"] == INDICATOR)
    assert "海洋省24-⑦ 評価書 L100-101" in own["evidence"] and "目標値: 100人以上" in own["facts"]


def test_hostile_labels_stay_text_in_exports(open_page: OPEN, pages: dict[str, Path], tmp_path: Path) -> None:
    graph = sample_graph()
    bad = ('=HYPERLINK("http://example.org")', "\x00\x1b]]><![CDATA[", "+1", HOSTILE)
    for number, label in enumerate(bad):
        graph.add_node(f"urn:bad:{number}", kind="Indicator", label={"ja": label, "en": label}, layer=7)
    pages["bad"] = write_html(graph, pages["sample"].with_name("bad.html"))
    page = open_page("bad")
    root = ElementTree.parse(saved(page, "svg", tmp_path)).getroot()
    assert {node.tag for node in root.iter()} <= {
        SVG + name for name in ("svg", "title", "rect", "g", "path", "text", "line", "clipPath")
    }
    assert not [
        name for node in root.iter() for name in node.attrib if name.startswith("on") or "href" in name
    ]
    rows = list(csv.reader(io.StringIO(saved(page, "csv", tmp_path).read_text("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "\t")]
    assert "'" + bad[0] in [row[2] for row in rows]


def test_paper_shows_picture_and_panel(open_page: OPEN) -> None:
    page = open_page(select=INDICATOR, color_scheme="dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#paper svg").bounding_box()["width"] > 500
    assert page.locator("#paper svg > rect").first.get_attribute("fill") == "#ffffff"
    assert page.locator("#panel").is_visible() and not page.locator("#network").is_visible()
    assert not page.locator("#search").is_visible()
    assert len(page.pdf()) > 20_000
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#paper svg").count() == 0

"""The page in a real Chromium without network: drawn, searched, selected, filtered, kept, and safe."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from konkyo.api import KnowledgeGraph
from konkyo.present.view import write_html
from konkyo.store.carried import carried_store
from support.pages import until_in
from support.sample_graph import HOSTILE, ID, MEASURE, sample_graph
from support.viewer_page import INDICATOR, OPEN, OTHER, SECTION, click_thing, colours, frames, panel, state

UNCITED = ID + "strategy/kansoku-koutei/2019-06-22/s-1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_drawn_whole_at_the_start(open_page: OPEN, scheme: str) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": 1920, "height": 1080})
    canvas = page.locator("#network canvas").bounding_box()
    assert canvas["width"] > 1800
    assert 600 < canvas["height"] < 1000
    # Every box lies inside the canvas, below the headings, and with letters of eleven pixels at least.
    assert page.evaluate("window.konkyoView.network.getScale()") * 14 >= 11
    for iri in (INDICATOR, OTHER, SECTION, MEASURE, ID + "strategy/shin-kaiyou", ID + "panel/machi"):
        at = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", iri)
        assert 60 < at["x"] < canvas["width"] - 60
        assert 40 < at["y"] < canvas["height"] - 20
        found = colours(page, iri)
        # Ground, ink and the grades between them: a blank box would have one colour, a box of one bar few.
        assert len(found) > 20
        assert max(found.values()) < sum(found.values()) * 0.97
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_where_not_all_has_room_the_first_view_cuts_no_column_in_two(open_page: OPEN) -> None:
    page = open_page(viewport={"width": 1100, "height": 768})
    assert page.evaluate("window.konkyoView.network.getScale()") * 14 >= 11
    at = page.evaluate(
        "() => window.konkyoView.boxes().map(([x, y, w, h]) => [x - w / 2, x + w / 2, y - h / 2, y + h / 2])"
    )
    left = page.evaluate("() => window.konkyoView.network.DOMtoCanvas({x: 0, y: 0}).x")
    assert [box for box in at if box[0] < left < box[1]] == []
    # From afar the names of what most is joined to are written, in letters as large as a legend's.
    page.locator("#whole").click()
    page.evaluate("konkyoView.network.moveTo({scale: 0.2})")
    assert len(colours(page, MEASURE)) > 20


def test_a_small_map_shows_where_one_is_and_leads_elsewhere(open_page: OPEN) -> None:
    page = open_page()
    small = page.locator("#map")
    assert small.is_hidden()  # where nobody has gone anywhere, it would cover a corner for nothing
    for _ in range(4):
        page.locator("#zoom-in").click()
    small.wait_for(state="visible")
    box = small.bounding_box()
    for place, side in ((0.95, 1), (0.05, -1)):
        before = page.evaluate("konkyoView.network.getViewPosition().x")
        page.mouse.click(box["x"] + place * box["width"], box["y"] + box["height"] / 2)
        assert (page.evaluate("konkyoView.network.getViewPosition().x") - before) * side > 100
    page.evaluate("konkyoView.network.moveTo({scale: 0.1, position: {x: 0, y: 0}})")
    small.wait_for(state="hidden")


def test_japanese_is_drawn_as_japanese_on_a_canvas_that_does_not_grow(open_page: OPEN) -> None:
    page = open_page()
    first = page.locator("#network canvas").bounding_box()
    # A font without Japanese draws the same box for every sign.
    signs = page.evaluate("""() => {
      const shot = (sign) => {
        const canvas = document.createElement("canvas");
        const ctx = canvas.getContext("2d", { willReadFrequently: true });
        ctx.font = `40px ${getComputedStyle(document.body).fontFamily}`;
        ctx.fillText(sign, 20, 60);
        return ctx.getImageData(0, 0, 100, 100).data.join();
      };
      return new Set(["海", "洋", "施", "策", "み"].map(shot)).size;
    }""")
    assert signs == 5
    for _ in range(5):
        frames(page)
    assert page.locator("#network canvas").bounding_box() == first


def test_clicking_a_box_shows_its_evidence_and_lights_its_chain(open_page: OPEN) -> None:
    page = open_page()
    before = colours(page, OTHER)
    click_thing(page, INDICATOR)
    text = panel(page)
    for words in ("海洋観測に関する人材育成セミナー等の受講者数", "100人以上", "海洋省24-⑦ 評価書 · L100-101",
                  "表の配置からの読み取り", "225人", INDICATOR, "新海洋立国戦略", "明記"):  # fmt: skip
        assert words in text
    now = state(page)
    assert now["selected"] == INDICATOR
    assert {MEASURE, SECTION, ID + "strategy/shin-kaiyou", INDICATOR} <= set(now["lit"])
    # A chain is directed: other indicators share its measure, but are no ground of it.
    assert not {OTHER, UNCITED} & set(now["lit"])
    assert colours(page, OTHER) != before

    # The faded box has lost its dark ink, the lit one has kept it.
    def darkest(iri: str) -> int:
        return min(sum(map(int, colour.split(","))) for colour in colours(page, iri))

    assert darkest(OTHER) > darkest(INDICATOR) + 150

    click_thing(page, MEASURE)
    assert state(page)["selected"] == MEASURE
    page.mouse.click(700, 880 - 38 - 100)  # the ground, where nothing is
    page.keyboard.press("Escape")
    assert state(page)["selected"] is None
    assert page.locator("#panel").is_hidden()


def test_links_in_the_panel_lead_on(open_page: OPEN) -> None:
    page = open_page(select=MEASURE)
    assert "政策7：海洋観測分野における国際連携の推進" in panel(page)
    page.locator("#panel .links .thing", has_text="（２）太平洋島しょ国との経済連携").click()
    assert state(page)["selected"] == SECTION
    page.locator("#panel .chains a", has_text="新海洋立国戦略").first.click()
    assert state(page)["selected"].startswith(ID + "strategy/shin-kaiyou")
    page.go_back()
    page.wait_for_function("(iri) => window.konkyoView.state().selected === iri", arg=SECTION)


def test_interpreted_links_give_reason_and_author_and_derived_ones_their_rule(open_page: OPEN) -> None:
    page = open_page(select=INDICATOR)
    text = panel(page)
    assert "人材の育成を掲げており" in text
    assert "konkyo編集者" in text
    assert "施策を経る根拠" not in text
    assert "絞り込みで隠れているつながり：7件" in text
    page.get_by_role("button", name="表示する").click()
    assert "施策を経る根拠" in panel(page)
    assert page.locator("#levels input[value=repeated]").is_checked()
    assert "絞り込みで" not in panel(page)


def test_links_out_are_shown_with_their_address(open_page: OPEN) -> None:
    page = open_page(select=ID + "strategy/shin-kaiyou/2019-06-18")
    link = page.locator("#panel a[target=_blank]")
    assert link.get_attribute("href") == "https://www.example.go.jp/shin-kaiyou/2019-06-18.pdf"
    assert "noopener" in link.get_attribute("rel")
    assert "https://www.example.go.jp/shin-kaiyou/2019-06-18.pdf" in link.inner_text()


def test_filters_keep_panel_and_chain_in_step(open_page: OPEN) -> None:
    page = open_page(select=INDICATOR)
    shown = state(page)["shownEdges"]
    page.locator("#levels input[value=repeated]").check()
    assert state(page)["shownEdges"] == shown + 56
    page.locator("#levels input[value=repeated]").uncheck()
    page.locator("#levels input[value=interpreted]").uncheck()
    assert "konkyo編集者" not in panel(page)
    page.locator("#kinds input[value=Measure]").uncheck()
    now = state(page)
    assert MEASURE not in now["lit"]
    assert not any("strategy" in iri for iri in now["lit"])
    assert "海洋観測分野における国際連携の推進" not in page.locator("#panel .chains").first.inner_text()
    page.locator("#kinds input[value=Indicator]").uncheck()
    assert state(page)["selected"] is None
    counts = (
        page.locator("#kinds .chip small").all_inner_texts()
        + page.locator("#levels .chip small").all_inner_texts()
    )
    assert counts == ["4", "8", "14", "1", "3", "7", "3", "2", "10", "56", "4", "35"]


def test_search_finds_labels_numbers_and_iris(open_page: OPEN) -> None:
    page = open_page()
    for query, first in (
        ("受講者", INDICATOR),
        ("（２）　太平洋", SECTION),
        ("PEOPLE trained", INDICATOR),
        ("2) 太平洋", SECTION),
        ("indicator/kaiyou-24-07/3", INDICATOR),
        ("政策7", MEASURE),
        ("指標 受講者", INDICATOR),
        ("225人", INDICATOR),
    ):
        page.locator("#search").fill(query)
        page.keyboard.press("Enter")
        assert state(page)["selected"] == first, query


def test_everything_by_keyboard(open_page: OPEN) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("海洋観測")
    options = page.locator("#results [role=option]")
    assert options.count() >= 5
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    second = options.nth(1)
    assert second.get_attribute("aria-selected") == "true"
    assert page.locator("#search").get_attribute("aria-activedescendant") == second.get_attribute("id")
    label = second.locator(".result > span").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#results").is_hidden()
    assert page.locator("#panel h2").inner_text() == label
    assert label in page.locator("#status").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""
    page.keyboard.press("Escape")
    assert state(page)["selected"] is None

    page.locator("#search").fill("施策にないことば")
    assert page.locator("#results").inner_text() == "見つかりません"
    page.keyboard.press("Escape")
    for _ in range(7):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "network"
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring != "none"
    page.keyboard.press("ArrowRight")
    assert state(page)["selected"] == MEASURE
    page.keyboard.press("ArrowRight")
    assert "/objective/" in state(page)["selected"]
    page.keyboard.press("ArrowLeft")
    assert state(page)["selected"] == MEASURE
    scale = page.evaluate("window.konkyoView.network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("window.konkyoView.network.getScale()") > scale
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the close button
    assert state(page)["selected"] is None
    assert page.evaluate("document.activeElement.id") == "network"
    page.keyboard.press("Tab")  # the legend
    page.keyboard.press("Space")
    assert state(page)["hiddenKinds"] == ["Strategy"]
    assert page.evaluate("document.activeElement.value") == "Strategy"


def test_things_are_gathered_by_a_rectangle_or_by_keys_and_handled_as_one(open_page: OPEN) -> None:
    page = open_page()
    page.locator("#area").click()
    ends = [page.evaluate("iri => konkyoView.positionOf(iri)", iri) for iri in (INDICATOR, OTHER)]
    box = page.locator("#network").bounding_box()
    (x0, x1), (y0, y1) = (sorted(box[side] + end[side] for end in ends) for side in ("x", "y"))
    page.mouse.move(x0 - 5, y0 - 5)
    page.mouse.down()
    page.mouse.move(x1 + 5, y1 + 5, steps=3)
    assert page.locator("#area-frame").is_visible()
    page.mouse.up()
    group = state(page)["group"]
    assert {INDICATOR, OTHER} <= set(group) and set(state(page)["lit"]) == set(group)
    assert page.locator("#area-bar span").inner_text() == f"{len(group)}件を囲んでいます"
    # The address reopens it.
    page.reload()
    page.wait_for_function("window.konkyoView")
    assert state(page)["group"] == group
    things = len(page.evaluate("konkyoView.boxes()"))
    page.get_by_role("button", name="これだけ示す").click()
    assert len(page.evaluate("konkyoView.boxes()")) == len(group) < things
    page.locator("#undo").click()
    assert len(page.evaluate("konkyoView.boxes()")) == things
    page.locator("#network").press("Escape")
    until_in(page, "() => !konkyoView.state().group.length")
    assert page.locator("#area").get_attribute("aria-pressed") == "false"
    page.evaluate("iri => konkyoView.select(iri)", INDICATOR)
    page.locator("#network").press("Shift+ArrowLeft")
    until_in(page, "() => konkyoView.state().group.length === 2")
    page.locator("#network").press("s")
    until_in(page, "() => konkyoView.state().group.length === 1")
    assert state(page)["group"] == [INDICATOR]


def test_language_switch(open_page: OPEN) -> None:
    page = open_page(select=INDICATOR)
    page.locator("#language").click()
    frames(page)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title().startswith("What justifies")
    assert page.locator("#panel h2").inner_text() == "People trained in seminars"
    assert page.locator("#search").get_attribute("placeholder") == "Search by label, number or IRI"
    assert "Stated" in page.locator("#levels").inner_text()
    page.locator("#tables summary").click()
    frames(page)
    assert "Ministry of the Sea" in page.locator("#nodes-table").inner_text()
    assert "People trained in seminars" in page.locator("#edges-table").inner_text()
    assert "lang=en" in page.url
    page.locator("#language").click()
    assert page.locator("#panel h2").inner_text() == "海洋観測に関する人材育成セミナー等の受講者数"


def test_the_address_restores_selection_and_language(open_page: OPEN) -> None:
    page = open_page()
    click_thing(page, INDICATOR)
    page.locator("#language").click()
    page.reload()
    page.wait_for_function("window.konkyoView")
    now = state(page)
    assert (now["selected"], now["lang"]) == (INDICATOR, "en")
    page.evaluate("location.hash = '#s=nowhere&lang=xx&%E0%A4%A'")
    page.wait_for_function("window.konkyoView.state().selected === null")


def test_hostile_labels_stay_text(open_page: OPEN) -> None:
    iri = "javascript:alert(1)//</script><script>alert(1)</script>"
    page = open_page("hostile", select=iri)
    assert HOSTILE in page.title()
    assert page.locator("h1").inner_text() == f"題 {HOSTILE}"
    assert panel(page).count(HOSTILE) >= 8
    assert page.locator("#panel a[href^='javascript']").count() == 0
    assert page.locator("#panel a[target=_blank]").count() == 0
    page.locator("#search").fill("</script>")
    assert HOSTILE in page.locator("#results").inner_text()
    page.keyboard.press("Enter")
    page.locator("#search").fill("__proto__")
    page.keyboard.press("Enter")
    assert state(page)["selected"] == "__proto__"
    page.locator("#tables summary").click()
    frames(page)
    assert HOSTILE in page.locator("#nodes-table").inner_text()
    page.locator("#language").click()
    assert HOSTILE in page.locator("#edges-table").inner_text()
    assert (
        page.locator("img, b, script[src]").filter(has_text="").count()
        == page.locator("#panel .why b").count()
    )
    frames(page)


def test_without_scripts_the_tables_stand(open_page: OPEN) -> None:
    page = open_page("hostile", java_script_enabled=False)
    assert "JavaScriptが使えない" in page.locator("body").inner_text()
    assert page.locator("#app").is_hidden()
    text = page.locator("#plain-nodes").inner_text()
    assert "海洋観測に関する人材育成セミナー等の受講者数" in text
    assert "L100-101" in text
    assert HOSTILE in text
    assert "人材の育成を掲げており" in page.locator("#plain-edges").inner_text()
    chains = page.locator(".plain-chains").inner_text()
    assert "新海洋立国戦略 → " in chains and "［明記］ 海洋観測分野における国際連携の推進" in chains
    assert page.locator("img").count() == 0


def test_on_a_phone_the_panel_stands_below_and_labels_are_readable(open_page: OPEN) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("window.konkyoView.network.getScale()") * 14 >= 11
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    at = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", ID + "strategy/shin-kaiyou")
    box = page.locator("#network").bounding_box()
    page.touchscreen.tap(box["x"] + at["x"], box["y"] + at["y"])
    page.wait_for_function("window.konkyoView.state().selected")
    canvas, below = page.locator("#network").bounding_box(), page.locator("#panel").bounding_box()
    assert below["y"] >= canvas["y"] + canvas["height"] - 1
    assert canvas["height"] > 150
    assert below["width"] == 390


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_on_a_phone_the_whole_note_can_be_read_and_one_finger_zooms(
    open_page: OPEN, pages: dict[str, Path], lang: str
) -> None:
    graph = sample_graph()
    long = "とても長い注です。`konkyo view 名称` で見られます。" * 6
    graph.graph["note"] = {"ja": long, "en": "A note of many words; `konkyo view THING` shows more. " * 6}
    pages["noted"] = write_html(graph, pages["sample"].with_name("noted.html"))
    page = open_page(
        "noted", lang=lang, viewport={"width": 360, "height": 760}, has_touch=True, is_mobile=True
    )
    note = page.locator("#note")
    assert note.get_attribute("aria-expanded") == "false"
    assert page.evaluate("note.scrollHeight > note.clientHeight + 1")
    note.tap()
    frames(page)
    assert note.get_attribute("aria-expanded") == "true"
    assert page.evaluate("note.scrollHeight <= note.clientHeight + 1")
    assert note.locator("code").count() == 6 and "`" not in note.inner_text()
    note.focus()
    page.keyboard.press("Enter")
    assert note.get_attribute("aria-expanded") == "false"
    before = page.evaluate("konkyoView.network.getScale()")
    page.locator("#zoom-in").tap()
    assert page.evaluate("konkyoView.network.getScale()") > before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tops = page.evaluate(
        "[...document.querySelectorAll('.tools > *')].filter((each) => each.offsetParent).map((each) => Math.round(each.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1  # one row of them


@pytest.mark.parametrize("size", [(844, 390), (900, 700), (834, 1112)])
def test_on_a_small_window_there_is_a_title_and_room_for_the_picture(
    open_page: OPEN, size: tuple[int, int]
) -> None:
    page = open_page(viewport={"width": size[0], "height": size[1]})
    assert page.locator("#title").bounding_box()["width"] > 110
    assert page.locator("#whole").bounding_box()["height"] < 40  # no button's words are broken
    assert page.locator("#network").bounding_box()["height"] > size[1] * 0.5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("測定指標３", "indicator/soumu-23-15/3", 1),
        ("平成22年6月18日", "strategy/shin-seicho/2010-06-18", 1),
        ("２０１０年６月", "strategy/shin-seicho/2010-06-18", 1),
        ("平成22年6月31日", None, 0),
    ],
)
def test_the_search_finds_things_by_the_names_and_dates_that_konkyo_takes(
    open_page: OPEN, pages: dict[str, Path], query: str, first: str | None, count: int
) -> None:
    if "carried" not in pages:
        graph = KnowledgeGraph(carried_store(), "ja").network("測定指標3")
        pages["carried"] = write_html(graph, pages["sample"].with_name("carried.html"))
    page = open_page("carried")
    page.locator("#search").fill(query)
    assert page.locator("#results [role=option]").count() == count
    if first:
        page.keyboard.press("Enter")
        assert state(page)["selected"] == "https://w3id.org/konkyo/id/" + first


def test_the_first_year_of_an_era_is_found_either_way(open_page: OPEN, pages: dict[str, Path]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("urn:a", kind="Edition", label={"ja": "甲（2019-06-21）"}, layer=0)
    graph.add_node("urn:b", kind="Edition", label={"ja": "乙（2019-04）"}, layer=0, names=["乙2019", "こう"])
    pages["eras"] = write_html(graph, pages["sample"].with_name("eras.html"))
    page = open_page("eras")
    for query, found in {
        "令和元年6月21日": "甲", "令和1年6月": "甲", "2019年4月": "乙", "平成31年4月": "乙", "コウ": None, "こう": "乙", "31日": None,
    }.items():  # fmt: skip
        page.locator("#search").fill(query)
        shown = page.locator("#results [role=option]").all_inner_texts()
        assert (found in shown[0] and len(shown) == 1) if found else not shown, query


def test_a_label_turns_nothing_that_stands_beside_it(open_page: OPEN, pages: dict[str, Path]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned = "urn:\u202eb"
    graph.add_node("urn:a", kind="Strategy", label={"ja": "אבג"}, layer=0)
    graph.add_node(turned, kind="Measure", label={"ja": "דהו\u202e=1+1"}, layer=1)
    graph.add_edge("urn:a", turned, relation="hasPart", label={"ja": "部分"}, level=None)
    pages["turned"] = write_html(graph, pages["sample"].with_name("turned.html"))
    page = open_page("turned", select=turned)
    left, right = (page.locator(f"#panel .chains {tag}").first.bounding_box()["x"] for tag in ("a", "strong"))
    assert left < right  # the ground first, though both are read from the right
    page.locator("#tables summary").click()
    frames(page)
    assert "\u202e" not in page.locator("body").inner_text() + page.evaluate("konkyoView.toSvg()")
    assert state(page)["selected"] == turned


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [900, 1024, 1280])
def test_a_long_note_leaves_the_window_to_the_picture(
    open_page: OPEN, pages: dict[str, Path], width: int, lang: str
) -> None:
    graph = sample_graph()
    graph.graph["title"] = {"ja": "海洋・極域観測省 の政策・施策・事業", "en": "Policies and projects of Ministry of the Ocean and Polar Observation"}  # fmt: skip
    graph.graph["note"] = {
        "ja": "641件のうち関わりの深い300件を示しています（残り341件）。`--limit 641` で全部になります。" * 9,
        "en": "The 300 most relevant of 641 things are shown (341 left out). `--limit 641` shows all. " * 9,
    }
    pages["long"] = write_html(graph, pages["sample"].with_name("long.html"))
    page = open_page("long", lang=lang, viewport={"width": width, "height": 700})
    assert page.locator("#network").bounding_box()["height"] >= 700 * 0.6
    assert page.locator("#title").bounding_box()["width"] > 200
    note = page.locator("#note")
    assert note.bounding_box()["width"] > width * 0.9
    assert note.get_attribute("aria-expanded") == "false"
    note.click()
    frames(page)
    assert note.get_attribute("aria-expanded") == "true"
    assert page.evaluate("note.scrollHeight <= note.clientHeight + 1")


def test_the_lanes_are_in_the_picture_too(open_page: OPEN, pages: dict[str, Path]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title={"ja": "通り道", "en": "Lanes"})
    for name, layer in (("s", 0), ("m", 50), ("i", 70)):
        for n in range(14 if name != "m" else 1):
            graph.add_node(f"urn:{name}{n}", kind="Section", label={"ja": f"{name}{n}"}, layer=layer)
    graph.add_edge("urn:m0", "urn:i0", relation="hasIndicator", label={"ja": "指標"}, level=None)
    for n in range(14):
        graph.add_edge(f"urn:s{n}", "urn:m0", relation="justifies", label={"ja": "位置付け"}, level="stated")
        for i in range(14):
            graph.add_edge(
                f"urn:s{n}", f"urn:i{i}", relation="justifies", label={"ja": "位置付け"}, level="stated"
            )
    pages["lanes"] = write_html(graph, pages["sample"].with_name("lanes.html"))
    page = open_page("lanes")
    page.locator("#whole").click()
    frames(page)
    ends = page.evaluate("""() => {
      const {links} = JSON.parse(document.getElementById("graph-data").textContent);
      const lanes = links.flatMap(({route}) => route.ja[1].map(([, y]) => y));
      return [Math.min, Math.max].map((pick) => konkyoView.network.canvasToDOM({x: 0, y: pick(...lanes)}).y);
    }""")
    assert 0 < ends[0] < ends[1] < page.locator("#network").bounding_box()["height"]


def test_a_note_that_is_shown_whole_is_no_button(open_page: OPEN) -> None:
    assert open_page("hostile").locator("#note").get_attribute("role") is None


def test_thousands_of_lines_leave_the_words_readable(open_page: OPEN, pages: dict[str, Path]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title={"ja": "多い", "en": "Many"})
    for n in range(70):
        graph.add_node(f"urn:s{n}", kind="Strategy", label={"ja": f"戦略{n}"}, layer=0)
        graph.add_node(f"urn:m{n}", kind="Measure", label={"ja": f"施策{n}"}, layer=50)
    for n in range(70):
        for m in range(70):
            graph.add_edge(
                f"urn:s{n}", f"urn:m{m}", relation="justifies", label={"ja": "位置付け"}, level="stated"
            )
    pages["crowded"] = write_html(graph, pages["sample"].with_name("crowded.html"))
    page = open_page("crowded")
    page.evaluate("konkyoView.network.moveTo({scale: 0.8, position: {x: 0, y: 0}})")
    frames(page)
    # How far the ground is from white where lines run and no box stands, as a share.
    dark = page.evaluate("""() => {
      const canvas = document.querySelector("#network canvas"), ratio = canvas.width / canvas.clientWidth;
      const [right, left] = [Math.max, Math.min].map((pick) => pick(...konkyoView.boxes().map(([x, , w]) => x)));
      const x = konkyoView.network.canvasToDOM({x: (left + right) / 2, y: 0}).x;
      const {data} = canvas.getContext("2d").getImageData((x - 12) * ratio, 150 * ratio, 24 * ratio, 400 * ratio);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += (data[i + 3] * (255 - (data[i] + data[i + 1] + data[i + 2]) / 3)) / 255;
      return sum / (data.length / 4) / 255;
    }""")
    assert 0.02 < dark < 0.12, dark


def test_opened_tables_come_into_view(open_page: OPEN) -> None:
    page = open_page()
    page.locator("#tables summary").click()
    frames(page)
    box = page.locator("#nodes-table").bounding_box()
    assert box["y"] < 300


def test_clicking_a_line_shows_its_link(open_page: OPEN) -> None:
    page = open_page()
    # Half way between a section's right side and its chapter's: the line from a strategy to its one edition.
    ends = [page.evaluate("(iri) => window.konkyoView.positionOf(iri)", iri)
            for iri in (ID + "strategy/saisei", ID + "strategy/saisei/2020-12-24")]  # fmt: skip
    box = page.locator("#network").bounding_box()
    width = page.evaluate("window.konkyoView.network.getScale()") * 70
    left, right = ends[0]["x"] + width, ends[1]["x"] - width * 1.15
    page.mouse.click(box["x"] + (left + right) / 2, box["y"] + (ends[0]["y"] + ends[1]["y"]) / 2)
    frames(page)
    assert state(page)["selected"] == ID + "strategy/saisei/2020-12-24"
    assert page.locator("#panel li.picked").count() == 1


def test_a_rejected_link_is_shown_on_demand_and_grounds_nothing(
    open_page: OPEN, pages: dict[str, Path]
) -> None:
    graph = sample_graph()
    both = {"ja": "関わりがない", "en": "unrelated"}
    graph.add_edge(UNCITED, MEASURE, relation="justifies", label=both, level="rejected", reason=both)
    pages["rejected"] = write_html(graph, pages["sample"].with_name("rejected.html"))
    page = open_page("rejected", select=MEASURE)
    assert not page.locator("#levels input[value=rejected]").is_checked()
    page.locator("#levels input[value=rejected]").check()
    assert "不採用" in page.locator("#panel .links").first.inner_text() or "不採用" in panel(page)
    assert UNCITED not in state(page)["lit"]


def test_it_works_in_the_frame_of_a_notebook(open_page: OPEN, pages: dict[str, Path]) -> None:
    cell = KnowledgeGraph(carried_store(), "ja").view("受講者数")._repr_html_()
    assert 'sandbox="allow-scripts' in cell and "allow-same-origin" not in cell
    pages["notebook"] = pages["sample"].with_name("notebook.html")
    pages["notebook"].write_text(f'<!DOCTYPE html><meta charset="utf-8">{cell}', "utf-8")
    page = open_page("notebook", java_script_enabled=True, waits=False)
    inner = page.frame_locator("iframe")
    inner.locator("#search").fill("受講者")
    inner.locator("#search").press("Enter")
    assert "225人" in inner.locator("#panel").inner_text()
    inner.locator("#language").click()
    assert "Participants of seminars" in inner.locator("#panel h2").inner_text()

"""Labels and positions: nothing cut unseen, nothing overlapping, the same for the same data."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.present.view import data, layout, render_html
from konkyo.present.view.geometry import Box, Tie, natural_key, spread
from konkyo.present.view.labels import MAX_LINES, text_width, wrap
from konkyo.present.view.layout import arrange
from support.examples import examples
from support.sample_graph import sample_graph

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]),
        st.sampled_from("海洋観測における国際連携（１）「戦略」、。・ーセミナー abc 123"),
    ),
    max_size=120,
)


@given(TEXT, st.sampled_from([7.0, 9.0, 12.0]))
def test_lines_keep_every_sign_or_end_in_an_ellipsis(text: str, width: float) -> None:
    lines = wrap(text, width)
    assert 1 <= len(lines) <= MAX_LINES
    plain = "".join(text.split())
    joined = "".join("".join(lines).split())
    if joined != plain:
        assert joined.endswith("…")
        assert plain.startswith(joined[:-1])


@given(TEXT, st.sampled_from([7.0, 9.0, 12.0]))
def test_lines_fit_their_width(text: str, width: float) -> None:
    for line in wrap(text, width):
        assert text_width(line) <= width + 1e-9


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("新海洋立国戦略（2019-06-18）", 9, ("新海洋立国戦略", "（2019-06-18）")),
        (
            "海洋観測に関する人材育成セミナー等の受講者数",
            12,
            ("海洋観測に関する人材育成", "セミナー等の受講者数"),
        ),
        ("Ocean Observation Technology Strategy", 9, ("Ocean", "Observation", "Technology", "Strategy")),
        ("", 9, ("",)),
    ],
)
def test_lines_break_between_phrases(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, width) == lines


def test_no_line_begins_with_a_closing_sign() -> None:
    for width in (7, 8, 9, 10):
        for line in wrap("「太平洋・島しょ国」、「協力（二国間・多国間）」の推進。", width)[1:]:
            assert line[0] not in "」）、。・"


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Box], list[Tie]]:
    count = draw(st.integers(1, 24))
    boxes = [
        Box(
            f"k{n}",
            draw(st.integers(-1, 6)),
            draw(st.sampled_from(["", "短い", "とても長い名称の施策" * 6, "x" * 70])),
        )
        for n in range(count)
    ]
    ends = st.integers(0, count - 1)
    ties = draw(
        st.lists(
            st.builds(Tie, ends.map("k{}".format), ends.map("k{}".format), st.booleans(), st.booleans()),
            max_size=40,
        )
    )
    return boxes, ties


@settings(max_examples=examples(60))
@given(networks())
def test_boxes_never_overlap_and_columns_follow_layers(network: tuple[list[Box], list[Tie]]) -> None:
    boxes, ties = network
    picture = arrange(boxes, ties)
    assert set(picture.places) == {box.key for box in boxes}
    assert len(picture.routes) == len(ties)
    for one, other in combinations(picture.places.values(), 2):
        assert (
            abs(one.x - other.x) >= (one.width + other.width) / 2 + 8
            or abs(one.y - other.y) >= (one.height + other.height) / 2 + 4
        )
    for one, other in combinations(boxes, 2):
        if picture.columns and one.layer < other.layer:
            assert picture.places[one.key].x <= picture.places[other.key].x


@settings(max_examples=examples(30))
@given(networks(), st.randoms(use_true_random=False))
def test_places_do_not_depend_on_the_order_of_boxes(
    network: tuple[list[Box], list[Tie]], rng: random.Random
) -> None:
    boxes, ties = network
    mixed = boxes[:]
    rng.shuffle(mixed)
    assert arrange(mixed, ties).places == arrange(boxes, ties).places


@settings(max_examples=examples(40))
@given(networks())
def test_lanes_run_beside_boxes(network: tuple[list[Box], list[Tie]]) -> None:
    picture = arrange(*network)
    for route in picture.routes:
        for column, height in route.lanes:
            for key in picture.columns[column][2]:
                place = picture.places[key]
                assert abs(height - place.y) > place.height / 2


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(0, 100)), max_size=30))
def test_spread_keeps_order_and_distance(wishes: list[tuple[float, float]]) -> None:
    apart = [gap for _, gap in wishes]
    found = spread([wish for wish, _ in wishes], apart)
    assert len(found) == len(wishes)
    for number in range(1, len(found)):
        assert found[number] - found[number - 1] >= apart[number] - 1e-6


def test_spread_leaves_what_fits() -> None:
    assert spread([0, 50, 100], [0, 20, 20]) == [0, 50, 100]
    assert spread([0, 0], [0, 20]) == [-10, 10]


def test_siblings_stay_together() -> None:
    boxes = [Box("p1", 0, "a"), Box("p2", 0, "b"), Box("goal", 2, "c")]
    boxes += [Box(f"c{n}", 1, "x") for n in range(6)]
    ties = [Tie(f"p{1 + n % 2}", f"c{n}", binds=True) for n in range(6)]
    order = arrange(boxes, [*ties, Tie("c0", "goal"), Tie("c5", "goal")]).columns[1][2]
    owners = [int(key[1]) % 2 for key in order]
    assert owners in ([0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0])


def test_natural_order() -> None:
    assert sorted(["s-10", "s-2", "s-1.10", "s-1.9"], key=natural_key) == ["s-1.9", "s-1.10", "s-2", "s-10"]


def test_a_deep_crossing_is_untangled() -> None:
    boxes = [Box(f"a{n}", 0, "x") for n in range(4)] + [Box(f"b{n}", 1, "x") for n in range(4)]
    picture = arrange(boxes, [Tie(f"a{n}", f"b{3 - n}") for n in range(4)])
    left, right = picture.columns[0][2], picture.columns[1][2]
    assert [int(key[1]) for key in left] == [3 - int(key[1]) for key in right]


def test_a_part_of_the_same_layer_stands_beside_its_whole() -> None:
    boxes = [Box(key, 0, key) for key in ("a-plan", "b", "c", "d-roadmap")]
    order = arrange(boxes, [Tie("a-plan", "d-roadmap", binds=True)]).columns[0][2]
    assert abs(order.index("a-plan") - order.index("d-roadmap")) == 1


def test_mates_in_a_ring_do_not_hang() -> None:
    boxes = [Box(key, 0, key) for key in "abc"]
    ties = [Tie(start, end, binds=True) for start, end in ("ab", "bc", "ca", "ba")]
    assert len(arrange(boxes, ties).places) == 3


def test_layers_that_nothing_joins_may_share_a_column() -> None:
    boxes = [Box("a", 0, "x" * 60), Box("b", 1, "x"), Box("c", 2, "x"), Box("d", 3, "x")]
    boxes += [Box(f"wide{n}", 4 + n, "海洋観測に関する人材育成") for n in range(6)]
    ties = [Tie(f"wide{n}", f"wide{n + 1}") for n in range(5)] + [Tie("d", "wide0")]
    assert len(arrange(boxes, ties).columns) < 10


def test_a_tall_column_is_folded_so_that_the_whole_keeps_the_shape_of_a_window() -> None:
    boxes = [Box("ministry", 0, "海の省")] + [Box(f"m{n}", 1, "施策") for n in range(10)]
    boxes += [Box(f"p{n}", 2, "海洋観測に関する人材育成の事業") for n in range(300)]
    ties = [Tie("ministry", f"m{n}", binds=True) for n in range(10)]
    ties += [Tie(f"m{n % 10}", f"p{n}", binds=True) for n in range(300)]
    picture = arrange(boxes, ties)
    places = picture.places
    width = max(each.x for each in places.values()) - min(each.x for each in places.values())
    height = max(each.y for each in places.values()) - min(each.y for each in places.values())
    assert 1 < width / height < 5
    assert len(picture.columns) > 8
    assert all(places[f"p{n}"].x > places["m0"].x for n in range(300))
    for one, other in combinations(places.values(), 2):
        assert (
            abs(one.x - other.x) >= (one.width + other.width) / 2
            or abs(one.y - other.y) >= (one.height + other.height) / 2
        )
    # The projects of a measure keep together: its share of the height, not the whole of it.
    own = [places[f"p{n}"].y for n in range(0, 300, 10)]
    assert max(own) - min(own) < height / 3
    assert arrange(boxes[::-1], ties).places == places


def test_a_sheet_is_not_folded() -> None:
    boxes = [Box("m", 0, "施策")] + [Box(f"p{n}", 1, "指標") for n in range(30)]
    assert len(arrange(boxes, [Tie("m", f"p{n}") for n in range(30)]).columns) == 2


def _loose(count: int) -> tuple[list[Box], list[Tie]]:
    """Things of one layer that are joined in stars and rings."""
    boxes = [Box(f"k{n}", 40, f"事業その{n}") for n in range(count)]
    ties = [Tie(f"k{n // 7 * 7}", f"k{n}") for n in range(count) if n % 7]
    return boxes, ties + [Tie(f"k{n}", f"k{(n + 1) % 14}") for n in range(14)]


def test_what_has_no_order_is_drawn_by_forces() -> None:
    boxes, ties = _loose(60)
    picture = arrange(boxes, ties)
    assert picture.columns == [] and len(picture.places) == 60 and len(picture.routes) == len(ties)
    places = picture.places
    for one, other in combinations(places.values(), 2):
        assert (
            abs(one.x - other.x) >= (one.width + other.width) / 2 + 8
            or abs(one.y - other.y) >= (one.height + other.height) / 2 + 4
        )

    def far(tie: Tie) -> float:
        return abs(places[tie.start].x - places[tie.end].x) + abs(places[tie.start].y - places[tie.end].y)

    apart = [abs(a.x - b.x) + abs(a.y - b.y) for a, b in combinations(places.values(), 2)]
    assert sum(map(far, ties)) / len(ties) < sum(apart) / len(apart) / 2
    assert arrange(boxes[::-1], ties).places == places


def test_a_crowd_on_one_spot_is_moved_apart() -> None:
    import numpy as np

    from konkyo.present.view.scatter import _apart, _sweep

    sizes = np.array([[100.0, 40.0]] * 30)
    for moved in (_apart(np.zeros((30, 2)), sizes), _sweep(np.zeros((30, 2)), sizes / 2 + 8)):
        for (ax, ay), (bx, by) in combinations(moved.tolist(), 2):
            assert abs(ax - bx) >= 100 or abs(ay - by) >= 40


def test_columns_are_ordered_once_for_labels_in_two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    ordered = []
    order = layout._Drawing.order
    monkeypatch.setattr(
        layout._Drawing, "order", lambda drawing, sweeps: (ordered.append(sweeps), order(drawing, sweeps))
    )
    graph = sample_graph()
    first = render_html(graph)
    assert len(ordered) == 2  # with layers that share a column, and without
    # It changes nothing: each language comes out as it does alone.
    monkeypatch.setattr(data, "arrange", lambda boxes, ties, ordered: layout.arrange(boxes, ties))
    assert render_html(graph) == first and len(ordered) == 6

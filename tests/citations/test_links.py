"""Links that were claimed too readily, lost or cut short: each kind with strings of 2024 and relatives of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from konkyo.citations.laws import laws_in
from konkyo.citations.resolve import Resolution, Resolver, resolve_all
from konkyo.citations.title_index import TitleObservation
from konkyo.common.name_form import name_form
from konkyo.model.namespaces import ID
from konkyo.sources.registry import Registry

Ask = Callable[[str], list[Resolution]]
DRAWN, DRAWN_AGAIN = (
    [json.loads(line) for line in (Path(__file__).parent / name).read_text("utf-8").splitlines()]
    for name in ("drawn.jsonl", "drawn_again.jsonl")
)

TWO_DOCUMENTS = [
    ("沖縄振興特別措置法等の一部を改正する法律案に対する附帯決議（参議院政府開発援助等及び沖縄・北方問題に関する特別委員会）",
     "沖縄振興特別措置法等の一部を改正する法律案に対する附帯決議（衆議院沖縄及び北方問題に関する特別委員会）"),
    ("架空法案に対する附帯決議（令和6年5月 衆議院 架空委員会）", "架空法案に対する附帯決議（令和6年5月 参議院 架空委員会）"),
    ("農林水産大臣談話（令和５年３月２日）", "農林水産大臣談話（平成20年７月10日）"),
    ("中央社会保険医療協議会建議書（平成５年９月24日）", "中央社会保険医療協議会建議書（昭和42年9月10日）"),
    ("架空管理理事会決定（16/34）", "架空管理理事会決定（17/1）"),
    ("架空審議会「中間答申」（平成25年6月25日）", "架空審議会「中間答申」（令和3年8月4日）"),
    ("架空大臣会合共同声明（2019年9月）", "架空大臣会合共同声明（2020年11月）"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), TWO_DOCUMENTS, ids=[one[:20] for one, _ in TWO_DOCUMENTS])
def test_day_and_body_tell_two_acts_apart(registry: Registry, one: str, other: str) -> None:
    found = resolve_all([one, other], registry)
    assert len({made.strategy for several in found.values() for made in several}) == 2


def test_one_act_is_one_however_its_day_is_written(registry: Registry) -> None:
    found = resolve_all(["架空大臣談話（平成20年７月10日）", "架空大臣談話（2008年7月）"], registry)
    assert len({made.strategy for several in found.values() for made in several}) == 1


def test_what_a_meeting_declares_anew_is_another_document(registry: Registry) -> None:
    """Two years tell that it does: what is known of one year only is one, dated or not."""
    anew = ["架空大臣宣言（平成30年9月5日）", "架空大臣宣言（令和2年9月）"]
    found = resolve_all([*anew, "架空首脳宣言（2019年6月）", "架空首脳宣言"], registry)
    keys = [made.strategy for several in found.values() for made in several]
    assert len(set(keys[:2])) == 2 and len(set(keys[2:])) == 1


def test_a_quote_around_council_and_report_hides_neither(registry: Registry) -> None:
    strings = [
        "「架空システム改革会議「最終報告」」（平成28年3月31日）",
        "架空システム改革会議「最終報告」（平成28年3月31日）",
    ]
    (one,), (other,) = resolve_all(strings, registry).values()
    assert one.edition == other.edition and one.method == "council-paper"


def test_a_year_in_a_name_is_no_edition(registry: Registry) -> None:
    strings = [
        "2027年国際園芸博覧会の開催申請について（R3.6.22閣議了解）",
        "２０２７年国際園芸博覧会の開催申請について（令和４年６月14日閣議決定）",
    ]
    (one,), (other,) = resolve_all(strings, registry).values()
    assert one.strategy == other.strategy and one.edition != other.edition and not one.labels


def test_two_notices_of_one_year_are_two(registry: Registry) -> None:
    strings = [
        "令和５年度架空事業費補助金の国庫補助について（令和５年４月21日厚生労働省発障0421第15号）",
        "令和５年度架空事業費補助金の国庫補助について（令和５年３月28日厚生労働省発障0328第５号）",
    ]
    (one,), (other,) = resolve_all(strings, registry).values()
    assert one.strategy == other.strategy and one.edition != other.edition
    # One notice is the year's.
    assert str(resolve_all(strings[:1], registry)[strings[0]][0].edition).endswith("/y2023")


TITLES = [
    ("持続可能な開発目標（SDGs)実施指針改定版（SDGs推進本部決定）", ["持続可能な開発目標（SDGs)実施指針改定版"]),
    ("架空戦略2018（第6回架空会議）架空フォローアップ2018年6月", ["架空戦略2018", "架空フォローアップ"]),
    ("官公庁施設の建設等に関する法律（昭和26年６月１日法律第181号）第９条に基づく営繕計画書及びこれに関する意見書",
     ["官公庁施設の建設等に関する法律（昭和26年６月１日法律第181号）第９条に基づく営繕計画書",
      "官公庁施設の建設等に関する法律（昭和26年６月１日法律第181号）第９条に基づく営繕計画書に関する意見書"]),
    ("安保理決議第１３２５号、１８２０号 及び２４９３号", ["安保理決議第１３２５号", "安保理決議第１８２０号", "安保理決議第２４９３号"]),
    ("・安保理決議第1718号・1874号　架空国情勢に関する決議", ["安保理決議第1718号", "安保理決議第1874号"]),
    ("世界保健機関憲章第57条（ＷＨＯ）国際連合経済社会理事会決議1994/24第12条Gaviワクチンアライアンスとの拠出に関する覚書",
     ["世界保健機関憲章", "国際連合経済社会理事会決議1994/24", "Gaviワクチンアライアンスとの拠出に関する覚書"]),
    ("・架空法第6条の12及び架空法施行規則第1条の11", ["架空法", "架空法施行規則"]),
    ("架空規程第79条(1)及び架空締約国会議決議ICC-ASP/1/Res.6", ["架空規程", "架空締約国会議決議ICC-ASP/1/Res.6"]),
    ("・衆・参における架空法の一部を改正する法律案に対する附帯決議（第200回国会）",
     ["衆における架空法の一部を改正する法律案に対する附帯決議（第200回国会）", "参における架空法の一部を改正する法律案に対する附帯決議（第200回国会）"]),
    ("・架空給食法改正附帯決議（平成20年5月30日衆議院架空委員会）（平成20年6月10日参議院架空委員会）", ["架空給食法改正附帯決議"] * 2),
    ("・架空体制の充実に関する決議（衆参）　※衆議院における決議（平成２１年７月９日）、参議院における決議（平成２２年５月２１日）",
     ["架空体制の充実に関する決議"] * 2),
    ("・改正架空法における附帯決議（2017年4月19日）（衆）（抄）「一　情報提供等の支援措置を講ずること。」", ["改正架空法における附帯決議"]),
    ("架空開発基本計画【甲川・乙川（当初：Ｓ37.8.17、全部変更：R3.5.28）、丙川（当初：Ｈ2.5.15、直近一部変更：R5.1.31）】",
     ["架空開発基本計画（甲川・乙川）", "架空開発基本計画（丙川）"]),
    ("「架空基盤の整備に関する基本方針」（令和６年６月１８日架空会議決定。「架空重点計画」（令和６年６月21日閣議決定）内の第６に該当。）",
     ["架空基盤の整備に関する基本方針", "架空重点計画"]),
    ("令和６年度架空派遣費の国庫補助について（令和６年３月29日架空発0329第５号）令和６年度架空派遣費（語り部事業）の国庫補助について（令和６年３月29日架空発0329第51号）",
     ["令和６年度架空派遣費の国庫補助について", "令和６年度架空派遣費（語り部事業）の国庫補助について"]),
    ("令和４年９月の豪雨による架空費の国庫補助について令和５年５月の暴風雨による架空費の国庫補助について",
     ["令和４年９月の豪雨による架空費の国庫補助について", "令和５年５月の暴風雨による架空費の国庫補助について"]),
    ("物価高克服・経済再生実現のための総合経済対策デフレ完全脱却のための総合経済対策～日本経済の新たなステージにむけて～国民の安心・安全と持続的な成長に向けた総合経済対策～全ての世代の現在・将来の賃金・所得を増やす～",
     ["物価高克服・経済再生実現のための総合経済対策", "デフレ完全脱却のための総合経済対策", "国民の安心・安全と持続的な成長に向けた総合経済対策"]),
    ("第３回架空締約国会議（2001年）において採択された「架空条約の履行支援計画」（APLC/MSP.3/2001/L.6）", ["架空条約の履行支援計画"]),
    # One head with several numbers, in brackets and without.
    ("架空会議決議（第1号、第2号及び第3号）", ["架空会議決議第1号", "架空会議決議第2号", "架空会議決議第3号"]),
    ("架空会議決議第1号～第3号", ["架空会議決議第1号", "架空会議決議第2号", "架空会議決議第3号"]),
    # More than anybody writes: the words stay as they are, and none of them is lost.
    ("架空会議決議第1号～第99号", ["架空会議決議第1号～第99号"]),
    (f"架空会議決議（{'、'.join(f'第{number}号' for number in range(1, 60))}）", ["架空会議決議"]),
    ("架空会議勧告第１号から第３号まで", ["架空会議勧告第1号", "架空会議勧告第2号", "架空会議勧告第3号"]),
    ("安保理決議1540、1673", ["安保理決議1540", "安保理決議1673"]),
    ("国連総会決議（第25回（2719（1970年））、第46回（46/152（1991年））、「架空社会の実現のための行動計画2008」",
     ["国連総会決議（第25回（2719（1970年）））", "国連総会決議（第46回（46/152（1991年）））", "架空社会の実現のための行動計画2008"]),
    ("第34回架空理事会決議A/HRC/RES/34/24及び例年の同決議（第37回37/28、第40回40/20）、第72回架空総会決議A/RES/72/188",
     ["第34回架空理事会決議A/HRC/RES/34/24", "架空理事会決議（第37回37/28）", "架空理事会決議（第40回40/20）", "第72回架空総会決議A/RES/72/188"]),
    ("平成17年架空省告示第497～499号、「架空の試験法について」（平成17年1月24日架空発第0124001号）",
     ["平成17年架空省告示第497号", "平成17年架空省告示第498号", "平成17年架空省告示第499号", "架空の試験法について"]),
    ("架空決議1540号、1673号（2006年）、1810号（2008年）", ["架空決議1540号", "架空決議1673号", "架空決議1810号"]),
    # Two houses.
    ("架空法案に対する衆議院・参議院附帯決議", ["架空法案に対する衆議院附帯決議", "架空法案に対する参議院附帯決議"]),
    ("架空法案に対する附帯決議（衆・参）", ["架空法案に対する附帯決議（衆）", "架空法案に対する附帯決議（参）"]),
    ("架空法案に対する衆参両院の附帯決議", ["架空法案に対する衆議院の附帯決議", "架空法案に対する参議院の附帯決議"]),
    ("架空法案に対する附帯決議（令和4年5月10日衆議院架空委員会、令和4年6月2日参議院架空委員会）", ["架空法案に対する附帯決議"] * 2),
    ("架空法案に対する附帯決議（衆議院 令和4年5月10日、参議院 令和4年5月18日）", ["架空法案に対する附帯決議"] * 2),
    # River systems and places.
    ("甲水系、乙水系及び丙水系河川整備計画", ["甲水系河川整備計画", "乙水系河川整備計画", "丙水系河川整備計画"]),
    ("水資源架空計画（甲川水系及び乙川水系、丙川水系）", ["水資源架空計画（甲川水系及び乙川水系）", "水資源架空計画（丙川水系）"]),
    ("河川架空計画（甲川水系：平成20年3月、乙川水系：平成21年5月）", ["河川架空計画（甲川水系）", "河川架空計画（乙川水系）"]),
    ("架空森林計画（甲北部、甲中南部、宮古八重山）", ["架空森林計画（甲北部）", "架空森林計画（甲中南部）", "架空森林計画（宮古八重山）"]),
    ("架空形成計画（全国計画、広域地方計画）", ["架空形成計画（全国計画）", "架空形成計画（広域地方計画）"]),
    ("独立行政法人架空機構中期目標・計画（第5期）", ["独立行政法人架空機構中期目標", "独立行政法人架空機構中期計画"]),
    # Papers side by side.
    ("架空条約及び1996年議定書", ["架空条約", "架空条約1996年議定書"]),
    ("Decision 1/CP.16、Decision 24/CP.19", ["Decision 1/CP.16", "Decision 24/CP.19"]),
    ("架空条約検証附属書第４部（Ｂ）１５、第４回架空国会議決定", ["架空条約検証附属書", "第４回架空国会議決定"]),
    ("架空手続規則第１６規則、架空議定書第１３条５", ["架空手続規則第１６規則", "架空議定書"]),
    ("総合的対応策及びその改訂、架空会議第二次提言（2023年）", ["総合的対応策", "総合的対応策の改訂", "架空会議第二次提言"]),
    ("架空費補助金交付要綱「第２期復興・創生期間」以降における東日本大震災からの復興の基本方針（令和６年３月19日閣議決定）",
     ["架空費補助金交付要綱", "「第２期復興・創生期間」以降における東日本大震災からの復興の基本方針"]),
    ("架空枠組条約第７条２（k）及び第１回架空国会議決定", ["架空枠組条約", "第１回架空国会議決定"]),
    ("架空条約第１９条第４項及び第１回架空国会議決定", ["架空条約", "第１回架空国会議決定"]),
    ("・「架空網の強化のための文書（平成22年11月23日署名）」「架空網の実態に関する共同声明（平成12年10月26日）」",
     ["架空網の強化のための文書", "架空網の実態に関する共同声明"]),
    # One document with signs of a list in its name.
    ("架空計画（教育の充実、福祉の充実、地域の整備）", ["架空計画（教育の充実、福祉の充実、地域の整備）"]),
    ("架空整備計画（漁港、空港）", ["架空整備計画（漁港、空港）"]),
    ("甲市・乙市　国家戦略架空区域　区域計画", ["甲市・乙市　国家戦略架空区域　区域計画"]),
    ("「架空費の交付について」（平成26年３月20日架空発0320第３号及び第４号架空次官通知）", ["架空費の交付について"]),
    ("防人育（事）第７号（２７．１０．１）架空隊員の就職の援助について（通達）", ["架空隊員の就職の援助について（通達）"]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "titles"), TITLES, ids=[raw[:24] for raw, _ in TITLES])
def test_no_document_of_a_string_is_lost(ask: Ask, raw: str, titles: list[str]) -> None:
    found = ask(raw)
    assert [one.title for one in found] == titles
    assert len({one.key for one in found}) == len(found), "each is its own"


def test_a_number_is_no_date_and_lends_none(ask: Ask) -> None:
    found = ask("第46回架空決議（第40回40/131、第46回46/122）、例年の架空委員会決議（2004/2、等）")
    assert len(found) == 3 and all(one.date is None for one in found)
    dated = ask("架空決議1540号、1673号（2006年）、1810号（2008年）")
    assert [one.date.iso if one.date else None for one in dated] == [None, "2006", "2008"]
    rules, policy = ask(
        "架空費補助金交付要綱「第２期復興・創生期間」以降における東日本大震災からの復興の基本方針（令和６年３月19日閣議決定）"
    )
    assert rules.date is None and policy.date is not None


@pytest.mark.parametrize(
    "name", ["補助取極", "改正第二議定書", "同本部協定", "設置行政協定", "第２回臨時締約国会議決定１"]
)
def test_a_name_that_says_nothing_without_its_treaty_tells_nothing(ask: Ask, name: str) -> None:
    assert ask(f"架空条約、{name}")[-1].status == "unsure"


LAWS_DATES = [
    "官公庁施設の建設等に関する法律（昭和26年６月１日法律第181号）第９条に基づく営繕計画書",
    "架空整備計画（架空法第１６条の２）　（架空法：平成２９年６月２日改正）",
    "市町村架空事業計画（架空支援法（平成24年法律第65号）第61条第１項）",
]


def test_one_notice_about_several_texts_is_one(ask: Ask) -> None:
    raw = "架空令の制定並びに架空教育要領の全部を改正する告示，小学校学習指導要領の全部を改正する告示及び中学校学習指導要領の全部を改正する告示等の公示について（通知）"
    assert len(ask(raw)) == 1


@pytest.mark.parametrize("raw", LAWS_DATES)
def test_a_laws_date_is_not_the_documents(ask: Ask, raw: str) -> None:
    (found,) = ask(raw)
    assert (found.date, found.decision, found.edition) == (None, None, None)


def test_the_laws_number_makes_no_other_document(registry: Registry) -> None:
    strings = [LAWS_DATES[0], "官公庁施設の建設等に関する法律第九条に基づく営繕計画書"]
    assert len({one.strategy for several in resolve_all(strings, registry).values() for one in several}) == 1


EDITIONS = [
    ("総合経済対策（令和4年10月28日閣議決定）", "bukkadaka/2022-10-28", "generic-name"),
    ("フォローアップ（令和4年6月7日閣議決定）", "seicho-followup/2022-06-07", "generic-name"),
    ("防災基本計画（昭和38年6月策定）", None, "first-adoption"),
    ("原子力災害対策指針(平成24年10月制定)", None, "first-adoption"),
    ("防災基本計画（令和5年5月30日中央防災会議決定）", "bosai-kihon/2023-05-30", "title-date"),
    ("国家安全保障戦略（2013年12月17日）", "kokka-anzen-hosho/2013-12-17", "title-date"),
    ("「新しい資本主義のグランドデザイン及び実行計画～人・技術・スタートアップへの投資の実現～　フォローアップ」（令和4年6月7日閣議決定）", "seicho-followup/2022-06-07", "title-date"),
    ("新しい資本主義のｸﾞﾗﾝﾄﾞﾃﾞｻﾞｲﾝ及び実行計画のフォローアップ", "seicho-followup/2022-06-07", "edition-name"),
    ("循環経済工程表", None, "new-title"),
    ("G20大阪首脳宣言", None, "new-title"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "edition", "method"), EDITIONS, ids=[raw for raw, *_ in EDITIONS])
def test_an_edition_is_denoted_only_where_it_is_stated(
    ask: Ask, raw: str, edition: str | None, method: str
) -> None:
    (found,) = ask(raw)
    assert (found.edition, found.method) == (f"{ID}strategy/{edition}" if edition else None, method)
    if edition is None:
        assert found.denoted == found.strategy


@pytest.mark.parametrize(
    "raw", ["成長戦略（令和3年6月18日閣議決定）", "架空経済対策（令和4年10月28日閣議決定）"]
)
def test_a_name_that_says_more_than_its_kind_is_not_completed(ask: Ask, raw: str) -> None:
    assert not ask(raw)[0].registered


DOCUMENTS = [
    ("・高大接続システム改革会議「最終報告」（平成28年3月31日）", "2016-03-31"),
    ("社会資本整備審議会道路分科会国土幹線道路部会（部会長：架空太郎）「中間答申」（H25.6.25）", "2013-06-25"),
    ("紅麹関連製品に係る事案を受けた 機能性表示食品制度等に関する今後の対応（令和６年５月3 1日　紅麹関連製品への対応に関する関係閣僚会合）", "2024-05-31"),
    ("「架空の整備の推進」（平成15年6月26日都市再生本部方針）", "2003-06-26"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "day"), DOCUMENTS, ids=[raw[:20] for raw, _ in DOCUMENTS])
def test_a_body_and_a_day_make_a_document_of_a_name(ask: Ask, raw: str, day: str) -> None:
    (found,) = ask(raw)
    assert found.status == "new" and found.date is not None and found.date.iso == day


@pytest.mark.parametrize(
    "raw", ["中期目標（文部科学大臣指示）", "「最終報告」（平成28年3月31日）", "架空改革会議「最終報告」"]
)
def test_a_generic_name_alone_still_tells_nothing(ask: Ask, raw: str) -> None:
    assert ask(raw)[-1].status == "unsure"


PLACES = [
    ("・消費者基本計画（令和２年３月31日閣議決定、令和３年６月15日改定） 第５章 ３．（２） ①", "第５章 ３．（２） ①"),
    ("消費者基本計画（令和３年６月15日改定）第５章１（２）①及び②", "第５章１（２）①及び②"),
    ("〇消費者基本計画工程表（令和４年６月15日消費者政策会議決定）施策番号Ⅰ（２）④ア、Ⅱ（４）②、Ⅱ（４）③", "施策番号Ⅰ（２）④ア、Ⅱ（４）②、Ⅱ（４）③"),
    ("消費者基本計画工程表　施策番号Ⅳ（１）①～④", "施策番号Ⅳ（１）①～④"),
    ("消費者基本計画（令和３年６月閣議決定）第３章２（３）、第５章２（３）", "第３章２（３）、第５章２（３）"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "place"), PLACES, ids=[place for _, place in PLACES])
def test_a_place_is_not_cut_short(ask: Ask, raw: str, place: str) -> None:
    (found,) = ask(raw)
    assert found.place == place


# --- 100 strings drawn and labelled before these rules were written ---------------------------------


@pytest.mark.parametrize("drawn", [DRAWN, DRAWN_AGAIN], ids=["drawn", "drawn again"])
def test_what_was_drawn_is_resolved(
    registry: Registry, seen: list[TitleObservation], drawn: list[dict[str, Any]]
) -> None:
    # One name with 、 in it is still read as two: it is written as a list is.
    rows = [row for row in drawn if "works" in row and not row["raw"].startswith("検査計画、")]
    found = Resolver(registry, seen=seen).resolve(row["raw"] for row in rows)
    told = [
        (work, one)
        for row in rows
        for work, one in zip(row["works"], found[row["raw"]], strict=bool(row["works"]))
    ]
    for field, of in (("series", lambda one: one.strategy), ("key", lambda one: one.key)):
        joined: dict[str, set[str]] = {}
        for work, one in told:
            if work["edition_status"] != "conflict":
                joined.setdefault(of(one), set()).add(work[field])
        assert all(len(names) == 1 for names in joined.values()), [
            names for names in joined.values() if len(names) > 1
        ]
    days = [(one.date.iso if one.date else None) == work["date"] for work, one in told]
    assert sum(days) / len(days) >= 0.98


# No law, and a law as it was before a change: nothing is claimed of them. A course named behind an article is its place.
NO_LAWS = [
    row["raw"]
    for row in DRAWN_AGAIN
    if row["raw"].startswith(("「在日米軍", "平成１３年改正前", "雇用保険法第62条第1項第6号（"))
]


@pytest.mark.parametrize(
    "row",
    [row for row in DRAWN + DRAWN_AGAIN if "laws" in row and row["raw"] not in NO_LAWS],
    ids=lambda row: row["raw"][:20],
)
def test_the_laws_drawn_are_read(row: dict[str, object]) -> None:
    wanted = [(name_form(one["name"]), one["place"]) for one in row["laws"]]  # type: ignore[attr-defined]
    assert [(one.key, one.place) for one in laws_in(str(row["raw"]))] == wanted

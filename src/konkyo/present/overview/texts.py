"""What the overview says, in both languages."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.model.codes import label_of
from konkyo.present.overview.groups import NONE_NAME, UNKNOWN_NAME
from konkyo.questions.overview import NO_EDITION

TITLE = Words("政策の根拠の全体像", "The plans that the government's projects name")

TEXTS: dict[str, Words] = {
    "strategy": Words("戦略・計画", "Strategies and plans"),
    "edition": Words("版", "Editions"),
    "ministry": Words("府省庁", "Ministries"),
    "policy": Words("政策", "Policies"),
    "place": Words("施策", "Measures"),
    "project": Words("予算事業", "Projects"),
    "count": Words("事業数", "projects"),
    "money": label_of("initial"),
    "byProjects": Words("事業の数", "Projects"),
    "byMoney": Words("当初予算の額", "Money"),
    "width": Words("帯の太さ", "Bands by"),
    "grain": Words("右側", "At the right"),
    "years": Words("レビューの年度", "Review year"),
    "none": NONE_NAME,
    "unidentified": UNKNOWN_NAME,
    "noEdition": NO_EDITION,
    "editionOf": Words("{date}の版", "edition of {date}"),
    "unplaced": Words("施策の記載なし", "no measure stated"),
    "unplacedPolicy": Words("政策の記載なし", "no policy stated"),
    "others_strategy": Words("ほか{n}の戦略・計画", "{n} other plans"),
    "others_edition": Words("ほか{n}の版", "{n} other editions"),
    "others_ministry": Words("ほか{n}の府省庁", "{n} other ministries"),
    "others_policy": Words("ほか{n}の政策", "{n} other policies"),
    "others_place": Words("ほか{n}の施策", "{n} other measures"),
    "others_project": Words("ほか{n}の事業", "{n} other projects"),
    "whole": Words("全体", "Everything"),
    "from": Words("{n}番目から", "from number {n}"),
    "trail": Words("開いた道筋", "What is opened"),
    "some": Words("{n}事業", "{n} projects"),
    "totals": Words(
        "{n}事業 ・ 当初予算の計 {money}（{stated}）", "{n} projects · initial budgets {money} ({stated})"
    ),
    "allStated": Words("各事業を一度だけ数えた額", "each project once"),
    "someStated": Words("額の記載がある{n}事業を一度ずつ数えた額", "of the {n} that state one, each once"),
    "shared": Words(
        "{left}と{right}: {n}事業、{money}。開く", "{left} and {right}: {n} projects, {money}. Open"
    ),
    "open": Words("{name}: {n}事業、{money}。開く", "{name}: {n} projects, {money}. Open"),
    "shown": Words("{name}: {n}事業、{money}", "{name}: {n} projects, {money}"),
    "refine": Words("年と絞り込み", "Years and filters"),
    "facet_reviews": Words("レビューの年度ごとの事業数", "Projects by review year"),
    "facet_issued": Words("挙げられた版の年（延べの数）", "Years of the editions named (each naming counts)"),
    "facet_amount": Words("当初予算の額ごとの事業数", "Projects by initial budget"),
    "facet_only": Words("府省庁を絞る", "Ministries kept"),
    "facet_level": Words("結び付きの水準", "Level of the link"),
    "from_issued": Words("この年からの版", "Editions from this year on"),
    "to_issued": Words("この年までの版", "Editions up to this year"),
    "from_amount": Words("この額からの事業", "Projects from this amount on"),
    "to_amount": Words("この額までの事業", "Projects up to this amount"),
    "times": Words("延べの数", "namings"),
    "oneLevel": Words("すべて{name}", "all {name}"),
    "yearOf": Words("{n}年の版", "editions of {n}"),
    "yearsUntil": Words("{n}年以前の版", "editions of {n} and before"),
    "noneShort": Words("記載なし", "not stated"),
    "amounts": Words("0円|〜1億|1億〜|10億〜|100億〜|千億〜|1兆〜", "¥0|<100mn|100mn|1bn|10bn|100bn|1tn"),
    "amountZero": Words("当初予算0円", "initial budget ¥0"),
    "amountSince": Words("当初予算{from}以上", "initial budget {from} or more"),
    "amountUntil": Words("当初予算{to}未満", "initial budget below {to}"),
    "amountBetween": Words("当初予算{from}以上{to}未満", "initial budget from {from} to below {to}"),
    "keptYear": Words("{from}年の版", "editions of {from}"),
    "keptYears": Words("{from}〜{to}年の版", "editions of {from}–{to}"),
    "keptSince": Words("{from}年以降の版", "editions of {from} and after"),
    "keptUntil": Words("{to}年以前の版", "editions of {to} and before"),
    "keptNoAmount": Words("当初予算の記載なし", "initial budget not stated"),
    "keptNote": Words(
        "絞り込み中です。版の年と結び付きの水準では、当てはまる版を挙げる事業と、その帯だけが残ります。額と府省庁では、当てはまる事業だけが残ります。",
        "Filters are on. By year of the edition and level of the link only projects that name such an edition remain, with those bands. "
        "By amount and ministry only such projects remain.",
    ),
    "kept": Words("絞り込み", "Filters"),
    "letGo": Words("絞り込みを外す: {name}", "Remove the filter: {name}"),
    "and": Words("・", ", "),
    "andOthers": Words("ほか{n}", " and {n} more"),
    "all": Words("すべて", "all"),
    "chosen": Words("{n}つ", "{n} chosen"),
    "nothing": Words("当てはまる事業はありません", "No project is in it"),
    "language": Words("English", "日本語"),
    "languageHint": Words("Switch to English", "日本語に切り替える"),
    "save": Words("保存", "Save"),
    "savePng": Words("画像（PNG）", "Picture (PNG)"),
    "saveSvg": Words("画像（SVG）", "Picture (SVG)"),
    "saveCsv": Words("表（CSV、円まで）", "Table (CSV, exact yen)"),
    "savePrint": Words("印刷", "Print"),
    "embed": Words("埋め込み用の記述", "Snippet to embed"),
    "embedHint": Words(
        "このHTMLファイルを頁と同じ場所に置き、次の記述を頁に書きます。",
        "Put this HTML file beside your page, and write this into the page.",
    ),
    "search": Words("戦略・府省庁・施策・事業を探す", "Find a plan, ministry or project"),
    "noMatch": Words("見つかりません", "Nothing found"),
    "caption": Words(
        "帯は、左の計画を挙げる右の事業です。三つの計画を挙げる事業は三つの帯に立つので、帯を足し合わせても事業の数や予算の総額にはなりません。"
        "名前の横の数と額は、その行の事業を一度ずつ数えたものです。額はレビュー年度の当初予算で、記載のない事業の額は入りません（表は円まで）。",
        "A band is the projects at its right that name the plan at its left. A project that names three plans stands in three bands, "
        "so bands do not add up to the number of projects nor to the budget. The numbers beside a name count each of its projects "
        "once. Money is the initial budget of the review year, of the projects that state one (to the yen in the table).",
    ),
    "hint": Words(
        "名前か帯を押すと開きます。指すと、向かい側に分け前が出ます。",
        "Click a name or a band to open it. Point at a name to see its shares on the other side.",
    ),
    "unknownNote": Words(
        "「計画名から特定できない」は、計画を挙げるが、どの計画か分からない事業です。「計画の記載なし」は計画を一つも挙げない事業で、法令だけを挙げるものを含みます。",
        "“Plans named that are not identified”: the project names a plan, and which one is not known. “No plan stated”: it names none; it may name a law.",
    ),
    "beside": Words(
        "事業でないもの（施策・目標・指標など）のうち{n}件も戦略・計画を挙げますが、図には入りません。",
        "{n} things that are no projects (measures, objectives, indicators) name plans too, and are not in the picture.",
    ),
    "table": Words("表で見る", "As tables"),
    "exact": Words("当初予算（円）", "initial budget (yen)"),
    "statedBy": Words("額の記載がある事業", "projects that state it"),
    "bands": Words("帯", "Bands"),
    "source": Words("出典", "Source"),
    "sourceText": Words(
        "{of}（公表資料の日付 {date}）。図はkonkyoが作成。", "{of} (files of {date}). Drawn by konkyo."
    ),
    "sourceUndated": Words("{of}。図はkonkyoが作成。", "{of}. Drawn by konkyo."),
    "page": Words("頁を開く", "Open its page"),
    "home": Words("はじめの頁", "Front page"),
    "details": Words("この事業", "This project"),
    "iri": Words("識別子", "Identifier"),
    "cites": Words("挙げる計画", "Plans it names"),
    "yenUnknown": Words("記載なし", "not stated"),
    "noscript": Words(
        "スクリプトを使えないため、開いて見ることはできません。図と表は読めます。",
        "Without scripts nothing opens. The picture and the tables can be read.",
    ),
}

"""What the page's interface says, in both languages."""

from __future__ import annotations

from konkyo.words import Words

TEXTS: dict[str, Words] = {
    "search": Words("名称・番号・IRIで探す", "Search by label, number or IRI"),
    "noMatch": Words("見つかりません", "Nothing found"),
    "matches": Words("{n}件", "{n} found"),
    "moreMatches": Words("ほか{n}件", "{n} more"),
    "language": Words("English", "日本語"),
    "languageHint": Words("Switch to English", "日本語に切り替える"),
    "whole": Words("全体", "Fit"),
    "wholeHint": Words("全体を表示", "Show the whole graph"),
    "zoomIn": Words("拡大", "Zoom in"),
    "zoomOut": Words("縮小", "Zoom out"),
    "graph": Words(
        "根拠のネットワーク図。矢印キーでつながりをたどり、＋と－で拡大・縮小、0で全体、Escで選択解除。",
        "Network of justifications. Arrow keys follow links, + and - zoom, 0 fits, Escape clears.",
    ),
    "legend": Words("凡例と絞り込み", "Legend and filters"),
    "kinds": Words("種類", "Kinds"),
    "levels": Words("つながりの根拠", "What a link rests on"),
    "panel": Words("詳細", "Details"),
    "close": Words("閉じる", "Close"),
    "facts": Words("内容", "Facts"),
    "evidence": Words("証拠", "Evidence"),
    "evidenceCount": Words("証拠 {n}件", "Evidence ({n})"),
    "source": Words("資料", "Source"),
    "place": Words("箇所", "Place"),
    "quoted": Words("文言", "Words"),
    "certainty": Words("読みの確かさ", "Reading"),
    "neighbours": Words("つながり", "Links"),
    "incoming": Words("根拠の側", "From the grounds"),
    "outgoing": Words("支える先", "To what rests on it"),
    "hiddenLinks": Words("絞り込みで隠れているつながり：{n}件", "{n} links hidden by the filters"),
    "showThem": Words("表示する", "Show them"),
    "rule": Words("規則", "Rule"),
    "reason": Words("理由", "Reason"),
    "remark": Words("補足", "Remark"),
    "author": Words("解釈した人", "Interpreted by"),
    "chainUp": Words("根拠の連なり", "Chains of grounds"),
    "chainDown": Words("ここから支えられるもの", "What rests on it"),
    "chainCount": Words("{n}本", "{n}"),
    "noChainUp": Words("表示中のつながりには根拠がありません。", "No grounds among the links shown."),
    "noChainDown": Words(
        "表示中のつながりには、これを根拠とするものがありません。",
        "Nothing among the links shown rests on it.",
    ),
    "moreChains": Words("残り{n}本を表示", "Show {n} more"),
    "manyChains": Words("{n}本以上", "{n} or more"),
    "link": Words("原典", "Document"),
    "newTab": Words("（新しいタブで開く）", "(opens in a new tab)"),
    "unsafeUrl": Words(
        "安全なリンクではないため文字として表示しています", "shown as text, since it is no safe link"
    ),
    "iri": Words("IRI", "IRI"),
    "selected": Words(
        "選択：{label}。つながる{n}件を強調しています。", "Selected: {label}. {n} connected things are lit."
    ),
    "cleared": Words("選択を解除しました。", "Selection cleared."),
    "nothing": Words("表示するものがありません。", "There is nothing to show."),
    "table": Words("表で見る（{n}件、つながり{e}件）", "As tables ({n} things, {e} links)"),
    "nodesTable": Words("もの", "Things"),
    "edgesTable": Words("つながり", "Links"),
    "kind": Words("種類", "Kind"),
    "label": Words("名称", "Label"),
    "from": Words("根拠", "From"),
    "relation": Words("関係", "Relation"),
    "to": Words("支えられるもの", "To"),
    "level": Words("根拠の別", "Claim"),
    "basis": Words("規則・理由", "Rule or reason"),
    "noscript": Words(
        "JavaScriptが使えないため、図の代わりに表を示します。",
        "JavaScript is off, so tables stand in for the picture.",
    ),
    "hint": Words(
        "箱を選ぶと、根拠の連なりと証拠が見えます",
        "Select a box to see its chain of grounds and the evidence",
    ),
}

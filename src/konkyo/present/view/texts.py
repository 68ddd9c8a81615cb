"""What the page's interface says, in both languages."""

from __future__ import annotations

from konkyo.common.words import Words

TEXTS: dict[str, Words] = {
    "search": Words("名称・番号・IRIで探す", "Search by label, number or IRI"),
    "noMatch": Words("見つかりません", "Nothing found"),
    "matches": Words("{n}件", "{n} found"),
    "moreMatches": Words("ほか{n}件", "{n} more"),
    "moreThings": Words("もっと多く示す", "Show more"),
    "language": Words("English", "日本語"),
    "languageHint": Words("Switch to English", "日本語に切り替える"),
    "area": Words("範囲", "Area"),
    "areaHint": Words(
        "範囲を囲んで選ぶ（Shiftを押しながら引いても）", "Area: select by rectangle (or drag with Shift)"
    ),
    "areaOn": Words(
        "図の上を引いて囲みます。もう一度押すかEscapeで終わります。",
        "Drag over the picture. Press again or Escape to end.",
    ),
    "areaOff": Words("範囲の選択を終えました。", "Selection by rectangle is off."),
    "areaBar": Words("囲んだもの", "What is gathered"),
    "gathered": Words("{n}件を囲んでいます", "{n} gathered"),
    "keepOnly": Words("これだけ示す", "Show only these"),
    "letGo": Words("やめる", "Let go"),
    "whole": Words("全体", "Fit"),
    "wholeHint": Words("全体を表示", "Fit the whole graph"),
    "zoomIn": Words("拡大", "Zoom in"),
    "zoomOut": Words("縮小", "Zoom out"),
    "graph": Words(
        "根拠のネットワーク図。矢印キーでつながりをたどり、＋と－で拡大・縮小、0で全体、Enterで詳細、"
        "aで道筋の端、sとShift＋矢印で複数選択、pで固定、hで隠す、cでたたむ、eでひろげる、uで元に戻す、Escで選択解除。",
        "Network of justifications. Arrow keys follow links, + and - zoom, 0 fits, Enter opens the details, "
        "a starts a path, s and Shift with arrows gather several, p pins, h hides, c collapses, e expands, u undoes, Escape clears.",
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
        "表示中のつながりには、これを挙げるものや、その下にあるものがありません。",
        "Nothing among the links shown rests on it.",
    ),
    "moreItems": Words("残り{n}件を表示", "Show {n} more"),
    "acts": Words("この箱の操作", "What to do with it"),
    "path": Words("道筋の端にする", "Path from here"),
    "pathEnd": Words("道筋をやめる", "End the path"),
    "pathHint": Words(
        "もう一方の端を選ぶと、二つを結ぶ道筋が出ます（キー a）。",
        "Select the other end to see the paths between the two (key a).",
    ),
    "pathCleared": Words("道筋をやめました。", "The path is cleared."),
    "pathTitle": Words("「{from}」から「{to}」への道筋", "Paths from {from} to {to}"),
    "noPath": Words(
        "表示中のつながりに、二つを結ぶ道筋はありません。", "No path among the links shown joins the two."
    ),
    "pin": Words("固定", "Pin"),
    "unpin": Words("固定を解く", "Unpin"),
    "pinHint": Words(
        "絞り込んでも残し、薄くしない（キー p）", "Stays whatever is filtered, never faded (key p)"
    ),
    "hide": Words("隠す", "Hide"),
    "hideHint": Words("図から隠す（キー h）", "Take it off the picture (key h)"),
    "collapse": Words("たたむ", "Collapse"),
    "collapseHint": Words("これだけにつながる先を隠す（キー c）", "Hide what hangs on it alone (key c)"),
    "expand": Words("ひろげる", "Expand"),
    "expandHint": Words("隠した隣を戻す（キー e）", "Bring hidden neighbours back (key e)"),
    "load": Words("つながりを読み込む", "Load links"),
    "loadHint": Words(
        "図にないつながりをサーバーから読み込む（キー e）", "Fetch links that are not in the picture (key e)"
    ),
    "loading": Words("読み込んでいます。", "Loading."),
    "loaded": Words("{n}件を加えました。", "{n} things added. "),
    "loadedNone": Words("ほかにつながるものはありません。", "Nothing else is linked to it."),
    "loadFailed": Words("つながりを読み込めませんでした。", "The links could not be loaded."),
    "page": Words("この項目のページ", "Page of this thing"),
    "undo": Words("元に戻す", "Undo"),
    "undoHint": Words("最後の変更を元に戻す（キー u）", "Undo the last change (key u)"),
    "undone": Words("元に戻しました。", "Undone."),
    "bringBack": Words("隠した{n}件を戻す", "Bring {n} back"),
    "save": Words("書き出す", "Export"),
    "savePng": Words("図をPNGで", "Picture as PNG"),
    "saveSvg": Words("図をSVGで", "Picture as SVG"),
    "saveCsv": Words("選んだ部分をCSVで", "Selection as CSV"),
    "savePrint": Words("印刷", "Print"),
    "saved": Words("{name} に書き出しました。", "Saved as {name}."),
    "valueChart": Words("値のグラフ", "Values as bars"),
    "exact": Words("円までの額（{n}年度）", "To the yen ({n} years)"),
    "moreOfCell": Words("ほか{n}件", "{n} more"),
    "budgetChart": Words("予算のグラフ", "Budget as bars"),
    "moreRows": Words("残り{n}行を表示", "Show {n} more rows"),
    "chainsText": Words("位置付けの道筋", "Chains of justification"),
    "someChains": Words(
        "道筋が多いため、位置付けごとにそれを通る道筋を一つ示します（多いときは途中まで。すべてのつながりは下の表にあります）。",
        "There are many chains: for each claim one chain through it is told (as far as there is room; "
        "the tables below have every link).",
    ),
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
        "矢印は根拠から支えられるものへ。箱を選ぶと、根拠の連なりと証拠が見えます",
        "Arrows lead from grounds to what rests on them. Select a box to see its chain and the evidence",
    ),
}

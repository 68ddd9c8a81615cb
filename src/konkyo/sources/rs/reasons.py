"""Why a column is not imported; shown in the summary of a build and in the documentation."""

from __future__ import annotations

from konkyo.common.words import Words

DISPLAY_ORDER = Words("表示の順序を決める番号", "a number that only sets the order of display")
ONLY_PERSONAL = Words(
    "個人の名前。konkyoは、文書の作成者として文書自身が挙げる場合を除き、個人名を持たない。",
    "A personal name; konkyo keeps none but that of a document's author, where the document names it.",
)
SHEET_KIND = Words("1-2の同じ列から読む", "read from the same column of 1-2")
_OFFICE = Words(
    "担当部局は1-1から読む（どのファイルにも同じ列がある）",
    "offices are read from 1-1; every file repeats these columns",
)
OFFICES: dict[str, Words] = dict.fromkeys(("府省庁", "局・庁", "部", "課", "室", "班", "係"), _OFFICE)

# What an importer counts, in words, for the summary of a build.
COUNTED: dict[str, Words] = {
    "projects": Words("予算事業", "budget projects"),
    "plan-citations": Words("計画・通知等の引用", "citations of plans"),
    "law-citations": Words("法令の引用", "citations of laws"),
    "plans-said-to-be-none": Words(
        "「なし」などと記された計画・通知等（引用にしない）",
        "plans said to be none (「なし」 or dashes), not cited",
    ),
    "laws-said-to-be-none": Words(
        "「なし」などと記された法令（引用にしない）", "laws said to be none (「なし」 or dashes), not cited"
    ),
    "law-without-id": Words(
        "法令IDのない引用（名称で区別）", "citations of laws without an id, told apart by name"
    ),
    "law-id-of-a-revision": Words("改正法令のIDを添えた引用", "citations with the id of a revision"),
    "law-id-unreadable": Words("読めない法令ID", "law ids that cannot be read"),
    "law-number-of-no-such-law": Words(
        "法令IDと合わない、又は番号と読めない法令番号（引用に付記）",
        "law numbers that contradict the law's id or are no number, noted at the citation",
    ),
    "project-in-no-policy": Words(
        "どの政策・施策にも関連しないと記された事業", "projects said to belong to no policy"
    ),
    "project-in-policy-without-measure": Words(
        "施策の記載がない事業", "projects in a policy without a measure"
    ),
    "related-project-without-id": Words(
        "IDのない関連事業（名称で区別）", "related projects without an id, told apart by name"
    ),
    "budget-rows-without-amounts": Words("額のない予算の行", "budget rows without any amount"),
    "budget-rows-without-account-all-zero": Words(
        "会計の記載がなく全て0の行", "rows of no account, all zero"
    ),
    "account-rows-without-total": Words("合計行のない会計別の行", "account rows without a total row"),
    "execution-of-running-year-absent": Words(
        "執行が終わっていないため執行額なしとした額", "executions of the running year, taken as absent"
    ),
    "zeros-of-accounts-not-written": Words(
        "会計別の0（事実にしない）", "zeros of accounts, not made into facts"
    ),
    "kpi-decisions": Words("KPIを定める閣議決定等の引用", "citations of decisions that set a KPI"),
    "kpi-places-without-decision": Words(
        "決定の名のない該当箇所・URL（欄として保持）", "places without the name of a decision, kept as cells"
    ),
    "indicators": Words("指標", "indicators"),
    "indicator-without-value": Words("値のない指標", "indicators without a value"),
    "values-target": Words("目標値", "targets"),
    "values-result": Words("実績値", "results"),
    "values-achievement-rate": Words("達成率", "rates of achievement"),
    "results-in-words": Words("定性的な成果実績", "results told in words"),
    "values-in-words": Words(
        "値のうち数でないもの（文言のまま）", "values that are no number, kept as words"
    ),
    "values-of-no-known-role": Words(
        "役割の分からない値（欄として保持）", "values of no known role, kept as cells"
    ),
    "step-without-indicator": Words("段階だけで指標のない行", "rows of a step without an indicator"),
    "step-without-text": Words("内容の記載のない段階の行", "rows of a step without its text"),
    "row-without-step": Words("段階も指標もない行", "rows without step and indicator"),
    "project-without-logic-model": Words("効果発現経路のない事業", "projects without a logic model"),
    "logic-connections": Words("段階のつながり", "connections of steps"),
    "steps-measured-by-an-indicator": Words(
        "段階が測られる指標の記載", "indicators named as what a step is measured by"
    ),
    "review-without-verdict": Words("推進チームの所見のない事業", "reviews without a verdict"),
    "payees-by-corporate-number": Words("法人番号で区別した支出先", "payees told apart by corporate number"),
    "payees-by-name-only": Words("名称と所在地で区別した支出先", "payees told apart by name and place only"),
    "rows-with-a-dummy-corporate-number": Words(
        "仮の法人番号（9999999999999など）の行", "rows with a dummy corporate number (9999999999999)"
    ),
    "payment-blocks": Words("支出先ブロック（合計の行）", "blocks of payees (rows of totals)"),
    "block-rows-repeated": Words("同じブロックの二つ目の行", "second rows of a block"),
    "payments": Words(
        "支出先の合計（金額を数える段階）", "totals of payees (the level that money is counted at)"
    ),
    "contracts": Words("契約（支出先の合計の内訳）", "contracts (parts of the totals of payees)"),
    "contracts-without-payee-total": Words(
        "支出先の合計のない契約（支出としては数えない）",
        "contracts without a total of their payee, not counted as payments",
    ),
    "payee-rows-without-amount": Words(
        "額も契約もない支出先の行", "rows of payees without amount and contract"
    ),
    "figures": Words("予算・執行額・要求額", "amounts of budget, execution and request"),
    "amounts-finer-than-a-yen": Words(
        "円未満の端数まで書かれた額（円に丸め、記載額は保持）",
        "amounts finer than a yen, rounded; kept as stated",
    ),
    "themes": Words("主要施策の記載", "themes"),
    "outcomes": Words("アウトカム", "outcomes"),
    "outputs": Words("アウトプット", "outputs"),
    "earlier-sheets-named": Words("過去のシートの記載", "earlier sheets named"),
    "project-without-payments": Words("支出のない事業", "projects without payments"),
    "blocks-that-differ-from-their-payees": Words(
        "合計が支出先の和と合わないブロック", "blocks whose payees sum to another amount"
    ),
    "payees-that-differ-from-their-contracts": Words(
        "合計が契約の和と合わない支出先", "payees whose contracts sum to another amount"
    ),
    "apostrophes-dropped": Words(
        "セルの先頭から除いたアポストロフィ", "apostrophes dropped from the beginning of cells"
    ),
    "corporate-numbers-with-wrong-check-digit": Words(
        "検査数字の合わない法人番号", "corporate numbers whose check digit is wrong"
    ),
}

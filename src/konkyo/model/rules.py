"""The rules by which konkyo derives claims, each named so that it can be shown and disputed."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.model.identifiers import thing
from konkyo.model.records import Rule

THROUGH_MEASURE = Rule(
    iri=thing("rule", "through-measure"),
    name=Words("施策を通じた位置付け", "Justification through the measure"),
    definition=Words(
        "評価書は戦略の関係部分を施策全体の横に記す。その施策の目標と測定指標は、施策を通じて同じ関係部分に位置付けられる。"
        "どの関係部分がどの指標に対応するかまでは示さない。",
        "A sheet names the strategies' sections beside the whole measure. The measure's objectives and indicators rest "
        "on the same sections through it. Which section speaks to which indicator is not said by this.",
    ),
)
RESULT_AGAINST_TARGET = Rule(
    iri=thing("rule", "result-against-target"),
    name=Words("実績と目標の比較", "Result against target"),
    definition=Words(
        "実績が目標の上限（なければ下限）を上回れば超過達成、下限以上なら達成、下限を下回れば未達成。内訳があれば全ての内訳から判定する。"
        "数でない値、単位の違い、目標と等しい概数の実績は比較できないとする。増えるほど良い指標として比べ、以下とする目標には用いない。",
        "A result above the target's upper bound (its lower one where it has no upper) exceeds it, one from the lower "
        "bound on achieves it, one below does not. With parts, all of them count. Values in words, different units "
        "and an approximate result that equals the target cannot be compared. More is taken as better; the rule is "
        "not used for a target that is an upper bound only.",
    ),
)
SAME_MEASURE_NAME = Rule(
    iri=thing("rule", "same-measure-name"),
    name=Words("同じ府省庁の同じ名称の施策", "Measures of the same name in one ministry"),
    definition=Words(
        "府省庁が同じで、先頭の番号を除いた名称が、名前を比べる形（字の幅、異体字、長音と横線、空白などの違いを除いた形）で一致する政策・施策は、"
        "年度や資料が違っても同じものとする。番号は年度ごとに変わるので比べない。名称が変わった施策は別のものになる。",
        "Policies and measures of one ministry whose names agree in the form in which names are compared (width, "
        "variant forms of signs, long marks and dashes, spaces aside), the leading number apart, are taken as the same over years and documents. Numbers change from year to year and are not "
        "compared. A measure that was renamed becomes another one.",
    ),
)
CITATION_DENOTES = Rule(
    iri=thing("rule", "citation-denotes"),
    name=Words("引用の同定", "What a citation denotes"),
    definition=Words(
        "引用の文言から題名、版、日付、決定を読み、登録簿の名称・別名と版又は日付が一致する文書を指すとする。"
        "題名だけが似ていても結び付けない。日付も版もない引用は戦略を指し、版を推測しない。名は一致するが、版や日付が登録簿の"
        "どの版とも合わない引用も、戦略を指す。登録簿にない名は、同じ名（番号・年を除く）だけをまとめる。理由と点数を個々に記す。",
        "Title, edition, date and decision are read from a citation's words; it denotes the document whose name or alias "
        "and edition or date agree. Likeness of names alone joins nothing. A citation without date or edition denotes "
        "the strategy: no edition is guessed; nor is one where the name agrees, but edition or date are none that is "
        "registered. Names that are not registered come together where they are equal but for numbers and years. Each "
        "denotation gives its reason and score.",
    ),
)
SAME_LAW_NAME = Rule(
    iri=thing("rule", "same-law-name"),
    name=Words("同じ名の法令", "Laws of the same name"),
    definition=Words(
        "法令IDなしに名だけで引かれた法令は、同じ名が他の箇所で一つの法令IDとともに記されていれば、その法令を指すとする。"
        "字の幅と空白、名の後の法令番号と条項を除いて比べる。その名の法令IDが二つ以上あるか、法令番号が違えば、何も主張しない。",
        "A law that is cited by its name alone, without an id, is the law whose id stands beside the same name elsewhere. "
        "Width and spaces, and the number and articles behind the name, are left aside. Where several ids stand beside the "
        "name, or the number stated is another's, nothing is claimed.",
    ),
)
SAME_STEP = Rule(
    iri=thing("rule", "same-step"),
    name=Words("年度をまたぐ同じ段階", "The same step over the years"),
    definition=Words(
        "予算事業、種類、期間、内容の文言が一致する論理モデルの段階は、年度ごとの番号が違っても同じものとする。文言は字の幅、大文字と"
        "小文字、空白などを除いて比べる。一つの年度に同じ文言が複数あるときは、指標の名が一つだけ一致するもの、残りは番号が全て同じなら同じ"
        "番号のもの、全て違うなら番号の順に対応させ、指標の名が食い違うもの、数が合わないものは同じとしない。",
        "Steps of logic models whose project, kind, period and words agree are one thing, whatever number each review gives "
        "them. Width, case, spaces and the like are left aside. Where one year has the same words more than once, those "
        "whose indicators' names nothing else has are one; the rest by number where all numbers stayed, in the order of "
        "numbers where all changed; where indicators contradict or there are not as many, nothing is claimed.",
    ),
)
SAME_INDICATOR = Rule(
    iri=thing("rule", "same-indicator"),
    name=Words("年度をまたぐ同じ指標", "The same indicator over the years"),
    definition=Words(
        "同じ段階（年度をまたぐ同じ段階の規則による）の、名が一致する指標は、年度が違っても同じものとする。名は字の幅、大文字と小文字、"
        "空白などを除いて比べる。一つの年度に同じ名が二つ以上あれば、同じとしない。",
        "Indicators of one step (by the rule for steps over the years) that bear one name are one thing over the years. "
        "Width, case, spaces and the like are left aside. Where one year has the name twice, nothing is claimed.",
    ),
)
SAME_SHEET_INDICATOR = Rule(
    iri=thing("rule", "same-sheet-indicator"),
    name=Words("評価書をまたぐ同じ測定指標", "The same indicator of several evaluation sheets"),
    definition=Words(
        "一つの施策の二つ以上の評価書にある、名が一致する測定指標は同じものとする。名は字の幅、大文字と小文字、空白などを除いて比べる。"
        "一つの評価書に同じ名が二つ以上あれば、同じとしない。",
        "Indicators of one measure that bear one name in two or more evaluation sheets are one thing. "
        "Width, case, spaces and the like are left aside. Where one sheet has the name twice, nothing is claimed.",
    ),
)
SAME_PROJECT_NAME = Rule(
    iri=thing("rule", "same-project-name"),
    name=Words("前の年度のレビューの同じ名称の事業", "A project of the same name in the review before"),
    definition=Words(
        "一つの年度と前の年度のレビューに、同じ府省庁の同じ名称の予算事業が一つずつあれば、後のものは前のものから続くとする。名称は字の幅、"
        "異体字、空白などを除いて比べる。次に、経緯を記す括弧（旧：…、前年度：…、…から名称変更）を除いて比べる。どちらかに同じ名称が二つ以上あれば、何も主張しない。",
        "Where two neighbouring reviews have one project each of a name in a ministry, the later one goes on from the earlier. Width, "
        "variant signs, spaces and the like are left aside; then brackets that tell its history (旧：…, 前年度：…) as well. Where a "
        "review has the name twice, nothing is claimed.",
    ),
)
SAME_PROJECT_AMOUNTS = Rule(
    iri=thing("rule", "same-project-amounts"),
    name=Words("両方のシートが記す額の一致", "Equal amounts of the years that both sheets tell"),
    definition=Words(
        "隣り合う年度のレビューの、名称では結ばれない二つの事業が、両方のシートの記す会計年度の額（当初予算、補正、繰越し、予備費、執行額）を同じく記せば、後のものは前のものから続くとする。"
        "当初予算の食い違い（百万円以上かつ1％以上）があれば結ばない。証拠は、一致する相異なる額の、最初の一桁より後の桁の数で量る。5桁以上あるか、一桁以上あって"
        "名称が似ているか、二桁以上あって概要が似ているか、二年度以上が一致して名称がほとんど同じなら足りる。他の府省庁のものは5桁と、似た名称か概要を要する。食い違いが一年度だけで、二年度以上が一致し、名称がほとんど同じものも結ぶ。"
        "互いに他より良い相手があれば、何も主張しない。",
        "Two projects of neighbouring reviews that no name joins tell alike the amounts (initial, supplementary, carried over, reserve, executed) of the fiscal years that both sheets tell. "
        "An initial budget that differs (by a million yen and 1 % or more) speaks against it. The evidence is the number of digits after the first of the "
        "different amounts that agree: five are enough, or one where names are alike, two where summaries are, or two years where the names are nearly one. In another ministry it takes five and a like name or summary. "
        "One year that differs is borne where two agree and the names are nearly one. Where either has another partner as good, nothing is claimed.",
    ),
)
SAME_PROJECT_SUMMARY = Rule(
    iri=thing("rule", "same-project-summary"),
    name=Words("ほとんど同じ概要", "Nearly one summary"),
    definition=Words(
        "隣り合う年度のレビューの同じ府省庁の、名称でも額でも結ばれない二つの事業の概要（初めの300字、60字以上）が95％以上一致し、どちらにもほかに同じほど似たものがなく、"
        "両方のシートが記す会計年度の当初予算に食い違いがなければ、後のものは前のものから続くとする。",
        "Two projects of a ministry in neighbouring reviews that neither name nor amounts join, whose summaries (the first 300 signs, 60 at the least) are one to "
        "95 %, while neither has another one as like and no initial budget of a fiscal year that both tell differs: the later goes on from the earlier.",
    ),
)
SAME_PROJECT_MOVED = Rule(
    iri=thing("rule", "same-project-moved"),
    name=Words(
        "他の府省庁に移った同じ名称の事業", "A project of the same name that moved to another ministry"
    ),
    definition=Words(
        "隣り合う年度のレビューのそれぞれに、政府全体で一つだけある名称の事業が、別の府省庁にあり、それぞれの府省庁に続く相手がなければ、後のものは前のものから続くとする。"
        "額が一致するか、概要が似ていることを要する（新設の府省庁は、前の年度の額を記さない）。",
        "A name that the whole government has once in each of two neighbouring reviews, under different ministries, neither of which has another partner "
        "for it: the later project goes on from the earlier. Amounts must agree, or summaries be alike (a new ministry tells no amounts of before).",
    ),
)
SPLIT_OR_MERGED = Rule(
    iri=thing("rule", "split-or-merged"),
    name=Words("額の和の一致による分割・統合", "A split or merger by sums of amounts"),
    definition=Words(
        "一つの事業の額が、隣り合う年度のレビューの同じ府省庁の二つの事業の額の和に、全てのシートが記す会計年度（二つの事業に額のある二年度以上）で一致し、"
        "そのような二つが他になければ、分割又は統合として二つの関連とする。一致する額は、最初の一桁より後の桁を合わせて5桁以上を要する。既に続く相手があり、その額に食い違いがないものは求めない。",
        "The amounts of one project are the sums of those of two projects of the same ministry in a neighbouring review, in all fiscal years that all tell "
        "(two or more in which both have some), and no other two are so: a split or a merger, two links. The sums must agree in five digits after the first. "
        "What goes on from, or into, a project whose amounts do not differ is not looked at.",
    ),
)
YEARLY_BUDGET = Rule(
    iri=thing("rule", "yearly-budget"),
    name=Words("年度ごとの額", "The amounts of a year"),
    definition=Words(
        "一つの資料が施策又は予算事業の一つの会計年度について記す予算額を、区分（当初、補正、繰越し等、予備費等、合計、執行額）ごとに足して一つにまとめる。"
        "年度と区分の分かる予算額だけを用い、会計別の内訳は足さない。資料にない区分は0とせず、置かない。",
        "What one document tells of one fiscal year of a measure or project is put together, each stage (initial, supplementary, carried over, "
        "reserve, total, executed) summed. Only figures whose year and stage are known count, and no parts by account. A stage that the document "
        "does not tell is left out, and is not 0.",
    ),
)
COUNTED = Rule(
    iri=thing("rule", "counted"),
    name=Words("グラフにあるものの数", "Counts of what the graph holds"),
    definition=Words(
        "保存済みの問合せ summary が数えるものと、そのほかの種類ごとの異なるものの数を、ストアを作るときに数える。",
        "What the stored query summary counts, and the distinct things of each other class, are counted when the store is built.",
    ),
)
FOUND_GAPS = Rule(
    iri=thing("rule", "gap"),
    name=Words("資料から分かる不足", "Gaps that the documents show"),
    definition=Words(
        "保存済みの問合せ gap-（種類）の答えの行のうち、同じ対象を示すものを一つの不足とする。その年度の、答えに要るファイルがストアにない種類は、何も主張しない。",
        "The rows that a stored query gap-(kind) answers and that show the same are one gap. Of a year without the files that the kind needs, nothing is claimed.",
    ),
)
RULES: tuple[Rule, ...] = (
    CITATION_DENOTES,
    SAME_LAW_NAME,
    THROUGH_MEASURE,
    RESULT_AGAINST_TARGET,
    SAME_MEASURE_NAME,
    SAME_STEP,
    SAME_INDICATOR,
    SAME_SHEET_INDICATOR,
    SAME_PROJECT_NAME,
    SAME_PROJECT_AMOUNTS,
    SAME_PROJECT_SUMMARY,
    SAME_PROJECT_MOVED,
    SPLIT_OR_MERGED,
    YEARLY_BUDGET,
    COUNTED,
    FOUND_GAPS,
)

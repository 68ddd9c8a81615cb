"""Findings and advice as data: a code and its values, worded by whoever shows them.

An inner module does not know who reads its answer: a terminal has command lines, a page has links, a Python caller has
arguments. ``PLAIN`` words each code for readers without a command line: pages, JSON and Python callers.
:mod:`konkyo.present.text.advice` words those codes again for which a terminal has more to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from konkyo.common.words import Words

Value = Words | str | int


class Code(StrEnum):
    """What a finding or a piece of advice is about; the names stand in answers as JSON."""

    # Arguments that do not go together, or mean nothing.
    FILTERS_OF_CHAINS = "filters-of-chains"
    FILTERS_OF_STRATEGY = "filters-of-strategy"
    ONE_SUBJECT = "one-subject"
    DEPTH_WITHOUT_THING = "depth-without-thing"
    YEAR_WITH_QUERY = "year-with-query"
    YEAR_OF_ONE_STORE = "year-of-one-store"
    YEARS_OR_STORES = "years-or-stores"
    DEPTH_BELOW_ZERO = "depth-below-zero"
    LIMIT_BELOW_ZERO = "limit-below-zero"
    # Names that fit nothing.
    NAMES_TO_TRY = "names-to-try"
    NEAR_QUERY = "near-query"
    QUERY_NAMES = "query-names"
    NEAR_TOPIC = "near-topic"
    NO_REPORT = "no-report"
    # Stores.
    NO_DOCUMENTS = "no-documents"
    OLD_STORE = "old-store"
    NO_STORE = "no-store"
    TRANSCRIBE_FIRST = "transcribe-first"
    CARRIED_GRAPH = "carried-graph"
    BUILD_AT_WORK = "build-at-work"
    OTHER_ADDRESS = "other-address"
    LOAD_TO_END = "load-to-end"
    NO_GRAPH_ON_SERVER = "no-graph-on-server"
    PORT_TAKEN = "port-taken"
    # What a trace leaves out, and where there is more.
    NOTHING_RESTS = "nothing-rests"
    NOTHING_CITES = "nothing-cites"
    BY_DENOTATION = "by-denotation"
    UNIDENTIFIED = "unidentified"
    MEANING_UNKNOWN = "meaning-unknown"
    THROUGH_CONTAINER = "through-container"
    NO_STRATEGY = "no-strategy"
    NO_STRATEGY_OF_ITSELF = "no-strategy-of-itself"
    ONLY_RELATED = "only-related"
    ONLY_A_MEANS = "only-a-means"
    NO_FIELD_FOR_STRATEGIES = "no-field-for-strategies"
    STATED_ELSEWHERE = "stated-elsewhere"
    NO_INTERPRETATION = "no-interpretation"
    NO_ADVICE_USED = "no-advice-used"
    NO_CHAIN = "no-chain"
    FIRST_CHAINS = "first-chains"
    LONGER_CHAIN = "longer-chain"
    CHAIN_OF_OTHER_LEVEL = "chain-of-other-level"
    MINISTRY_RESTS = "ministry-rests"
    OTHER_EDITIONS = "other-editions"
    COMMON_GROUNDS = "common-grounds"
    RESTING_ON_BOTH = "resting-on-both"
    NEAREST_GROUNDS = "nearest-grounds"
    PROJECTS_OF_MEASURE = "projects-of-measure"
    REPORT_OF_MINISTRY = "report-of-ministry"
    GAPS_OF_MINISTRY = "gaps-of-ministry"
    VIEW_OF_MINISTRY = "view-of-ministry"
    STRATEGY_OF_MINISTRY = "strategy-of-ministry"
    # What a picture leaves out.
    VIEW_OF_PART = "view-of-part"
    DEPTH_OR_LIMIT = "depth-or-limit"
    SHORTEST_CHAINS = "shortest-chains"
    ALL_OF_MINISTRY = "all-of-ministry"
    MOST_LINKED = "most-linked"
    OTHER_YEARS = "other-years"
    IN_BRIEF = "in-brief"
    # What a report leaves out.
    YEARS_TOLD = "years-told"
    # What a comparison leaves out.
    MEASURES_NOT_COMPARED = "measures-not-compared"
    YEARS_COMPARED = "years-compared"


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding or a piece of advice: ``values`` are what its sentence names, a text in both languages where it has both."""

    code: Code
    values: Mapping[str, Value] = field(default_factory=dict)

    def plain(self) -> Words:
        """Return the sentence without a command line; both texts are empty where there is nothing to say without one."""
        return filled(PLAIN[self.code], self.values)

    def of(self, lang: str) -> str:
        """Return the plain sentence of one language."""
        return self.plain().of(lang)

    @property
    def ja(self) -> str:
        """Return the plain sentence in Japanese."""
        return self.plain().ja

    @property
    def en(self) -> str:
        """Return the plain sentence in English."""
        return self.plain().en


Note = Words | Advice
"""A sentence of an answer: words that any reader takes, or advice that is worded for each."""


def plain(note: Note) -> Words:
    """Return a note without a command line."""
    return note.plain() if isinstance(note, Advice) else note


def worded_notes(notes: Iterable[Note], worded: Callable[[Note], Words] = plain) -> tuple[Words, ...]:
    """Return notes as ``worded`` puts them for the reader; advice that has no words for that reader is left out."""
    return tuple(words for words in map(worded, notes) if any(words))


def joined(notes: Iterable[Note], worded: Callable[[Note], Words] = plain) -> Words | None:
    """Return several notes as one text; None where there is nothing to say."""
    found = worded_notes(notes, worded)
    return (
        Words(" ".join(words.ja for words in found), " ".join(words.en for words in found)) if found else None
    )


def filled(template: Words, values: Mapping[str, Value]) -> Words:
    """Return a template with values in the places of its names."""

    def text(lang: str) -> str:
        own = {name: value.of(lang) if isinstance(value, Words) else value for name, value in values.items()}
        return template.of(lang).format(**own)

    return Words(text("ja"), text("en"))


_NOTHING = Words("", "")

PLAIN: Mapping[Code, Words] = {
    Code.FILTERS_OF_CHAINS: Words(
        "ministry、edition、share は、二つの間の道筋には使えません。",
        "ministry, edition and share are not for the chains between two things.",
    ),
    Code.FILTERS_OF_STRATEGY: Words(
        "ministry、edition、share は戦略を下へたどるときに使えます。「{label}」は{kind}です。",
        "ministry, edition and share are for tracing a strategy down; {label} is a {kind}.",
    ),
    Code.ONE_SUBJECT: Words(
        "thing、between、ministry、query は一つだけ使えます。",
        "Only one of thing, between, ministry and query can be used.",
    ),
    Code.DEPTH_WITHOUT_THING: Words(
        "depth は thing と一緒に使ってください。", "depth wants a thing to look at."
    ),
    Code.YEAR_WITH_QUERY: Words(
        "year は query と一緒に使えません。年度は問合せの中で選んでください。",
        "year is not for query: let the query choose the year.",
    ),
    Code.YEAR_OF_ONE_STORE: Words(
        "year は、二つのストアを比べるときに使えます。", "year is for comparing two stores."
    ),
    Code.YEARS_OR_STORES: Words("例: 2023 と 2024", "As in: 2023 and 2024"),
    Code.DEPTH_BELOW_ZERO: Words("depth は0以上にしてください。", "depth must be 0 or more."),
    Code.LIMIT_BELOW_ZERO: Words(
        "limit は0以上にしてください（0は無制限）。", "limit must be 0 or more (0: all)."
    ),
    Code.NAMES_TO_TRY: Words(
        "名称の一部、識別子、IRIのどれかを試してください。", "Try a part of a name, a key or an IRI."
    ),
    Code.NEAR_QUERY: Words("もしかして: {near}", "Perhaps: {near}"),
    Code.QUERY_NAMES: _NOTHING,
    Code.NEAR_TOPIC: Words("もしかして: {near}。", "Perhaps: {near}."),
    Code.NO_REPORT: Words(
        "報告は、戦略、版、法令、施策、政策、予算事業、目標、測定指標、府省庁についてあります。",
        "Reports are of a strategy, edition, law, measure, policy, project, objective, indicator or ministry.",
    ),
    Code.NO_DOCUMENTS: Words("資料を読み込むと使えます。", "Documents have to be read into it first."),
    Code.OLD_STORE: Words("作り直してください。", "Build it again."),
    Code.NO_STORE: Words(
        "ストアを作るか、ある場所を示してください。", "Build one, or name the place of one."
    ),
    Code.TRANSCRIBE_FIRST: Words(
        "先に書き写し、できた転記（.yaml）を渡してください。",
        "Transcribe it first, and pass what comes of it (.yaml).",
    ),
    Code.CARRIED_GRAPH: Words(
        "（{folder} がないので、同梱のグラフを使います。）",
        "(There is no {folder}, so the graph that the package carries is used.)",
    ),
    Code.BUILD_AT_WORK: Words(
        "終わるのを待つか、別のストアを使ってください。", "Wait for it, or use another store."
    ),
    Code.OTHER_ADDRESS: Words("そのアドレスを使ってください。", "Use that address."),
    Code.LOAD_TO_END: Words(
        "全ての資料を渡して、同じ読み込みを終わらせてください。", "End the same load, with all the sources."
    ),
    Code.NO_GRAPH_ON_SERVER: Words(
        "先にグラフをこのサーバーに収めてください。", "Load a graph into this server first."
    ),
    Code.PORT_TAKEN: Words(
        "別のポートを使うか、使っているものを止めてください。", "Use another port, or stop what uses it."
    ),
    Code.NOTHING_RESTS: Words(
        "「{label}」を挙げる施策・予算事業は、このグラフにはありません{stated}{only}。",
        "In this graph nothing names {label}{stated}{only}.",
    ),
    Code.NOTHING_CITES: Words("次の版を引く施策・予算事業はありません: {label}", "Nothing cites {label}."),
    Code.UNIDENTIFIED: Words(
        "ほかに{titles}を引くが、どの文書かは分かっていません。",
        "Beside these {titles} is cited; which document that is, is not known.",
    ),
    Code.THROUGH_CONTAINER: Words(
        "この{kind}を名指しする関係部分は資料にありません。{container}を通じて: {label}（{count}件の位置付け）",
        "No section is named for this {kind}; through the {container}: {label} ({count} justifications)",
    ),
    Code.NO_STRATEGY: Words(
        "この{kind}について、資料が挙げる戦略・計画は見つかりません。",
        "No strategy or plan is named for this {kind}.",
    ),
    Code.NO_STRATEGY_OF_ITSELF: Words(
        "この{kind}そのものについて、資料が挙げる戦略・計画は見つかりません。置かれた予算事業が挙げるものは上のとおりです。",
        "No strategy or plan is named for this {kind} itself; what its projects name is told above.",
    ),
    Code.ONLY_RELATED: Words(
        "この予算事業のシートは、読み込んだ資料にありません。{owners}が関連事業として挙げる名称だけが分かります。",
        "The sheet of this project is not in the files that were read; only its name is known, as a related project of {owners}.",
    ),
    Code.ONLY_A_MEANS: Words(
        "この予算事業のレビューシートは、読み込んだ資料にありません。{owners}の達成手段として挙げられた名称・番号・額だけが分かります。",
        "No review sheet of this project is in the files that were read; only its name, number and amounts are known, as a means of {owners}.",
    ),
    Code.NO_FIELD_FOR_STRATEGIES: Words(
        "{year}年度のレビューシート（JUDGIT）に計画・法令の欄はありません。根拠がないという意味ではありません。",
        "The review sheets of {year} (JUDGIT) have no field for plans and laws: that none is told does not say that there is none.",
    ),
    Code.STATED_ELSEWHERE: Words(
        "{kind}の根拠は{documents}の記載であり、この予算事業のレビューの記載ではありません。",
        "The grounds of the {kind} are stated by {documents}, not by the review of this project.",
    ),
    Code.NO_INTERPRETATION: Words(
        "解釈による対応付けはまだありません。", "There is no interpretation of it yet."
    ),
    Code.NO_ADVICE_USED: Words(
        "会議体の提言を活用したという記載は見つかりません。", "No use of a panel's advice is stated."
    ),
    Code.NO_CHAIN: Words(
        "「{one}」と「{other}」を結ぶ{length}段までの道筋{only}はありません。",
        "No chain{only} of up to {length} steps connects {one} and {other}.",
    ),
    Code.FIRST_CHAINS: Words("最初の{limit}本だけを示しました。", "Only the first {limit} chains are shown."),
    Code.OTHER_EDITIONS: Words(
        "「{label}」が挙げるのは、同じ計画の次の版・箇所です: {found}",
        "{label} names other editions or sections of the same plan: {found}",
    ),
    Code.COMMON_GROUNDS: Words(
        "道筋ではありませんが、どちらも次を挙げています: {found}", "This is no chain, but both name: {found}"
    ),
    Code.RESTING_ON_BOTH: Words(
        "道筋ではありませんが、どちらも挙げるものが{count:,}件あります: {found}",
        "This is no chain, but {count:,} things name both: {found}",
    ),
    Code.NEAREST_GROUNDS: Words(
        "「{label}」が挙げるもののうち近いもの: {found}", "The nearest that {label} names: {found}"
    ),
    Code.BY_DENOTATION: Words(
        "ほかに{count:,}件が、資料の表記をこの文書と読むこと（導出又は解釈）を通じて結び付きます。",
        "{count:,} more lead to it through what their words were taken for (derived or interpreted).",
    ),
    Code.MEANING_UNKNOWN: Words(
        "この表記がどの計画等を指すかは、このストアでは決まっていません。",
        "Which document these words mean is not told in this store.",
    ),
    Code.LONGER_CHAIN: Words("{steps}段の道筋はあります。", "There is one of {steps} steps."),
    Code.CHAIN_OF_OTHER_LEVEL: Words(
        "ほかの水準の主張を含む道筋はあります。", "There is one with claims of another level."
    ),
    Code.MINISTRY_RESTS: Words(
        "府省庁そのものの根拠ではありませんが、「{ministry}」の施策・事業{count:,}件が「{ground}」を挙げています。",
        "These are no grounds of the ministry itself, but {count:,} measures and projects of {ministry} name {ground}.",
    ),
    Code.PROJECTS_OF_MEASURE: _NOTHING,
    Code.REPORT_OF_MINISTRY: _NOTHING,
    Code.GAPS_OF_MINISTRY: _NOTHING,
    Code.VIEW_OF_MINISTRY: _NOTHING,
    Code.STRATEGY_OF_MINISTRY: _NOTHING,
    Code.VIEW_OF_PART: _NOTHING,
    Code.DEPTH_OR_LIMIT: _NOTHING,
    Code.SHORTEST_CHAINS: Words(
        "{count}本の道筋のうち短い{drawn}本を示しています。",
        "The shortest {drawn} of {count} chains are shown.",
    ),
    Code.ALL_OF_MINISTRY: _NOTHING,
    Code.MOST_LINKED: Words("つながりの多いものから選んでいます。", "Those with most links come first."),
    Code.OTHER_YEARS: Words("ほかに{years}年度の記載があります。", "There is more of {years}."),
    Code.IN_BRIEF: Words(
        "{most:,}件を超える図では事業と段階の金額・証拠を省いています。",
        "In a picture of more than {most:,} things the figures and evidence of projects and steps are left out.",
    ),
    Code.YEARS_TOLD: Words("{told}（ほかに{years}年度の記載がある）", "{told} (others: {years})"),
    Code.MEASURES_NOT_COMPARED: Words(
        "施策自体の根拠（{which}）は、{other}の資料（RSのファイル）に書く欄がないので、比べていません。",
        "The bases of measures themselves ({which}) were not compared: the documents of {other} (files of the RS system) "
        "have no column for them.",
    ),
    Code.YEARS_COMPARED: Words(
        "{before}年度と{after}年度を比べました。ほかの年度は、先に{rest_before}、後に{rest_after}。",
        "{before} and {after} were compared. Other years: {rest_before} before, {rest_after} after.",
    ),
}

"""Advice for a terminal: with the options and the commands that show more."""

from __future__ import annotations

from collections.abc import Mapping

from konkyo.common.advice import Advice, Code, Note, Value, filled, plain
from konkyo.common.words import Words

# ``{plain}`` is the sentence that readers without a command line get.
TERMINAL: Mapping[Code, Words] = {
    Code.FILTERS_OF_CHAINS: Words(
        "--ministry、--edition、--share は、二つの間の道筋には使えません。",
        "--ministry, --edition and --share are not for the chains between two things.",
    ),
    Code.FILTERS_OF_STRATEGY: Words(
        "--ministry、--edition、--share は戦略を下へたどるときに使えます。「{label}」は{kind}です。",
        "--ministry, --edition and --share are for tracing a strategy down; {label} is a {kind}.",
    ),
    Code.ONE_SUBJECT: Words(
        "名称、--between、--ministry、--query は一つだけ使えます。",
        "Only one of a thing, --between, --ministry and --query can be used.",
    ),
    Code.DEPTH_WITHOUT_THING: Words(
        "--depth は名称と一緒に使ってください。", "--depth wants a thing to look at."
    ),
    Code.YEAR_WITH_QUERY: Words(
        "--year は --query と一緒に使えません。年度は問合せの中で選んでください。",
        "--year is not for --query: let the query choose the year.",
    ),
    Code.YEAR_OF_ONE_STORE: Words(
        "--year は、二つのストアを比べるときに使えます。", "--year is for comparing two stores."
    ),
    Code.YEARS_OR_STORES: Words("例: konkyo diff 2023 2024", "As in: konkyo diff 2023 2024"),
    Code.DEPTH_BELOW_ZERO: Words("--depth は0以上にしてください。", "--depth must be 0 or more."),
    Code.LIMIT_BELOW_ZERO: Words(
        "--limit は0以上にしてください（0は無制限）。", "--limit must be 0 or more (0: all)."
    ),
    Code.NAMES_TO_TRY: Words(
        "{plain}`konkyo query summary` で何があるか分かります。",
        "Try a part of a name, a key or an IRI; `konkyo query summary` shows what there is.",
    ),
    Code.NEAR_QUERY: Words("{plain}（一覧は `konkyo query --list`）", "{plain} (`konkyo query --list`)"),
    Code.QUERY_NAMES: Words(
        "保存済みの問合せの名前なら `konkyo query --list` で確かめられます。",
        "If it was meant as the name of a stored query: `konkyo query --list` shows them.",
    ),
    Code.NEAR_TOPIC: Words(
        "{plain}`konkyo help` で全てを見られます。", "{plain} `konkyo help` lists all topics."
    ),
    Code.NO_REPORT: Words(
        "{plain}`konkyo trace {key}` で根拠をたどれます。",
        "Reports are of a strategy, edition, law, measure, policy, project, objective, indicator or ministry; "
        "`konkyo trace {key}` traces this.",
    ),
    Code.NO_DOCUMENTS: Words("`konkyo build` で資料を読み込めます。", "`konkyo build` reads documents."),
    Code.OLD_STORE: Words("`konkyo build` で作り直してください。", "Build it again with `konkyo build`."),
    Code.TRANSCRIBE_FIRST: Words(
        "先に `konkyo transcribe {file}` で書き写し、できた転記（.yaml）を渡してください。",
        "Transcribe it first with `konkyo transcribe {file}`, and pass what comes of it (.yaml).",
    ),
    Code.NO_STORE: Words(
        "`konkyo build` で作るか、--store で場所を示してください。",
        "Make one with `konkyo build`, or name its place with --store.",
    ),
    Code.CARRIED_GRAPH: Words(
        "（{folder} がないので、同梱のグラフを使います。`konkyo build` でストアを作れます。）",
        "(There is no {folder}, so the graph that the package carries is used; `konkyo build` makes a store.)",
    ),
    Code.BUILD_AT_WORK: Words(
        "終わるのを待つか、別の --store を使ってください。", "Wait for it, or use another --store."
    ),
    Code.OTHER_ADDRESS: Words("そのアドレスを --store に渡してください。", "Pass that address to --store."),
    Code.LOAD_TO_END: Words(
        "同じ `konkyo build` で終わらせてください。--keep は付けず、資料を全て渡します。",
        "End it with the same `konkyo build`, without --keep and with all the sources.",
    ),
    Code.NO_GRAPH_ON_SERVER: Words(
        "`konkyo build --store アドレス` で収められます。", "`konkyo build --store ADDRESS` puts one there."
    ),
    Code.PORT_TAKEN: Words(
        "別の --port を使うか、使っているものを止めてください。", "Use another --port, or stop what uses it."
    ),
    Code.BY_DENOTATION: Words(
        "{plain}--level を外すと見られます。",
        "{count:,} more lead to it through what their words were taken for (derived or interpreted); leave --level out.",
    ),
    Code.MEANING_UNKNOWN: Words(
        "{plain}`konkyo resolve '{words}'` が読み方と候補を示します。",
        "Which document these words mean is not told in this store; `konkyo resolve '{words}'` shows how they are read.",
    ),
    Code.LONGER_CHAIN: Words(
        "{plain}`--length {steps}` で見られます。",
        "There is one of {steps} steps: `--length {steps}` shows it.",
    ),
    Code.CHAIN_OF_OTHER_LEVEL: Words(
        "{plain}`--level` を省くと見られます。",
        "There is one with claims of another level: without `--level` it is shown.",
    ),
    Code.MINISTRY_RESTS: Words(
        "{plain}`konkyo trace {ground_name} --ministry {ministry_name}` で見られます。",
        "These are no grounds of the ministry itself, but {count:,} measures and projects of {ministry} name {ground}: "
        "`konkyo trace {ground_name} --ministry {ministry_name}` shows them.",
    ),
    Code.PROJECTS_OF_MEASURE: Words(
        "`konkyo query projects-of-measure measure={key}` が事業ごとに、引く計画と法令を示します。",
        "`konkyo query projects-of-measure measure={key}` shows what each project cites.",
    ),
    Code.REPORT_OF_MINISTRY: Words(
        "`konkyo report --ministry '{name}'` 予算、戦略、施策の報告",
        "`konkyo report --ministry '{name}'` its money, strategies and measures",
    ),
    Code.GAPS_OF_MINISTRY: Words(
        "`konkyo gaps --ministry '{name}'` 足りない根拠", "`konkyo gaps --ministry '{name}'` what is missing"
    ),
    Code.VIEW_OF_MINISTRY: Words(
        "`konkyo view --ministry '{name}'` 政策・施策・事業の図",
        "`konkyo view --ministry '{name}'` a picture of its policies and projects",
    ),
    Code.STRATEGY_OF_MINISTRY: Words(
        "`konkyo trace 戦略の名称 --ministry '{name}'` その戦略を挙げる事業",
        "`konkyo trace 戦略の名称 --ministry '{name}'` its projects that name a strategy",
    ),
    Code.VIEW_OF_PART: Words(
        "`konkyo view 名称` で一つのまわりを、`--ministry 府省庁` で府省庁ごとに見られます。",
        "`konkyo view THING` shows what is around a thing, `--ministry NAME` one ministry.",
    ),
    Code.DEPTH_OR_LIMIT: Words(
        "`--depth N` で近くだけに、`--limit {total}` で全部にできます。",
        "`--depth N` keeps near things only, `--limit {total}` shows all.",
    ),
    Code.SHORTEST_CHAINS: Words(
        "{plain}`--limit {total}` で全部になります。",
        "The shortest {drawn} of {count} chains are shown; `--limit {total}` shows all.",
    ),
    Code.ALL_OF_MINISTRY: Words(
        "`--limit {total}` で全部、`konkyo view 事業の名称` でその活動と成果まで見られます。",
        "`--limit {total}` shows all, `konkyo view PROJECT` its activities and outcomes.",
    ),
    Code.MOST_LINKED: Words(
        "{plain}`--limit {total}` で全部になります。", "{plain} `--limit {total}` shows all."
    ),
    Code.OTHER_YEARS: Words(
        "ほかに{years}年度の記載があり、`--year` で選べます。", "There is more of {years}: `--year` chooses."
    ),
    Code.IN_BRIEF: Words(
        "{plain}`konkyo view 事業の名称` で見られます。",
        "In a picture of more than {most:,} things the figures and evidence of projects and steps are left out; "
        "`konkyo view PROJECT` shows them.",
    ),
    Code.YEARS_TOLD: Words(
        "{told}（ほかに{years}年度の記載がある。--year で選べる）", "{told} (others: {years}; --year chooses)"
    ),
    Code.MEASURES_NOT_COMPARED: Words(
        "{plain}--measure で、置かれた予算事業の根拠と並べて比べられます。",
        "{plain} --measure sets them against those of the projects placed under a measure.",
    ),
    Code.YEARS_COMPARED: Words(
        "{before}年度と{after}年度を比べました（--year で選べます）。ほかの年度は、先に{rest_before}、後に{rest_after}。",
        "{before} and {after} were compared (--year chooses). Other years: {rest_before} before, {rest_after} after.",
    ),
}


def worded(note: Note) -> Words:
    """Return a note as a terminal shows it."""
    if not isinstance(note, Advice) or note.code not in TERMINAL:
        return plain(note)
    values: dict[str, Value] = {**note.values, "plain": plain(note)}
    return filled(TERMINAL[note.code], values)


def shell_command(name: str, values: Mapping[str, str], *, stored: bool = True) -> str:
    """Return the command that runs a stored query with its values, or that asks another question about things."""
    if not stored:
        return " ".join(["konkyo", name, *values.values()])
    return " ".join(["konkyo query", name, *(f"{parameter}={value}" for parameter, value in values.items())])


# What a page without a server tells whoever needs the whole graph; NAME is a stored query.
QUERY_COMMANDS = {"stored": "konkyo query NAME", "file": "konkyo query my-query.rq"}

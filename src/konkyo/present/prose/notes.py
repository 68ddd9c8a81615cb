"""What a trace did not find, in the style of documents: Japanese in the plain style, both without a full stop."""

from __future__ import annotations

from collections.abc import Mapping

from konkyo.common.advice import Advice, Code, Note, filled, plain
from konkyo.common.words import Words

JAPANESE: Mapping[Code, str] = {
    Code.NOTHING_RESTS: "「{label}」を挙げる施策・予算事業は、このグラフにはない{stated}{only}",
    Code.NOTHING_CITES: "次の版を引く施策・予算事業はない: {label}",
    Code.BY_DENOTATION: "ほかに{count:,}件が、資料の表記をこの文書と読むこと（導出又は解釈）を通じて結び付く",
    Code.UNIDENTIFIED: "ほかに{titles}を引くが、どの文書かは分かっていない",
    Code.MEANING_UNKNOWN: "この表記がどの計画等を指すかは、このストアでは決まっていない",
    Code.THROUGH_CONTAINER: "この{kind}を名指しする関係部分は資料にない。{container}を通じたものとして、"
    "{label}（{count}件の位置付け）がある",
    Code.NO_STRATEGY: "この{kind}について、資料が挙げる戦略・計画は見当たらない",
    Code.NO_STRATEGY_OF_ITSELF: "この{kind}そのものについて、資料が挙げる戦略・計画は見当たらない。置かれた予算事業が挙げるものは上のとおりである",
    Code.ONLY_RELATED: "この予算事業のシートは、読み込んだ資料にない。{owners}が関連事業として挙げる名称だけが分かる",
    Code.ONLY_A_MEANS: "この予算事業のレビューシートは、読み込んだ資料にない。{owners}の達成手段として挙げられた名称・番号・額だけが分かる",
    Code.NO_FIELD_FOR_STRATEGIES: "{year}年度のレビューシート（JUDGIT）に計画・法令の欄はない。根拠がないという意味ではない",
    Code.STATED_ELSEWHERE: "{kind}の根拠は{documents}の記載であり、この予算事業のレビューの記載ではない",
    Code.NO_INTERPRETATION: "解釈による対応付けはまだない",
    Code.NO_ADVICE_USED: "会議体の提言を活用したという記載は見当たらない",
    Code.NO_CHAIN: "「{one}」と「{other}」を結ぶ{length}段までの道筋{only}はない",
    Code.FIRST_CHAINS: "最初の{limit}本だけを示した",
    Code.LONGER_CHAIN: "{steps}段の道筋はある",
    Code.CHAIN_OF_OTHER_LEVEL: "ほかの水準の主張を含む道筋はある",
    Code.MINISTRY_RESTS: "府省庁そのものの根拠ではないが、「{ministry}」の施策・事業{count:,}件が「{ground}」を挙げる",
    Code.OTHER_EDITIONS: "「{label}」が挙げるのは、同じ計画の次の版・箇所である: {found}",
    Code.COMMON_GROUNDS: "道筋ではないが、どちらも{found}を挙げる",
    Code.RESTING_ON_BOTH: "道筋ではないが、どちらも挙げるものが{count:,}件ある: {found}",
    Code.NEAREST_GROUNDS: "「{label}」が挙げるもののうち近いもの: {found}",
}


def document(note: Note) -> Words:
    """Return a note as a document has it."""
    words = plain(note)
    if isinstance(note, Advice) and note.code in JAPANESE:
        words = Words(filled(Words(JAPANESE[note.code], ""), note.values).ja, words.en)
    return Words(words.ja.rstrip("。"), words.en.rstrip("."))

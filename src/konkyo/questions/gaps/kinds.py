"""The kinds of gaps: what each claims, what it needs, and what tells one from another."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.codes import label_of


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of gap. ``needs`` are the RS files without which nothing can be told, ``also`` those where a basis may
    stand besides; ``key`` are the columns that tell one gap from another (several rows may show one gap);
    ``of_sheets``: evaluation sheets can show it without any RS file.
    """

    name: str
    short: Words
    claim: Words
    needs: tuple[str, ...]
    also: tuple[str, ...] = ()
    key: tuple[str, ...] = ("element",)
    by_ministry: bool = True
    of_sheets: bool = False


KINDS = (
    Kind(
        "projects-without-basis",
        Words("根拠なし事業", "projects without basis"),
        Words(
            "その年度の資料に、計画も法令も根拠として書かれていない予算事業",
            "budget projects for which the documents of the year name neither a plan nor a law",
        ),
        ("1-2", "1-3"),
        ("3-1",),
    ),
    Kind(
        "measures-without-basis",
        Words("根拠なし施策", "measures without basis"),
        Words(
            "その年度の資料に、それ自体についても、置かれた予算事業についても、根拠が書かれていない施策"
            "（RSのファイルに施策自体の根拠の欄はない）",
            "measures for which the documents of the year state no basis, neither for the measure nor for a project "
            "placed under it (the RS files have no column for a measure's own basis)",
        ),
        ("1-3",),
        ("3-1",),
        of_sheets=True,
    ),
    Kind(
        "superseded-only",
        Words("旧版のみ", "superseded only"),
        Words(
            "引く計画がすべて、より新しい版がこのストアにある版であるもの（新しい版が資料の後に出た場合もある）",
            "what cites only editions of plans to which this store knows a newer one (which may be younger than the "
            "document that cites)",
        ),
        ("1-3",),
        ("3-1",),
        of_sheets=True,
    ),
    Kind(
        "unresolved-citations",
        Words("未解決の引用", "unresolved citations"),
        Words(
            "計画の引用のうち、どの文書を指すかを、全部又は一部について確かには決められなかったもの"
            "（計画がないという意味ではない）",
            "citations of plans for which it is not sure which document they denote, or one of those that they name "
            "(which does not say that there is no such plan)",
        ),
        ("1-3",),
        ("3-1",),
        ("element", "citation"),
    ),
    Kind(
        "uncited-strategies",
        Words("引用なし戦略", "uncited strategies"),
        Words(
            "このストアにある戦略・計画のうち、その年度の資料がどの版も引いていないもの（その年度より後に初めて出たものは除く）",
            "strategies that this store knows and that the documents of the year cite in no edition (but for those that "
            "first came after the year)",
        ),
        ("1-3",),
        ("3-1",),
        by_ministry=False,
    ),
    Kind(
        "outcomes-without-next",
        Words("先なしアウトカム", "outcomes without next"),
        Words(
            "短期・中期アウトカムのうち、その先の段階へのつながりが書かれていないもの",
            "short and middle-term outcomes from which no line to a later step is drawn",
        ),
        ("3-2",),
        (),
        ("step",),
    ),
    Kind(
        "mixed-editions",
        label_of("mixed-editions"),
        Words(
            "同じ施策に置かれた予算事業が、一つの戦略の異なる版を引いているもの（施策と戦略の組）",
            "measures whose projects cite different editions of one strategy (pairs of measure and strategy)",
        ),
        ("1-3",),
        ("3-1",),
        ("element", "strategy"),
    ),
    Kind(
        "sums-that-differ",
        Words("和の不一致", "sums that differ"),
        Words(
            "記載された合計が、区分又は会計別の内訳の和と合わない予算額",
            "budget totals that are not what their parts by stage or by account come to",
        ),
        ("2-1",),
        (),
        ("element", "budget", "by", "evidence"),
        of_sheets=True,
    ),
    Kind(
        "older-than-basis",
        Words("決定前から続く", "older than its plan"),
        Words(
            "挙げる計画の決定前から続く事業（事業と計画の組）。始まりは開始年度か、続く元のシートの最初のレビュー。計画の日付は、このストアの知る一番古い版"
            "（前身の計画を含む）。日付についての事実で、評価ではない",
            "projects that began before a plan that they name was decided (pairs of project and plan): by 開始年度, or the first review of what they go on "
            "from, against the earliest edition that this store knows, of the plan or of what it follows. A fact about dates, no verdict",
        ),
        ("1-2", "1-3"),
        ("3-1",),
        ("element", "strategy"),
    ),
)
NAMES = tuple(kind.name for kind in KINDS)


def kind_named(name: str) -> Kind:
    """Return the kind of this name. Raises KonkyoError, with the nearest name."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    near = get_close_matches(name, NAMES, n=1, cutoff=0.3)
    listed = ", ".join(NAMES)
    raise KonkyoError(
        Words(f"「{name}」という種類の不足はありません。", f"There is no kind of gap {name!r}."),
        hint=Words(f"もしかして: {near[0]}", f"Perhaps: {near[0]}")
        if near
        else Words(f"種類: {listed}", f"Kinds: {listed}"),
    )

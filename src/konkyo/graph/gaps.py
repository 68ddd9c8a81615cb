"""The kinds of gaps: what each claims, what it needs, what tells one from another, and the rows of its stored query."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.common.nearest import nearest
from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.stored_queries import SINCE, stored
from konkyo.graph.years import of_single_sheets
from konkyo.model.codes import label_of
from konkyo.model.identifiers import IRI, exact_digest, fiscal_year, thing
from konkyo.model.namespaces import C

if TYPE_CHECKING:
    from konkyo.store import Store


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

    def lacks(self, files: Collection[str], *, sheets: bool) -> tuple[str, ...]:
        """Return the files without which nothing can be told of a year that has ``files``, and ``sheets`` or none."""
        single = of_single_sheets(tuple(files))
        # A year with sheets only has no RS files at all: what sheets state can be told without them.
        told = self.of_sheets and (not files or (single and sheets))
        return () if told else tuple(file for file in self.needs if file not in files)


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
    near = nearest(name, NAMES, 3)
    ja, en = (f"もしかして: {'、'.join(near)}。", f"Perhaps: {', '.join(near)}. ") if near else ("", "")
    raise KonkyoError(
        Words(f"「{name}」という種類の不足はありません。", f"There is no kind of gap {name!r}."),
        hint=Words(
            ja + "種類: " + "、".join(f"{kind.name}（{kind.short.ja}）" for kind in KINDS),
            en + "Kinds: " + ", ".join(f"{kind.name} ({kind.short.en})" for kind in KINDS),
        ),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """One row: what is missing about ``element`` (an IRI), by ``cells`` (the query's columns, IRIs and values)."""

    kind: str
    ministry: str | None
    element: str
    cells: dict[str, str]
    key: tuple[str, ...]

    @property
    def fact(self) -> str | None:
        """What the evidence tells of: it says the row, where the evidence is the column of a table."""
        return self.cells.get("fact") or self.cells.get("step")


def rows(
    store: Store,
    kind: Kind,
    year: int | None = None,
    ministry: str | None = None,
    since: int | None = None,
) -> Iterator[Gap]:
    """Yield the rows of a kind, of one year and ministry (IRI) or of all; nothing of a fiscal year before ``since``."""
    query = stored(f"gap-{kind.name}")
    values = {"year": f"{year}年度"} if year else {}
    if since is not None:
        values[SINCE.name] = f"{since}年度"
    if ministry:
        values["ministry"] = ministry
    for row in store.select(query.bind(values)):
        cells = {name: row[name].value for name in query.columns if row[name] is not None}
        key = tuple(cells.get(name, "") for name in kind.key)
        yield Gap(kind.name, cells.get("ministry"), cells["element"], cells, key)


def gap_iri(kind: str, year: int, key: tuple[str, ...]) -> IRI:
    """Return the IRI of the gap that rows with one key show in a year."""
    return thing("gap", kind, year, exact_digest(*key))


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many gaps of a kind there are, and how many each ministry has: one gap may be of several."""

    count: int
    by_ministry: dict[str | None, int]


def numbers(store: Store, year: int, ministry: str | None) -> dict[str, Numbers] | None:
    """Return the numbers of each kind as the build counted them; None for a store that was built without them."""
    if not any(True for _ in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ ?s a kk:Tally }} LIMIT 1")):
        return None
    # Year and ministry are compared, not joined: an engine that begins with them reads every fact of the year.
    gaps = f"?gap a kk:Gap ; kk:kind ?kind ; kk:about ?element ; kk:fiscalYear ?of FILTER(?of = <{fiscal_year(year)}>)"
    # A gap is one of each ministry that its element is of.
    of = f"?element kk:ministry ?owner FILTER(?owner = <{ministry}>)" if ministry else ""
    whole = f"SELECT ?kind (COUNT(DISTINCT ?gap) AS ?n) WHERE {{ {gaps} {of} }} GROUP BY ?kind"
    count = {row["kind"].value: int(row["n"].value) for row in store.select(PROLOGUE + whole)}
    made: dict[str, dict[str | None, int]] = {
        kind: {ministry: number} for kind, number in count.items() if ministry
    }
    parts = (
        f"SELECT ?kind ?ministry (COUNT(DISTINCT ?gap) AS ?n) WHERE {{ {gaps} OPTIONAL {{ ?element kk:ministry ?ministry }} }} "
        "GROUP BY ?kind ?ministry"
    )
    for row in store.select(PROLOGUE + parts) if not ministry else ():
        owner = row["ministry"].value if row["ministry"] else None
        made.setdefault(row["kind"].value, {})[owner] = int(row["n"].value)
    return {kind.name: Numbers(count.get(C + kind.name, 0), made.get(C + kind.name, {})) for kind in KINDS}

"""SPARQL queries: free ones, and the stored ones of `queries/*.rq` with parameters.

A stored query is plain SPARQL that runs as it stands. Its header comments describe it:

    # title-ja: …            # title-en: …            # group: money
    # param measure iri: 施策 | measure
    # param level code(stated, derived): 主張の水準 | claim level
    # column section: 関係部分 | section

A parameter is written ``VALUES ?measure { UNDEF }`` where it is bound. Given a value, the term takes the
place of UNDEF after an RDF library has made and printed it; nothing a user types is spliced as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from konkyo.common.advice import Advice, Code
from konkyo.common.dates import parse_fiscal_year
from konkyo.common.errors import KonkyoError
from konkyo.common.nearest import nearest
from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE
from konkyo.model.identifiers import KEY, code, fiscal_year

if TYPE_CHECKING:
    from konkyo.store import Store

MAX_QUERY_BYTES = 1_000_000

ParameterKind = Literal["iri", "text", "integer", "code", "year"]

_GROUP = re.compile(r"^# group: (\w+)$", re.MULTILINE)
_TITLE = re.compile(r"^# title-(ja|en):([^\n]*)$", re.MULTILINE)
_PARAMETER = re.compile(
    r"^# param (\w+) (iri|text|integer|code|year)(?:\(([\w, -]*)\))?:([^\n|]*)\|([^\n]*)$", re.MULTILINE
)
_UNBOUND = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
_COLUMN = re.compile(r"^# column (\w+):([^\n|]*)\|([^\n]*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a stored query that may be bound; ``kind`` says what a value is read as.

    ``choices`` are the codes that it takes, where the query's header lists them: any other would find nothing, which
    would look like an answer.
    """

    name: str
    kind: ParameterKind
    label: Words
    choices: tuple[str, ...] = ()

    def told(self) -> str:
        """Return the kind with the codes that are taken: ``code: stated, derived``."""
        return f"{self.kind}: {', '.join(self.choices)}" if self.choices else self.kind


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A stored query: its title, parameters, column headings (by variable), text, and the group it is listed in (:data:`GROUPS`)."""

    name: str
    title: Words
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Words]
    text: str
    group: str = ""

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the query with parameters bound. Raises KonkyoError for an unknown one or an unfit value.

        Every query with columns of years takes ``since`` besides: it keeps the rows in which no year comes before that one.
        """
        terms = {}
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in values.items():
            if name == SINCE.name and name not in known and self.columns:
                continue
            if name not in known:
                listed = ", ".join(known) or "-"
                ja, en = _perhaps(name, list(known))
                raise KonkyoError(
                    Words(
                        f"問合せ {self.name} に引数 {name} はありません。",
                        f"Query {self.name} has no parameter {name}.",
                    ),
                    hint=Words(f"{ja}使える引数: {listed}", f"{en}It has: {listed}"),
                )
            terms[name] = _term(known[name], value)
        # All in one pass: one value's text may itself look like the place of another parameter.
        text = _UNBOUND.sub(
            lambda place: f"VALUES ?{place[1]} {{ {terms[place[1]]} }}" if place[1] in terms else place[0],
            self.text,
        )
        if SINCE.name in known or values.get(SINCE.name) is None:
            return text
        return _from_year(text, self.columns, _term(SINCE, values[SINCE.name])[1:-1])


SINCE = Parameter("since", "year", Words("最初の年度", "first year"))
"""What every stored query takes that has columns of years."""


def _from_year(text: str, columns: Iterable[str], first: str) -> str:
    """Return a SELECT query whose rows hold no fiscal year (an IRI) before ``first``; their order stays."""
    prologue, _, select = text.partition("\nSELECT ")
    years = first.removesuffix(first.rpartition("/")[2])
    names = [f"?{name}" for name in columns]
    kept = " && ".join(
        f'(!BOUND({name}) || !STRSTARTS(STR({name}), "{years}") || STR({name}) >= "{first}")'
        for name in names
    )
    return f"{prologue}\nSELECT {' '.join(names)} WHERE {{\n{{ SELECT {select}\n}}\nFILTER({kept})\n}}\n"


def _term(parameter: Parameter, value: str) -> str:
    try:
        match parameter.kind:
            case "iri":
                return str(ox.NamedNode(value))
            case "text":
                return str(ox.Literal(value))
            case "integer":
                return str(ox.Literal(int(value)))
            case "code":
                if not KEY.fullmatch(value):
                    raise ValueError(value)
                if parameter.choices and value not in parameter.choices:
                    raise _not_among(parameter, value)
                return str(ox.NamedNode(code(value)))
            case "year":
                return str(ox.NamedNode(fiscal_year(parse_fiscal_year(value))))
    except (ValueError, OverflowError) as error:
        raise KonkyoError(
            Words(
                f"引数 {parameter.name}（{parameter.label.ja}）の値「{value}」は{parameter.kind}として読めません。",
                f"The value {value!r} of parameter {parameter.name} ({parameter.label.en}) is no {parameter.kind}.",
            )
        ) from error


def _perhaps(text: str, known: Sequence[str]) -> Words:
    close = nearest(text, known)
    return Words(f"もしかして: {close[0]}。", f"Perhaps: {close[0]}. ") if close else Words("", "")


def _not_among(parameter: Parameter, value: str) -> KonkyoError:
    ja, en = _perhaps(value, parameter.choices)
    return KonkyoError(
        Words(
            f"引数 {parameter.name}（{parameter.label.ja}）に「{value}」という値はありません。",
            f"Parameter {parameter.name} ({parameter.label.en}) takes no value {value!r}.",
        ),
        hint=Words(
            f"{ja}使える値: {'、'.join(parameter.choices)}", f"{en}It takes: {', '.join(parameter.choices)}"
        ),
    )


def stored(name: str) -> StoredQuery:
    """Return the stored query of this name. Raises KonkyoError, with the nearest name."""
    path = queries_dir() / f"{name}.rq"
    if "/" in name or "\\" in name or not _is_file(path):
        close = nearest(name, names(), 3)
        raise KonkyoError(
            Words(f"「{name}」という保存済みの問合せはありません。", f"There is no stored query {name!r}."),
            hint=Advice(
                Code.NEAR_QUERY if close else Code.QUERY_NAMES, {"near": ", ".join(close)} if close else {}
            ),
        )
    return parse(name, path.read_text(encoding="utf-8"))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the system can hold
        return False


def parse(name: str, text: str) -> StoredQuery:
    """Read a query's header comments; what they leave out stays empty, so any query file will do."""
    titles = {lang: title.strip() for lang, title in _TITLE.findall(text)}
    return StoredQuery(
        name=name,
        title=Words(titles.get("ja", name), titles.get("en", name)),
        parameters=tuple(
            Parameter(name, kind, Words(ja.strip(), en.strip()), tuple(re.findall(r"[\w-]+", choices)))
            for name, kind, choices, ja, en in _PARAMETER.findall(text)
        ),
        columns={variable: Words(ja.strip(), en.strip()) for variable, ja, en in _COLUMN.findall(text)},
        text=text,
        group=found[1] if (found := _GROUP.search(text)) else "",
    )


GROUPS = {
    "basis": Words("戦略・計画と根拠", "Strategies, plans and bases"),
    "money": Words("予算と支出", "Money"),
    "results": Words("指標と結果", "Indicators and results"),
    "years": Words("年度を比べる", "Years compared"),
    "gaps": Words("足りないもの", "What is missing"),
    "data": Words("データについて", "About the data"),
}


def grouped() -> list[tuple[Words, list[StoredQuery]]]:
    """Return the stored queries by their groups, each sorted by name."""
    queries = [stored(name) for name in names()]
    return [(label, [one for one in queries if one.group == group]) for group, label in GROUPS.items()]


def names() -> list[str]:
    """Return the names of the stored queries, sorted."""
    return sorted(path.stem for path in queries_dir().glob("*.rq"))


def find(text: str) -> StoredQuery:
    """Return the query that a user means: the name of a stored one, a file, or SPARQL itself.

    Raises KonkyoError.
    """
    if re.fullmatch(r"[\w-]+", text) and not _is_file(Path(text)):
        return stored(text)
    path = Path(text) if len(text) < 1000 and "\n" not in text and "{" not in text else None
    if path is not None and (_is_file(path) or text.endswith((".rq", ".sparql"))):
        try:
            if path.stat().st_size > MAX_QUERY_BYTES:
                raise KonkyoError(
                    Words("問合せのファイルが大きすぎます。", "The query file is too large."), source=text
                )
            return parse(path.stem, path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise KonkyoError(
                Words(
                    f"問合せのファイルが読めません（{error}）。", f"The query file cannot be read ({error})."
                ),
                source=text,
            ) from error
    return parse("query", text)


def run(store: Store, name: str, **values: str) -> ox.QuerySolutions:
    """Run a stored SELECT query with parameters (IRIs, texts, years as people write them)."""
    query = stored(name)
    check_budgets(store, query)
    return store.select(query.bind(values))


_YEARLY = "kk:hasYearlyBudget", "kk:budgetOfReviewYear"


def check_budgets(store: Store, query: StoredQuery) -> None:
    """Raise KonkyoError for a stored query of yearly amounts and a store that an older konkyo built: it would seem to have none."""
    if not any(name in query.text for name in _YEARLY):
        return

    def some(pattern: str) -> bool:
        return any(True for _ in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ {pattern} }} LIMIT 1"))

    placed = "?s kk:hasBudgetFigure ?figure . ?figure kk:fiscalYear ?year ; kk:budgetStage ?stage ; kk:amountYen ?yen"
    if not some("?s kk:hasYearlyBudget ?budget") and some(placed):
        raise KonkyoError(
            Words(
                "このストアは古い版のkonkyoで作られ、年度ごとの額をまとめたものを持ちません。",
                "An older konkyo built this store, without the amounts of each year put together.",
            ),
            hint=Advice(Code.OLD_STORE),
        )


def queries_dir() -> Path:
    """Return the folder with the stored queries (``*.rq``)."""
    return Path(__file__).resolve().parent / "queries"

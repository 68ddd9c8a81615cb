"""What a measure rests on: cabinet strategies, panels' advice, documents consulted, and cooperation that is named."""

from __future__ import annotations

from dataclasses import dataclass

from konkyo.common.text import fold
from konkyo.model.identifiers import IRI, exact_digest, key_of, thing
from konkyo.model.records import Cooperation, DocumentUrl, Inquiry, Justification, PanelStart, Uptake
from konkyo.sources.evidence import Cell, Path
from konkyo.sources.sheet.form import Form

_MANNERS = {"評価書の策定の参考": "consulted-for-evaluation", "施策に反映": "reflected"}
_COOPERATIONS = {"合意": "agreement", "会議": "meeting", "構想": "initiative"}


def read_strategies(form: Form) -> None:
    """Record the stated justifications of the measure by the sections (or editions) beside it."""
    field = "政策に関係する内閣の重要政策"
    for number, cell in enumerate(form.data.get(field, [])):
        path: list[str | int] = [field, number]
        edition = _document(form, path, cell)
        if "関係部分" not in cell:
            _justification(form, path, cell, edition, field)
        for position, part in enumerate(cell.get("関係部分", [])):
            here = [*path, "関係部分", position]
            section = form.naming.section(edition, part["値"])
            _justification(form, here, part, section, f"{field} 関係部分", above=(path, cell))


def _justification(
    form: Form, path: Path, cell: Cell, basis: IRI, field: str, above: tuple[Path, Cell] | None = None
) -> None:
    key = key_of(basis).split("/", 1)[1]
    words = cell["値"][-1] if isinstance(cell.get("値"), list) else cell["名称"]
    evidence = form.cells.evidence(path, cell, field, "strategy", key, words=words)
    if above:
        named = thing("evidence", form.key, "strategy", key.rsplit("/", 1)[0])
        if named not in form.cells.made:
            form.cells.evidence(
                *above,
                "施政方針演説等の名称・年月日",
                *key_of(named).split("/")[2:],
                words=above[1]["名称"],
            )
        evidence += form.cells.made[named]
    form.add(
        Justification(
            iri=thing("link", form.key, "justification", "measure", key),
            owner=form.measure,
            basis=basis,
            level="stated",
            stated_as="important-policy",
            certainty=form.cells.certainty(cell),
            evidence=evidence,
        )
    )


def _document(form: Form, path: Path, cell: Cell) -> IRI:
    """Return the edition (by its date, or the date of its revision), or the strategy if no date is stated."""
    stated = "改訂" if "改訂" in cell else "年月日"
    date = form.cells.date([*path, stated], cell[stated]) if stated in cell else None
    return form.naming.document(cell["名称"], date)


def read_consulted(form: Form) -> tuple[tuple[IRI, ...], tuple[IRI, ...]]:
    """Return the documents that were at hand, and the evidence that they were."""
    field = "政策評価を行う過程において使用した資料"
    urls = form.naming.registered_urls()
    found: list[IRI] = []
    evidence: tuple[IRI, ...] = ()
    for number, cell in enumerate(form.data.get(field, [])):
        document = _document(form, [field, number], cell)
        found.append(document)
        # What the registry says already is not said twice.
        if "URL" in cell and cell["URL"] != urls.get(document):
            form.add(DocumentUrl(iri=document, url=cell["URL"]))
        evidence += form.cells.evidence(
            [field, number], cell, field, "consulted", str(number + 1), words=cell["名称"]
        )
    return tuple(found), evidence


def read_panels(form: Form) -> None:
    """Record the panels, when they began, and how their reports were used."""
    field = "学識経験を有する者の知見の活用"
    for number, cell in enumerate(form.data.get(field, [])):
        path: list[str | int] = [field, number]
        panel = form.naming.panel(cell["会議体"])
        key = key_of(panel).split("/", 1)[1]
        evidence = form.cells.evidence(path, cell, field, "panel", key, words=cell["会議体"])
        if "期間" in cell:
            start = form.cells.date([*path, "期間", "開始"], cell["期間"]["開始"])
            form.add(PanelStart(iri=panel, start=start, evidence=evidence))
        report = form.naming.report(panel, cell["成果物"]) if "成果物" in cell else None
        if report and (advice := cell.get("提言")):
            form.statement([*path, "提言"], advice, report, "advised", f"{field} 提言", "advice", key)
        if report and (inquiry := cell.get("諮問")):
            _inquiry(form, [*path, "諮問"], inquiry, report, f"{field} 諮問")
        if report and (uptake := cell.get("活用")):
            here = [*path, "活用"]
            form.add(
                Uptake(
                    iri=thing("link", form.key, "uptake", *key_of(report).split("/")[1:]),
                    owner=form.measure,
                    basis=report,
                    level="stated",
                    manner=_MANNERS[uptake["仕方"]],
                    stated_as="advice",
                    certainty=form.cells.certainty(uptake),
                    evidence=form.cells.evidence(
                        here, uptake, f"{field} 活用", "uptake", key, words=uptake["値"]
                    )
                    + evidence,
                )
            )


def _inquiry(form: Form, path: Path, cell: Cell, report: IRI, field: str) -> None:
    date = form.cells.date([*path, "年月日"], cell["年月日"])
    key = f"x{exact_digest(fold(cell['番号']), fold(cell['件名']), date.iso)}"
    form.add(
        Inquiry(
            iri=thing("inquiry", key),
            ja=cell["件名"],
            en=cell.get("英語"),
            number=cell["番号"],
            issued=date,
            answer=report,
            certainty=form.cells.certainty(cell),
            evidence=form.cells.evidence(path, cell, field, "inquiry", key, words=cell["番号"]),
        )
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What the result of an evaluation names: agreements and meetings, and the measure's counterparts with their evidence."""

    cooperations: tuple[IRI, ...]
    counterparts: tuple[IRI, ...]
    developed: tuple[IRI, ...]
    developing: tuple[IRI, ...]
    evidence: tuple[IRI, ...]


def read_cooperation(form: Form) -> Named:
    """Return what the result names, with the side on which it names a counterpart."""
    result = form.data.get("政策に関する評価結果", {})
    named: list[IRI] = []
    counterparts: list[IRI] = []
    sides: dict[str, list[IRI]] = {"先進国": [], "途上国": []}
    evidence: tuple[IRI, ...] = ()
    for number, cell in enumerate(result.get("国際協力", [])):
        path: list[str | int] = ["政策に関する評価結果", "国際協力", number]
        key = cell["キー"]
        form.add(
            Cooperation(
                iri=thing("cooperation", key),
                ja=cell["名称"],
                en=cell.get("英語"),
                kind=_COOPERATIONS[cell["種別"]],
                issued=form.cells.date([*path, "年月日"], cell["年月日"]) if "年月日" in cell else None,
                counterparts=tuple(form.naming.place(place) for place in cell.get("相手", [])),
                certainty=form.cells.certainty(cell),
                evidence=form.cells.evidence(
                    path, cell, cell["種別"], "cooperation", key, words=cell["名称"]
                ),
            )
        )
        named.append(thing("cooperation", key))
    for number, cell in enumerate(result.get("相手", [])):
        path = ["政策に関する評価結果", "相手", number]
        place = form.naming.place(cell["値"])
        evidence += form.cells.evidence(
            path,
            cell,
            "政策に関する評価結果",
            "counterpart",
            *key_of(place).split("/")[1:],
            words=cell["値"],
        )
        counterparts.append(place)
        if "区分" in cell:
            sides[cell["区分"]].append(place)
    return Named(tuple(named), tuple(counterparts), tuple(sides["先進国"]), tuple(sides["途上国"]), evidence)

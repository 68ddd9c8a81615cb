"""What a sheet says of itself and of its measure: number, years, author, ministry, offices, name."""

from __future__ import annotations

from konkyo.model.identifiers import IRI, below, digest, graph, thing
from konkyo.model.records import (
    Agent,
    Appearance,
    Evaluation,
    EvaluationSheet,
    Measure,
    Person,
    Post,
    SourceFile,
    Transcribed,
    Transcription,
    Unit,
)
from konkyo.sources.evidence import Cell, Path
from konkyo.sources.sheet.form import Form, Transcribing
from konkyo.sources.sheet.grounds import Named


def read_source(form: Transcribing, status: str | None = None) -> IRI:
    """Record the text that was transcribed; return its IRI. ``status`` is told here where no sheet stands between."""
    origin = form.data["原資料"]
    source = thing("source", form.key)
    form.add(
        SourceFile(
            iri=source,
            title=origin["ファイル"],
            sha256=origin["sha256"],
            line_count=int(origin["行数"]) if "行数" in origin else None,
            status=status,
        )
    )
    return source


def read_transcription(form: Transcribing, source: IRI) -> None:
    """Record that a program wrote the transcription, and who has reviewed it."""
    status = form.review_status
    if status is None:
        return
    made = form.data["転記"]
    activity = thing("transcription", form.key)
    program = made.get("プログラム", "konkyo")
    form.add(
        Transcription(
            iri=activity, ja=f"{program} による書き写し", en=f"Transcription by {program}", used=source
        )
    )
    review = made.get("確認")
    reviewer = thing("agent", f"u-{digest(review['者'])}") if review else None
    if reviewer:
        form.add(Agent(iri=reviewer, ja=review["者"]))
    form.add(
        Transcribed(
            iri=graph(form.key),
            by=activity,
            status=status,
            reviewer=reviewer,
            reviewed=form.cells.date(["転記", "確認", "日"], review["日"]) if review else None,
        )
    )


def read_document(
    form: Form, source: IRI, consulted: tuple[IRI, ...], named: tuple[IRI, ...], mentions: tuple[IRI, ...]
) -> None:
    """Record the sheet as a document and the evaluation that made it.

    ``consulted`` are the documents at hand, ``named`` the evidence of it, ``mentions`` what the result names.
    """
    data = form.data
    title = data["表題"]
    # A ministry that numbers no sheets leaves the transcription's key to tell them apart.
    number = data["番号"]["値"] if "番号" in data else form.key
    form.add(
        EvaluationSheet(
            iri=form.sheet,
            ja=f"評価書 {number}",
            en=f"Evaluation sheet {number}",
            number=number,
            title=title["値"],
            year=form.year(["評価書の年度", "値"], data["評価書の年度"]["値"]),
            author=_author(form),
            source=source,
            cites=consulted,
            mentions=mentions,
            status=form.review_status,
            certainty=form.cells.certainty(title),
            evidence=form.fact("番号", "number")
            + form.fact("表題", "title")
            + form.fact("評価書の年度", "year"),
        )
    )
    date = data.get("政策評価実施時期")
    if "評価対象年度" not in data:
        # A sheet of a budget request evaluates nothing itself.
        return
    form.add(
        Evaluation(
            iri=thing("evaluation", form.key),
            ja=f"{number}の政策評価",
            en=f"Policy evaluation {number}",
            evaluates=form.measure,
            sheet=form.sheet,
            year=form.year(["評価対象年度", "値"], data["評価対象年度"]["値"]),
            date=form.cells.date(["政策評価実施時期", "値"], date["値"]) if date else None,
            used=consulted,
            certainty=form.cells.certainty(data["評価対象年度"]),
            evidence=form.fact("評価対象年度", "evaluated-year")
            + form.fact("政策評価実施時期", "date")
            + named,
        )
    )


def _author(form: Form) -> IRI | None:
    cell = form.data.get("作成責任者名")
    if not cell:
        return None
    field = "作成責任者名"
    unit = form.naming.unit(form.ministry, cell["部局"])
    post = below(form.sheet, "author-post")
    form.add(Post(iri=post, ja=cell["官職"], en=cell.get("官職の英語"), unit=unit))
    if "氏名" not in cell:
        return post
    author = below(form.sheet, "author")
    evidence = form.cells.evidence([field], cell, field, "author", words=cell["氏名"])
    form.add(Person(iri=author, ja=cell["氏名"], post=post, evidence=evidence))
    return author


def read_measure(form: Form, result: Named) -> None:
    """Record the measure, with the counterparts that the result of the evaluation names, and how this sheet shows it."""
    data, name = form.data, form.data["政策名"]
    units, evidence = [], form.fact("府省庁", "ministry") + form.fact("分野", "field")
    for number, cell in enumerate(data.get("担当部局課室名", [])):
        path: Path = ["担当部局課室名", number]
        evidence += form.cells.evidence(
            path, cell, "担当部局課室名", "unit", str(number + 1), words=cell["値"]
        )
        if unnamed := cell.get("名称不詳"):
            unit = below(form.sheet, "unnamed-units", number + 1)
            count = f"名称の記載がない{unnamed}の課室"
            form.add(Unit(iri=unit, ja=cell["値"], en=cell.get("英語"), unit_of=form.ministry, note=count))
        else:
            unit = form.naming.unit(form.ministry, cell["値"])
        units.append(unit)
    summary = data.get("政策の概要")
    if summary:
        evidence += form.cells.evidence(["政策の概要"], summary, "政策の概要", "summary")
    form.add(
        Measure(
            iri=form.measure,
            ja=name["値"],
            en=name.get("英語"),
            ministry=form.ministry,
            units=tuple(units),
            policy_field=data["分野"]["値"] if "分野" in data else None,
            summary=_words(summary) if summary else None,
            counterparts=result.counterparts,
            developed=result.developed,
            developing=result.developing,
            evidence=evidence + result.evidence,
        )
    )
    note = data.get("様式の注")
    named = form.cells.evidence(["政策名"], name, "政策名", "name", words=name["値"])
    if note:
        named += form.cells.evidence(["様式の注"], note, "様式の注（※）", "form-note")
    form.add(
        Appearance(
            iri=thing("appearance", form.key),
            of=form.measure,
            number=name.get("番号"),
            name=name["値"],
            year=form.year(["評価書の年度", "値"], data["評価書の年度"]["値"]),
            note=note["要約"] if note else None,
            certainty=form.cells.certainty(name),
            evidence=named,
        )
    )


def _words(cell: Cell) -> str:
    """Return a passage's summary where somebody has written one, else its words."""
    text: str = cell.get("要約") or cell["値"]
    return text

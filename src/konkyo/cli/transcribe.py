"""``konkyo transcribe``: evaluation sheets from the files that ministries publish."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.cli.options import Say, registry_option
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.sources.documents import Document
    from konkyo.sources.forms.fill import Filled

INCOMPLETE = 4
"""The exit code where some file could not be read, or a person's file was left as it is."""

_SHOWN = 5


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FILE|FOLDER",
        help=say(
            "評価書のファイル（PDF、Excel、テキスト）、又はそのフォルダー",
            "files with evaluation sheets (PDF, Excel, text), or folders of them",
        ),
    )
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE|FOLDER",
        help=say(
            "転記（YAML）の書き先。省くと今のフォルダーの「元の名.yaml」",
            "where to write the transcriptions; without it STEM.yaml in the current folder",
        ),
    )
    parser.add_argument(
        "--ministry",
        metavar="NAME",
        help=say(
            "府省庁の名（ファイルに記されていないとき）", "the ministry, where the file does not name it"
        ),
    )
    parser.add_argument(
        "--review",
        type=Path,
        metavar="FILE.yaml",
        help=say(
            "転記を文書と並べて確かめ、直して保存する頁（HTML一つ）を作る",
            "make a page (one HTML file) for checking and correcting a transcription beside its document",
        ),
    )
    parser.add_argument(
        "--sources",
        type=Path,
        metavar="FOLDER",
        help=say("--review で、元のファイルがあるフォルダー", "with --review: where the source file is"),
    )
    registry_option(parser, say)


def run(options: argparse.Namespace) -> int:
    """Transcribe every file; one that cannot be read is told, and the others are done. Returns the exit code."""
    from konkyo.common.paths import graphs_dir
    from konkyo.sources.registry import Registry

    if options.review:
        from konkyo.cli import review

        return review.run(options)
    lang, files = options.lang, list(_files(options.paths))
    if not files:
        raise KonkyoError(
            Words(
                "読めるファイルがありません（PDF、xlsx、txt）。", "There is no file to read (PDF, xlsx, txt)."
            ),
            source=", ".join(map(str, options.paths)),
        )
    target: Path | None = options.output
    if target and target.suffix == ".yaml" and len(files) > 1:
        raise KonkyoError(
            Words(
                "ファイルが二つ以上のときは、書き先にフォルダーを指定してください。",
                "For several files name a folder.",
            ),
            source=str(target),
        )
    registry = Registry(options.registry or graphs_dir())
    code = 0
    # Each file is read by a process of its own; here the answers are waited for and filled into the forms.
    with ThreadPoolExecutor(max_workers=2) as readers:
        reading = [(path, readers.submit(_read, path)) for path in files]
        for path, answer in reading:
            try:
                document, sheets = answer.result()
                written = _write(path, document, sheets, options, registry)
            except KonkyoError as error:
                from konkyo.present.text.advice import worded

                print(f"{path}\n  " + error.report(lang, worded).replace("\n", "\n  "))
                code = INCOMPLETE
                continue
            code = code if written else INCOMPLETE
    return code


def _files(paths: list[Path]) -> Iterator[Path]:
    from konkyo.sources.documents.reading import SUFFIXES

    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file()
            )
        else:
            yield path


def _read(path: Path) -> tuple[Document, list[Filled]]:
    from konkyo.sources.documents.reading import read_document
    from konkyo.sources.forms.fill import fill

    document = read_document(path)
    sheets = fill(document)
    if not sheets:
        raise KonkyoError(
            Words("知っている様式に当てはまりません。", "It fits no form that is known."),
            source=str(path),
            hint=Words(
                "評価書なら、見出しの綴りを sources/forms の様式に加えるか、`konkyo help transcribe` のとおりに手で書き写してください。",
                "If it is a sheet, add its labels to a form in sources/forms, or transcribe it by hand (`konkyo help transcribe`).",
            ),
        )
    return document, sheets


def _write(
    path: Path, document: Document, sheets: list[Filled], options: argparse.Namespace, registry: object
) -> bool:
    """Write the sheets of one file and report on each; return whether all were written."""
    from konkyo.common.files import write_whole
    from konkyo.sources.forms.write import as_yaml, is_changed, key_of_sheet, transcription

    done = True
    for position, sheet in enumerate(sheets, start=1):
        if "府省庁" not in sheet.data and options.ministry:
            sheet.data["府省庁"] = {
                "値": options.ministry,
                **_place_of_title(sheet),
                "確度": "配置",
                "注": "利用者の指定による。",
            }
        slug = _slug(registry, sheet.data.get("府省庁", {}).get("値"))
        data = transcription(document, sheet, key_of_sheet(document, sheet.data, slug, position))
        target = _target(options.output, path, position if len(sheets) > 1 else None)
        if target.exists() and is_changed(target):
            print(
                Words(
                    f"{target}: 人が書いたか直した転記なので、上書きしません。",
                    f"{target}: a person's, not overwritten.",
                ).of(options.lang)
            )
            done = False
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, as_yaml(data))
        _report(path, target, document, sheet, options.lang)
    return done


def _place_of_title(sheet: Filled) -> dict[str, object]:
    title = sheet.data.get("表題") or next(iter(sheet.data.values()))
    return {key: title[key] for key in ("場所", "行") if key in title}


def _slug(registry: object, ministry: str | None) -> str | None:
    from konkyo.model.identifiers import key_of
    from konkyo.sources.registry import NotRegistered, Registry

    assert isinstance(registry, Registry)
    try:
        return key_of(registry.ministry(ministry)).split("/")[1] if ministry else None
    except NotRegistered:
        return None


def _target(output: Path | None, path: Path, position: int | None) -> Path:
    name = f"{path.stem}-{position}.yaml" if position else f"{path.stem}.yaml"
    if output is None:
        return Path(name)
    return output if output.suffix == ".yaml" and position is None else output / name


def _report(path: Path, target: Path, document: Document, sheet: Filled, lang: str) -> None:
    from konkyo.common.text import one_line

    name = (sheet.data.get("政策名") or sheet.data.get("事業名") or {}).get("値", "")
    print(f"{path} → {target}  {one_line(name)}")
    counts = Words(
        f"  様式: {sheet.form}、読んだ欄: {sheet.fields}、未配置: {sheet.rest}",
        f"  form: {sheet.form}, fields read: {sheet.fields}, not placed: {sheet.rest}",
    )
    print(counts.of(lang))
    lists = (
        (Words("確かめる所", "to look at"), [*sheet.unsure, *_missing(sheet)]),
        (Words("検算が合わない", "checks that failed"), sheet.failed),
        (Words("注意", "note"), list(document.notes)),
    )
    for title, lines in lists:
        for line in lines[:_SHOWN]:
            print(f"  {title.of(lang)}: {one_line(line)}")
        if len(lines) > _SHOWN:
            more = len(lines) - _SHOWN
            print(Words(f"  {title.ja}: ほか{more}件", f"  {title.en}: {more} more").of(lang))


def _missing(sheet: Filled) -> list[str]:
    of_review = "事業名" in sheet.data
    wanted = (
        ("事業名", "府省庁", "公開年度")
        if of_review
        else ("表題", "番号", "府省庁", "政策名", "評価書の年度")
    )
    return [f"「{name}」が読めません。" for name in wanted if name not in sheet.data]

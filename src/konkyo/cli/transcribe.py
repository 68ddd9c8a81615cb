"""``konkyo transcribe``: evaluation sheets from the files that ministries publish."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from konkyo.cli.options import Say, registry_option
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.sources.documents import Document
    from konkyo.sources.forms.fill import Filled

    Read: TypeAlias = tuple[Document, list[Filled]] | None

INCOMPLETE = 4
"""The exit code where some file could not be read, or a person's file was left as it is."""

_SHOWN = 5
_AHEAD = 8


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FILE|FOLDER",
        help=say(
            "評価書やレビューシートのファイル（PDF、Excel、Word、テキスト）、又はそのフォルダー",
            "files with evaluation or review sheets (PDF, Excel, Word, text), or folders of them",
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
    parser.add_argument(
        "--again",
        action="store_true",
        help=say(
            "フォルダーで、前に書き写したままのものも、もう一度書き写す",
            "of a folder, transcribe again what was transcribed before and is unchanged",
        ),
    )
    registry_option(parser, say)


def run(options: argparse.Namespace) -> int:
    """Transcribe every file; one that cannot be read is told, and the others are done. Returns the exit code."""
    from konkyo.common.paths import graphs_dir
    from konkyo.sources.registry import Registry

    if options.review:
        from konkyo.cli import review

        return review.run(options)
    files = list(_files(options.paths))
    if not files:
        raise KonkyoError(
            Words(
                "読めるファイルがありません（PDF、xlsx、docx、txt）。",
                "There is no file to read (PDF, xlsx, docx, txt).",
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
    again = options.again or options.ministry is not None or len(files) == 1
    targets = _targets(target, files)
    done: list[Done] = []
    # Each file is read, and its form filled, by a process of its own; here the answers are waited for and written.
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as readers:
        waiting: deque[tuple[Path, Path, Future[Read]]] = deque()
        left = iter(files)
        while True:
            # A few are read ahead: all of a large folder at once would fill the memory.
            while len(waiting) < _AHEAD and (found := next(left, None)):
                path, _ = found
                waiting.append(
                    (path, targets[path], readers.submit(_read, path, None if again else targets[path]))
                )
            if not waiting:
                break
            path, where, answer = waiting.popleft()
            done.append(_settle(path, where, answer, options, registry))
            _progress(len(done), len(files), path)
    if len(files) > 1:
        _summary(done, options.lang)
    return 0 if all(one.state in ("written", "there") for one in done) else INCOMPLETE


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a file: ``state`` is written, there (as it was left before), kept (a person's) or failed."""

    path: Path
    state: str
    form: str = ""
    fields: int = 0
    unsure: int = 0
    failed: int = 0
    rest: int = 0


def _settle(
    path: Path, target: Path, answer: Future[Read], options: argparse.Namespace, registry: object
) -> Done:
    try:
        read = answer.result()
    except KonkyoError as error:
        from konkyo.present.text.advice import worded

        print(f"{path}\n  " + error.report(options.lang, worded).replace("\n", "\n  "))
        return Done(path, "failed")
    if read is None:
        return Done(path, "there")
    document, sheets = read
    written = _write(path, target, document, sheets, options, registry)
    return Done(
        path,
        "written" if written else "kept",
        sheets[0].form,
        sum(sheet.fields for sheet in sheets),
        sum(len(sheet.unsure) for sheet in sheets),
        sum(len(sheet.failed) for sheet in sheets),
        sum(sheet.rest for sheet in sheets),
    )


def _progress(number: int, total: int, path: Path) -> None:
    if total > 1 and sys.stderr.isatty():
        end = "\n" if number == total else ""
        print(f"\r\x1b[K{number}/{total} {path.name}", end=end, file=sys.stderr, flush=True)


_STATES = {
    "written": Words("書いた", "written"),
    "there": Words("前のまま", "as before"),
    "kept": Words("人のもの", "a person's"),
    "failed": Words("読めない", "not read"),
}


def _summary(done: list[Done], lang: str) -> None:
    """Print a table with a line for each file, and how many there are of each kind."""
    heads = Words(
        "ファイル\t結果\t様式\t欄\t確かめる所\t検算\t未配置",
        "file\tresult\tform\tfields\tunsure\tchecks\tunplaced",
    )
    print(heads.of(lang))
    for one in done:
        counts = (one.fields, one.unsure, one.failed, one.rest) if one.form else ("", "", "", "")
        print("\t".join(map(str, (one.path, _STATES[one.state].of(lang), one.form, *counts))))
    told = Counter(one.state for one in done)
    print(", ".join(f"{_STATES[state].of(lang)} {told[state]}" for state in _STATES if told[state]))


def _files(paths: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each file with its way from the folder that was named."""
    from konkyo.sources.documents.reading import SUFFIXES

    for path in paths:
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                # ~$ is what Word and Excel leave beside a file that is open.
                if one.suffix.lower() in SUFFIXES and one.is_file() and not one.name.startswith(("~$", ".")):
                    yield one, one.relative_to(path)
        elif path.exists():
            yield path, Path(path.name)
        else:
            raise KonkyoError(
                Words("ファイルもフォルダーもありません。", "There is no such file or folder."),
                source=str(path),
            )


def _targets(output: Path | None, files: list[tuple[Path, Path]]) -> dict[Path, Path]:
    """Return where each file's transcription goes: as the folders lie, and with the kind where two names are one."""
    if output and output.suffix == ".yaml":
        return {files[0][0]: output}
    names = Counter(way.with_suffix("") for _, way in files)
    folder = output or Path()
    return {
        path: folder
        / (
            way.with_suffix(".yaml")
            if names[way.with_suffix("")] == 1
            else way.with_name(f"{way.stem}-{way.suffix.lstrip('.').lower()}.yaml")
        )
        for path, way in files
    }


def _read(path: Path, target: Path | None) -> Read:
    """Return the document and its sheets; None where this program has transcribed the same file, and nobody changed that."""
    from konkyo.sources.forms.reading import read_sheets
    from konkyo.sources.forms.write import is_of

    if target and (is_of(target, path) or is_of(target.with_name(f"{target.stem}-1.yaml"), path)):
        return None
    document, sheets = read_sheets(path)
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
    path: Path,
    where: Path,
    document: Document,
    sheets: list[Filled],
    options: argparse.Namespace,
    registry: object,
) -> bool:
    """Write the sheets of one file and report on each; return whether all were written."""
    from konkyo.common.files import write_whole
    from konkyo.sources.forms.write import fields_as_yaml, is_changed, key_of_sheet, sheet_as_yaml

    done = True
    for position, sheet in enumerate(sheets, start=1):
        if "府省庁" not in sheet.data and options.ministry:
            sheet.data["府省庁"] = {
                "値": options.ministry,
                **_place_of_title(sheet),
                "確度": "配置",
                "注": "利用者の指定による。",
            }
            sheet.yaml += fields_as_yaml({"府省庁": sheet.data["府省庁"]})
        slug = _slug(registry, sheet.data.get("府省庁", {}).get("値"))
        key = key_of_sheet(document, sheet.data, slug, position)
        target = where.with_name(f"{where.stem}-{position}.yaml") if len(sheets) > 1 else where
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
        write_whole(target, sheet_as_yaml(document, sheet, key))
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
    how = {"府省庁": "--ministry で指定できます。"}
    return [f"「{name}」が読めません。{how.get(name, '')}" for name in wanted if name not in sheet.data]

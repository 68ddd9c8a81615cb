"""Folders as people have them, each with its expected report: what is built, told, asked; and what the command ends with.

``python tests/cli/test_folders.py`` writes the reports anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.model.identifiers import graph
from konkyo.store import open_store
from support.absent import NOT_HERE
from support.folder_cases import CASES, make

EXPECTED = Path(__file__).parents[1] / "cases" / "folders"
ENGLISH = (
    *("a-page-saved-as-zip", "two-that-differ", "five-bad-rows-of-fifty-left-out", "from-a-mac"),
    *("saved-anew-by-a-spreadsheet-program", "several-downloads", "all-in-one-zip", "workbooks-and-papers"),
)
REGISTRY = {
    "organizations.yaml": "ministries:\n  soumu: {ja: 総務省}\n  kankyo: {ja: 環境省}\n",
    "strategies.yaml": "strategies: {}\n",
}
# What other tests look at: facts by graph, columns not used, speed, stages, published counts.
_ELSEWHERE = re.compile(
    r"  [a-z]+: .*|    (?:使わない列|Columns not used|注意: 行数|Warning: It has).*|.*(?:毎秒|a second).*|(?:作成|making): .*|"
    r"    [^注W].*: [\d,]+"
)


def report(name: str, lang: str, work: Path) -> str:
    """Fill a folder, build it, and return what was said and how it ended, without what differs from run to run."""
    registry = work / "registry"
    registry.mkdir()
    for file, content in REGISTRY.items():
        (registry / file).write_text(content, encoding="utf-8")
    arguments = make(name, work / "folder")
    said, warned = StringIO(), StringIO()
    before = Path.cwd()
    os.chdir(work / "folder")
    try:
        with redirect_stdout(said), redirect_stderr(warned):
            code = main(
                ["build", *arguments, "--store", "../store", "--registry", "../registry", "--lang", lang]
            )
    finally:
        os.chdir(before)
    lines = [line for line in warned.getvalue().splitlines() if not _ELSEWHERE.fullmatch(line)]
    lines += ["---", *said.getvalue().splitlines(), f"exit {code}"]
    text = "\n".join(lines) + "\n"
    text = re.sub(r"[\d,]+件", "…件", text)
    text = re.sub(r"[\d,]+ facts?", "… facts", text)
    return re.sub(r"[\d.]+(秒| s)", r"…\1", text)


WANTED = [*((name, "ja") for name in CASES), *((name, "en") for name in ENGLISH)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason=f"{NOT_HERE}pipes with names")
@pytest.mark.parametrize(("name", "lang"), WANTED)
def test_a_folder_gives_its_report(name: str, lang: str, tmp_path: Path) -> None:
    expected = (EXPECTED / name / f"{lang}.txt").read_text(encoding="utf-8")
    assert report(name, lang, tmp_path) == expected


def test_every_report_belongs_to_a_folder() -> None:
    found = {(path.parent.name, path.stem) for path in EXPECTED.glob("*/*.txt")}
    assert found == set(WANTED)


class Terminal(StringIO):
    """A stream that looks like a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code"), [("2\n", 0), ("\n", 4), ("", 4), ("3\n", 4), ("x\n", 4)])
def test_at_a_terminal_a_person_is_asked(
    answer: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("two-that-differ", tmp_path / "folder")
    asked = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    monkeypatch.setattr("sys.stderr", asked)
    folder = str(tmp_path / "folder")
    assert main(["build", folder, "--store", str(tmp_path / "store"), "--lang", "en"]) == code
    told = asked.getvalue()
    assert told.count("Please choose") == (1 if code == 0 else 2), "who has not chosen is told what to do"
    assert "Number of the one to use" in told
    built = graph("rs-2024/6-1") in open_store(tmp_path / "store").graphs()
    assert built == (code == 0) == (f"later{os.sep}6-1_RS_2024_その他備考.csv was chosen" in told)


if __name__ == "__main__":
    for case, language in WANTED:
        (EXPECTED / case).mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory() as temporary:
            written = report(case, language, Path(temporary))
        (EXPECTED / case / f"{language}.txt").write_text(written, encoding="utf-8")

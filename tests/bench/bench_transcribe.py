"""What `konkyo transcribe` reads: facts claimed and right, claimed and wrong, left open, by form and kind of file.

Run it from the checkout: ``python tests/bench/bench_transcribe.py``. The invented sheets are compared with the expected
transcriptions beside them, the text of 2012 with the one that was made by hand.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from ruamel.yaml import YAML  # noqa: E402

from konkyo.sources.documents.reading import read_document  # noqa: E402
from konkyo.sources.forms.fill import fill  # noqa: E402
from support.invented_sheets import KOHYO, SOUMU, STANDARD, pdf, workbook  # noqa: E402
from support.transcription_facts import compare  # noqa: E402

FORMS = {"standard": STANDARD, "kohyo": KOHYO, "soumu": SOUMU}
SHARED = ROOT.parent / "shared" / "sources"


def known(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return data


def without_passages(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in ("基本目標", "政策の概要")}


def files(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Yield what is read, its file, and what it says."""
    for name, sheet in FORMS.items():
        expected = without_passages(known(ROOT / "tests" / "cases" / "transcribe" / f"{name}.yaml"))
        bare = replace(sheet, style="td{border:none;vertical-align:top}")
        yield f"{name} xlsx", workbook(sheet, folder / f"{name}.xlsx"), expected
        yield f"{name} pdf", pdf(sheet, folder / f"{name}.pdf"), expected
        yield f"{name} pdf without rules", pdf(bare, folder / f"{name}-bare.pdf"), expected
    if (text := SHARED / "soumu-h24-15.txt").is_file():
        yield "soumu 2012, text layer", text, known(ROOT / "graphs" / "sheets" / "soumu-23-15.yaml")


def main() -> None:
    print("file\tright\twrong\topen\tprecision\trecall\tnot placed\tseconds")
    with tempfile.TemporaryDirectory() as folder:
        for name, path, expected in files(Path(folder)):
            begun = time.perf_counter()
            sheets = fill(read_document(path))
            took = time.perf_counter() - begun
            data = sheets[0].data if sheets else {}
            found = compare(data if path.suffix == ".txt" else without_passages(data), expected)
            right, wrong, left = (one.total() for one in (found.right, found.wrong, found.open))
            precision, recall = right / ((right + wrong) or 1), right / ((right + left) or 1)
            rest = len(data.get("未配置", []))
            print(f"{name}\t{right}\t{wrong}\t{left}\t{precision:.3f}\t{recall:.3f}\t{rest}\t{took:.1f}")
    for path in sorted((SHARED / "excerpts").glob("*.txt")):
        sheets = fill(read_document(path))
        told = f"{sheets[0].fields} fields, {sheets[0].rest} not placed" if sheets else "no form"
        print(f"{path.name}\t{told}")


if __name__ == "__main__":
    main()

"""Laws of 1-3: one number a law, and what contradicts it kept at the citation."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.rs_reading import read, subjects, values
from support.rs_rows import row, write_csv

ID = "411AC0000000091"


def law_row(number: int, written: str, law_id: str = ID, name: str = "見本法") -> dict[str, str]:
    cells = {"番号（根拠法令）": str(number), "法令名": name, "法令番号": written, "法令ID": law_id}
    return row("1-3", **cells)


def test_a_law_has_one_number_in_its_first_spelling(tmp_path: Path) -> None:
    written = ["平成11年法律第91号", "平成十一年法律第九十一号", "平成１１年７月１６日法律第９１号"]
    triples, report = read(
        write_csv(tmp_path, "1-3", [law_row(n, text) for n, text in enumerate(written, 1)])
    )
    assert values(triples, "eli:number") == [written[0]]
    assert "law-number-of-no-such-law" not in report.counts
    assert values(triples, "skos:note") == []


# Real cells of 1-3 have each of these kinds: the amending law's number, a slip, digits alone, a date of force.
@pytest.mark.parametrize(
    "written", ["令和六年法律第四十七号", "平成十一年法率第九十一号", "91", "令和六年五月十七日 施行"]
)
def test_a_number_that_is_not_the_law_s_stays_at_the_citation(tmp_path: Path, written: str) -> None:
    triples, report = read(
        write_csv(tmp_path, "1-3", [law_row(1, written), law_row(2, "平成十一年法律第九十一号")])
    )
    assert values(triples, "eli:number") == ["平成十一年法律第九十一号"]
    assert report.counts["law-number-of-no-such-law"] == 1
    first, second = sorted(subjects(triples, "kk:LegalCitation"))
    assert values(triples, "skos:note", first) == [f"資料の法令番号: {written}"]
    assert values(triples, "skos:note", second) == []


def test_two_numbers_under_one_name_are_two_laws(tmp_path: Path) -> None:
    written = ["昭和26年法律第91号", "昭和二十六年法律第九十一号", "平成9年法律第48号", ""]
    triples, _ = read(write_csv(tmp_path, "1-3", [law_row(n, text, "") for n, text in enumerate(written, 1)]))
    assert len(subjects(triples, "eli:LegalResource")) == 2
    assert sorted(values(triples, "eli:number")) == sorted((written[0], written[2]))

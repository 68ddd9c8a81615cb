"""What the page says of the RS files agrees with the importers."""

from __future__ import annotations

from pathlib import Path

from konkyo.sources.rs import NOT_IMPORTED

PAGE = (Path(__file__).parents[1] / "src/konkyo/docs/build-rs.md").read_text(encoding="utf-8")


def test_every_column_that_is_not_imported_is_named() -> None:
    section = PAGE.split("## Not imported")[1].split("\n## ")[0]
    columns = {column for table in NOT_IMPORTED.values() for column in table}
    assert {column for column in columns if column not in section} == set()


def test_every_column_that_is_not_imported_has_a_reason_in_both_languages() -> None:
    assert all(words.ja and words.en for table in NOT_IMPORTED.values() for words in table.values())

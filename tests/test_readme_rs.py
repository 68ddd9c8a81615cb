"""What the README says of the RS files agrees with the importers."""

from __future__ import annotations

from pathlib import Path

from konkyo.sources.rs import NOT_IMPORTED

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_every_column_that_is_not_imported_is_named() -> None:
    section = README.split("## The whole government")[1].split("\n## ")[0]
    columns = {column for table in NOT_IMPORTED.values() for column in table}
    assert {column for column in columns if column not in section} == set()


def test_every_column_that_is_not_imported_has_a_reason_in_both_languages() -> None:
    assert all(words.ja and words.en for table in NOT_IMPORTED.values() for words in table.values())

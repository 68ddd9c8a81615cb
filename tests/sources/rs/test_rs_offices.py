"""1-1: whose an office is, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.common.name_form import name_form
from konkyo.sources.rs import IMPORTERS, Names, recognise
from konkyo.sources.rs.basic import Organization
from konkyo.sources.rs.engine import LIMIT, convert
from support.rs_rows import row, write_csv

ORG = "https://w3id.org/konkyo/id/org/"
NAMES = Names(
    {name_form("総務省"): "soumu", name_form("農林水産省"): "nousui", name_form("国土交通省"): "kokko"},
    {
        "nousui": {name_form("水産庁"): f"{ORG}nousui/suisan"},
        "kokko": {name_form("気象庁"): f"{ORG}kokko/kisho"},
    },
)
OTHER = "（その他担当組織）"


def lines(folder: Path, **other: str) -> str:
    (file,) = recognise(
        write_csv(folder, "1-1", [row("1-1", **{f"{name}{OTHER}": text for name, text in other.items()})])
    )
    made: list[str] = []
    convert(file, {**IMPORTERS, "1-1": Organization}["1-1"], NAMES, made.append, lambda _: None, LIMIT)
    return "".join(made)


@pytest.mark.parametrize(
    ("office", "owner", "agency"),
    [
        ("水産庁", "nousui", "suisan"),
        ("国土交通省　気象庁", "kokko", "kisho"),
        ("国土交通省気象庁", "kokko", "kisho"),
    ],
)
def test_an_agency_of_another_ministry_stays_its(
    tmp_path: Path, office: str, owner: str, agency: str
) -> None:
    made = lines(tmp_path, 府省庁=office, 部="見本部")
    assert f"subOrganizationOf> <{ORG}{owner}/{agency}>" in made and f"<{ORG}{owner}/u-" in made
    own = [
        line for line in made.splitlines() if "unitOf" in line and f"<{ORG}soumu/" in line.partition(" ")[0]
    ]
    assert len(own) == 2, "見本局 and 見本課 of the project's own ministry, no more"


@pytest.mark.parametrize(
    ("office", "bureau", "above"),
    [
        ("水産庁", "水産庁", "nousui/suisan"),
        ("水産庁", " 水産庁　", "nousui/suisan"),
        ("農林水産省", "農林水産省", "nousui"),
        ("見本委員会", "見本委員会", None),
    ],
)
def test_a_name_that_two_columns_repeat_is_one_office(
    tmp_path: Path, office: str, bureau: str, above: str | None
) -> None:
    """The agency itself had become an office below itself."""
    made = lines(tmp_path, **{"府省庁": office, "局・庁": bureau, "部": "見本部"})
    named = [line for line in made.splitlines() if "writtenName" in line]
    assert sum(f'"{office}"' in line for line in named) == (0 if above else 1)
    assert any('"見本部"' in line for line in named)
    parents = [
        line.partition("subOrganizationOf> ")[2] for line in made.splitlines() if "subOrganizationOf" in line
    ]
    if above and "/" in above:
        assert any(line.startswith(f"<{ORG}{above}>") for line in parents)


def test_what_the_registry_does_not_hold_stays_with_the_project(tmp_path: Path) -> None:
    made = lines(tmp_path, 府省庁="独立行政法人", 部="見本部")
    assert f"<{ORG}nousui" not in made and f"<{ORG}kokko" not in made


@pytest.mark.parametrize(
    "cells", [{"係": "（課長以外）"}, {"課": "見本二課（課長以外）"}, {"室": "（一般会計）"}]
)
def test_a_remark_in_brackets_is_no_office_and_is_kept(tmp_path: Path, cells: dict[str, str]) -> None:
    made = lines(tmp_path, **{"府省庁": "農林水産省", "課": "見本二課", **cells})
    remark = next(text for text in cells.values())
    named = [line for line in made.splitlines() if "prefLabel" in line or "writtenName" in line]
    assert any('見本二課"' in line for line in named) and not any(
        "以外" in line or "会計" in line for line in named
    )
    assert any(remark in line for line in made.splitlines()), "the cell stays"


def test_a_bracket_of_a_name_stays(tmp_path: Path) -> None:
    assert "政策統括官（防災担当）" in lines(
        tmp_path, **{"府省庁": "農林水産省", "局・庁": "政策統括官（防災担当）"}
    )

"""The articles of a law that a project cites stand beside its name in every answer."""

from __future__ import annotations

import re

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.present.prose import paragraph
from konkyo.present.text.brief import brief_tree
from konkyo.present.text.claim_table import claims_csv
from konkyo.present.text.traces import tree
from konkyo.store import open_store
from support.rs_rows import row, write_csv

CELLS = [
    ("見本法", "第四条", "2", "十三", "第四条第2項第十三号"),
    ("見本法", "第四条", "", "第1号イ", "第四条第1号イ"),
    ("見本法", "第四条", "１", "等", "第四条第１項等"),
    ("見本法", "第五条から第七条まで", "", "", "第五条から第七条まで"),
    ("見本法", "", "", "", ""),
    ("見本法第９条第２項", "", "", "", "第９条第２項"),
    ("見本法（第10条）", "", "", "", "第10条"),
    ("見本法 附則", "", "", "", "附則"),
    # A law without an id is called as it is written.
    ("別見本法第2条", "", "", "", ""),
]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("articles")
    rows = [
        row(
            "1-3",
            **{
                "番号（根拠法令）": str(number),
                "法令名": name,
                "法令番号": "",
                "法令ID": "" if name.startswith("別見本法") else "411AC0000000091",
                "条": article,
                "項": paragraph_,
                "号・号の細分": item,
            },
        )
        for number, (name, article, paragraph_, item, _) in enumerate(CELLS, 1)
    ]
    write_csv(folder, "1-3", rows)
    build([folder], folder / "store")
    return KnowledgeGraph(open_store(folder / "store"))


def test_each_claim_has_its_articles(answer: KnowledgeGraph) -> None:
    made = answer.trace("project/9001").answer
    found = sorted(text for claim in made.laws for text in claim.articles)
    assert found == sorted(text for *_, text in CELLS if text)
    for lang in ("ja", "en"):
        shown, table = "\n".join(tree(made, lang).lines()), claims_csv(made, lang)
        assert all(f"見本法 {text}" in shown and f"見本法 {text}" in table for text in found)
        assert "第四条第2項第十三号" in "\n".join(brief_tree(made, lang).lines())
    # The law as a whole, and then its articles.
    assert re.search(r"「見本法」［\d］、第四条第2項第十三号［1］、第四条第1号イ", paragraph(made, "ja"))
    assert re.search(r"“見本法” \[\d\], 第四条第2項第十三号 \[1\], 第四条第1号イ", paragraph(made, "en"))


def test_a_law_says_which_of_its_articles_each_project_cites(answer: KnowledgeGraph) -> None:
    shown = "\n".join(tree(answer.trace("law/411ac0000000091").answer, "ja").lines())
    assert "予算事業9001 見本事業9001（第四条第2項第十三号）" in shown

"""Every command, as a user gives it, on a store built for the tests; the first one in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from konkyo.cli import main
from support.command import good, run

SHEET = Path(__file__).parents[2] / "graphs" / "sheets" / "soumu-23-15.yaml"


def test_demo_builds_checks_answers_and_draws(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "konkyo", "demo"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    out = done.stdout
    assert "検査に通りました" in out
    assert out.count("［明記］") == 7 + 3  # the sections named for the measure, the panels' reports
    assert "総務省23-⑮ L143" in out
    page = tmp_path / "konkyo-demo.html"
    assert str(page) in out and page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert (tmp_path / ".konkyo" / "CURRENT").is_file()


def test_demo_again_and_in_english(tmp_path: Path) -> None:
    good("demo", cwd=tmp_path)
    out = good("--lang", "en", "demo", cwd=tmp_path)
    assert "no violations" in out and "[stated]" in out


def test_trace_of_a_strategy_lists_its_sections_and_what_rests_on_them(
    tmp_path: Path, store_folder: Path
) -> None:
    out = good("trace", "新成長戦略", "--store", str(store_folder), cwd=tmp_path)
    sections = re.findall(r"^[├└]─ (.*)$", out, re.MULTILINE)
    assert [name.split(" > ")[-1] for name in sections] == [
        "年度: 2012年度の評価書",
        "（３）アジア経済戦略",
        "（５）科学・技術・情報通信立国戦略",
    ]
    assert out.count("［明記］ 施策 ＩＣＴ分野における国際戦略の推進") == 2
    assert out.count("による8件") == 2  # three objectives and five indicators
    assert "L143" in out and "L144" in out


def test_trace_of_an_indicator_reaches_all_four_strategies_as_derived(
    tmp_path: Path, store_folder: Path
) -> None:
    out = good("trace", "受講者数", "--store", str(store_folder), cwd=tmp_path)
    own = out.split("の戦略・計画等")[1]
    assert own.count("［導出］") == 7
    assert own.count("規則: 施策を通じた位置付け") == 7
    for strategy in ("新成長戦略（", "新たな情報通信技術戦略（", "工程表（改訂）（", "日本再生の基本戦略（"):
        assert strategy in own
    assert re.search(r"100人（.*→.*100人以上（.*→.*225人（", out)
    for report in ("懇談会 報告書", "Active Japan ICT", "ICTスマートタウン"):
        assert report in out


def test_level_stated_leaves_only_what_the_sheet_says(tmp_path: Path, store_folder: Path) -> None:
    out = good("trace", "測定指標3", "--level", "stated", "--store", str(store_folder), cwd=tmp_path)
    assert "［導出］" not in out and "［解釈］" not in out and "［不採用］" not in out
    assert out.count("［明記］") == 7 + 3
    assert "この測定指標を名指しする関係部分は資料にありません。施策を通じて" in out


def test_trace_between_two_things_either_way_round(tmp_path: Path, store_folder: Path) -> None:
    one = good(
        "trace", "新成長戦略", "測定指標3", "--store", str(store_folder), "--format", "json", cwd=tmp_path
    )
    other = good(
        "trace", "測定指標3", "新成長戦略", "--store", str(store_folder), "--format", "json", cwd=tmp_path
    )
    assert one == other
    chains = json.loads(one)["chains"]
    assert [len(chain) for chain in chains] == sorted(len(chain) for chain in chains)
    assert {chain[0]["source"]["label"]["ja"] for chain in chains} == {"新成長戦略"}


def test_no_chain_is_said_to_be_none(tmp_path: Path, store_folder: Path) -> None:
    out = good("trace", "日本再生戦略", "測定指標3", "--store", str(store_folder), cwd=tmp_path)
    assert "結ぶ12段までの道筋はありません" in out


def test_trace_as_json_mermaid_and_page(tmp_path: Path, store_folder: Path) -> None:
    data = json.loads(good("trace", "政策15", "--format", "json", "--store", str(store_folder), cwd=tmp_path))
    assert data["direction"] == "up" and len(data["groups"][0]["claims"]) == 7
    diagram = good("trace", "政策15", "--format", "mermaid", "--store", str(store_folder), cwd=tmp_path)
    assert diagram.startswith("flowchart LR\n") and diagram.count("==>") == 10
    good("trace", "政策15", "--format", "html", "-o", "t.html", "--store", str(store_folder), cwd=tmp_path)
    assert "ＩＣＴ分野における国際戦略の推進" in (tmp_path / "t.html").read_text(encoding="utf-8")


def test_a_search_in_english_has_no_japanese_word_before_a_number(tmp_path: Path, store_folder: Path) -> None:
    found = {
        lang: good("--lang", lang, "search", "施策目標", "--store", str(store_folder), cwd=tmp_path)
        for lang in ("ja", "en")
    }
    assert "\t施策目標 b\t" in found["ja"] and "\tb\t" in found["en"]


def test_several_candidates_are_listed(tmp_path: Path, store_folder: Path) -> None:
    done = run("trace", "懇談会", "--store", str(store_folder), cwd=tmp_path)
    assert done.returncode == 2 and not done.stdout
    assert "panel/ict-global-tenkai" in done.stderr and "panel/ict-machizukuri" in done.stderr


@pytest.mark.parametrize("name", ["ない名前", "strategy/none", "https://w3id.org/konkyo/id/none/x"])
def test_unknown_thing(tmp_path: Path, store_folder: Path, name: str) -> None:
    done = run("trace", name, "--store", str(store_folder), cwd=tmp_path)
    assert done.returncode == 2 and "当てはまるものがありません" in done.stderr


def test_query_by_text_file_name_and_standard_input(tmp_path: Path, store_folder: Path) -> None:
    text = "SELECT ?s WHERE { ?s a <https://w3id.org/konkyo/ns#Measure> }"
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    store = str(store_folder)
    answers = {
        good("query", text, "--store", store, cwd=tmp_path),
        good("query", "q.rq", "--store", store, cwd=tmp_path),
        good("query", "-", "--store", store, cwd=tmp_path, stdin=text),
    }
    assert answers == {"s\nＩＣＴ分野における国際戦略の推進\n"}
    assert good("query", "--list", cwd=tmp_path).count("\n") > 15


@pytest.mark.parametrize(
    ("name", "start"),
    [("csv", "s\r\nhttps://"), ("tsv", "?s\n<https://"), ("json", "{"), ("xml", "<?xml"), ("table", "s\n")],
)
def test_formats_of_a_select(tmp_path: Path, store_folder: Path, name: str, start: str) -> None:
    text = "SELECT ?s WHERE { ?s a <https://w3id.org/konkyo/ns#Strategy> } ORDER BY ?s"
    out = good("query", text, "--format", name, "--store", str(store_folder), cwd=tmp_path)
    assert out.startswith(start)


@pytest.mark.parametrize("name", ["turtle", "nt", "xml", "jsonld"])
def test_formats_of_a_construct(tmp_path: Path, store_folder: Path, name: str) -> None:
    from rdflib import Graph

    text = "CONSTRUCT { ?s a ?k } WHERE { ?s a ?k . ?s a <https://w3id.org/konkyo/ns#Panel> }"
    out = good("query", text, "--format", name, "--store", str(store_folder), cwd=tmp_path)
    kind = {"turtle": "turtle", "nt": "nt", "xml": "xml", "jsonld": "json-ld"}[name]
    assert len(Graph().parse(data=out, format=kind)) == 3


@pytest.mark.parametrize(
    "text", ["SELECT", "SELECT ?x WHERE { ?x", "no-such-query", "INSERT DATA { <a:a> <a:a> 1 }"]
)
def test_what_is_no_query(tmp_path: Path, store_folder: Path, text: str) -> None:
    done = run("query", text, "--store", str(store_folder), cwd=tmp_path)
    assert done.returncode == 2 and done.stderr.startswith("エラー: ") and "Traceback" not in done.stderr


def test_a_format_that_does_not_fit(tmp_path: Path, store_folder: Path) -> None:
    done = run("query", "ASK {}", "--format", "turtle", "--store", str(store_folder), cwd=tmp_path)
    assert done.returncode == 2 and "json, xml" in done.stderr


def test_store_from_the_environment(tmp_path: Path, store_folder: Path) -> None:
    done = run("query", "ASK { ?s ?p ?o }", cwd=tmp_path, KONKYO_STORE=str(store_folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, "はい\n", "")


def test_without_a_store_the_carried_graph_is_used_and_said_so(tmp_path: Path) -> None:
    done = run("trace", "新成長戦略", cwd=tmp_path)
    assert done.returncode == 0 and "同梱のグラフ" in done.stderr and "アジア経済戦略" in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_named_store_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = run("trace", "新成長戦略", "--store", "nowhere", cwd=tmp_path)
    assert done.returncode == 2 and "nowhere" in done.stderr and "konkyo build" in done.stderr


def test_check_passes_on_the_graph_and_fails_on_a_copy_without_evidence(
    tmp_path: Path, store_folder: Path
) -> None:
    assert "違反はありません" in good("check", "--store", str(store_folder), cwd=tmp_path)
    everything = good(
        "query", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "nt", "--store", str(store_folder), cwd=tmp_path
    )
    fact = "<https://w3id.org/konkyo/id/value/soumu-23-15/3/target> <https://w3id.org/konkyo/ns#evidence>"
    cut = [line for line in everything.splitlines() if not line.startswith(fact)]
    assert len(cut) == len(everything.splitlines()) - 1
    (tmp_path / "cut.nt").write_text("\n".join(cut), encoding="utf-8")
    done = run("check", "cut.nt", cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2  # the headings and one violation


def test_broken_sheet_is_refused_and_leaves_no_store(tmp_path: Path) -> None:
    text = SHEET.read_text(encoding="utf-8").replace(
        "年度: 平成22年度, 行: 53-54", "年度: 平成99年度, 行: 53-54"
    )
    (tmp_path / "sheet.yaml").write_text(text, encoding="utf-8")
    line = next(n for n, found in enumerate(text.splitlines(), 1) if "平成99年度" in found)
    done = run("build", "sheet.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert f"sheet.yaml: {line}行目: 項目「施策目標[1].測定指標[1].基準.年度」" in done.stderr
    assert not (tmp_path / ".konkyo").exists()


def test_build_says_what_it_read(tmp_path: Path) -> None:
    done = run("build", "--store", "s", "--check", "--turtle", "ttl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "soumu-23-15" in done.stderr and (tmp_path / "ttl" / "soumu-23-15.ttl").is_file()


def test_view_writes_one_file(tmp_path: Path, store_folder: Path) -> None:
    good("view", "測定指標3", "-o", "v.html", "--store", str(store_folder), cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["v.html"]


def test_output_that_cannot_be_written(tmp_path: Path, store_folder: Path) -> None:
    done = run("view", "-o", "no/such/folder/v.html", "--store", str(store_folder), cwd=tmp_path)
    assert done.returncode == 2 and "書けません" in done.stderr


@pytest.mark.parametrize("name", ["sheet", "interpretations", "strategies", "organizations"])
def test_schemas_are_published(tmp_path: Path, name: str) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.loads(good("schema", name, cwd=tmp_path)))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "command", ["", "demo", "build", "check", "query", "trace", "view", "schema", "ontology"]
)
def test_help_in_both_languages(tmp_path: Path, command: str, lang: str) -> None:
    out = good(*filter(None, [command, "--help", "--lang", lang]), cwd=tmp_path)
    japanese = re.search(r"[ぁ-ん]", out)
    assert bool(japanese) == (lang == "ja")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["trace"],
        ["trace", "a", "--level", "x"],
        ["--lang", "fr", "demo"],
        ["view", "--depth", "x"],
    ],
)
def test_wrong_command_lines(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode == 2 and done.stderr.startswith("エラー: ")) or done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path, store_folder: Path) -> None:
    command = f'"{sys.executable}" -m konkyo query "SELECT * WHERE {{ ?s ?p ?o }}" --format tsv --store "{store_folder}" | head -1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0 and not done.stderr and done.stdout.startswith("?")


def test_a_dash_is_standard_output_or_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "受講者数", "--format", "csv", "--output", "-"]) == 0
    assert capsys.readouterr().out.count("\n") > 3
    for command in (["export", "--format", "csv"], ["export"], ["report"], ["view"]):
        assert main([*command, "--output", "-"]) == 2
        assert "--output" in capsys.readouterr().err


def test_output_is_utf8_under_a_poor_locale(tmp_path: Path, store_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "konkyo", "trace", "新成長戦略", "--store", str(store_folder)],
        cwd=tmp_path,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.returncode == 0, done.stderr
    assert "アジア経済戦略" in done.stdout.decode("utf-8")


def test_a_trace_can_be_cited_alike_in_either_language(
    capsys: pytest.CaptureFixture[str], store_folder: Path
) -> None:
    hashes = set()
    for lang in ("ja", "en"):
        assert main(["trace", "受講者数", "--store", str(store_folder), "--lang", lang, "--cite"]) == 0
        hashes.add(re.findall(r"\b[0-9a-f]{64}\b", capsys.readouterr().out)[0])
    assert len(hashes) == 1
    assert main(["trace", "受講者数", "--store", str(store_folder), "--format", "json", "--cite"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["type"] == "trace" and hashes.pop() in err


def test_the_csv_of_a_query_has_names_beside_iris(store_folder: Path, tmp_path: Path) -> None:
    written = tmp_path / "rows.csv"
    asked = ["query", "justifications", "--format", "csv", "--labels", "--store", str(store_folder)]
    assert main([*asked, "--output", str(written)]) == 0
    text = written.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    beside = [place for place, name in enumerate(head) if name.endswith(" (IRI)")]
    assert beside and len(rows) > 100
    for place in beside:
        assert head[place] == f"{head[place - 1]} (IRI)"
        assert all(row[place] == "" or row[place].startswith("http") for row in rows)
        assert not any(row[place - 1].startswith("https://w3id.org/konkyo/id/") for row in rows)


@pytest.mark.parametrize(
    "asked", [["ASK {}", "--labels", "--format", "csv"], ["SELECT * {}", "--labels"], ["ASK {}", "--excel"]]
)
def test_names_beside_iris_are_for_tables_of_a_select(
    store_folder: Path, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    assert main(["query", *asked, "--store", str(store_folder)]) == 2
    assert "SELECT" in capsys.readouterr().err

"""YAML that people write: every fault named with file, line and field; nothing executed, nothing multiplied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError, ManyErrors
from konkyo.sources.yaml_document import MAX_BYTES, Document, check_against, field_name, read_yaml
from support.children import comes_to_each
from support.examples import examples
from support.steps import steps


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return read_yaml(path)


def fault(folder: Path, text: str | bytes) -> KonkyoError:
    with pytest.raises(KonkyoError) as caught:
        read(folder, text)
    assert caught.value.source == str(folder / "x.yaml")
    assert caught.value.report("ja") != caught.value.report("en")
    return caught.value


def faults(folder: Path, text: str, schema: object) -> list[KonkyoError]:
    file = folder / "schema.json"
    file.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    document = read(folder, text)
    with pytest.raises(ManyErrors) as caught:
        check_against(document, file)
    return caught.value.errors


def test_lines_and_names_of_fields(tmp_path: Path) -> None:
    document = read(tmp_path, "a:\n  - b: 1\n    c: 2\n  - {b: 3,\n     c: 4}\nd: {e: 5}\n")
    assert [document.line(path) for path in ([], ["a"], ["a", 0], ["a", 0, "c"], ["a", 1], ["a", 1, "c"])] == [
        1, 1, 2, 3, 4, 5,
    ]  # fmt: skip
    assert document.line(["a", 7, "x"]) == 1 and document.line(["d", "nope"]) == 6
    assert field_name(["施策目標", 0, "測定指標", 1, "目標"]) == "施策目標[1].測定指標[2].目標"
    assert field_name([]) == ""


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffa: 総務省\r\nb: 2\r\n".encode()).data == {"a": "総務省", "b": 2}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("a: 1\na: 2\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: *nowhere\n", 1),
        ("a: 'open\n\n", 3),
        ("a: 1\nb: x\x07y\n", 2),
        ("a: 1\n\tc: 1\n", 2),
        ("総務省\n".encode("cp932"), 1),
        ("a: 1\nb: 総務省\n".encode("cp932"), 2),
        ("a: 1\n".encode("utf-16"), 1),
        (b"a: 1\nb: \xff\n", 2),
        ('a: 1\nb: "\\ud800"\n', 2),
        ('a: 1\nb: "\\0"\n', 2),
        ('a: 1\nb: "\\uffff"\n', 2),
        ('a: 1\nb: " "\n', 2),
        ('a: 1\nb: "　"\n', 2),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str | bytes, line: int) -> None:
    assert fault(tmp_path, text).line == line


@pytest.mark.parametrize("text", ["", "# only a comment\n", "null\n", "[]", "text", "- a", "3"])
def test_what_is_no_mapping_is_told(tmp_path: Path, text: str) -> None:
    (error,) = faults(tmp_path, text, {"type": "object", "required": ["a"]})
    assert error.line == 1 and "項目の組" in error.report("ja")


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        pytest.fail("it was opened")

    (tmp_path / "x.yaml").write_bytes(b"a: 1\n" * 1_200_001)
    monkeypatch.setattr("io.open", opened)
    with pytest.raises(KonkyoError) as caught:
        read_yaml(tmp_path / "x.yaml")
    assert f"{MAX_BYTES:,}" in caught.value.report("en")


@pytest.mark.parametrize("name", ["none.yaml", "folder.yaml"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(KonkyoError, match="cannot be read") as caught:
        read_yaml(tmp_path / name)
    assert caught.value.source == str(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['touch {flag}']\n",
        "a: !!python/object/new:subprocess.Popen [['touch', '{flag}']]\n",
        "!!python/object/apply:pathlib.Path.touch ['{flag}']\n",
        "a: !!python/name:os.system x\n",
        "a: !unknown {b: 1}\n",
    ],
)
def test_tags_run_nothing(tmp_path: Path, text: str) -> None:
    flag = tmp_path / "flag"
    text = text.replace("{flag}", str(flag))
    errors = faults(
        tmp_path, text, {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["z"]}
    )
    assert errors and not flag.exists()


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [" + ",".join(["x"] * 10) + "]"]
    lines += [f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


def test_aliases_do_not_multiply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("konkyo.sources.yaml_document.MAX_VALUES", 2_000)

    def taken(levels: int) -> int:
        text = laughs(levels) + f"番号: *a{levels - 1}\n"
        return steps(lambda: "aliases" in fault(tmp_path, text).report("en") or pytest.fail(text))

    # Ten levels are ten thousand millions of values, and a line more than nine.
    assert taken(10) < 1.2 * taken(9)


@pytest.mark.parametrize("text", ["a: &a [*a]\n", "a: &a {b: *a}\n", "a: &a\n  - b: *a\n    c: [*a, *a]\n"])
def test_an_alias_of_itself_ends(tmp_path: Path, text: str) -> None:
    assert "aliases" in fault(tmp_path, text).report("en")


@pytest.mark.parametrize(
    "value",
    ["!!bool maybe", "!!int x", "!!float x", "!!set 1", "!!omap [1]", "!!timestamp 2024-99-99", "2024-02-30", "!!map 1",
     '"\\U00110000"', "9" * 5000, "!!binary '@'", "!!null x", "!!python/object/apply:os.system [exit]", "!x {}",
     "1:59:59:59:59:59:59:59:59:59:59", "{? {a: 1} : b}", "<<", "{<<: 1}", "!!pairs {}", "!!str [1]"],
)  # fmt: skip
def test_a_value_that_cannot_be_is_no_fault_of_the_program(tmp_path: Path, value: str) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "object", "required": ["b"]}}}
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(KonkyoError):
        (tmp_path / "x.yaml").write_text(f"a: {value}\n", encoding="utf-8")
        check_against(read_yaml(tmp_path / "x.yaml"), tmp_path / "schema.json")


LONG = {
    "anchors": "a:\n" + "".join(f"- &a{n} x\n" for n in range(99_000)) + "".join(f"- *a{n}\n" for n in range(9)) * 300,
    "empty lines": "\n" * 4_000_000 + "a: 1\n",
    "comments": "a: 1\n" + "# x\n" * 1_200_000,
    "a tag": "a: !<" + "x" * 4_900_000 + "> 1\n",
    "brackets": "a: " + "[" * 4_900_000,
    "keys of keys": "? " * 50 + "a\n",
    "merged maps": "a0: &a0 {k: 1}\n" + "".join(
        f"a{n}: &a{n}\n  <<: [{', '.join(f'*a{m}' for m in range(n))}]\n  k{n}: 1\n" for n in range(1, 60)
    ),
}  # fmt: skip


def test_no_text_of_five_million_bytes_takes_for_ever(tmp_path: Path) -> None:
    for name, text in LONG.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    code = f"""
from pathlib import Path
from konkyo.common.errors import KonkyoError
from konkyo.sources.yaml_document import read_yaml
for name in {[*LONG]!r}:
    try:
        read_yaml(Path({str(tmp_path)!r}) / name)
    except KonkyoError as error:
        print(name, flush=True)
"""
    comes_to_each(code, LONG, tmp_path / "log")


def test_depth_ends(tmp_path: Path) -> None:
    fault(tmp_path, "a: " + "[" * 70 + "]" * 70)
    fault(tmp_path, "[" * 1000 + "]" * 1000)


def test_ordinary_aliases_and_merges_are_fine(tmp_path: Path) -> None:
    document = read(tmp_path, "a: &a {x: 1}\nb: *a\nc: {<<: *a, y: 2}\n")
    assert document.data["b"]["x"] == 1 and dict(document.data["c"])["y"] == 2


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["名称", "行", "番号"],
    "properties": {
        "名称": {"type": "string"},
        "行": {"oneOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]+-[0-9]+$"}]},
        "番号": {"type": "integer", "minimum": 1},
        "確度": {"enum": ["明瞭", "配置"]},
        "キー": {"type": "string", "pattern": "^[a-z]+$", "description": "英小文字"},
        "欄": {"type": "array", "items": {"type": "object", "required": ["値"]}},
    },
}
GOOD = "名称: あ\n行: 3\n番号: 1\n"


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        ("名称: 3\n行: 3\n番号: 1\n", 1, "名称", "引用符"),
        ("名称: 2012-01-27\n行: 3\n番号: 1\n", 1, "名称", "引用符"),
        (GOOD + "確度: たぶん\n", 4, "確度", "明瞭、配置"),
        (GOOD + "名所: 明瞭\n", 4, "名所", "使える項目"),
        (GOOD + "番号番: 1\n", 4, "番号番", "「番号」のことですか"),
        (GOOD + "xyz: 明瞭\n", 4, "xyz", "使える項目"),
        ("名称: あ\n行: 三行目\n番号: 1\n", 2, "行", "24-28"),
        ("名称: あ\n行: 3\n番号: one\n", 3, "番号", "整数"),
        ("名称: あ\n行: 3\n番号: 0\n", 3, "番号", "0"),
        ("名称: あ\n行: 3\n番号: true\n", 3, "番号", "整数"),
        (GOOD + "キー: A\n", 4, "キー", "英小文字"),
        (GOOD + "キー: |\n  abc\n", 4, "キー", "英小文字"),
        (GOOD + "欄:\n  - 値: 1\n  - 量: 1\n", 6, "欄[2]", "値"),
        (GOOD + "欄: {値: 1}\n", 4, "欄", "並び"),
        (GOOD + "1: x\n", None, "1", "使える項目"),
    ],
)
def test_faults_against_a_schema(
    tmp_path: Path, text: str, line: int | None, field: str | None, words: str
) -> None:
    (error,) = faults(tmp_path, text, SCHEMA)
    assert error.source == str(tmp_path / "x.yaml") and error.line is not None
    if line is not None:
        assert error.line == line
    if field is not None:
        assert error.field == field
    assert words in error.report("ja")
    assert error.report("ja") != error.report("en")


def test_each_missing_field_is_named(tmp_path: Path) -> None:
    errors = faults(tmp_path, "番号: 1\n", SCHEMA)
    assert [error.message.ja for error in errors] == [
        "項目「名称」がありません。",
        "項目「行」がありません。",
    ]


def test_many_faults_are_told_in_the_order_of_lines_and_not_without_end(tmp_path: Path) -> None:
    text = "名称: あ\n行: 3\n番号: 1\n欄:\n" + "  - 量: 1\n" * 100
    errors = faults(tmp_path, text, SCHEMA)
    assert len(errors) == 20 and [e.line for e in errors] == sorted(e.line or 0 for e in errors)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_file_is_read_or_refused(tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(SCHEMA), encoding="utf-8")
    try:
        check_against(read(tmp_path, content), file)
    except KonkyoError as error:
        assert error.source
    else:
        pytest.fail("no such text is a document of this form")

"""YAML documents that people write: read safely, checked against a JSON Schema, errors with line and field.

The checking itself is jsonschema's; here its findings are put into words that name the place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from konkyo.common.errors import KonkyoError, ManyErrors
from konkyo.common.files import read_regular
from konkyo.common.text import UNFIT
from konkyo.common.words import Words

MAX_BYTES = 5_000_000
MAX_ERRORS = 20
MAX_VALUES = 100_000
MAX_DEPTH = 60


class Document:
    """One YAML file with the line of each of its fields."""

    def __init__(self, data: Any, source: str) -> None:
        self.data = data
        self.source = source

    def line(self, path: Sequence[str | int]) -> int | None:
        """Return the 1-based line on which the field at ``path`` (or its nearest parent) stands."""
        node, line = self.data, 1
        for step in path:
            marks = getattr(node, "lc", None)
            try:
                if marks is not None:
                    line = (marks.key(step) if isinstance(step, str) else marks.item(step))[0] + 1
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        return line

    def error(self, path: Sequence[str | int], message: Words, hint: Words | None = None) -> KonkyoError:
        """Return an error that names this file, and the line and name of the field at ``path``."""
        return KonkyoError(
            message, source=self.source, line=self.line(path), field=field_name(path) or None, hint=hint
        )


def field_name(path: Sequence[str | int]) -> str:
    """Return ``施策目標[1].測定指標[2].目標`` for a path; items are counted from 1, as people count."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def read_yaml(path: Path) -> Document:
    """Read one YAML file. Raises KonkyoError where it is missing, too large, no UTF-8 or no YAML.

    The data are for reading only: who reads the same text again gets the same.
    """
    from ruamel.yaml.error import MarkedYAMLError

    from konkyo.sources.yaml_bounds import MAX_LINES, MAX_SIGNS, TooMuch

    source = str(path)
    raw = read_regular(path, MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KonkyoError(
            Words("文字コードがUTF-8ではありません。", "It is not UTF-8."),
            source=source,
            line=error.object[: error.start].count(b"\n") + 1,
            hint=Words("エディターでUTF-8として保存してください。", "Save it as UTF-8 in your editor."),
        ) from error
    try:
        data = _parsed(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise KonkyoError(
            Words(f"YAMLとして読めません（{error.problem}）。", f"It is not YAML ({error.problem})."),
            source=source,
            line=mark.line + 1 if mark else None,
            hint=Words(
                "字下げ、コロンの後の空白、引用符の閉じ忘れを確かめてください。",
                "Look at the indentation, the space after a colon, and quotes that are not closed.",
            ),
        ) from error
    except TooMuch as error:
        raise KonkyoError(
            Words(
                f"入れ子が深すぎる（{MAX_DEPTH}段まで）、値が多すぎる（別名（*）の先も数えて{MAX_VALUES:,}個まで）、"
                f"又は行が多すぎるか長すぎます（{MAX_LINES:,}行、一行{MAX_SIGNS:,}字まで）。",
                f"It is nested too deeply ({MAX_DEPTH} levels at most), holds too many values ({MAX_VALUES:,} at most, with "
                f"what aliases (*) name), or too many or too long lines ({MAX_LINES:,} of {MAX_SIGNS:,} signs at most).",
            ),
            source=source,
            line=error.line,
        ) from error
    except (
        Exception
    ) as error:  # a parser meets a text by a stranger: whatever it stumbles over is a fault of the text
        position = getattr(error, "position", None)  # of a sign that YAML does not allow
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise KonkyoError(
            Words(f"YAMLとして読めません（{reason}）。", f"It is not YAML ({reason})."),
            source=source,
            line=text.count("\n", 0, position) + 1 if isinstance(position, int) else None,
        ) from error
    document = Document(data, source)
    _refuse_unfit(document)
    return document


# A build reads some documents twice, and the registry is the same for many: parsing takes most of the time of a small one.
@lru_cache(maxsize=8)
def _parsed(text: str) -> Any:
    from konkyo.sources.yaml_bounds import load

    return load(text, values=MAX_VALUES, depth=MAX_DEPTH)


def _refuse_unfit(document: Document) -> None:
    """Refuse what no form needs: texts that are blank or cannot be written."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), document.data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += [((*path, str(key)), item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, number), item) for number, item in enumerate(value)]
        elif isinstance(value, str) and (unfit := UNFIT.search(value)):
            sign = f"U+{ord(unfit.group()):04X}"
            raise document.error(
                path,
                Words(
                    f"使えない文字（{sign}）があります。", f"It holds a sign ({sign}) that is not allowed."
                ),
            )
        elif isinstance(value, str) and value and not value.strip():
            raise document.error(path, Words("空白だけの欄です。", "There is nothing but white space here."))


def check_against(document: Document, schema_file: Path) -> None:
    """Check a document against a JSON Schema; raises ManyErrors with every fault found (at most 20)."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    validator = extend(Draft202012Validator, {"pattern": _pattern, "required": _required})  # type: ignore[no-untyped-call]
    found = sorted(
        validator(schema).iter_errors(document.data),
        key=lambda e: [str(step) for step in e.absolute_path],
    )
    errors = [_explain(document, error) for error in found[:MAX_ERRORS]]
    if errors:
        raise ManyErrors(sorted(errors, key=lambda error: error.line or 0))


def _required(validator: Any, names: Sequence[str], instance: object, schema: object) -> Iterator[Any]:
    """Yield one error for each missing field, which names that field alone."""
    from jsonschema import ValidationError

    if isinstance(instance, Mapping):
        for name in names:
            if name not in instance:
                yield ValidationError(f"{name!r} is a required property", validator_value=[name])


def _pattern(validator: Any, pattern: str, instance: object, schema: object) -> Iterator[Any]:
    """Match as JSON Schema means it: Python's ``$`` would let a line feed pass at the end of a text."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_TYPES = {
    "string": Words("文字列", "a text"),
    "integer": Words("整数", "a whole number"),
    "array": Words("並び（- で始まる行）", "a list"),
    "object": Words("項目の組（名前: 値）", "a mapping (name: value)"),
}


def _explain(document: Document, error: Any) -> KonkyoError:
    path = list(error.absolute_path)
    value = _short(error.instance)
    match error.validator:
        case "required":
            (missing,) = error.validator_value
            return document.error(
                path,
                Words(f"項目「{missing}」がありません。", f"The field {missing!r} is missing."),
                Words(f"ここに「{missing}: …」を加えてください。", f"Add '{missing}: …' here."),
            )
        case "additionalProperties":
            known = error.schema["properties"]
            unknown = next(name for name in error.instance if name not in known)
            return document.error(
                [*path, str(unknown)],
                Words(f"「{unknown}」という項目は様式にありません。", f"The form has no field {unknown!r}."),
                _nearest(str(unknown), known),
            )
        case "type":
            wanted = _TYPES.get(
                error.validator_value, Words(str(error.validator_value), str(error.validator_value))
            )
            return document.error(
                path,
                Words(
                    f"{wanted.ja}を書く欄に{value}があります。",
                    f"{wanted.en.capitalize()} is wanted, not {value}.",
                ),
                Words(
                    "数に見える文字列は引用符で囲んでください。",
                    "Put a text that looks like a number into quotes.",
                )
                if error.validator_value == "string"
                else None,
            )
        case "enum":
            choices = "、".join(map(str, error.validator_value))
            return document.error(
                path,
                Words(f"{value}はここでは使えません。", f"{value} is not one of the choices."),
                Words(f"次のどれかにしてください: {choices}", f"Choose one of: {choices}"),
            )
        case "oneOf" if (path and path[-1] == "行") or (len(path) > 1 and path[-2] == "行"):
            return document.error(
                path,
                Words(f"{value}は行の番号として読めません。", f"{value} is no line."),
                Words("75、24-28、[31, 66] のように書いてください。", "Write 75, 24-28 or [31, 66]."),
            )
        case "oneOf":
            return document.error(
                path,
                Words(
                    "基準・目標・実績か内訳の、どちらか一方が必要です。",
                    "Either 基準, 目標 and 実績 or 内訳 must stand here, and not both.",
                ),
            )
        case "pattern":
            wanted_text = error.schema.get("description") or error.validator_value
            return document.error(
                path,
                Words(f"{value}は書き方が違います。", f"{value} is not written as it should be."),
                Words(str(wanted_text), f"{wanted_text} (pattern {error.validator_value})"),
            )
        case _:
            return document.error(
                path,
                Words(f"{value}は使えません（{error.message[:200]}）。", f"{value}: {error.message[:200]}"),
            )


def _short(value: object) -> str:
    text = (
        str(value)
        if not isinstance(value, Mapping | list)
        else ("{…}" if isinstance(value, Mapping) else "[…]")
    )
    return f"「{text[:40]}…」" if len(text) > 40 else f"「{text}」"


def _nearest(unknown: str, known: Iterable[str]) -> Words:
    import difflib

    names = list(known)
    close = difflib.get_close_matches(unknown, names, n=1)
    if close:
        return Words(f"「{close[0]}」のことですか。", f"Did you mean {close[0]!r}?")
    listed = "、".join(names)
    return Words(f"使える項目: {listed}", f"Fields of the form: {listed}")

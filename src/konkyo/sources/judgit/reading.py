"""A line of JSON as a sheet whose every value has the kind that its field must have, or a RowError with field and reason.

A line is read as a whole before anything is made of it. A value that is not imported is counted, by its field.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn

from konkyo.common.words import Words
from konkyo.sources.judgit.form import (
    BUDGET,
    EARLIER,
    FIELDS,
    MINISTRY,
    NAME,
    NUMBER,
    NUMBER_PARTS,
    OUTCOMES,
    OUTPUTS,
    PAYEES,
    STAGES,
    YEAR,
)
from konkyo.sources.rs.importer import RowError
from konkyo.sources.rs.wording import says_nothing

WHOLE = "JSON"
"""The field of a fault that is the whole line's."""
# A number beyond these is no amount and no value; to write it out would take gigabytes.
_MOST_DIGITS = 18


class Budget(NamedTuple):
    """The amounts of one fiscal year, in 百万円, by field; those that are null are left out."""

    year: int
    amounts: tuple[tuple[str, Decimal], ...]


class Paid(NamedTuple):
    """What one payee of a block was paid, in 百万円, and for what."""

    year: int | None
    block: str
    number: str
    name: str
    corporate: str
    work: str
    amount: Decimal | None


class YearValue(NamedTuple):
    """What an indicator reached in a year (``result``) and was to reach (``target``); empty where it is not told."""

    year: int
    result: str
    target: str


class Measured(NamedTuple):
    """An outcome (with ``goal``) or an output (without): what it is measured by, in which unit, and its values."""

    goal: str
    name: str
    unit: str
    target: str
    target_year: str
    values: tuple[YearValue, ...]


class Earlier(NamedTuple):
    """The sheet of an earlier review that a sheet names: its year as written, its ministry and its number."""

    year: str
    ministry: str
    number: str


class Sheet(NamedTuple):
    """One review sheet. ``texts`` are the fields that hold one text or number each, as written."""

    year: int
    ministry: str
    number: str
    name: str
    texts: Mapping[str, str]
    accounts: tuple[str, ...]
    methods: tuple[str, ...]
    themes: tuple[str, ...]
    budgets: tuple[Budget, ...]
    payees: tuple[Paid, ...]
    outcomes: tuple[Measured, ...]
    outputs: tuple[Measured, ...]
    earlier: tuple[Earlier, ...]


_TEXTS = (
    *("開始年度", "終了年度", "担当部局庁", "担当課室", "事業目的", "事業概要", "url", "事業ID"),
    "定量的な目標が設定できない理由",
)


def parse(line: bytes) -> dict[str, Any]:
    """Return a line as an object of JSON with numbers as decimals. Raises RowError."""
    try:
        found = json.loads(
            line.decode(), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_name_once
        )
    except (ValueError, RecursionError) as error:
        raise RowError(
            WHOLE,
            Words(f"JSONとして読めません（{error}）。", f"It is not JSON ({error})."),
        ) from None
    if not isinstance(found, dict):
        raise RowError(
            WHOLE,
            Words(
                "一枚のシート（JSONのオブジェクト）ではありません。", "It is no sheet (no object of JSON)."
            ),
        )
    if b"\\u" in line:
        _no_half_signs(found)
    return found


def read(data: Mapping[str, Any], left: Counter[str]) -> Sheet:
    """Return a sheet of an object of JSON; count in ``left`` the values not imported. Raises RowError, and then counts nothing."""
    line = _Line()
    line.leave(data, "")
    year = line.year(data, YEAR)
    ministry, name = (line.text(data, field).strip() for field in (MINISTRY, NAME))
    parts = [line.text(data, part).strip() for part in NUMBER_PARTS]
    number = line.text(data, NUMBER).strip() or "-".join(filter(None, parts))
    for field, value in ((MINISTRY, ministry), (NAME, name), (NUMBER, number)):
        if not value:
            raise RowError(
                field,
                Words(
                    "空です。どの事業のシートか分かりません。",
                    "It is empty: whose sheet it is cannot be told.",
                ),
            )
    sheet = Sheet(
        year,
        ministry,
        number,
        name,
        {field: line.text(data, field) for field in _TEXTS},
        line.texts(data, "会計区分"),
        line.texts(data, "実施方法"),
        line.texts(data, "主要施策"),
        tuple(line.budget(item, path) for path, item in line.items(data, BUDGET)),
        tuple(line.paid(item, path) for path, item in line.items(data, PAYEES)),
        tuple(line.outcome(item, path) for path, item in line.items(data, OUTCOMES)),
        tuple(line.output(item, path) for path, item in line.items(data, OUTPUTS)),
        tuple(line.earlier(item, path) for path, item in line.items(data, EARLIER)),
    )
    left.update(line.left)
    return sheet


class _Line:
    """Reads the values of one line, and counts those that are not imported."""

    def __init__(self) -> None:
        self.left: Counter[str] = Counter()

    def leave(self, data: Mapping[str, Any], kind: str) -> None:
        """Count the filled fields of an object that are not imported, or that are new."""
        for field in data.keys() - FIELDS[kind]:
            if data[field] not in (None, "", [], {}):
                self.left[f"{kind}/{field}" if kind else field] += 1

    def items(
        self, data: Mapping[str, Any], field: str, above: str = ""
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the objects of a list, each with its path (予算[2]), counted from 1."""
        path = f"{above}/{field}" if above else field
        kind = "/".join(part.partition("[")[0] for part in path.split("/"))
        for place, item in enumerate(_listed(data.get(field), path), start=1):
            here = f"{path}[{place}]"
            if not isinstance(item, dict):
                _wrong(here, item, Words("オブジェクト", "object"))
            self.leave(item, kind)
            yield here, item

    def texts(self, data: Mapping[str, Any], field: str) -> tuple[str, ...]:
        """Return the texts of a list, without what is empty."""
        found = [
            _text(item, f"{field}[{place}]") for place, item in enumerate(_listed(data.get(field), field), 1)
        ]
        return tuple(filter(None, (text.strip() for text in found)))

    def text(self, data: Mapping[str, Any], field: str, above: str = "") -> str:
        """Return a text, or a number as it is written; empty where there is none."""
        value = data.get(field)
        if value is None or type(value) is str:
            return value or ""
        return _text(value, f"{above}/{field}" if above else field)

    def year(self, data: Mapping[str, Any], field: str, above: str = "") -> int:
        """Return a western year."""
        value = data.get(field)
        if type(value) is not int or not 1868 <= value <= 2999:
            _wrong(f"{above}/{field}" if above else field, value, Words("西暦の年度", "western year"))
        return value

    def amount(self, data: Mapping[str, Any], field: str, above: str) -> Decimal | None:
        """Return an amount, or None where there is none."""
        value = data.get(field)
        if value is None or (type(value) is str and says_nothing(value)):
            return None
        if type(value) is int:
            value = Decimal(value)
        if type(value) is not Decimal or not _writable(value):
            _wrong(f"{above}/{field}", value, Words("金額（百万円）", "amount in million yen"))
        return value

    def budget(self, item: Mapping[str, Any], path: str) -> Budget:
        found = ((field, self.amount(item, field, path)) for field in STAGES)
        return Budget(
            self.year(item, "年度", path),
            tuple((field, value) for field, value in found if value is not None),
        )

    def paid(self, item: Mapping[str, Any], path: str) -> Paid:
        amount = self.amount(item, "支出額", path)
        name = self.text(item, "支出先名", path).strip()
        if not name:
            raise RowError(f"{path}/支出先名", Words("支出先名がありません。", "The payee has no name."))
        return Paid(
            self.year(item, "年度", path) if item.get("年度") is not None else None,
            self.text(item, "グループ", path).strip(),
            self.text(item, "番号", path).strip(),
            name,
            self.text(item, "法人番号", path),
            self.text(item, "業務概要", path).strip(),
            amount,
        )

    def outcome(self, item: Mapping[str, Any], path: str) -> Measured:
        target, target_year = self.text(item, "目標値", path), self.text(item, "目標最終年度", path)
        return Measured(
            self.text(item, "成果目標", path),
            self.text(item, "成果指標", path),
            self.text(item, "単位", path),
            target.strip(),
            target_year.strip(),
            self._values(item, path, "成果実績", "目標値"),
        )

    def output(self, item: Mapping[str, Any], path: str) -> Measured:
        name, unit = self.text(item, "活動指標", path), self.text(item, "単位", path)
        return Measured("", name, unit, "", "", self._values(item, path, "活動実績", "当初見込み"))

    def _values(self, item: Mapping[str, Any], path: str, result: str, target: str) -> tuple[YearValue, ...]:
        return tuple(
            YearValue(
                self.year(value, "年度", here),
                self.text(value, result, here).strip(),
                self.text(value, target, here).strip(),
            )
            for here, value in self.items(item, result, path)
        )

    def earlier(self, item: Mapping[str, Any], path: str) -> Earlier:
        parts = (self.text(item, part, path).strip() for part in NUMBER_PARTS)
        year, ministry = self.text(item, "年度", path), self.text(item, MINISTRY, path)
        return Earlier(year.strip(), ministry.strip(), "-".join(filter(None, parts)))


def _listed(value: object, path: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        _wrong(path, value, Words("配列", "array"))
    return value


def _text(value: object, path: str) -> str:
    """Return a text, or a number as it is written."""
    if value is None:
        return ""
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    if type(value) is Decimal and _writable(value):
        return f"{value:f}"
    _wrong(path, value, Words("文字列又は数", "text or number"))


def _writable(value: Decimal) -> bool:
    return value.is_finite() and value.adjusted() < _MOST_DIGITS and value.as_tuple().exponent > -40  # type: ignore[operator]


def _wrong(path: str, value: object, wanted: Words) -> NoReturn:
    shown = "null" if value is None else str(value)[:40]
    raise RowError(path, Words(f"「{shown}」は{wanted.ja}ではありません。", f"{shown!r} is no {wanted.en}."))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; of a name that stands twice one value would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, number in Counter(name for name, _ in pairs).items() if number > 1)
        raise ValueError(f"「{twice[:40]}」 stands twice in one object")
    return found


def _no_half_signs(value: object, path: str = "") -> None:
    """Raise RowError for half of a surrogate pair, which no text can hold."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise RowError(
                path or WHOLE,
                Words(
                    "文字でないもの（サロゲートの片方）があります。",
                    "It has half of a surrogate pair, which is no sign.",
                ),
            ) from None
    elif isinstance(value, dict):
        for name, item in value.items():
            _no_half_signs(name, path)
            _no_half_signs(item, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for place, item in enumerate(value, start=1):
            _no_half_signs(item, f"{path}[{place}]")

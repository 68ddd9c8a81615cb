"""Which readings of citations changed between two versions: those of issue 19 by kind, and all others by what changed.

``python tests/bench/bench_readings.py --write FILE 1-3_….zip …`` writes how this version reads every string of official
files (zip or csv). Run in another checkout with the same arguments it writes how that one does (the script needs only
``bench_resolve.py`` beside it). ``--before FILE --after FILE`` prints the table; ``--all`` each of the other strings, too.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

Document = dict[str, str | None]
COLUMN = "計画通知名"
# The kinds of the issue (number, what was wrong) with the strings of the files that are of it.
KINDS: tuple[tuple[str, str], ...] = (
    ("1 附帯決議・談話・建議書・声明: 日と院", r"附帯決議|付帯決議|大臣談話|建議書|共同声明（"),
    ("1 名の中の年", r"20?２?０?２?７?年国際園芸博覧会|^.{0,4}[２2][０0][２2][７7]年国際園芸|大阪・関西万博アクション"),
    ("1 番号の違う通知", r"障害者総合支援事業費補助金（民間団体実施分）|精神・神経医療研究センター施設整備費"),
    ("1 別の文書とする語", r"実施指針改[定訂]版|に基づく営繕計画書|計画書及びこれに関する意見書"),
    ("1 一般的な名と登録された日", r"(?:^|[、「])総合経済対策」?（令和|^「?フォローアップ」?（"),
    ("2 法令の日付と条", r"法律第\d+号）第.{1,6}条に基づく|（河川法：|支援法（平成24年法律第65号）"),
    ("3 一つの頭に番号がいくつか", r"決議.{0,12}[号回].{0,4}[、・].{0,4}[\d０-９]+[号回]|例年の同決議|第497～499号|Decision 1/"),
    ("3 両院の決議", r"衆.{0,40}参.{0,40}決議|決議.{0,60}衆.{0,60}参"),
    ("3 水系・地域の一覧", r"水資源開発基本計画【|地域森林計画（|地域管理計画等（|国土形成計画（全国計画、"),
    ("3 条約・規則・決定を並べた一覧", r"条約.{0,30}(?:及び|並びに|、).{0,40}(?:議定書|決定|取極)|手続規則第|理事会決定（|世界保健機関憲章第"),
    ("3 区切りのない一覧", r"総合経済対策デフレ|交付要綱「第|施行規則第1条の11|戦略2018（第6回|費の国庫補助について令和"),
    ("3 句点・括弧の中の別の文書", r"会議決定。「|講ずること。」|行うとともに、国際的な"),
    ("4 版を示さない引用", r"^[・○〇]?「?(?:循環経済工程表|G20大阪首脳宣言|G20\w*宣言|成長戦略|観光立国推進基本計画|防衛計画の大綱)」?$"),
    ("4 最初の策定日による引用", r"防災基本計画.{0,6}(?:昭和|Ｓ|S)38|原子力災害対策指針.{0,4}平成24"),
    ("5 会議名と一般的な題と日付", r"(?:会議|審議会|委員会|部会).{0,12}「(?:最終|中間)(?:報告|答申|とりまとめ)」"),
    ("5 日付の誤り・半角カナ・副題", r"[０-９\d] [０-９\d]日|[ｦ-ﾟ]{4,}|～[^～]+～.{0,4}$"),
    ("5 途中で切れた箇所", r"第[５5]章.{0,6}[（(].{0,3}[）)].{0,3}①|施策番号.{0,8}[（(]"),
)  # fmt: skip
FIELDS = ("title", "key", "date", "decision", "place")


def strings_of(file: Path) -> Iterator[str]:
    """Yield the citations of a file 1-3, packed or not."""
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as packed:
            text = packed.read(packed.namelist()[0]).decode("utf-8-sig")
    else:
        text = file.read_text("utf-8-sig")
    yield from (row[COLUMN] for row in csv.DictReader(io.StringIO(text, newline="")) if row[COLUMN])


def write(target: Path, files: list[Path]) -> None:
    """Write one line for each string: its documents."""
    from bench_resolve import resolver

    strings = dict.fromkeys(string for file in files for string in strings_of(file))
    found = resolver().resolve(strings)
    with target.open("w", encoding="utf-8") as out:
        for string in strings:
            documents = [
                {
                    "title": one.title,
                    "key": one.key.rpartition("/id/")[2],
                    "date": one.date.iso if one.date else None,
                    "decision": one.decision,
                    "place": one.place,
                    "method": one.method,
                    "status": one.status,
                }
                for one in found[string]
            ]
            out.write(json.dumps({"string": string, "documents": documents}, ensure_ascii=False) + "\n")


def read(file: Path) -> dict[str, list[Document]]:
    """Return the documents of each string."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return {line["string"]: line["documents"] for line in lines}


def changed(before: list[Document], after: list[Document]) -> str | None:
    """Return what changed first: how many documents, then what is said of them; None where nothing did."""
    if len(before) != len(after):
        return f"documents {'more' if len(after) > len(before) else 'fewer'}"
    claims = [
        [one["status"] in ("exact", "similar", "new") for one in several] for several in (before, after)
    ]
    if claims[0] != claims[1]:
        return "claimed now" if sum(claims[1]) > sum(claims[0]) else "no longer claimed"
    for field in FIELDS:
        if [one[field] for one in before] != [one[field] for one in after]:
            return {"key": "what it denotes"}.get(field, field)
    return None if [one["method"] for one in before] == [one["method"] for one in after] else "rule"


def shown(documents: list[Document]) -> str:
    """Return the documents of a reading in one line."""
    return " / ".join(
        " ｜ ".join(filter(None, (one["title"], one["date"], one["place"], one["key"], one["method"])))
        for one in documents
    )


def main(arguments: list[str]) -> int:
    """Write readings, or print how two of them differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*", help="official files 1-3, zip or csv")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--after", type=Path)
    parser.add_argument("--all", action="store_true", help="print each of the other strings that changed")
    options = parser.parse_args(arguments)
    if options.write:
        write(options.write, options.files)
    if not options.before or not options.after:
        return 0
    before, after = read(options.before), read(options.after)
    of_a_kind: set[str] = set()
    for kind, pattern in KINDS:
        strings = [string for string in after if re.search(pattern, string) and string not in of_a_kind]
        of_a_kind |= set(strings)
        print(f"\n## {kind} ({len(strings)})\n")
        for string in strings:
            what = changed(before.get(string, []), after[string])
            print(f"- {' '.join(string.split())}\n  - before: {shown(before.get(string, []))}")
            print(f"  - after: {shown(after[string]) if what else 'the same'}")
    others: dict[str, list[str]] = defaultdict(list)
    for string in after:
        what = changed(before.get(string, []), after[string])
        if what and string not in of_a_kind:
            others[what].append(string)
    print(f"\n## others that changed: {sum(map(len, others.values()))} of {len(after) - len(of_a_kind)}\n")
    for what, strings in sorted(others.items(), key=lambda item: -len(item[1])):
        print(f"- {what}: {len(strings)}")
        for string in strings if options.all else []:
            print(f"  - {' '.join(string.split())}\n    - {shown(before.get(string, []))}")
            print(f"    - {shown(after[string])}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

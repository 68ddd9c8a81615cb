"""A filled form as the YAML file of a transcription; what a person has changed is never overwritten."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from konkyo import __version__
from konkyo.common.dates import parse_fiscal_year
from konkyo.common.text import fold
from konkyo.model.identifiers import exact_digest
from konkyo.sources.documents import Document
from konkyo.sources.forms.fill import Filled

_SCHEMA = "# 機械が書き写したもの。確かめたら 転記: に「確認: {者: 氏名又は役職, 日: 令和…}」を書き加える。\n"


def transcription(document: Document, filled: Filled, key: str) -> dict[str, Any]:
    """Return the whole data of a transcription's file; ``照合`` tells later whether somebody has changed it."""
    return {**_head(document, filled, key), **filled.data}


def _head(document: Document, filled: Filled, key: str) -> dict[str, Any]:
    source: dict[str, Any] = {"ファイル": document.name, "sha256": document.sha256}
    if document.kind == "text":
        source["行数"] = max(int(box.y0) for box in document.boxes)
    elif document.kind == "pdf":
        source["ページ数"] = len(document.pages)
    head = {"キー": key, "様式": filled.form, "原資料": source}
    digest = checksum({**head, **filled.data})
    made = {"方法": "機械", "プログラム": f"konkyo {__version__}", "照合": digest}
    return {"キー": key, "様式": filled.form, "転記": made, "原資料": source}


def checksum(data: Mapping[str, Any]) -> str:
    """Return what tells whether a transcription says the same; who transcribed it counts not."""
    plain = {key: value for key, value in data.items() if key != "転記"}
    return exact_digest(json.dumps(plain, ensure_ascii=False, sort_keys=True))


def as_yaml(data: Mapping[str, Any]) -> str:
    """Return a transcription as YAML: a cell stands on a line of its own."""
    return _SCHEMA + fields_as_yaml(data)


def sheet_as_yaml(document: Document, filled: Filled, key: str) -> str:
    """Return the transcription of a sheet whose fields are YAML already: those of a process that has filled it."""
    return as_yaml(_head(document, filled, key)) + filled.yaml


def fields_as_yaml(data: Mapping[str, Any]) -> str:
    """Return fields as YAML; what stands in one file one below the other may be made one by one."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = None
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda _: True
    out = io.StringIO()
    yaml.dump(dict(data), out)
    return out.getvalue()


def is_changed(path: Path) -> bool:
    """Return whether a file that is there is a person's: written or reviewed by one, or no longer as the program left it."""
    from ruamel.yaml import YAML

    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        made = data["転記"]
        return bool(made["方法"] != "機械" or "確認" in made or made["照合"] != checksum(data))
    except Exception:
        # Whatever it is, it is none of ours.
        return True


def is_of(path: Path, source: Path) -> bool:
    """Return whether a file is what this version of the program wrote of this very source, unchanged since then."""
    if not path.is_file() or is_changed(path):
        return False
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return f"konkyo {__version__}" in text and digest in text


def key_of_sheet(document: Document, data: Mapping[str, Any], slug: str | None, position: int) -> str:
    """Return the key of a sheet: its ministry and number (soumu-23-15), else one of the file's content."""
    if slug and "事業番号" in data and "公開年度" in data:
        plain = "-".join(part for part in _split(fold(data["事業番号"]["値"]).lower()) if part)
        return f"{slug}-review-{parse_fiscal_year(data['公開年度']['値'])}-{plain or position}"
    if slug and "番号" in data:
        number = fold(data["番号"]["値"]).removeprefix(fold(data["府省庁"]["値"]))
        plain = "-".join(part for part in _split(number) if part)
        kind = "-jizen" if "事前分析表" in data.get("表題", {}).get("値", "") else ""
        if plain:
            return f"{slug}-{plain}{kind}"
    return f"sheet-{document.sha256[:12]}" + (f"-{position}" if position > 1 else "")


def _split(number: str) -> list[str]:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in number).split("-")

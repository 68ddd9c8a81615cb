"""Reading a file that somebody gave: by what it begins with, in a process with limits, with clear words where it fails."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any, Literal

from konkyo.common.child import command, environment
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.sources.documents import Box, Document, Kind

MAX_BYTES = 200_000_000
MEMORY, SECONDS = 2_000_000_000, 240
"""What the process of one document may take: bytes of memory, and seconds of a processor."""
SUFFIXES = (".pdf", ".xlsx", ".xlsm", ".docx", ".docm", ".txt")

_AS_PDF = Words(
    "元のソフトウェアでPDF、Excel（.xlsx）又はWord（.docx）に保存し直してください。",
    "Save it as PDF, Excel (.xlsx) or Word (.docx) in the program that made it.",
)
# What files begin with that cannot be read.
_UNREADABLE = (
    (b"\xd0\xcf\x11\xe0", Words("古いOffice又は一太郎のファイルです。", "It is a file of an old Office or of Ichitaro.")),
    (b"\x89PNG", Words("画像です。", "It is a picture.")),
    (b"\xff\xd8\xff", Words("画像です。", "It is a picture.")),
)  # fmt: skip


def read_document(path: Path) -> Document:
    """Read a PDF, a workbook, a Word document or a text. Raises KonkyoError that says why it cannot be read, and what to do."""
    kind, data = file_of(path)
    answer = in_a_process(path, kind, data)
    boxes = tuple(Box(*box) for box in answer["boxes"])
    if not boxes:
        raise nothing_in(path, kind)
    return document_of(path, kind, data, answer, boxes)


def file_of(path: Path) -> tuple[Kind, bytes]:
    """Return the kind of a file, and what it holds. Raises KonkyoError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _failed(path, "too-large")
        data = path.read_bytes()
    except OSError as error:
        raise KonkyoError(
            Words(f"読めません（{error.strerror}）。", f"It cannot be read ({error.strerror})."),
            source=str(path),
        ) from error
    return _kind(path, data), data


def nothing_in(path: Path, kind: Kind) -> KonkyoError:
    """Return the error for a file without any text."""
    return _failed(path, "no-text" if kind == "pdf" else "empty")


def document_of(
    path: Path, kind: Kind, data: bytes, answer: dict[str, Any], boxes: tuple[Box, ...]
) -> Document:
    """Return the document that a process has read."""
    return Document(
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        boxes=boxes,
        pages=tuple(answer["pages"]),
        notes=tuple(answer["notes"]),
    )


def draw_document(path: Path) -> list[dict[str, Any]]:
    """Return the pages of a PDF: width and height in points, and the picture as a data address. Raises KonkyoError."""
    answer = in_a_process(path, "pictures", path.read_bytes())
    pages: list[dict[str, Any]] = answer["pages"]
    return pages


def _kind(path: Path, data: bytes) -> Kind:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        if b"word/document" in data:
            return "docx"
        if b"xl/" in data:
            return "xlsx"
        raise KonkyoError(
            Words(
                "PDFでもExcelでもWordでもありません。",
                "It is neither PDF nor Excel nor Word.",
            ),
            source=str(path),
            hint=_AS_PDF,
        )
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise _failed(path, "encrypted")
    for start, message in _UNREADABLE:
        if data.startswith(start):
            raise KonkyoError(message, source=str(path), hint=_AS_PDF)
    if b"\x00" in data[:4096]:
        raise _failed(path, "broken")
    return "text"


def in_a_process(
    path: Path,
    kind: Kind | Literal["pictures"],
    data: bytes,
    module: str = "konkyo.sources.documents.worker",
) -> dict[str, Any]:
    """Return what a module tells of a document, in a process with limits. Raises KonkyoError where it failed."""
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command(module, kind, str(MEMORY), str(SECONDS)),
            input=data,
            capture_output=True,
            timeout=SECONDS + 60,
            env=environment(),
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise _failed(path, "too-large") from error
    except ValueError as error:
        # It was ended for what it took, or crashed.
        raise _failed(path, "too-large") from error
    if "error" in answer:
        raise _failed(path, answer["error"], answer.get("told", ""))
    return answer


_REASONS = {
    "encrypted": (
        Words("パスワードで保護されています。", "It is protected by a password."),
        Words("保護を外して保存し直してください。", "Save it without protection."),
    ),
    "too-large": (
        Words("大きすぎるか、読むのに時間がかかりすぎます。", "It is too large, or takes too long to read."),
        Words("評価書の部分だけを別のファイルに保存してください。", "Save the part with the sheet as a file of its own."),
    ),
    "broken": (
        Words("壊れているか、名前と中身の種類が違います。", "It is broken, or not of the kind that its name says."),
        Words("元の場所から取り直すか、元のソフトウェアで保存し直してください。", "Get it anew, or save it again in the program that made it."),
    ),
    "fault": (
        Words("様式に当てはめられませんでした。", "It could not be fitted into a form."),
        Words("プログラムの誤りです。ファイルを添えて知らせてください。", "This is a fault of the program: report it with the file."),
    ),
    "no-text": (
        Words("文字がありません（紙を読み取った画像のPDFです）。", "It holds no text: it is a scan."),
        Words("文字認識（OCR）をしたPDFを渡してください。", "Pass a PDF that has been through text recognition (OCR)."),
    ),
    "empty": (
        Words("文字がありません。", "It holds no text."),
        Words("ファイルを確かめてください。", "Look at the file."),
    ),
}  # fmt: skip


def _failed(path: Path, reason: str, told: str = "") -> KonkyoError:
    message, hint = _REASONS[reason]
    if told:
        message = Words(f"{message.ja}（{told}）", f"{message.en} ({told})")
    return KonkyoError(message, source=str(path), hint=hint)

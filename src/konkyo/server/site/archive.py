"""A site as one file, and a large table as a zip."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from konkyo.common.files import replacing, unwritable

# The first day that a zip can name: the same site gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)


def zipped(name: str, content: bytes) -> bytes:
    """Return a zip of one file; the same content gives the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as made:
        made.writestr(_entry(name), content)
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _DAY)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def archive(folder: Path, target: Path) -> None:
    """Write a site as a zip, in which all files stand below the folder's name. Raises KonkyoError where it cannot be written."""
    folder = folder.resolve()
    try:
        with replacing(target) as part, ZipFile(part, "w", ZIP_DEFLATED, compresslevel=6) as made:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    made.writestr(_entry(path.relative_to(folder.parent).as_posix()), path.read_bytes())
    except OSError as error:
        raise unwritable(target, error) from error

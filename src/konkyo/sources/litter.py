"""What systems and programs leave in folders and archives: no source of anybody's, whatever its name ends in."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath

_NAMES = frozenset(
    {
        *("__macosx", "icon\r"),  # macOS, beside .DS_Store and ._name
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information"),  # Windows
    }
)
# Office marks a file that is open by ~$name.
_BEGINNINGS = (".", "~$")
_UNFINISHED = frozenset({".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp"})


def is_litter(name: str) -> bool:
    """Return whether a file or folder of this name is a system's or program's own: ``._a.csv``, ``.DS_Store``, ``__MACOSX``."""
    return name.startswith(_BEGINNINGS) or name.lower() in _NAMES


def lies_in_litter(inside: str) -> bool:
    """Return whether a path inside an archive, with / between its parts, is litter or lies in such a folder."""
    return any(is_litter(part) for part in PurePosixPath(inside).parts if part != "..")


def is_unfinished(path: PurePath) -> bool:
    """Return whether a browser names a download so that has not ended."""
    return path.suffix.lower() in _UNFINISHED

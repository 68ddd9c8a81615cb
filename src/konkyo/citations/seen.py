"""Write graphs/editions-seen.csv: ``python -m konkyo.citations.seen 1-3_RS_2024_….zip graphs/editions-seen.csv``."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter
from pathlib import Path

from konkyo.citations.index import learn, write_seen
from konkyo.common.paths import graphs_dir
from konkyo.sources.registry import Registry

COLUMN = "計画通知名"


def citations_of(archive: Path) -> Counter[str]:
    """Return how often each string stands in the official file's 計画通知名."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(archive) as packed, packed.open(packed.namelist()[0]) as file:
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline="")):
            if row[COLUMN]:
                found[row[COLUMN]] += 1
    return found


def main(archive: str, target: str) -> None:
    """Learn from the official file and write the table."""
    write_seen(Path(target), learn(citations_of(Path(archive)), Registry(graphs_dir()).known))


if __name__ == "__main__":
    main(*sys.argv[1:3])

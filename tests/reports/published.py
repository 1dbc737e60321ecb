"""All text of a folder that is given away, whatever it is wrapped in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path


def published(folder: Path) -> Iterator[tuple[str, str]]:
    """The name and the text of every file, those inside archives (xlsx) and the escaped text of JSON included."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        yield path.name, path.name
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name).decode("utf-8", "replace")
            continue
        text = path.read_text(encoding="utf-8")
        yield path.name, text
        if path.suffix in (".json", ".ipynb"):
            yield path.name, json.dumps(json.loads(text), ensure_ascii=False)

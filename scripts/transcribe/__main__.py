"""Writes every workbook of the five projects and refreshes the hashes in their SOURCE.md.

Run from the root of the checkout: ``python -m scripts.transcribe``. With ``--to FOLDER`` the workbooks go there
and nothing else is touched.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

from . import dengkou, ejinhoro, lingang, linyi, mudan
from .writers import workbook_bytes

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = {
    "mudan-2023": mudan.WORKBOOKS,
    "linyi-2021": linyi.WORKBOOKS,
    "dengkou-2023": dengkou.WORKBOOKS,
    "lingang-2023": lingang.WORKBOOKS,
    "ejinhoro-2022": ejinhoro.WORKBOOKS,
}
HASHES = re.compile(r"(?<=<!-- hashes -->\n).*?(?=<!-- end of hashes -->)", re.DOTALL)


def hash_table(hashes: dict[str, str]) -> str:
    """The Markdown table of files and their sha256."""
    lines = ["| file | sha256 |", "|---|---|", *(f"| `{name}` | `{sha}` |" for name, sha in hashes.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the workbooks."""
    parser = argparse.ArgumentParser(prog="python -m scripts.transcribe", description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "data", help="folder of the project folders")
    target: Path = parser.parse_args().to
    for project, workbooks in PROJECTS.items():
        folder = target / project
        folder.mkdir(parents=True, exist_ok=True)
        hashes = {}
        for name, sheets in workbooks.items():
            content = workbook_bytes(name, sheets)
            (folder / name).write_bytes(content)
            hashes[name] = hashlib.sha256(content).hexdigest()
        source = folder / "SOURCE.md"
        if source.exists():
            text = HASHES.sub(hash_table(hashes), source.read_text("utf-8"))
            source.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Writes data/example-city again, makes a workspace of it, or walks from the returned forms to the archive.

python -m scripts.example_city write             data/example-city, or another FOLDER
python -m scripts.example_city prepare           a workspace to work in, outputs/example-city or another FOLDER
python -m scripts.example_city walk              prepare, then every command of the tutorial's chapter
python -m scripts.example_city score, opinions   the evaluation team's sheets into the workspace (WENXIAO_ROOT)
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from .walking import ROOT, opinions, prepare, score, walk
from .writing import DATA, write

_STEPS = {"write": write, "prepare": prepare, "walk": walk, "score": score, "opinions": opinions}


def main() -> None:
    """Does what is asked."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.example_city",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=_STEPS)
    parser.add_argument("folder", nargs="?", type=Path)
    asked = parser.parse_args()
    # The steps of the walk are run with WENXIAO_ROOT and only add files; what is made anew never is where it leads.
    named = os.environ.get("WENXIAO_ROOT") if asked.what in ("score", "opinions") else None
    workspace = Path(named or ROOT / "outputs" / "example-city")
    where: Path = asked.folder or (DATA if asked.what == "write" else workspace)
    _STEPS[asked.what](where.resolve())


if __name__ == "__main__":
    main()

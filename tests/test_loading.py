"""What a command, a script and the process of a report load: libraries that take long are loaded for those who use them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = [
    "IPython",
    "bs4",
    "docx",
    "fsspec",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "openpyxl",
    "pandas",
    "papermill",
    "pptx",
    "rapidfuzz",
    "requests",
    "xlrd",
    "xlsxwriter",
]
EVALUATED = "import wenxiao as wx; wx.evaluate('linyi-2021')"
COMMAND = "from click.testing import CliRunner; from wenxiao.cli import main; CliRunner().invoke(main, {})"
INDEXED = "from wenxiao.batch import LocalPool; from wenxiao.batch import terminal; from wenxiao.reports import write_index"


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        (EVALUATED, {"xlrd"}),
        (COMMAND.format(["check", "data/linyi-2021"]), {"xlrd"}),
        (INDEXED, {"fsspec", "xlrd"}),
        (
            "import wenxiao.reports.lean\nfrom wenxiao.batch.fork.preload import Preloaded; Preloaded()",
            set(HEAVY) - {"docx", "openpyxl", "pandas", "pptx", "rapidfuzz"},
        ),
    ],
    ids=["evaluate", "check", "run", "report"],
)
def test_only_what_is_used_is_loaded(code: str, allowed: set[str], checkout: Path) -> None:
    """Of the libraries that take long, each way in loads the ones named for it and no other."""
    told = f"{code}\nimport sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=checkout, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.splitlines()[-1].split()) <= allowed


def test_arrow_knows_series_once_pandas_is_there() -> None:
    """Arrow is kept from loading pandas; once somebody has loaded it, a missing figure of a series is a null to Arrow."""
    code = (
        "import sys, wenxiao as wx; wx.evaluate('linyi-2021'); assert 'pandas' not in sys.modules\n"
        "import pandas as pd, pyarrow as pa\n"
        "assert pa.array(pd.Series([1.5, None])).null_count == 1\n"
        "assert pa.table({'a': [1]}).to_pandas()['a'].tolist() == [1]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

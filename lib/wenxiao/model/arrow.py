"""Arrow without pandas: it loads pandas at its first array, which costs as much as reading a project, and mostly for nothing."""

from __future__ import annotations

import sys

import pyarrow as pa


def adopt() -> None:
    """Has Arrow know pandas, which is loaded by now: it takes series and frames as such."""
    pa.nulls(0).to_pandas()


if "pandas" not in sys.modules:
    sys.modules["pandas"] = None  # type: ignore[assignment] # as one that is not installed, while Arrow looks for it
    try:
        pa.array([])
    finally:
        del sys.modules["pandas"]

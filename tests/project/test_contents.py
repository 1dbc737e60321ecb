"""What tells an unchanged file from a changed one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from upath import UPath
from wenxiao.project.contents import contents, digest
from wenxiao.project.place import marks_below


@pytest.mark.parametrize(
    "told",
    [digest, lambda path: contents(path.parent), lambda path: marks_below(UPath(path.parent))],
    ids=["digest", "contents", "marks"],
)
def test_a_file_that_grew_within_its_time_is_another(tmp_path: Path, told: object) -> None:
    """A file written on without a new time (a coarse clock, a copy that keeps times) is not taken as unchanged."""
    assert callable(told)
    path = tmp_path / "资金.csv"
    path.write_text("资金来源,预算数\n", encoding="utf-8")
    time = path.stat().st_mtime_ns
    before = told(path)
    assert told(path) == before
    with path.open("a", encoding="utf-8") as file:
        file.write("中央资金,100\n")
    os.utime(path, ns=(time, time))
    assert told(path) != before

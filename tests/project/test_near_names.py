"""Near misses among names of neighbourhoods are asked, never one in silence."""

from pathlib import Path

from tests.evaluation.audit.test_workbooks import read


def test_neighbourhoods_a_letter_apart_are_asked(tmp_path: Path) -> None:
    """幸福花园小区 in one list and 辛福花园小区 in the other are asked; both stay as they are."""
    lists = {
        "清单": [["小区名称", "户数（户）"], ["幸福花园小区", 100], ["阳光里小区", 60]],
        "出资": [["小区名称", "居民出资（万元）"], ["辛福花园小区", 10], ["阳光里小区", 6]],
    }
    project = read(tmp_path, lists).project
    (asked,) = [each for each in project.findings if each.code == "place-in-doubt"]
    assert asked.subject == "幸福花园小区、辛福花园小区"
    assert "places.yaml" in asked.remedy
    assert {table.text(0, "name") for table in project.tables} == {"幸福花园小区", "辛福花园小区"}


def test_numbered_neighbourhoods_are_two(tmp_path: Path) -> None:
    """一区 and 二区 are told apart by their numbers."""
    rows = {
        "清单": [["小区名称", "户数（户）"], ["幸福一区", 1], ["阳光里小区", 2]],
        "出资": [["小区名称", "居民出资（万元）"], ["幸福二区", 1], ["阳光里小区", 2]],
    }
    assert not [each for each in read(tmp_path, rows).project.findings if each.code == "place-in-doubt"]

"""A made-up city: its roster, its templates, and counties that fill them in."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book
from wenxiao.collect import Collection, send

COUNTIES = ("东山区", "西河区", "甲县", "平邑县")
Fill = Callable[..., Path]


@pytest.fixture
def city(tmp_path: Path) -> Collection:
    """A collection of four made-up counties whose templates are made and of which nothing came back."""
    collection = Collection(tmp_path / "data" / "虚构市")
    collection.folder.mkdir(parents=True)
    lines = ["县区,填报单位,联系人,联系电话,评价方式"]
    lines += [
        f"{name},{name}住建局,张某,139000000{at:02d},{'现场' if at < 2 else '非现场'}"
        for at, name in enumerate(COUNTIES)
    ]
    (collection.folder / "名册.csv").write_text("\n".join(lines), encoding="utf-8")
    collection.returned.mkdir()
    send(collection)
    return collection


@pytest.fixture
def fill(city: Collection) -> Fill:
    """A function that fills in the template of a county and puts it among what came back."""

    def filled(
        county: str,
        name: str = "",
        change: Callable[[Book], None] | None = None,
        *,
        spent: float = 80.5,
    ) -> Path:
        book = openpyxl.load_workbook(city.sent / f"{county}.xlsx")
        for column, amount in zip("BCDEFG", (100, 100, 90, 90, 85, spent), strict=True):
            book["资金情况"][f"{column}4"] = amount
        for row, (planned, actual) in enumerate([(10, 8), (60, 50), (3000, 2500), (20.5, 18.25)], start=4):
            book["产出情况"][f"C{row}"], book["产出情况"][f"E{row}"] = planned, actual
        book["小区清单"]["A4"], book["小区清单"]["D4"] = f"{county}一号院", 300
        book["满意度调查"]["A4"], book["满意度调查"]["D4"], book["满意度调查"]["E4"] = "居民", 200, 180
        if change is not None:
            change(book)
        path = city.returned / (name or f"{county}.xlsx")
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return filled

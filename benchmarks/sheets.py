"""Reading a national ledger and a folder of small workbooks, against calamine alone and pandas with openpyxl.

Targets: the ledger of 220,000 × 20 in at most 2 times the processor time of calamine alone, which hands over the rows, and
on an idle machine 1.5 times its elapsed time, at least 6.5 times faster than pandas with openpyxl, below 1.5 GB; 3,000 small
workbooks in time linear in their number. Processor time is that of this process and of the one that reads.
"""

from __future__ import annotations

import gc
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook
from wenxiao.fields import standard_registry
from wenxiao.isolation.client import close
from wenxiao.sheets import read_workbook

ROWS = 220_000
ROUNDS = 3
SMALL = (300, 1000, 3000)
REGISTRY = standard_registry()
HEADER = [
    "序号",
    "省份",
    "市州名",
    "县区",
    "小区名称",
    "建成年份",
    "户数",
    "楼栋数",
    "改造面积（万平方米）",
    "概算金额",
    "预算数",
    "下达数",
    "到位数",
    "拨付数",
    "支出数",
    "已投资金额",
    "执行率",
    "到位率",
    "得分",
    "备注",
]


def ledger(path: Path, rows: int) -> None:
    """A synthetic national ledger: title, unit row, header, six columns of text and serials, fourteen of figures."""
    rng = random.Random(20260101)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet("台账")
    amount, rate = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "0.00%"})
    page.write_row(0, 0, ["全国老旧小区改造台账（合成数据）"])
    page.write_row(1, 0, ["单位：万元"])
    page.write_row(2, 0, HEADER)
    for index in range(rows):
        at = index + 3
        page.write_row(
            at, 0, [index + 1, f"省{index % 31}", f"市{index % 333}", f"县{index % 2800}", f"第{index}小区"]
        )
        page.write_row(
            at,
            5,
            [1980 + index % 25, rng.randrange(20, 900), rng.randrange(1, 40), rng.randrange(9, 900) / 100],
        )
        page.write_row(at, 9, [rng.randrange(1000, 900_000) / 100 for _ in range(7)], amount)
        page.write_row(at, 16, [rng.randrange(10_000) / 10_000 for _ in range(2)], rate)
        page.write_row(at, 18, [rng.randrange(6000, 10_000) / 100, "现场" if index % 3 else "非现场"])
    book.close()


def small(path: Path, seed: int) -> None:
    """A small synthetic workbook as a county sends it: funds and a list of neighbourhoods."""
    rng = random.Random(seed)
    book = xlsxwriter.Workbook(path)
    funds = book.add_worksheet("资金")
    for at, row in enumerate((["资金情况表"], ["单位：万元"], ["资金来源", "预算数", "到位数", "支出数"])):
        funds.write_row(at, 0, row)
    for at, source in enumerate(("中央资金", "省级资金", "专项债券", "合计"), start=3):
        funds.write_row(at, 0, [source, *(rng.randrange(100_000) / 100 for _ in range(3))])
    names = book.add_worksheet("小区")
    names.write_row(0, 0, ["序号", "小区名称", "户数", "改造内容"])
    for at in range(1, 21):
        names.write_row(at, 0, [at, f"第{at}小区", rng.randrange(20, 900), "屋面防水、道路硬化"])
    book.close()


def timed(task: Callable[[], object]) -> tuple[float, float]:
    """The seconds elapsed, and those of the processor, with what is to be cleared away after it."""
    gc.collect()
    close()
    start, used = time.perf_counter(), processor()
    task()
    elapsed = time.perf_counter() - start
    close()
    return elapsed, processor() - used


def processor() -> float:
    """The seconds of the processor that this process and its children have had."""
    return sum(sum(getrusage(who)[:2]) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


def rows_alone(path: Path) -> object:
    """The rows as calamine hands them over."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def peak(path: Path) -> float:
    """The largest memory in GB of a process that has the ledger read once, with that of the process that reads it."""
    code = (
        "import sys; from pathlib import Path; from resource import *; from wenxiao.fields import standard_registry; "
        "from wenxiao.isolation.client import close; from wenxiao.sheets import read_workbook; "
        "r = read_workbook(Path(sys.argv[1]), standard_registry()); close(); "
        "print(sum(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    return int(found.stdout) / 1e6


def main() -> None:
    """Prints the table."""
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, python-calamine {version('python-calamine')}"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        ledger(path, ROWS)
        (table,) = read_workbook(path, REGISTRY).tables
        assert (len(table), len(table.columns)) == (ROWS, len(HEADER))
        pairs = [
            (timed(lambda: rows_alone(path)), timed(lambda: read_workbook(path, REGISTRY)))
            for _ in range(ROUNDS)
        ]
        print(f"{ROWS:,} × {len(HEADER)}, medians of {ROUNDS} rounds, in turn")
        for kind, (what, most) in enumerate((("elapsed", "1.50 idle"), ("processor", "2.00"))):
            alone, ours = (statistics.median(one[kind] for one in side) for side in zip(*pairs, strict=True))
            ratio = statistics.median(our[kind] / calamine[kind] for calamine, our in pairs)
            print(f"  calamine's rows, {what:9}          {alone:7.2f} s    1.00")
            print(f"  read_workbook, {what:9}            {ours:7.2f} s  {ratio:6.2f}   (at most {most})")
        ours = statistics.median(our[1] for _, our in pairs)
        _, stock = timed(lambda: pd.read_excel(path, engine="openpyxl", header=2))
        print(
            f"  pandas with openpyxl, processor     {stock:7.2f} s  {stock / ours:6.2f} times ours (at least 6.50)"
        )
        print(f"  memory of a process that reads it   {peak(path):7.2f} GB         (below 1.50)")
        first = Path(folder) / "small"
        first.mkdir()
        for seed in range(100):
            small(first / f"{seed}.xlsx", seed)
        print("small workbooks")
        for count in SMALL:
            many = Path(folder) / f"many{count}"
            many.mkdir()
            for index in range(count):
                shutil.copy(first / f"{index % 100}.xlsx", many / f"{index}.xlsx")
            _, seconds = timed(
                lambda many=many: [len(read_workbook(one, REGISTRY).tables) for one in many.iterdir()]
            )
            print(
                f"  {count:5d} files                         {seconds:7.2f} s  {seconds / count * 1000:6.2f} ms each"
            )


if __name__ == "__main__":
    main()

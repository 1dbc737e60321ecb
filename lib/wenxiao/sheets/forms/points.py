"""What the columns of a block make together: tables side by side, 分值 that stand in names."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from wenxiao.model import Column, Missing, Table, figures
from wenxiao.model.units import POINTS
from wenxiao.sheets.columns.heading import Heading
from wenxiao.sheets.forms.block import Block

POINTS_IN_NAME = re.compile(r"[(（]\s*(\d+(?:\.\d+)?)\s*分(?:\s*[*×xX][^()（）]*)?\s*[)）]")


def side_by_side(block: Block, headings: list[Heading]) -> list[list[Heading]]:
    """The columns of each of the tables that stand side by side in a block, those of the common first level in each."""
    cuts: list[int] = []
    seen: set[str] = set()
    for number, heading in enumerate(headings):
        key = block.columns.get(heading.position)
        if key is not None and key in seen and key.startswith("level"):
            cuts.append(number)
            seen = {key}
        elif key is not None:
            seen.add(key)
    if not cuts:
        return [headings]
    edges = [0, *cuts, len(headings)]
    parts = [headings[a:b] for a, b in pairwise(edges)]
    own = [{block.columns.get(each.position) for each in part} for part in parts]
    shared = [each for each in parts[0] if block.columns.get(each.position) == "level1"]
    return [part if "level1" in keys else [*shared, *part] for part, keys in zip(parts, own, strict=True)]


def with_points(table: Table, points: dict[int, tuple[Decimal, int]]) -> Table:
    """The table with a column of 分值 for points that stand in names (补贴渔船数（20分）)."""
    if not points:
        return table
    lines = [int(line) - 1 for line in table.lines]
    values: list[Decimal | Missing] = [
        points[line][0] if line in points else Missing.NOT_PROVIDED for line in lines
    ]
    position = next(iter(points.values()))[1]
    weights: Column = figures(values, key="weight", label="分值", position=position + 1, unit=POINTS)
    return replace(table, columns=(*table.columns, weights))

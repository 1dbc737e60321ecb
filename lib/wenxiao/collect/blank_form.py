"""The blank forms of the field as workbooks: the self-evaluation of a project, the monitoring of its goals."""

from __future__ import annotations

import io
from importlib import resources
from typing import Literal

import yaml

from wenxiao.display.workbook import OutputWorkbook

BlankForm = Literal["self-evaluation", "monitoring"]


def blank_form(key: BlankForm, name: str) -> bytes:
    """The workbook of a blank form, with the name of the project in it."""
    text = resources.files("wenxiao.collect").joinpath("blanks", f"{key}.yaml").read_text("utf-8")
    form = yaml.safe_load(text)
    buffer = io.BytesIO()
    with OutputWorkbook(buffer) as book:
        page = book.add_worksheet(form["sheet"])
        style = book.add_format({"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        for column, width in enumerate(form["widths"]):
            page.set_column(column, column, width)
        for area in form["merges"]:
            page.merge_range(area, "", style)
        for row, cells in enumerate(form["rows"]):
            for column, cell in enumerate(cells):
                if cell is not None:
                    page.write(row, column, cell.format(name=name) if isinstance(cell, str) else cell, style)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return buffer.getvalue()

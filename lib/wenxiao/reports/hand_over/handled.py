"""What people fill in beside each line of 内部质控单: what was done about it, why, by whom, when; and the list of these people."""

from __future__ import annotations

from wenxiao.reports.working_paper.book import Book, Sheet

FILLED_IN = ("处理", "处理说明", "责任人", "日期")
FILL_GROUND = "#fffdf2"
"""The ground of what people fill in."""
_HANDLED = ("更正原表", "更正报告", "说明原因", "退回补报", "不作处理", "待核实")
"""What may be done about a line; 不作处理 wants its reason beside it."""
_FIRST, _PEOPLE = 5, 24


def to_fill(sheet: Sheet, before: int, count: int, people: str) -> None:
    """Writes so many empty lines of these columns, after those `before`, with their lists; `people` is the sheet of names."""
    page, top, bottom = sheet.sheet, _FIRST - 1, _FIRST + count - 2
    blank = sheet.book.style(bg_color=FILL_GROUND, border=4, border_color="#d0d7de", text_wrap=True)
    day = sheet.book.style(bg_color=FILL_GROUND, border=4, border_color="#d0d7de", num_format="yyyy-mm-dd")
    handled, _, who, when = range(before, before + len(FILLED_IN))
    for row in range(top, top + count):
        for column in range(handled, when + 1):
            page.write_blank(row, column, None, day if column == when else blank)
    if not count:
        sheet.text(_FIRST, 1, "没有。")
        return
    page.data_validation(
        top,
        handled,
        bottom,
        handled,
        {
            "validate": "list",
            "source": list(_HANDLED),
            "error_type": "warning",
            "input_title": "处理",
            "input_message": "从下拉列表选择；“不作处理”须在右边写明理由。",
        },
    )
    names = "'" + people.replace("'", "''") + "'"
    page.data_validation(
        top,
        who,
        bottom,
        who,
        {
            "validate": "list",
            "source": f"={names}!$A${_FIRST}:$A${_FIRST + _PEOPLE - 1}",
            "error_type": "warning",
        },
    )
    page.data_validation(
        top,
        when,
        bottom,
        when,
        {
            "validate": "date",
            "criteria": ">=",
            "value": "=DATE(2000,1,1)",
            "error_type": "warning",
            "error_title": "不是日期",
            "error_message": "请写成 2024-05-31 的样子。",
        },
    )
    page.autofilter(_FIRST - 2, 0, bottom, when)


def write_people(book: Book, name: str) -> None:
    """Where the names are written that 责任人 offers."""
    sheet = book.sheet(name, "名单", "在这里写下责任人，各表的“责任人”就可以从中选择。")
    sheet.heads("责任人", "单位或岗位")
    sheet.widths(A=18, B=30)
    style = book.style(bg_color=FILL_GROUND, border=4, border_color="#d0d7de")
    for row in range(_FIRST - 1, _FIRST - 1 + _PEOPLE):
        for column in (0, 1):
            sheet.sheet.write_blank(row, column, None, style)

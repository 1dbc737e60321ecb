"""What was taken for what in a file, for the terminal: each table with its parts and fields, decisions, findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table as Lines
from rich.text import Text

from wenxiao.language import _, ngettext
from wenxiao.sheets import FileLine

_STYLES = {"错误": "bold red", "警示": "yellow", "提示": "dim"}


def account_lines(account: Mapping[str, Any]) -> Iterator[RenderableType]:
    """The renderables of one file's account (`wenxiao.sheets.account_of`), in reading order."""
    count = len(account["tables"])
    tables = ngettext("{count} table", "{count} tables", count).format(count=count)
    yield Text.assemble((account["file"], "bold"), f"  {account['container']}  {tables}")
    for decision in account["decisions"]:
        yield _decision(decision)
    for table in account["tables"]:
        yield Text("")
        yield Text(
            f"［{table['sheet']}］{table['range']}  {table['kind_label']}  {table['title']}", style="bold"
        )
        yield Text(_parts(table))
        yield _columns(table)
        for note in table["notes"]:
            yield Text("  " + _("note: {note}").format(note=note), style="dim")
    yield Text("")
    yield from _unused(account["unused"])
    yield from _findings(account["findings"])


def _decision(decision: Mapping[str, str]) -> Text:
    sheet = f"［{decision['sheet']}］" if decision["sheet"] else ""
    why = f"（{decision['why']}）" if decision["why"] else ""
    change = f"；改动：{decision['override']}" if decision["override"] else ""
    return Text(f"  {sheet}{decision['about']}：{decision['choice']}{why}{change}", style="dim")


def _parts(table: Mapping[str, Any]) -> str:
    header = table["header_rows"]
    across = table["transposed"]
    parts = [_("no header")]
    if header:
        words = _("header columns {first}–{last}") if across else _("header rows {first}–{last}")
        parts = [words.format(first=header[0], last=header[1])]
    parts.append(_("unit {unit}").format(unit=table["unit"]) if table["unit"] else _("no line with a unit"))
    words = _("{role} {count} columns") if across else _("{role} {count} rows")
    parts.append("，".join(words.format(role=role, count=count) for role, count in table["roles"].items()))
    if table["lines"]:
        listed = [f"{line}={role}" for line, role in table["lines"].items()]
        parts.append("、".join(listed[:12]) + ("…" if len(listed) > 12 else ""))
    return "  " + "；".join(parts)


def _columns(table: Mapping[str, Any]) -> Lines:
    lines = Lines(box=None, pad_edge=True, header_style="dim")
    place = _("row") if table["transposed"] else _("column")
    for title in (place, _("header"), _("field"), _("unit"), _("values"), _("missing")):
        lines.add_column(title, overflow="fold")
    for column in table["columns"]:
        printed, unit = column["printed_unit"], column["unit"]
        converted = f"{printed}→{unit}" if printed and printed != unit else unit
        field = (
            f"{column['field_label']} {column['field']}"
            if column["field"]
            else _("not recognised, kept under its header")
        )
        missing = "、".join(f"{word} {count}" for word, count in column["missing"].items())
        cells = (
            column["place"],
            column["header"],
            field,
            converted if column["numeric"] else "",
            str(column["values"]),
            missing,
        )
        lines.add_row(*(Text(cell) for cell in cells))
    return lines


def _unused(ranges: Iterable[Mapping[str, Any]]) -> Iterator[Text]:
    """未采用: a line a range of numbers that no table uses."""
    for one in ranges:
        about = f"（{one['about']}）" if one["about"] else ""
        line = f"  ［{one['sheet']}］{one['range']}：{one['count']} 个数，{one['reason']}{about}"
        yield Text.assemble(("未采用", "yellow"), line)


def _findings(findings: Iterable[Mapping[str, Any]]) -> Iterator[Text]:
    for finding in findings:
        remedy = f" 处理：{finding['remedy']}。" if finding["remedy"] else ""
        place = _place(finding["cells"], finding["message"])
        yield Text.assemble(
            (finding["severity"], _STYLES[finding["severity"]]), f"  {place}{finding['message']}{remedy}"
        )


def _place(cells: list[Mapping[str, str]], message: str) -> str:
    """The cells a finding rests on, unless its sentence names them already."""
    if not cells or cells[0]["cell"] in message:
        return ""
    more = "等" if len(cells) > 3 else ""
    return f"［{cells[0]['sheet']}］{'、'.join(cell['cell'] for cell in cells[:3])}{more}："


def survey_table(lines: Iterable[FileLine]) -> Lines:
    """One line for each file of a folder: format, kinds of table, rows, findings, or why it cannot be read."""
    table = Lines(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("file"), overflow="fold")
    for title in (_("format"), _("tables")):
        table.add_column(title, overflow="fold")
    for title in (_("rows"), _("errors"), _("warnings"), _("hints")):
        table.add_column(title, justify="right")
    for line in lines:
        if line.refused:
            table.add_row(
                Text(line.file), Text(_("cannot be read"), style="bold red"), Text(line.refused, style="red")
            )
            continue
        numbers = (line.records, line.errors, line.warnings, line.hints)
        table.add_row(
            Text(line.file), line.container, "、".join(line.kinds), *(str(number) for number in numbers)
        )
    return table

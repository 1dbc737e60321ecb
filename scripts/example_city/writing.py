"""The folder data/example-city, written anew: roster, form, returned forms, the team's sheets, SOURCE.md."""

from __future__ import annotations

import hashlib
import io
import shutil
from importlib import resources
from pathlib import Path

import xlsxwriter
from wenxiao.collect.form import Form, read_form
from wenxiao.collect.roster import County as Asked
from wenxiao.collect.sending import county_template
from wenxiao.fields import standard_registry

from ..returned_forms.files import CREATED, fixed
from .city import CITY, LABEL, TITLE, County, city
from .forms import MISSING, File, Planted, returned_files
from .team import evidence_files, team_sheets

NAME = "example-city"
DATA = Path(__file__).resolve().parents[2] / "data" / NAME


def write(folder: Path) -> None:
    """Writes the folder; what the last time left there and is not written again goes."""
    collect = folder / "collect"
    shutil.rmtree(collect, ignore_errors=True)
    collect.mkdir(parents=True)
    (collect / "form.yaml").write_text(own_form(), encoding="utf-8", newline="\n")
    counties = city()
    (collect / "roster.xlsx").write_bytes(roster(counties))
    files, planted = all_returned(counties, read_form(collect / "form.yaml", standard_registry()))
    for file in files:
        path = collect / "returned" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    shutil.rmtree(folder / "team", ignore_errors=True)
    (folder / "team" / "evidence").mkdir(parents=True)
    for name, content in team_sheets(counties).items():
        (folder / "team" / name).write_bytes(content)
    for name, content in evidence_files(counties).items():
        (folder / "team" / "evidence" / name).write_bytes(content)
    (folder / "SOURCE.md").write_text(source(files, planted), encoding="utf-8", newline="\n")


def all_returned(counties: tuple[County, ...], form: Form) -> tuple[list[File], list[Planted]]:
    """Every file that came back and the errors planted, from the templates as they are sent."""
    registry = standard_registry()

    def template(county: County) -> bytes:
        asked = Asked(county.name, county.office, county.contact, county.phone, county.mode)
        return county_template(form, asked, NAME, registry)

    return returned_files(counties, template, form, registry)


def own_form() -> str:
    """The county form of the package as a form of one's own: labelled, and with fewer empty rows."""
    text = resources.files("wenxiao.collect").joinpath("forms", "county.yaml").read_text(encoding="utf-8")
    lines = [
        "# 甲乙市的填报表：随软件提供的县区填报表（forms/county.yaml），加“虚构示例”字样，小区清单少留空行。",
        "",
    ]
    for line in text.splitlines():
        label = f"（{LABEL}）" if line.strip().startswith("title:") else ""
        if not line.startswith("#"):
            lines.append(line.replace("blank: 200", "blank: 20") + label)
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def roster(counties: tuple[County, ...]) -> bytes:
    """The roster (xlsx)."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("名册")
        bold = book.add_format({"bold": True})
        sheet.write(0, 0, f"{CITY}各县区填报名册（{LABEL}）", bold)
        sheet.write_row(1, 0, ("县区", "填报单位", "联系人", "联系电话", "评价方式"), bold)
        for line, county in enumerate(counties, start=2):
            sheet.write_row(line, 0, (county.name, county.office, county.contact, county.phone, county.mode))
        sheet.set_column(0, 4, 16)
        sheet.set_column(1, 1, 38)
    return fixed(held.getvalue())


def source(files: list[File], planted: list[Planted]) -> str:
    """SOURCE.md."""
    errors = "\n".join(
        f"| {each.county} | `{each.file}` | {each.sheet} | {each.cell} | {each.what} |" for each in planted
    )
    hashes = "\n".join(
        f"| `{file.name}` | `{hashlib.sha256(file.data).hexdigest()}` |"
        for file in sorted(files, key=lambda f: f.name)
    )
    return _SOURCE.format(title=TITLE, city=CITY, missing=MISSING, errors=errors, hashes=hashes, label=LABEL)


_SOURCE = """# example-city（虚构示例）

| | |
|---|---|
| title | {title} |
| publisher, place | none: {city} and its twelve counties are fictitious |
| year | 2025 |
| made by | `python -m scripts.example_city write`, seeded, the same each time |

**{label}.** Every name, number, telephone and file here is synthetic and of no real place. The folder shows what a city's
evaluation begins with: a roster of twelve counties, a form, and what came back. `make example` works it, in a workspace of
its own below `outputs/`; nothing here is ever written to, and reports on real projects do not read it.

## What came back

Eleven of twelve counties; {missing} sent nothing.

| county | how |
|---|---|
| 甲子县 | the template, filled in as asked |
| 乙丑县 | 元 instead of 万元, headers in other words, a sheet renamed, a note that looks like a formula |
| 丙寅县 | .xls; numbers as text with separators, full-width digits, blanks |
| 丁卯县 | rows inserted, 合计 typed over; a planted error |
| 戊辰县 | tables in a Word document |
| 己巳县 | sent twice: the second (补报) with four figures changed |
| 庚午县 | a table of its own, a hidden draft; a planted error |
| 辛未县 | a GBK text file for each sheet |
| 壬申县 | .ods, a note below a table; a planted error |
| 癸酉县 | a workbook with a password, then a WPS file (.et) with its sheets in another order |
| 甲戌县 | titles above the tables, and the stamped paper as PDF |

## Planted errors

| county | file | sheet | cell | what |
|---|---|---|---|---|
{errors}

## Files

<!-- hashes -->
| file | sha256 |
|---|---|
{hashes}
<!-- end of hashes -->
"""

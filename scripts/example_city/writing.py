"""The folder data/example-city, written anew: roster, form, returned forms, the team's sheets, SOURCE.md."""

from __future__ import annotations

import hashlib
import io
import tempfile
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
_MADE_BY = "python -m scripts.example_city write"
DATA = Path(__file__).resolve().parents[2] / "data" / NAME


def write(folder: Path) -> None:
    """Writes the folder; ends without having written where it holds a file that is not written now, or is another's folder."""
    counties = city()
    collect, team = folder / "collect", folder / "team"
    form = own_form()
    files, planted = all_returned(counties, _form_of(form))
    written = {collect / "form.yaml": form.encode(), collect / "roster.xlsx": roster(counties)}
    written |= {collect / "returned" / file.name: file.data for file in files}
    written |= {team / name: content for name, content in team_sheets(counties).items()}
    written |= {team / "evidence" / name: content for name, content in evidence_files(counties).items()}
    told = folder / "SOURCE.md"
    if folder.is_dir() and any(folder.iterdir()):
        if not told.is_file() or _MADE_BY not in told.read_text(encoding="utf-8"):
            raise SystemExit(f"{folder} is not the example's: nothing was written")
        others = sorted(
            str(path)
            for place in (collect, team)
            for path in place.rglob("*")
            if path.is_file() and path not in written
        )
        if others:
            raise SystemExit("not written by this program, nothing was done: " + ", ".join(others))
    for path, content in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    told.write_text(source(files, planted), encoding="utf-8", newline="\n")


def _form_of(text: str) -> Form:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "form.yaml"
        path.write_text(text, encoding="utf-8", newline="\n")
        return read_form(path, standard_registry())


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
    return _SOURCE.format(
        title=TITLE, city=CITY, missing=MISSING, errors=errors, hashes=hashes, label=LABEL, made_by=_MADE_BY
    )


_SOURCE = """# example-city（虚构示例）

| | |
|---|---|
| title | {title} |
| publisher, place | none: {city} and its twelve counties are fictitious |
| year | 2025 |
| made by | `{made_by}`, seeded, the same each time |

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

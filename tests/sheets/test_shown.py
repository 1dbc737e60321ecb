"""What a person sees is what is read: formats, runs of text, hidden rows and columns, look-alike signs, damaged parts."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from wenxiao.fields import standard_registry
from wenxiao.model import Finding, Quantity, SheetError
from wenxiao.sheets import read_workbook
from wenxiao.sheets.cells.number_format import format_of
from wenxiao.sheets.cells.value import reading
from wenxiao.sheets.containers.delimited import delimiter_of
from wenxiao.sheets.containers.opening import opened

REGISTRY = standard_registry()
HEADER = ["资金来源", "预算数（万元）", "支出数（万元）"]


def workbook(path: Path, rows: list[list[object]], *, hidden: tuple[int | str, ...] = ()) -> Path:
    """A workbook of one sheet; a pair is a value with its number format, a list the runs of a text with their looks."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("资金")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, tuple):
                page.write(r, c, cell[0], book.add_format({"num_format": cell[1]}))
            elif isinstance(cell, list):
                page.write_rich_string(
                    r, c, *(book.add_format(x) if isinstance(x, dict) else x for x in cell)
                )
            elif isinstance(cell, str) and cell.startswith("="):
                page.write_formula(r, c, cell, None, "")
            else:
                page.write(r, c, cell)
    for what in hidden:
        if isinstance(what, int):
            page.set_row(what - 1, None, None, {"hidden": True})
        else:
            page.set_column(f"{what}:{what}", None, None, {"hidden": True})
    book.close()
    return path


def spent(path: Path) -> list[str]:
    """The 支出数 of each record as text."""
    table = read_workbook(path, REGISTRY).tables[0]
    return [table.given(record, "spent").text for record in range(len(table))]


def said(path: Path, code: str) -> list[Finding]:
    """The findings of a code."""
    return [one for one in read_workbook(path, REGISTRY).findings if one.code == code]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("#,##0,", 6000000, "6000"),
        ('0!.0,"万元"', 8000000, "800"),
        ('0"."0000', 12345678, "1234.5678"),
        ('[>=10000]0!.0,"万元";0"元"', 8000000, "800"),
    ],
)
def test_the_number_format_decides_the_magnitude(tmp_path: Path, code: str, value: int, shown: str) -> None:
    """A format that scales shows the figure that is read."""
    path = workbook(tmp_path / "a.xlsx", [HEADER, ["中央资金", 1000, (value, code)], ["省级资金", 500, 400]])
    content = read_workbook(path, REGISTRY).tables[0].given(0, "spent").content
    assert isinstance(content, Quantity)
    assert content.value == Decimal(shown)


@pytest.mark.parametrize("code", ['0"0000"', '0"万"', "0%%", ";;;", '[<0]0;0"00"'])
def test_a_format_that_shows_another_figure_is_refused(tmp_path: Path, code: str) -> None:
    """Digits or a bare 万 written by the format are no part of the value: the cell is named."""
    path = workbook(tmp_path / "a.xlsx", [HEADER, ["中央资金", 1000, (8, code)], ["省级资金", 500, 400]])
    (finding,) = said(path, "sheet-number-format")
    assert finding.cells[0].address == "C2"


def test_raised_and_struck_out_runs_do_not_join_the_number(tmp_path: Path) -> None:
    """800 with a raised 1 is 800; a struck-out 700 before 800 is not there; both are said."""
    raised: list[object] = ["800", {"font_script": 1}, "1"]
    struck: list[object] = [{"font_strikeout": True}, "700", {}, "900"]
    path = workbook(tmp_path / "a.xlsx", [HEADER, ["中央资金", 1, raised], ["省级资金", 2, struck]])
    assert spent(path) == ["800万元", "900万元"]
    assert [cell.address for cell in said(path, "sheet-struck")[0].cells] == ["C2", "C3"]


def test_a_hidden_column_never_wins(tmp_path: Path) -> None:
    """The visible 支出数 is read, the hidden one named."""
    rows: list[list[object]] = [[*HEADER, "支出数（万元）"], ["中央资金", 1000, 100, 800]]
    path = workbook(tmp_path / "a.xlsx", rows, hidden=("C",))
    assert spent(path) == ["800万元"]
    assert said(path, "sheet-hidden-column")[0].cells[0].address == "C2"


@pytest.mark.parametrize(("total", "given"), [(130, "90万元"), (150, "无法核实")])
def test_hidden_rows_count_only_where_the_visible_total_says_so(
    tmp_path: Path, total: int, given: str
) -> None:
    """Left out where the total holds without them; where it holds only with them the column gives no figure."""
    rows: list[list[object]] = [HEADER, ["中央资金", 100, 90], ["省级资金", 50, 40], ["市级资金", 30, 20]]
    path = workbook(tmp_path / "a.xlsx", [*rows, ["合计", 150, total]], hidden=(4,))
    assert spent(path)[0] == given
    assert len(said(path, "sheet-hidden-rows")) == 1


def test_a_formula_never_worked_out_is_named(tmp_path: Path) -> None:
    """A formula without a stored result is no absent figure."""
    path = workbook(tmp_path / "a.xlsx", [HEADER, ["中央资金", 1000, "=700+100"], ["省级资金", 500, 400]])
    assert said(path, "sheet-formula-open")[0].cells[0].address == "C2"


@pytest.mark.parametrize(
    "text", ["8O0", "1234注1", "100%%", "5余", "2至3", "100整", "（总）2-3个", "1.5×10⁴", "1200\n300"]
)
def test_what_is_no_number_stays_text(text: str) -> None:
    """A suffix that is no unit, a range of unequal ends, a power are no figures."""
    assert reading(text).number is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("800¹", "800"), ("800①", "800"), ("1200元整", "1200"), ("100余户", "100"), ("5-5", "5"), ("\u200e1,234\u200f", "1234"), ("﹣5", "-5"), ("𝟏𝟐", "12"), ("5m²", "5")],
)  # fmt: skip
def test_marks_and_look_alikes_are_read_as_they_look(text: str, number: str) -> None:
    """Footnote marks, invisible signs and digits of other scripts do not hide a number."""
    assert str(reading(text).number) == number


@pytest.mark.parametrize("text", ["#值!", "#SPILL!", "#BEZUG!", "Err:502", "#N/A", "####"])
def test_error_values_of_every_spelling(text: str) -> None:
    """What a program writes where a formula failed is unreadable, whatever its language or version."""
    assert reading(text).number is None
    assert reading(text).why != "不是数字"


@pytest.mark.parametrize(
    ("text", "sign"),
    [("县区;数\n甲;1,234.00\n乙;2,000.00\n", ";"), ("a|b\n1|2,000\n", "|"), ("a\t,b\t\n1\t,2\t\n", ","), ("a\tb\n1,2\t3\n", "\t"), ("a,b,c\n100,200,300\n", ",")],
)  # fmt: skip
def test_the_delimiter_cuts_all_lines_alike(text: str, sign: str) -> None:
    """Found outside quotes and thousands."""
    assert delimiter_of(text) == sign


def test_an_unclosed_quote_is_refused() -> None:
    """Lines behind an open quote are not lost without a word."""
    with pytest.raises(SheetError, match="引号"):
        opened('资金来源,预算数,支出数\n"中央资金,1,2\n省级资金,3,4\n'.encode(), "a.csv")


def test_a_flipped_bit_in_a_stored_part_is_seen(tmp_path: Path) -> None:
    """1200 turned into 9200 in an uncompressed part is a damaged file."""
    path = workbook(tmp_path / "a.xlsx", [HEADER, ["中央资金", 2000, 1200]])
    made = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name))
    data = bytearray(made.getvalue())
    data[data.index(b"<v>1200<") + 3] = ord("9")
    with pytest.raises(SheetError, match="损坏"):
        opened(bytes(data), "a.xlsx")


def test_a_page_shows_what_a_browser_shows() -> None:
    """Raised, struck-out and undisplayed text, line breaks and hidden rows of a page."""
    page = (
        "<style>.x{display:none}</style><table><tr><td>a<td>b<tr class=x><td>1<td>2"
        "<tr><td>800<sup>1</sup><td><del>700</del>900<tr><td>1<br>2<td>5<span style='display:none'>6</span></table>"
    )
    (grid,) = opened(page.encode(), "a.xls").grids
    assert grid.rows[2:] == [["800¹", "900"], ["1\n2", "5"]]
    assert grid.hidden_rows == {1}


def test_formats_of_one_meaning_have_no_sections() -> None:
    """An accounting format prints positive, negative and nothing alike."""
    form = format_of('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ')
    assert form is not None
    assert (form.places, form.others) == (2, ())

"""What each county returned: its values, in the mess of its own, with the errors that were planted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from wenxiao.collect import Form
from wenxiao.fields import Registry

from ..returned_forms import Figure, Formula, Page, Written
from ..returned_forms.files import ABOVE_IN_WORD, csv_gbk, ods, truth_of, word, xls, xlsx
from ..returned_forms.filled import filled, marks_of
from ..returned_forms.strays import encrypted
from .city import COUNTIES, LABEL, SEED, County

MISSING = "乙亥县"
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@dataclass(frozen=True)
class File:
    """A file that came back: its path below the folder of returned files, its bytes, the numbers in it."""

    name: str
    data: bytes
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Planted:
    """An error that was put into a form on purpose, and where."""

    county: str
    file: str
    sheet: str
    cell: str
    what: str


@dataclass
class Desk:
    """A county's form while somebody works at it: the pages by kind, and what was planted."""

    county: County
    pages: list[Page]
    marks: dict[str, str]

    def page(self, kind: str) -> Page:
        """The sheet of a kind."""
        return next(page for page in self.pages if page.kind == kind)

    def at(self, kind: str, record: str, field: str) -> tuple[Page, tuple[int, int]]:
        """The page of a kind and the place of a field in the row of that name."""
        page = self.page(kind)
        names = {
            str(page.cells[row, 0].content): row
            for row in range(page.first, page.last + 1)
            if (row, 0) in page.cells
        }
        return page, (names[record], page.columns[field])

    def number(self, kind: str, record: str, field: str, value: Decimal) -> tuple[str, str]:
        """Puts another number into a cell; gives its sheet and address. The totals of its column follow."""
        page, at = self.at(kind, record, field)
        cell = page.cells[at]
        assert cell.figure is not None
        page.cells[at] = replace(cell, content=value, figure=replace(cell.figure, value=value))
        total = page.cells.get((page.total, at[1])) if page.total is not None else None
        if total is not None and isinstance(total.content, Formula) and total.figure is not None:
            assert page.total is not None
            whole = total.figure.value - cell.figure.value + value
            page.cells[page.total, at[1]] = replace(
                total, content=total.content._replace(shows=whole), figure=replace(total.figure, value=whole)
            )
        return page.name, _address(at)

    def files(self, name: str, write: Callable[[list[Page]], bytes]) -> Iterator[File]:
        """The form as one file."""
        yield File(name, write(self.pages), tuple(truth_of(name, self.pages)))

    def saved(self, name: str) -> Iterator[File]:
        """The template as an office program saves it, with the mark whose it is."""
        return self.files(name, lambda pages: xlsx(pages, self.marks))


def _address(at: tuple[int, int]) -> str:
    return f"{chr(65 + at[1])}{at[0] + 1}"


def returned_files(
    counties: tuple[County, ...], template: Callable[[County], bytes], form: Form, registry: Registry
) -> tuple[list[File], list[Planted]]:
    """All that came back, and the errors planted in it."""
    files: list[File] = []
    planted: list[Planted] = []
    for county in counties:
        if county.name == MISSING:
            continue
        sent = template(county)
        desk = Desk(county, filled(sent, form, registry, county.values), marks_of(sent))
        for page in desk.pages:
            _trim(page)
        made, errors = _AS_RETURNED[county.name](desk, registry)
        files += made
        planted += errors
    return files, planted


def _trim(page: Page) -> None:
    """Deletes the rows that nobody filled in, but one, as a tidy clerk does."""
    while (
        page.kind
        and page.last > page.first
        and all(page.cells[at].content is None for at in page.cells if at[0] in (page.last, page.last - 1))
    ):
        page.delete_row(page.last)


Made = tuple[list[File], list[Planted]]


def _as_sent(desk: Desk, registry: Registry) -> Made:
    """甲子县: the template, filled in as asked."""
    del registry
    return list(desk.saved(f"{desk.county.name}填报表.xlsx")), []


def _in_yuan(desk: Desk, registry: Registry) -> Made:
    """乙丑县: 元 instead of 万元 and headers in other words; a note that looks like a formula."""
    page = desk.page("funds")
    page.name = "补助资金"
    for key, column in page.columns.items():
        header = page.cells[page.header, column]
        word = {
            "received": "实际到位资金（元）",
            "spent": "累计支出（元）",
            "budget": "全年预算数（元）",
        }.get(key)
        field = registry.field(key, "funds")
        if field.unit is None or field.unit.symbol != "万元":
            continue
        page.cells[page.header, column] = replace(
            header, content=word or str(header.content).replace("万元", "元")
        )
        for row in range(page.first, page.height):
            cell = page.cells.get((row, column))
            if cell is None or cell.figure is None:
                continue
            amount = cell.figure.value * 10000
            content = cell.content._replace(shows=amount) if isinstance(cell.content, Formula) else amount
            page.cells[row, column] = replace(cell, content=content, pattern="#,##0.00")
    page.put(page.first, page.columns["note"], '=HYPERLINK("http://example.invalid/","拨款文件")')
    return list(desk.files(f"{desk.county.name}住建局报送（单位元）.xlsx", xlsx)), []


def _old_and_typed(desk: Desk, registry: Registry) -> Made:
    """丙寅县: an .xls in which the numbers are text, with separators, full-width digits and blanks."""
    del registry
    dice = random.Random(SEED)
    for page in desk.pages:
        for at, cell in sorted(page.cells.items()):
            if cell.figure is None or not isinstance(cell.content, Decimal) or cell.pattern.endswith("%"):
                continue
            text = f"{cell.content:,f}"
            page.cells[at] = replace(
                cell,
                content=dice.choice((text, f" {text} ", text.translate(_WIDE), f"{text}　")),
                pattern="@",
            )
    return list(desk.files(f"丙寅/填报表（{desk.county.name}）.xls", xls)), []


def _total_typed_over(desk: Desk, registry: Registry) -> Made:
    """丁卯县: rows inserted, 合计 typed over, and one of the totals does not add up (planted)."""
    del registry
    page = desk.page("funds")
    page.insert_rows(page.first + 2)
    assert page.total is not None
    for column in page.columns.values():
        cell = page.cells.get((page.total, column))
        if cell is not None and isinstance(cell.content, Formula) and cell.figure is not None:
            page.cells[page.total, column] = replace(cell, content=cell.figure.value)
    at = (page.total, page.columns["received"])
    cell = page.cells[at]
    assert cell.figure is not None
    wrong = cell.figure.value + 100
    page.cells[at] = replace(cell, content=wrong, figure=replace(cell.figure, value=wrong))
    name = f"{desk.county.name}/绩效评价填报表-最终版.xlsx"
    what = f"合计行的到位数写作 {wrong}，各行之和为 {cell.figure.value}，相差 100.00"
    return list(desk.saved(name)), [Planted(desk.county.name, name, page.name, _address(at), what)]


def _in_word(desk: Desk, registry: Registry) -> Made:
    """戊辰县: tables in a Word document."""
    del registry
    pages = [page for page in desk.pages if page.kind]
    for page in pages:
        while page.last > page.first and all(
            page.cells[at].content is None for at in page.cells if at[0] == page.last
        ):
            page.delete_row(page.last)
    name = f"{desk.county.name}填报表.docx"
    names = [f"表{number}" for number in range(1, len(pages) + 1)]
    return [File(name, word(pages), tuple(truth_of(name, pages, sheets=names, above=ABOVE_IN_WORD)))], []


def _sent_twice(desk: Desk, registry: Registry) -> Made:
    """己巳县: sent, and sent again with four figures changed."""
    del registry
    files = list(desk.saved(f"{desk.county.name}.xlsx"))
    funds, outputs, survey = (desk.county.values[kind] for kind in ("funds", "outputs", "satisfaction"))
    for kind, records, name, field, more in (
        ("funds", funds, "市级资金", "spent", Decimal("-12.50")),
        ("outputs", outputs, "惠及户数", "actual", Decimal(-15)),
        ("satisfaction", survey, "改造小区居民", "satisfied", Decimal(-3)),
    ):
        record = next(each for each in records if name in each.values())
        old = record[field]
        assert isinstance(old, Decimal)
        desk.number(kind, name, field, old + more)
        if field == "satisfied":
            answered = record["respondents"]
            assert isinstance(answered, Decimal)
            desk.number(kind, name, "rate", ((old + more) / answered).quantize(Decimal("0.0001")))
    again = f"补报/{desk.county.name}（补报）.xlsx"
    return [*files, *desk.saved(again)], []


def _spent_above_received(desk: Desk, registry: Registry) -> Made:
    """庚午县: more spent than received, without a word (planted); a hidden draft and a table of its own."""
    del registry
    record = next(each for each in desk.county.values["funds"] if each["source"] == "省级资金")
    received = record["received"]
    assert isinstance(received, Decimal)
    sheet, cell = desk.number("funds", "省级资金", "spent", received + Decimal("35.60"))
    draft = Page("草稿", hidden=True)
    draft.put(0, 0, f"往来草稿（{LABEL}）", style="title")
    draft.put(1, 0, "核算余额")
    draft.put(1, 1, Decimal("88.80"), Figure(Decimal("88.80"), "", "own"))
    own = Page("工作日志")
    own.put(0, 0, f"工作日志（自用，{LABEL}）", style="title")
    for column, header in enumerate(("日期", "事项摘要", "出动人数")):
        own.put(1, column, header, style="header")
    for row, people in enumerate((6, 9, 4), start=2):
        own.put(row, 0, f"2025-0{row + 2}-1{row}")
        own.put(row, 1, "现场查看")
        own.put(row, 2, Decimal(people), Figure(Decimal(people), "", "own", "", "", "出动人数"))
    desk.pages += [own, draft]
    name = f"{desk.county.name}上报/{desk.county.name}填报表 (1).xlsx"
    what = f"省级资金支出数 {received + Decimal('35.60')} 大于到位数 {received}，备注没有说明"
    return list(desk.saved(name)), [Planted(desk.county.name, name, sheet, cell, what)]


def _as_text_files(desk: Desk, registry: Registry) -> Made:
    """辛未县: a GBK text file for each sheet, in a folder of its own."""
    del registry
    files = []
    for page in desk.pages:
        if page.kind:
            name = f"{desk.county.name}/{desk.county.name}-{page.name}.csv"
            stem = f"{desk.county.name}-{page.name}"
            files.append(File(name, csv_gbk([page]), tuple(truth_of(name, [page], sheets=[stem]))))
    return files, []


def _area_in_metres(desk: Desk, registry: Registry) -> Made:
    """壬申县: an .ods in which the area of one estate is in ㎡ below a header in 万㎡ (planted); a note beside."""
    del registry
    estate = desk.county.values["neighbourhoods"][1]
    area = estate["area"]
    assert isinstance(area, Decimal)
    sheet, cell = desk.number("neighbourhoods", str(estate["name"]), "area", area * 10000)
    page = desk.page("outputs")
    page.put(
        page.last + 2,
        0,
        "注：另有12户因房屋征收未改造，不在上表之内。",
        Figure(Decimal(12), "户", "note", "outputs"),
        "note",
    )
    name = f"填报表_{desk.county.name}_盖章.ods"
    what = f"{estate['name']}的改造面积写作 {area * 10000:f}，表头单位为万㎡，实为 {area} 万㎡，误按㎡填"
    return list(desk.files(name, ods)), [Planted(desk.county.name, name, sheet, cell, what)]


def _wps(desk: Desk, registry: Registry) -> Made:
    """癸酉县: first a workbook with a password, then one saved by WPS, with merged cells and sheets in another order."""
    del registry
    page = desk.page("neighbourhoods")
    page.merges.append((0, 0, 0, len(page.columns) - 1))
    page = desk.page("funds")
    for row in (page.first + 1,):
        page.put(row, page.columns["note"], "两级资金合并拨付，拨付文号同上")
    desk.pages.reverse()
    locked = File(f"{desk.county.name}填报表（加密）.xlsx", encrypted(b"", random.Random(SEED)))
    return [locked, *desk.files(f"{desk.county.name}填报表.et", xls)], []


def _with_scan(desk: Desk, registry: Registry) -> Made:
    """甲戌县: the workbook with titles above, and the stamped paper as PDF."""
    del registry
    for kind in ("funds", "outputs"):
        page = desk.page(kind)
        page.insert_rows(0)
        page.put(0, 0, "附件2", style="title")
        page.insert_rows(2)
        page.put(2, 0, f"填报单位：{desk.county.office}", style="note")
        page.put(2, len(page.columns) - 1, "单位：万元" if kind == "funds" else "", style="note")
    scan = File(f"{desk.county.name}盖章扫描件.pdf", paper(f"{desk.county.name}填报表盖章扫描件（{LABEL}）"))
    return [*desk.saved(f"1月15日收/{desk.county.name}.xlsx"), scan], []


def paper(text: str) -> bytes:
    """A page of a PDF with a line of Chinese, by a font that every viewer brings; the same bytes each time."""
    shown = f"BT /F1 18 Tf 72 740 Td <{text.encode('utf-16-be').hex()}> Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        out, size, table, size, len(out),
    )  # fmt: skip


_AS_RETURNED: dict[str, Callable[[Desk, Registry], Made]] = dict(
    zip(
        COUNTIES,
        (
            _as_sent, _in_yuan, _old_and_typed, _total_typed_over, _in_word, _sent_twice, _spent_above_received,
            _as_text_files, _area_in_metres, _wps, _with_scan,
        ),
        strict=False,
    )
)  # fmt: skip

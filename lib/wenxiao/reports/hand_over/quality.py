"""内部质控单.xlsx: what does not agree and what was not read, with columns for what was done about it. For the house alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wenxiao.display.cells import addresses
from wenxiao.evaluation import district_view
from wenxiao.evaluation.audit import checks
from wenxiao.model import Finding, ParameterError, Problem, Severity
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.handled import FILL_GROUND, FILLED_IN, to_fill, write_people
from wenxiao.reports.hand_over.not_read import NotRead
from wenxiao.reports.working_paper.book import CONTENTS, QUIET, Book, Sheet
from wenxiao.reports.working_paper.notes import write_contents, write_corrections

_FIRST = 5
_HEADS = (
    "编号",
    "轻重",
    "事项",
    "说明",
    "报告所列",
    "核对结果",
    "允许误差",
    "位置",
    "建议",
)
_NOT_READ_HEADS = ("编号", "县区", "类别", "文件", "工作表", "单元格", "内容", "没有读入的原因", "怎么办")


def quality_sheet(delivery: Delivery, not_read: Sequence[NotRead] | None = None) -> bytes:
    """The workbook, the same bytes for the same input; `not_read` is what a merge listed as not read, None without a list.

    Raises ParameterError for an edition for release, which holds no findings and tells nothing of them.
    """
    if not delivery.audience.sees_findings:
        raise ParameterError(
            Problem(
                "公开的稿次不能附内部质控单",
                value=delivery.edition,
                rule="核对差异只供内部",
                remedy="把 audience 改为 internal，或不生成质控单",
            )
        )
    found = findings_of(delivery)
    unread = tuple(each for each in delivery.project.findings if each in found)
    differing = tuple(each for each in found if each not in unread)
    title = f"{delivery.title}　内部质控单"
    book = Book(title, delivery.mark, delivery.audience)
    contents = book.sheet(book.name(CONTENTS), title, f"{delivery.mark}　不随报告送出")
    people = book.name("名单")
    _summary(book, delivery, differing, unread, not_read)
    _list(book, "核对差异", "两个数不能同时成立，或须说明、须留意的，按轻重排列。", differing, people)
    if unread:
        _list(
            book, "读取提示", "没有读到、没有认出或需要留意的资料，其中的数可能没有进入评价。", unread, people
        )
    if not_read is not None:
        _unread(book, not_read, people)
    if delivery.project.corrections:
        write_corrections(book, book.name("更正"), delivery.project)
    _files(book, delivery)
    write_people(book, people)
    write_contents(contents, book)
    return book.content()


def findings_of(delivery: Delivery) -> tuple[Finding, ...]:
    """The findings of what is handed over, gravest first: of the district, where it is about one."""
    if delivery.district:
        return district_view(delivery.evaluation, delivery.district).findings
    return delivery.evaluation.findings


def _summary(
    book: Book,
    delivery: Delivery,
    differing: Sequence[Finding],
    unread: Sequence[Finding],
    not_read: Sequence[NotRead] | None,
) -> None:
    """How many there are of each kind, and who answers for the sheet."""
    sheet = book.sheet(book.name("汇总"), "汇总", "“错误”为不可能同时成立，“警示”须作说明，“提示”供留意。")
    sheet.heads("核对内容", *(level.label for level in Severity), "合计")
    sheet.widths(A=46)
    titles = {code: check.title for check in checks() for code in check.codes}
    counted: dict[str, Counter[Severity]] = {}
    for finding in (each for each in differing if not each.state):
        counted.setdefault(titles.get(finding.code, finding.code), Counter())[finding.severity] += 1
    if unread:
        counted["读取提示"] = Counter(finding.severity for finding in unread if not finding.state)
    row = _FIRST
    for label, counts in counted.items():
        sheet.text(row, 1, label)
        _counts(sheet, row, counts)
        row += 1
    everything = Counter(each.severity for each in (*differing, *unread) if not each.state)
    sheet.text(row, 1, "合计", bold=True)
    _counts(sheet, row, everything, bold=True)
    row += 1
    listed = () if not_read is None else (f"返回的文件中没有读入的：{len(not_read)} 处，见“未读清单”",)
    facts = (
        *listed,
        f"评价规则：{delivery.evaluation.profile.title}",
        f"稿次：{delivery.mark}",
        *_settled(differing, unread),
        f"已登记的更正：{len(delivery.project.corrections)} 项",
    )
    for text in facts:
        row += 1
        sheet.text(row, 1, text, font_color=QUIET)
    for label in ("编制人", "复核人", "日期"):
        row += 1
        sheet.text(row, 1, f"{label}：", bold=True, bg_color=FILL_GROUND)


def _settled(*lists: Sequence[Finding]) -> list[str]:
    """How many were settled, which the counts leave out."""
    states = Counter(finding.state for found in lists for finding in found if finding.state)
    return [f"{state}：{count} 项，不计入以上各数" for state, count in states.items()]


def _counts(sheet: Sheet, row: int, counts: Counter[Severity], **look: bool) -> None:
    for column, level in enumerate(Severity, 2):
        sheet.number(row, column, counts[level], "0", **look)
    sheet.number(row, 2 + len(Severity), sum(counts.values()), "0", **look)


def _list(book: Book, title: str, about: str, findings: Sequence[Finding], people: str) -> None:
    """A line a finding, then the columns to fill in, with their lists to choose from."""
    sheet = book.sheet(book.name(title), title, about)
    sheet.heads(*_HEADS, *FILLED_IN)
    sheet.widths(A=5, B=6, C=14, D=36, E=11, F=11, G=11, H=24, I=24, J=11, K=16, L=9, M=11)
    for row, finding in enumerate(findings, _FIRST):
        sheet.number(row, 1, row - _FIRST + 1, "0")
        if finding.state:
            sheet.text(row, 2, finding.state, font_color=QUIET)
        else:
            sheet.severity(row, 2, finding.severity)
        words = (
            finding.subject,
            finding.message,
            finding.printed,
            finding.recomputed,
            finding.tolerance,
            _place(finding),
            finding.answer if finding.state else finding.remedy,
        )
        for column, text in enumerate(words, 3):
            sheet.text(row, column, text)
    to_fill(sheet, len(_HEADS), len(findings), people)


def _place(finding: Finding) -> str:
    """The cells, and those of the one figure that explains the difference, where only one does."""
    suspects = f"；疑似有误：{addresses(finding.suspects)}" if finding.suspects else ""
    return addresses(finding.cells) + suspects


def _unread(book: Book, lines: Sequence[NotRead], people: str) -> None:
    """A line for each thing that counties returned and nobody read, with its place, then the columns to fill in."""
    about = "各县区返回的文件中没有读入汇总的内容，不在评价所用的数里；可能有数的在先，文字在后。"
    sheet = book.sheet(book.name("未读清单"), "未读清单", about)
    sheet.heads(*_NOT_READ_HEADS, *FILLED_IN)
    sheet.widths(A=5, B=10, C=7, D=24, E=12, F=10, G=22, H=34, I=24, J=11, K=16, L=9, M=11)
    for row, line in enumerate(lines, _FIRST):
        sheet.number(row, 1, row - _FIRST + 1, "0")
        file = f"{line.file}（{line.version}）" if line.version else line.file
        words = (
            line.county or "不明",
            line.category,
            file,
            line.sheet,
            line.cell,
            line.text,
            line.reason,
            line.remedy,
        )
        for column, text in enumerate(words, 2):
            sheet.text(row, column, text or "—")
    to_fill(sheet, len(_NOT_READ_HEADS), len(lines), people)


def _files(book: Book, delivery: Delivery) -> None:
    """What was read, and what the analyst wrote beside it, with the hashes that tell one state from another."""
    sheet = book.sheet(book.name("资料"), "资料", "核对所依据的文件；哈希值不同即不是同一份文件。")
    sheet.heads("文件", "SHA-256")
    sheet.widths(A=46, B=70)
    for row, file in enumerate((*delivery.project.inputs, *delivery.project.beside), _FIRST):
        sheet.text(row, 1, file.name)
        sheet.text(row, 2, file.sha256)

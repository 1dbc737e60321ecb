"""archive.zip: what a third party keeps (财监〔2021〕4号 第二十条) in its three groups, with a list of hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from wenxiao.model import Problem, ProjectError
from wenxiao.project import Project
from wenxiao.project.member_name import member_name
from wenxiao.project.project_folder import EVIDENCE
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.sources import COLLECT, SOURCES
from wenxiao.reports.hand_over.zipped import zipped
from wenxiao.reports.working_paper import working_paper
from wenxiao.reports.working_paper.book import CONTENTS, Book
from wenxiao.reports.working_paper.notes import write_contents

LIST, HASHES = "清单.xlsx", "清单.sha256"
WORKING_PAPER, QUALITY = "working-paper.xlsx", "内部质控单.xlsx"
_FIRST = 5
_REVIEW_KINDS = {"problems", "evidence", "texts"}
"""Kinds of tables that the evaluators make: a workbook of these alone is a working paper, not data that was returned."""
_REVIEW_FIELDS = ("preparer", "calculation", "decision")
_CHECKED = ("催报表", "版本比对", "未读清单", "register.yaml", "待录入", "意见采纳")
_FORMS = ("sent", "returned", "versions")
"""Folders of what was collected in which every file is a form, whatever it is called."""
_KEPT_INSIDE = ("公开的稿次只列这一组的文件名和哈希值，文件本身留存在内部归档中。", "公开的稿次不含这一组。")


class Group(Enum):
    """The groups of the archive in their order."""

    DATA = "基础数据报表"
    CHECKED = "数据核查确认报告"
    WORK = "工作底稿"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: its group, its safe name, the name it had, its content, and why it is only listed."""

    group: Group
    name: str
    original: str
    content: bytes
    listed_only: bool = False

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return hashlib.sha256(self.content).hexdigest()


def archive(delivery: Delivery, files: Mapping[str, bytes]) -> bytes:
    """The packed archive of the files of an edition and of what they rest on, the same bytes for the same files.

    `files` are those of the edition by name, and, below `data/`, those of the project's folder as they are
    (`sources.project_files`). The working paper is made where none is among them. An edition for release holds what is
    made for its readers: of returned data the list and the hashes only, nothing of what was checked. Raises ProjectError
    where a source is no longer the one that was evaluated.
    """
    _same_sources(delivery.project, files)
    members = tuple(_members(delivery, files))
    content = {member.name: member.content for member in members if not member.listed_only}
    hashes = "".join(f"{member.sha256}  {name}\n" for member in members if (name := member.name) in content)
    return zipped({LIST: _list(delivery, members), HASHES: hashes.encode(), **content})


def _same_sources(project: Project, files: Mapping[str, bytes]) -> None:
    """The workbooks to be kept are those that the figures were read from."""
    problems = [
        Problem(
            "资料在评价之后改动过，不能与这份报告一起归档",
            file=f"{project.name}/{read.name}",
            rule="归档的资料就是评价所依据的资料（SHA-256 相同）",
            remedy="重新评价后再归档",
        )
        for read in (*project.inputs, *project.beside)
        if (content := files.get(f"{SOURCES}{read.name}")) is not None
        and hashlib.sha256(content).hexdigest() != read.sha256
    ]
    if problems:
        raise ProjectError(problems)


def _members(delivery: Delivery, files: Mapping[str, bytes]) -> Iterator[Member]:
    """Every file in its group, in the order of groups and names."""
    release = delivery.audience.release
    made = {name: content for name, content in files.items() if not name.startswith(SOURCES)}
    if WORKING_PAPER not in made:
        made[WORKING_PAPER] = _working_paper(delivery)
    wanted: list[tuple[Group, str, str, bytes]] = []
    for name, content in files.items():
        if name.startswith(SOURCES):
            inside = name.removeprefix(SOURCES)
            wanted.append((_group_of(delivery.project, inside), inside, inside, content))
    for name, content in made.items():
        group = Group.CHECKED if name == QUALITY else Group.WORK
        wanted.append((group, name if group is Group.CHECKED else f"报告/{name}", name, content))
    wanted.sort(key=lambda each: ([*Group].index(each[0]), each[1]))
    taken: set[str] = set()
    for group, inside, original, content in wanted:
        source = f"{SOURCES}{original}" in files
        if release and (group is Group.CHECKED or (source and group is not Group.DATA)):
            continue
        withheld = release and source
        if withheld and delivery.audience.names_a_peer(inside):
            continue
        name = member_name(f"{group.value}/{inside}", taken)
        taken.add(name.lower())
        yield Member(group, name, original, content, listed_only=withheld)


def _working_paper(delivery: Delivery) -> bytes:
    readers = delivery.audience
    consent = readers.release and not readers.peers
    return working_paper(
        delivery.evaluation,
        delivery.district,
        audience="release" if readers.release else "internal",
        consent=consent,
        edition=delivery.edition,
    ).content


def _group_of(project: Project, inside: str) -> Group:
    """The group of a file of the project's folder: by what is in it, else by where it lies and what it is called."""
    top, _, _ = inside.removeprefix(COLLECT).partition("/")
    if inside.startswith(COLLECT) and top in _FORMS:
        return Group.DATA
    if inside.partition("/")[0] in EVIDENCE and "/" in inside:
        return Group.WORK
    name = inside.rpartition("/")[2]
    if any(word in name for word in _CHECKED) or inside == "corrections.yaml":
        return Group.CHECKED
    if inside.startswith(COLLECT):
        return Group.DATA
    if name in ("narrative.md", "SOURCE.md"):
        return Group.WORK if name == "narrative.md" else Group.DATA
    tables = [table for table in project.tables if table.origin.file == inside]
    kinds = {table.kind for table in tables} - {"other", "head"}
    if kinds == {"opinions"}:
        return Group.CHECKED
    if kinds and kinds <= _REVIEW_KINDS:
        return Group.WORK
    scored = [table for table in tables if table.kind == "scorecard"]
    if scored and any(table.has(key) for table in scored for key in _REVIEW_FIELDS):
        return Group.WORK
    return Group.DATA


def _list(delivery: Delivery, members: tuple[Member, ...]) -> bytes:
    """清单.xlsx: what is in the archive, a line a file, and how many there are of each group."""
    title = f"{delivery.title}　归档清单"
    book = Book(title, delivery.mark, delivery.audience)
    contents = book.sheet(book.name(CONTENTS), title, delivery.mark)
    groups = book.sheet(
        book.name("分组"), "分组", "第三方机构归档：基础数据报表、数据核查确认报告、工作底稿。"
    )
    groups.heads("组", "文件", "说明")
    groups.widths(A=22, B=8, C=60)
    for row, group in enumerate(Group, _FIRST):
        of_group = [member for member in members if member.group is group]
        groups.text(row, 1, group.value, bold=True)
        groups.number(row, 2, len(of_group), "0")
        groups.text(row, 3, _note(delivery, group, of_group))
    sheet = book.sheet(book.name("文件"), "文件", f"哈希值另存为 {HASHES}，可用 sha256sum -c 核对。")
    sheet.heads("序号", "组", "归档名", "原名", "字节", "SHA-256", "备注")
    sheet.widths(A=6, B=18, C=46, D=40, F=68, G=16)
    for row, member in enumerate(members, _FIRST):
        sheet.number(row, 1, row - _FIRST + 1, "0")
        sheet.text(row, 2, member.group.value)
        sheet.text(row, 3, "" if member.listed_only else member.name)
        sheet.text(row, 4, member.original)
        sheet.number(row, 5, len(member.content), "#,##0")
        sheet.text(row, 6, member.sha256)
        sheet.text(row, 7, "只列清单" if member.listed_only else "")
    write_contents(contents, book)
    return book.content()


def _note(delivery: Delivery, group: Group, members: list[Member]) -> str:
    if delivery.audience.release and group is Group.DATA:
        return _KEPT_INSIDE[0]
    if delivery.audience.release and group is Group.CHECKED:
        return _KEPT_INSIDE[1]
    return "" if members else "没有。"

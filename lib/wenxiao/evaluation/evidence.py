"""The evidence (证据) that scores and problems rest on, as a 证据清单 lists it, and the files that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize

from wenxiao.model import CellRef, Table
from wenxiao.project.project import Project
from wenxiao.project.project_folder import EVIDENCE

_BETWEEN = re.compile(r"[、,，;；/\n]+")
_HASH = re.compile(r"[0-9a-f]{64}")


class Presence(Enum):
    """Whether a piece of evidence is there.

    `UNCHECKED` says that the list names no file to look for; `NOT_PROVIDED` that it has a column for the file or its
    hash, and nothing stands there.
    """

    FOUND = "已核对"
    ABSENT = "文件缺"
    CHANGED = "校验码不符"
    UNCHECKED = "未列文件"
    NOT_PROVIDED = "未提供"


@dataclass(frozen=True, eq=False)
class Evidence:
    """One piece of evidence: its number, name, 县区, file and page, the SHA-256 the list states, and whether it is there.

    `found_sha256` is the hash of the file in the project's folder, '' where it is not there.
    """

    number: str
    name: str
    district: str
    file: str
    page: str
    sha256: str
    found_sha256: str
    presence: Presence
    cell: CellRef
    table: Table
    record: int

    @property
    def provided(self) -> bool:
        """Whether somebody handed it in, as the list says."""
        return self.presence is not Presence.NOT_PROVIDED


def evidence_numbers(text: str) -> tuple[str, ...]:
    """The numbers of evidence that a cell cites, each once.

    >>> evidence_numbers("E-01、E-02，E-01"), evidence_numbers("")
    (('E-01', 'E-02'), ())
    """
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def evidence_of(project: Project) -> tuple[Evidence, ...]:
    """Every piece of evidence that a project lists, in source order, held against the files of its evidence folder."""
    return tuple(item for table in project.of_kind("evidence") for item in _listed(table, project))


def _listed(table: Table, project: Project) -> Iterator[Evidence]:
    files = {file.name: file.sha256 for file in project.evidence}
    for record in table.records():
        number, cell = table.text(record, "evidence_number"), table.text_cell(record, "evidence_number")
        if not number or cell is None:
            continue
        file = normalize("NFC", table.text(record, "file").strip()).replace("\\", "/").removeprefix("./")
        stated = table.text(record, "sha256").strip().lower()
        inside = next(
            (file.removeprefix(f"{name}/") for name in EVIDENCE if file.startswith(f"{name}/")), file
        )
        found = files.get(file, "") or files.get(inside, "")
        yield Evidence(
            number=number.strip(),
            name=table.text(record, "evidence_name"),
            district=table.text(record, "district"),
            file=file,
            page=table.text(record, "page"),
            sha256=stated,
            found_sha256=found,
            presence=_presence(table, file, stated, found),
            cell=cell,
            table=table,
            record=record,
        )


def _presence(table: Table, file: str, stated: str, found: str) -> Presence:
    if not table.has("file") and not table.has("sha256"):
        return Presence.UNCHECKED
    if not file:
        return Presence.UNCHECKED if _HASH.fullmatch(stated) else Presence.NOT_PROVIDED
    if not found:
        return Presence.ABSENT
    return Presence.CHANGED if _HASH.fullmatch(stated) and stated != found else Presence.FOUND

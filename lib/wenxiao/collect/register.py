"""The register (收表登记): every file that came back, and what people decided of it; their part is never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from wenxiao.collect.collection import Collection, keep
from wenxiao.model import Problem, ProjectError
from wenxiao.model.written_text import text_of
from wenxiao.model.yaml_text import load_yaml
from wenxiao.project.made_files import RECORD

READ, TO_TYPE, UNREAD, UNDECIDED, REFUSED = "已收", "待录入", "未读", "待认定", "不收"
"""What became of a file: read · a scan, to be typed in · cannot be read · whose it is must be decided · a person said no."""
MARK = "# ======== 以下由 wenxiao collect 登记，每次重写；请不要改动这一行和下面的内容 ========"
_TOP = """# 收表登记。这一部分由人写，程序只读不改：认定一份表是哪个县区的，决定以哪一版为准，或不收某一份。
# 写法（sha256 可以只写前 8 位；reason 必写）：
# decisions:
#   - {sha256: 1a2b3c4d, county: 某县, reason: 电话核实, by: 张三, date: 2026-01-05}
#   - {sha256: 1a2b3c4d, ignore: true, reason: 测试表}
#   - {county: 某县, use: v1, reason: 补报表误报}
#   - {county: 某县, kind: 资金情况, use: v2-补报, reason: 以补报的资金为准}
decisions: []

"""


class Decision(BaseModel):
    """What a person decided: whose a file is, that it does not count, or which version of a county counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str
    sha256: str = ""
    county: str = ""
    ignore: bool = False
    kind: str = ""
    use: str = ""
    by: str = ""
    date: str = ""

    @model_validator(mode="before")
    @classmethod
    def _texts(cls, said: Any) -> Any:
        if not isinstance(said, dict):
            raise ValueError("每一条写作 {…: …}")
        return {key: value if isinstance(value, bool) else str(value) for key, value in said.items()}

    @model_validator(mode="after")
    def _whole(self) -> Decision:
        if not self.reason.strip():
            raise ValueError("没有写 reason（理由）")
        if self.use and not self.county:
            raise ValueError("写了 use，没有写 county（哪个县区）")
        if not self.use and not (self.sha256 and (self.county or self.ignore)):
            raise ValueError("要么写 county 和 use，要么写 sha256 和 county 或 ignore")
        if self.sha256 and len(self.sha256) < 8:
            raise ValueError("sha256 至少写前 8 位")
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that came back.

    file      its path in the folder it came in; `also` other names under which the same bytes came
    received  when it was registered; `batch` counts the times that something new came
    county    whose it is as far as its evidence goes, '' where that is undecided; `named` what says so
    rank      1, 2 …: which return of this county it is; two files of one rank came together, without an order
    version   v1, v2-补报 …; `kept` the copy
    state     READ, TO_TYPE, UNREAD, UNDECIDED; `reason` and `remedy` where it is not READ, or a doubt where it is
    """

    file: str
    sha256: str
    received: str
    state: str
    county: str = ""
    version: str = ""
    rank: int = 0
    batch: int = 0
    kept: str = ""
    named: str = ""
    reason: str = ""
    remedy: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """All entries, in the order they came, and the decisions of people."""

    entries: tuple[Entry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    top: str = _TOP

    def decision(self, entry: Entry) -> Decision | None:
        """What a person decided of a file, the last word first."""
        return next(
            (
                said
                for said in reversed(self.decisions)
                if said.sha256 and entry.sha256.startswith(said.sha256.lower())
            ),
            None,
        )

    def use(self, county: str, *table: str) -> Decision | None:
        """Which version counts for a county's table, by any of its names, where a person said so; what is said of it alone first."""
        said = [each for each in self.decisions if each.use and each.county == county]
        return next((each for each in said if each.kind in table), None) or next(
            (each for each in said if not each.kind), None
        )

    def text(self) -> str:
        """The register as a file: the people's part as it stood, the entries below."""
        files = [
            {
                key: list(value) if isinstance(value, tuple) else value
                for key, value in asdict(entry).items()
                if value
            }
            for entry in self.entries
        ]
        listed = yaml.safe_dump({"files": files}, allow_unicode=True, sort_keys=False, width=1000)
        return f"{self.top.rstrip()}\n\n{MARK}\n{listed}"


def load_register(collection: Collection) -> Register:
    """The register of a collection, an empty one where there is none; ProjectError with all that is wrong in it."""
    path = collection.register
    if not path.is_file():
        return Register()
    text = text_of(path, ProjectError)
    top, mark, below = text.partition(MARK)
    said = load_yaml(top, ProjectError, path.name) or {}
    listed = load_yaml(below, ProjectError, path.name) or {}
    if not mark:
        raise ProjectError(
            Problem(
                "收表登记中间的分隔行不见了", file=path.name, rule=MARK, remedy="把这一行放回 files: 的上面"
            )
        )
    problems: list[Problem] = []
    decisions = tuple(_decisions(said, path.name, problems))
    try:
        entries = tuple(
            Entry(**{**item, "also": tuple(item.get("also", ()))}) for item in listed.get("files") or ()
        )
    except (TypeError, AttributeError) as error:
        problems.append(
            Problem(
                f"收表登记的下半部分被改动过：{error}",
                file=path.name,
                remedy="恢复上一份；人工决定写在上半部分",
            )
        )
        entries = ()
    if problems:
        raise ProjectError(problems)
    return Register(entries, decisions, top)


def save_register(collection: Collection, register: Register) -> None:
    """Writes the register, whole or not at all."""
    record = collection.folder / RECORD
    if not collection.register.exists() and not record.exists():
        keep(record, b"{}")  # whose collection has none was begun by an earlier version
    keep(collection.register, register.text().encode())


def _decisions(said: Any, file: str, problems: list[Problem]) -> Iterable[Decision]:
    listed = (said.get("decisions") if isinstance(said, dict) else said) or []
    if not isinstance(listed, list):
        problems.append(Problem("decisions 应是一个列表", file=file, remedy="每条以“- ”开头"))
        return
    for number, item in enumerate(listed, start=1):
        try:
            yield Decision.model_validate(item)
        except ValidationError as error:
            problems += [
                Problem(
                    f"第 {number} 条人工决定有误：{each['msg'].removeprefix('Value error, ')}",
                    file=file,
                    value=".".join(map(str, each["loc"])),
                    remedy="照文件开头的写法改正",
                )
                for each in error.errors()
            ]

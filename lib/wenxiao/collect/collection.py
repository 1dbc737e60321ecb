"""A collection (收表): what was asked of the counties of a project and what came back, as one folder in the project's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from wenxiao.collect.form import Form, load_form, read_form
from wenxiao.fields import Registry
from wenxiao.model import OutputError, Problem, ProjectError
from wenxiao.project import Workspace
from wenxiao.project.made_files import RECORD
from wenxiao.project.place import place_of, write_whole

ROSTER_NAMES = ("roster", "名册")
ROSTER_SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".tsv")
_WAIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Collection:
    """The paths of a collection; `project` is the project's data folder. Nothing need be there yet but the roster.

    >>> Collection(Path("data/某市2025")).merged.as_posix()
    'data/某市2025/汇总.xlsx'
    """

    project: Path

    @classmethod
    def of(cls, workspace: Workspace, name: str) -> Collection:
        """The collection of a project by its name, or by its path from the workspace's root; ProjectError if none is there."""
        folder = workspace.resolve(name if name.replace("\\", "/").startswith("data/") else f"data/{name}")
        if not folder.is_dir():
            raise ProjectError(
                Problem(
                    "没有这个项目文件夹",
                    file=workspace.relative(folder),
                    remedy=f"先运行 wenxiao new {name}，或改正项目名称",
                )
            )
        return cls(folder)

    @property
    def name(self) -> str:
        """The project's name."""
        return self.project.name

    @property
    def folder(self) -> Path:
        """Where everything of the collection lies; the project's own tables are not looked for there."""
        return self.project / "collect"

    @property
    def roster(self) -> Path:
        """The roster: the first of roster.xlsx, roster.csv …, 名册.xlsx … that is there, else where it should be."""
        places = [self.folder / f"{name}{suffix}" for name in ROSTER_NAMES for suffix in ROSTER_SUFFIXES]
        return next((place for place in places if place.is_file()), places[0])

    @property
    def form_file(self) -> Path:
        """A form of one's own; the county form of the package where there is none."""
        return self.folder / "form.yaml"

    @property
    def sent(self) -> Path:
        """The templates that were made, one a county."""
        return self.folder / "sent"

    @property
    def returned(self) -> Path:
        """What came back, in any folders under any names; it is never written to."""
        return self.folder / "returned"

    @property
    def versions(self) -> Path:
        """The kept copies, a folder a county."""
        return self.folder / "versions"

    @property
    def register(self) -> Path:
        """What was received, and what people decided of it."""
        return self.folder / "register.yaml"

    @property
    def merged(self) -> Path:
        """The merged workbook, among the project's own tables."""
        return self.project / "汇总.xlsx"

    @property
    def tidy_csv(self) -> Path:
        """The merged values, a line each."""
        return self.folder / "汇总数据.csv"

    @property
    def tidy_parquet(self) -> Path:
        """The same as `tidy_csv`."""
        return self.folder / "汇总数据.parquet"

    @property
    def chase_list(self) -> Path:
        """Who has returned what, and who is to be asked again."""
        return self.folder / "催报表.xlsx"

    @property
    def comparison(self) -> Path:
        """What the versions of each county differ in."""
        return self.folder / "版本比对.xlsx"

    @property
    def unread(self) -> Path:
        """What was not read, with the reason."""
        return self.folder / "未读清单.xlsx"

    def form(self, registry: Registry) -> Form:
        """The form that is sent; ProfileError with all that is wrong in one's own."""
        return (
            read_form(self.form_file, registry) if self.form_file.is_file() else load_form("county", registry)
        )

    def write(self, path: Path, content: bytes) -> None:
        """Writes a file that is made anew each time; OutputError where what lies there is not as the program left it."""
        name = path.relative_to(self.project).as_posix()
        record = self.folder / RECORD
        known = _record(record)
        former = known.get(name, [])
        written = hashlib.sha256(content).hexdigest()
        if path.exists():
            there = hashlib.sha256(path.read_bytes()).hexdigest()
            of_an_earlier_version = not record.exists() and self.register.is_file()
            if there != written and not of_an_earlier_version and there not in former:
                raise OutputError(
                    Problem(
                        "这个文件不是本程序生成的，或生成后被改动过，没有覆盖",
                        file=name,
                        remedy="要保留的另存为别的名称，放到别的文件夹；不保留的删去，再运行",
                    )
                )
        # Before the file, so that a kill in between leaves nothing that is taken for a person's.
        keep(record, json.dumps({**known, name: [*former[-1:], written]}, ensure_ascii=False).encode())
        keep(path, content)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other processes and threads from writing to this collection inside the block; ProjectError if one takes too long.

        Whoever is alone may ask again: what is read and then written about belongs into one.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", timeout=_WAIT_SECONDS, is_singleton=True):
                yield
        except Timeout:
            raise ProjectError(
                Problem(
                    "另一个收表命令还在写这个项目", file=f"{self.name}/collect", remedy="等它结束后再运行"
                )
            ) from None


def _record(path: Path) -> dict[str, list[str]]:
    """The hashes of the files that were made, by name; none where nothing sound is there."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def form_digest(form: Form) -> str:
    """What tells a form from another: the first 16 digits of the SHA-256 of what it says."""
    return hashlib.sha256(form.model_dump_json().encode()).hexdigest()[:16]


def keep(path: Path, content: bytes) -> None:
    """Writes `content` to the file, whole or not at all. OutputError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place_of(path), content)
    except OSError as error:
        raise OutputError(
            Problem(
                f"文件写不进去：{error.strerror}",
                file=path.name,
                remedy="关闭打开着它的程序，检查磁盘空间和文件夹权限",
            )
        ) from error

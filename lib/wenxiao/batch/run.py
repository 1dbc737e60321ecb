"""A run: one notebook with one set of parameters, where its files go, what came of it, and what executes runs."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from upath import UPath

from wenxiao.model.errors import Problem, RunError
from wenxiao.project.place import local, place_of

FAILED = ".failed.ipynb"


@dataclass(frozen=True, slots=True)
class Run:
    """One notebook with one set of parameters, as `papermill -f` would pass them.

    `root` is the workspace's folder; `outputs` is the address that all runs' folders lie at, an absolute local path or one
    that fsspec knows. Where the workspace is elsewhere, `origin` is its address and `root` a copy on this machine.

    >>> Run("project_report", "mudan-2023", {}, Path("/w"), "/w/outputs").folder.as_posix()
    '/w/outputs/project_report/mudan-2023'
    >>> Run("project_report", "mudan-2023", {}, Path("/w"), "memory://outputs").place
    MemoryPath('/outputs/project_report/mudan-2023', protocol='memory')
    """

    notebook: str
    name: str
    parameters: Mapping[str, object]
    root: Path
    outputs: str
    origin: str = ""

    @property
    def key(self) -> str:
        """Notebook and name, as the terminal shows a run."""
        return f"{self.notebook}/{self.name}"

    @property
    def source(self) -> Path:
        """The notebook to execute."""
        return self.root / "notebooks" / f"{self.notebook}.ipynb"

    @property
    def place(self) -> UPath:
        """Where the report lies once it is whole."""
        return place_of(self.outputs) / self.notebook / self.name

    @property
    def folder(self) -> Path:
        """The place as a path of this machine; ValueError if it lies elsewhere."""
        folder = local(self.place)
        if folder is None:
            raise ValueError(
                f"{self.key} has its outputs at {self.outputs}, which is no folder of this machine"
            )
        return folder

    @property
    def failed_notebook(self) -> UPath:
        """Where the notebook of a failed run is kept, its failing cell marked; gone once it runs again."""
        return place_of(self.outputs) / self.notebook / f"{self.name}{FAILED}"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed.

    `cell` counts the code cells of the executed notebook from 1 (as `In [n]` does), 0 if it was no cell that failed;
    `line` is its first line. `name` is the error's; `messages` are for people, `traceback` for programmers.
    """

    notebook: str
    run: str
    name: str
    messages: tuple[str, ...]
    cell: int = 0
    line: str = ""
    traceback: str = ""

    @property
    def where(self) -> str:
        """The cell as one phrase; empty if it was no cell."""
        return f"第 {self.cell} 个代码单元（{self.line}）" if self.cell else ""

    @property
    def error(self) -> RunError:
        """The failure as an exception, a problem a message."""
        return RunError(
            Problem(
                message.removesuffix("。"), file=f"{self.notebook}.ipynb", sheet=self.run, cell=self.where
            )
            for message in self.messages
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: the headline of the results it recorded, or why there are none.

    `memory` is the most that its process held, in bytes, shared parts included; 0 where that is not known.
    """

    run: Run
    seconds: float
    headline: Mapping[str, Any] | None = None
    failure: Failure | None = None
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A run that has come to a cell: `cell` of `cells`, counted from 1."""

    run: Run
    cell: int
    cells: int


_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


def name_key(name: str) -> str:
    """What two run names share if some file system takes them for one: upper and lower case, composed characters.

    >>> name_key("Linyi-2021") == name_key("linyi-2021")
    True
    """
    return unicodedata.normalize("NFC", name).casefold()


def is_safe(name: str) -> bool:
    """Whether a run may be called so: a folder of that name can be made on every system, and lies where it should.

    >>> is_safe("linyi-2021--兰山区"), is_safe(".."), is_safe("a/b"), is_safe("CON"), is_safe("a.")
    (True, False, False, False, False)
    """
    return (
        0 < len(name.encode("utf-8", "replace")) <= 200
        and name.isprintable()
        and not any(character in '/\\:*?"<>|' for character in name)
        and name[0] not in ". "
        and name[-1] not in ". "
        and not name.endswith(".ipynb")
        and name.partition(".")[0].casefold() not in _RESERVED
    )


NO_KEYS: Mapping[str, str] = MappingProxyType({})


class Executor(Protocol):
    """Executes runs, each on its own: whatever happens to one is the outcome of that one."""

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress as it comes, and exactly one outcome a run, in the order they end.

        `keys` are those of the runs' Decisions, by `Run.key`, for their manifests. Closing the iterator, or an exception in
        the process that reads it, stops all that still runs.
        """
        ...


class Retrying:
    """Executes runs by another executor, and those that failed again, up to so many times; an Executor."""

    def __init__(self, executor: Executor, retries: int) -> None:
        self._executor = executor
        self._retries = retries

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress and outcomes, that of the last attempt only; see Executor."""
        for attempt in range(self._retries + 1):
            failed: deque[Run] = deque()
            for event in self._executor.execute(runs, keys):
                if isinstance(event, Outcome) and event.failure and attempt < self._retries:
                    failed.append(event.run)
                else:
                    yield event
            runs = tuple(failed)
            if not runs:
                return

"""Keeping a state as parameters, and making its report."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import ipywidgets as widgets
from markupsafe import escape

from wenxiao.batch.log import FOLDER
from wenxiao.explorer.panel import Panel, choose, line, one_of, quiet, told
from wenxiao.explorer.parameter_set import NOTEBOOKS, ParameterSet
from wenxiao.explorer.session import Session
from wenxiao.project import Workspace

_SHARING = "district_ranking"
"""The notebook that shows how money is shared out."""


class ReportPanel(Panel):
    """A name, a button that writes the parameter files, and one that runs them with a bar and links the report."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.name = widgets.Text(description="名称", placeholder="如 linyi-测算1")
        self.notebook = widgets.Dropdown(description="笔记", options=NOTEBOOKS)
        self.keep = widgets.Button(description="保存为参数")
        self.make = widgets.Button(description="生成报告", button_style="primary")
        self.bar = widgets.IntProgress(
            min=0, max=1, value=0, layout=widgets.Layout(width="24em", visibility="hidden")
        )
        self.saved = widgets.Dropdown(
            description="已保存", layout=widgets.Layout(width="26em", max_width="100%")
        )
        self.open = widgets.Button(description="打开", tooltip="按保存时的样子打开；现在的状态可以撤销回来")
        self.children = (
            self.message,
            line(self.name, self.notebook),
            line(self.keep, self.make, self.bar),
            line(self.saved, self.open),
        )
        self.task: asyncio.Task[None] | None = None
        self.press(self.keep, self._keep)
        self.press(self.make, self._make)
        self.press(self.open, lambda: session.open_saved(self.saved.value))

    def draw(self) -> None:
        """Offers the saved states; what is kept is whatever the session is when a button is pressed."""
        names = ParameterSet.saved(self.session.workspace)
        choose(self.saved, names, one_of(names, self.saved.value))
        self.open.disabled = not names

    def _keep(self) -> None:
        parameters, name = self.session.state.parameters, self.name.value.strip()
        files = parameters.save(self.session.workspace, name, self.notebook.value)
        said = f"已保存 {'、'.join(files)}；wenxiao run {name} 可重新生成。"
        if "scheme" in parameters.changes and self.notebook.value != _SHARING:
            said += "资金分配写在“县区排名”里，不在项目报告里；需要时换一个名称，笔记选“县区排名”。"
        self._drawn(self.draw)
        self.say(quiet(said))

    def _make(self) -> None:
        self._keep()
        if self.task is None or self.task.done():
            self.task = asyncio.ensure_future(self._run(f"{self.notebook.value}/{self.name.value.strip()}"))

    async def _run(self, run: str) -> None:
        self.make.disabled, self.bar.layout.visibility, self.bar.value = True, "visible", 0
        self.message.value = quiet("正在生成 ……")
        try:
            problems = await make_report(self.session.workspace, run, self._reached)
            self.message.value = told(problems) if problems else self._link(run)
        finally:
            self.make.disabled = False
            self.bar.layout.visibility = "hidden"

    def _reached(self, cell: int, cells: int) -> None:
        self.bar.max, self.bar.value = cells, cell
        self.message.value = quiet(f"正在生成：第 {cell} 格，共 {cells} 格")

    def _link(self, run: str) -> str:
        path = self.session.workspace.outputs / run / "report.html"
        name, address = self.session.workspace.relative(path), address_of(path, self.session.workspace.root)
        if not address:
            return quiet(f"报告已生成：{name}")
        return (
            f'<div class="wx"><p>报告已生成：<a href="{escape(address)}" target="_blank" rel="noopener">'
            f"{escape(name)}</a></p></div>"
        )


def address_of(path: Path, root: Path) -> str:
    """The address of a file below `root`, from the host on; '' where the server does not give the file out.

    Jupyter's server is the parent of this kernel and says in its runtime file below which prefix (a hub's too) it gives
    out which folder. Voilà gives out what `make app` allows, from the workspace.
    """
    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
        return (
            os.environ.get("VOILA_BASE_URL", "/") + "voila/files/" + quote(path.relative_to(root).as_posix())
        )
    from jupyter_server.serverapp import list_running_servers  # noqa: PLC0415 - wanted once, and loads for long

    parents = {os.getppid(), int(os.environ.get("JPY_PARENT_PID") or 0)}
    for server in list_running_servers():
        given_out = Path(server.get("root_dir", "")).resolve()
        if server.get("pid") in parents and path.resolve().is_relative_to(given_out):
            return (
                str(server["base_url"]) + "files/" + quote(path.resolve().relative_to(given_out).as_posix())
            )
    return ""


_EVERY = 0.2
"""Seconds between two looks at the log."""


async def make_report(workspace: Workspace, run: str, told: Callable[[int, int], None]) -> tuple[str, ...]:
    """The command's lines if it failed, () if the report was made; `told(cell, cells)` is called as cells are reached."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from wenxiao.cli import main; main()", "run", run,
        cwd=workspace.root, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    waiting = asyncio.ensure_future(process.communicate())
    try:
        while not waiting.done():
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(waiting), _EVERY)
            reached = cells_of(workspace.outputs / FOLDER, process.pid)
            if reached is not None:
                told(*reached)
        said, _ = await waiting
    finally:
        if process.returncode is None:  # the cell was interrupted, or the panel is gone
            process.terminate()
    return tuple(said.decode("utf-8", "replace").splitlines()) if process.returncode else ()


def cells_of(folder: Path, process: int) -> tuple[int, int] | None:
    """The cell that the one run of a process is at, and of how many, by its log; None before the first."""
    for path in folder.glob(f"*-{process}.jsonl"):
        for written in reversed(path.read_text(encoding="utf-8").splitlines()):
            with suppress(ValueError):  # the last line may be half written
                event = json.loads(written)
                if event["event"] == "cell":
                    return event["cell"], event["cells"]
    return None

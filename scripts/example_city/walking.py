"""From the returned forms to the archive: the commands of the tutorial's chapter, each shown and run in a workspace of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from wenxiao.project.made_files import recording, remove_made

from .writing import DATA, NAME

ROOT = Path(__file__).resolve().parents[2]
MAKER = "scripts.example_city"
OPINIONS = "意见采纳表.xlsx"
STEPS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("给每个县区生成一份样表", f"wenxiao collect send {NAME}", (0,)),
    (
        "登记收回的文件：认出是哪个县区的，留存版本，读不出来的列出原因",
        f"wenxiao collect receive {NAME}",
        (1,),
    ),
    ("催报表：谁没有报，哪里要核实", f"wenxiao collect status {NAME}", (1,)),
    ("汇总成一个工作簿，每个数注明来自哪个文件哪个单元格", f"wenxiao collect merge {NAME}", (0,)),
    ("评价组的评分底稿、问题清单、证据清单和文字材料放进项目", "python -m scripts.example_city score", (0,)),
    ("项目已有表格，补上参数文件", f"wenxiao new {NAME}", (0,)),
    ("项目报告、县区排名、各项目汇总，每个县区一份报告", "wenxiao run --each-district", (0,)),
    ("交付征求意见稿", f"wenxiao deliver {NAME} --edition 征求意见稿", (0,)),
    ("收回的意见登记在意见采纳表", "python -m scripts.example_city opinions", (0,)),
    ("交付正式稿，归档", f"wenxiao deliver {NAME} --edition 正式稿", (0,)),
)
"""What each step is for, its command, and the statuses with which it ends well: 1 says that something is left to do."""
_PARAMETERS = {
    "portfolio/all.yaml": "projects: []\n",
    f"district_report/{NAME}.yaml": f"project: data/{NAME}\n",
}


def prepare(workspace: Path) -> None:
    """Makes the workspace anew: the notebooks, the parameters, the city's folder as it lies in data/.

    What an earlier call made there goes; where anything else lies there, nothing is removed and it ends.
    """
    left = remove_made(workspace, MAKER)
    if left:
        shown = "、".join(left[:5])
        raise SystemExit(
            f"{workspace} 里有不是本程序生成的文件（{len(left)} 个，如 {shown}），没有改动。请换一个文件夹，或自行移走。"
        )
    with recording(workspace, MAKER):
        shutil.copytree(
            ROOT / "notebooks", workspace / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
        shutil.copytree(DATA / "collect", workspace / "data" / NAME / "collect")
        shutil.copy(DATA / "SOURCE.md", workspace / "data" / NAME)
        for name, text in _PARAMETERS.items():
            path = workspace / "parameters" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def score(workspace: Path) -> None:
    """Puts the sheets and the evidence of the evaluation team into the project, but the opinions, which come later."""
    team, project = DATA / "team", workspace / "data" / NAME
    for path in sorted(team.glob("*.xlsx")):
        if path.name != OPINIONS:
            shutil.copy(path, project)
    shutil.copytree(team / "evidence", project / "evidence", dirs_exist_ok=True)


def opinions(workspace: Path) -> None:
    """Puts the opinions on the draft into the project."""
    shutil.copy(DATA / "team" / OPINIONS, workspace / "data" / NAME)


def walk(workspace: Path) -> None:
    """Prepares the workspace and runs each step in it; status 1 at the first that does not end as it should."""
    prepare(workspace)
    print(f"虚构示例：工作区 {workspace}", flush=True)
    here = {
        **os.environ,
        "WENXIAO_LANG": "zh",
        "WENXIAO_ROOT": str(workspace),
        "PYTHONPATH": os.pathsep.join(_paths()),
    }
    with recording(workspace, MAKER):
        for number, (what, command, well) in enumerate(STEPS, start=1):
            print(f"\n【{number}/{len(STEPS)}】{what}\n$ {command}", flush=True)
            done = subprocess.run(arguments(command), cwd=workspace, env=here, check=False)
            if done.returncode not in well:
                raise SystemExit(f"这一步没有成功（退出码 {done.returncode}）")
    print(f"\n归档包在 {workspace / 'outputs' / 'deliver' / NAME / '正式稿' / '归档.zip'}", flush=True)


def arguments(command: str) -> list[str]:
    """A command of the tutorial with the Python of this environment."""
    program, *rest = shlex.split(command)
    if program == "wenxiao":
        return [sys.executable, "-c", "from wenxiao.cli import main; main()", *rest]
    return [sys.executable, *rest]


def _paths() -> list[str]:
    """Where the steps find these scripts, whatever folder they run in."""
    return [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]

"""A workspace with one project of made-up districts, to explore and to write to."""

from pathlib import Path

import pytest
from wenxiao.explorer import ParameterSet, Session
from wenxiao.project import Workspace

SCORES = "县区,评价方式,产出（60分）,效益（40分）,得分\n甲县,现场,60.00,20.00,80.00\n乙县,非现场,48.00,38.00,86.00\n丙县,现场,55.00,36.00,91.00\n"
FUNDS = "资金来源,预算数（万元）,到位数（万元）,支出数（万元）\n中央资金,100,90,45\n省级资金,50,50,50\n合计,150,140,98\n"


@pytest.fixture
def workspace(workspace_root: Path) -> Workspace:
    """A workspace with the synthetic project `合成`, whose total of spending is wrong."""
    folder = workspace_root / "data" / "合成"
    folder.mkdir()
    (folder / "得分.csv").write_text(SCORES, encoding="utf-8")
    (folder / "资金.csv").write_text(FUNDS, encoding="utf-8")
    return Workspace(workspace_root)


@pytest.fixture
def session(workspace: Workspace) -> Session:
    """A session on that project by the national rules."""
    return Session(workspace, ParameterSet("data/合成"))

"""What units write into honest forms: projects of eight offices with their indicators, and the words around the figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Project:
    """A project of an office: counts (name, unit, low, high), shares, effects, effects in words, cost of one, who is served."""

    name: str
    counts: tuple[tuple[str, str, int, int], ...]
    shares: tuple[str, ...]
    effects: tuple[tuple[str, str, str, int, int], ...]
    words: tuple[tuple[str, str, str, str], ...]
    cost: tuple[str, str, int, int]
    served: str


SOCIAL, ECONOMIC, ECOLOGIC, LASTING = "社会效益指标", "经济效益指标", "生态效益指标", "可持续影响指标"


def _frozen(value: object) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


OFFICES: dict[str, tuple[Project, ...]] = {
    unit: tuple(Project(**{key: _frozen(value) for key, value in each.items()}) for each in projects)
    for unit, projects in yaml.safe_load(Path(__file__).with_name("pools.yaml").read_text("utf-8")).items()
}
SHORTFALLS = (
    "受汛期连续降雨影响停工，剩余部分计划于下年二季度完成，已重新排定工期",
    "首次招标流标，采购启动推迟两个月，今后提前编制采购需求",
    "部分点位征地协调未结束，已由属地牵头按周调度",
    "供应商交货延迟，已按合同扣除违约金并督促补齐",
    "申报对象少于预期，下年据实调减指标值",
    "疫情后用工紧张，施工队伍进场晚，已增派一个班组",
    "上级资金11月才下达，结转下年继续实施",
    "部分人员外出务工未能参加，已安排补办",
)
BELOW_IN_WORDS = (
    "进展慢于计划，主要是验收环节集中在年底，下年前移",
    "配套制度仍在征求意见，预计下年上半年印发",
)
SPENDING_LOW = ("部分款项按合同留作质保金", "尾款待结算审计后支付", "节约资金已交回财政")
SURVEYS = (
    "满意度通过发放问卷调查取得，共发放{a}份，收回有效问卷{b}份。",
    "{who}满意度由第三方电话访问取得，样本{b}人。",
    "满意度采用现场问卷，发放{a}份、有效{b}份，问卷与汇总表附后。",
)
GOALS = (
    ("目标1：{a}；目标2：保障{p}规范实施，资金专款专用。", "{a2}；{p}各项任务按方案推进，资金实行专账核算。"),
    (
        "通过实施{p}，{a}，提高公共服务水平。",
        "年度内{a2}。项目组织有序，服务水平比上年有所提高，但个别环节进度偏紧。",
    ),
    ("{a}，切实解决{who}反映的问题。", "{a2}，{who}反映集中的问题逐项销号。"),
    ("完成{p}年度任务，{a}，{b}。", "{p}年度任务执行情况：{a2}，{b2}。"),
    ("保障{p}工作正常开展。", "{p}工作按计划开展，主要任务见下表。"),
)

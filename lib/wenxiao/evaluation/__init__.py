"""Measures, scoring, grades, ranking and the audit: pure functions on a project and a profile."""

from wenxiao.evaluation.assemble import DistrictView, Position, district_view, evaluate
from wenxiao.evaluation.audience import INTERNAL, Audience, audience_in, audience_of
from wenxiao.evaluation.audit import CHECKS, Check, audit
from wenxiao.evaluation.claims import Claim, ListedProblem
from wenxiao.evaluation.district_figure import DistrictFigure
from wenxiao.evaluation.evaluation import Evaluation, Verdict
from wenxiao.evaluation.funds import STAGES, Funds, FundsLine, FundsYear
from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.evaluation.outputs import Output
from wenxiao.evaluation.ranking import Place, Ranking, ranks
from wenxiao.evaluation.scorecard import Indicator, Scorecard
from wenxiao.evaluation.shared_out import shared_out
from wenxiao.evaluation.works import Entry, Works

__all__ = [
    "CHECKS",
    "INTERNAL",
    "STAGES",
    "Audience",
    "Check",
    "Claim",
    "DistrictFigure",
    "DistrictView",
    "Entry",
    "Evaluation",
    "Funds",
    "FundsLine",
    "FundsYear",
    "Grade",
    "Indicator",
    "ListedProblem",
    "Output",
    "Place",
    "Position",
    "Ranking",
    "Scorecard",
    "Verdict",
    "Works",
    "audience_in",
    "audience_of",
    "audit",
    "district_view",
    "evaluate",
    "grade_of",
    "ranks",
    "shared_out",
]

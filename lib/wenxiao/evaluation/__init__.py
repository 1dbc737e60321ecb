"""Measures, scoring, grades, ranking and the audit: pure functions on a project and a profile."""

from wenxiao.evaluation.assemble import DistrictView, Position, district_view, evaluate
from wenxiao.evaluation.audience import INTERNAL, Audience, audience_in, audience_of
from wenxiao.evaluation.audit import Check, audit, checks
from wenxiao.evaluation.claims import Claim
from wenxiao.evaluation.deductions import Deduction, Deductions, ScoreLine, Support
from wenxiao.evaluation.district_figure import DistrictFigure
from wenxiao.evaluation.evaluation import Evaluation, Verdict
from wenxiao.evaluation.evidence import Evidence, Presence
from wenxiao.evaluation.funds import STAGES, Funds, FundsLine, FundsYear
from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.evaluation.opinions import Adoption, Opinion, open_opinions
from wenxiao.evaluation.outputs import Entry, Output, Works
from wenxiao.evaluation.problems import ListedProblem
from wenxiao.evaluation.ranking import Place, Ranking, ranks
from wenxiao.evaluation.scorecard import Indicator, Scorecard
from wenxiao.evaluation.shared_out import shared_out

__all__ = [
    "INTERNAL",
    "STAGES",
    "Adoption",
    "Audience",
    "Check",
    "Claim",
    "Deduction",
    "Deductions",
    "DistrictFigure",
    "DistrictView",
    "Entry",
    "Evaluation",
    "Evidence",
    "Funds",
    "FundsLine",
    "FundsYear",
    "Grade",
    "Indicator",
    "ListedProblem",
    "Opinion",
    "Output",
    "Place",
    "Position",
    "Presence",
    "Ranking",
    "ScoreLine",
    "Scorecard",
    "Support",
    "Verdict",
    "Works",
    "audience_in",
    "audience_of",
    "audit",
    "checks",
    "district_view",
    "evaluate",
    "grade_of",
    "open_opinions",
    "ranks",
    "shared_out",
]

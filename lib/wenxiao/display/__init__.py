"""How each value shows in a notebook and in a report: figures that open their derivation, tables, findings, pages.

Imported in a kernel, it registers its formatters with IPython.
"""

import sys

from wenxiao.display.allocation import allocation_table, allocation_words
from wenxiao.display.appendix import Appendix
from wenxiao.display.blocks import Block, Group, Paragraph, note, sentence
from wenxiao.display.chart import ChartBlock
from wenxiao.display.districts import (
    district_word,
    districts_table,
    districts_words,
    place_words,
    position_table,
    position_words,
)
from wenxiao.display.facts import conduct, denominators, facts_table, grading, missing_note
from wenxiao.display.findings import FindingsList, corrections_table, findings_list, findings_words
from wenxiao.display.formatters import html_of, register, text_of
from wenxiao.display.funds import (
    derived_words,
    funds_table,
    funds_words,
    funds_years_table,
    funds_years_words,
    investment_words,
)
from wenxiao.display.gaps import gap_table, gap_words, lacking_table, lacking_words, pair_table
from wenxiao.display.heat_grid import heat_grid
from wenxiao.display.inline import GradeWord, Inline, Phrase, Plain, Quiet, listed, phrase
from wenxiao.display.key_points import (
    KeyPoint,
    KeyPoints,
    district_points,
    portfolio_points,
    project_points,
    ranking_points,
)
from wenxiao.display.lines import Line, Lines
from wenxiao.display.narrative import Words, words
from wenxiao.display.output import Output, style, stylesheet
from wenxiao.display.outputs import outputs_table, outputs_words
from wenxiao.display.page import Page
from wenxiao.display.portfolio import findings_table, money_table, portfolio_words, results_table
from wenxiao.display.problems import problems_table, replies_table
from wenxiao.display.ranking import means_table, published_table, ranked_table, ranking_words
from wenxiao.display.rendering import Rendering
from wenxiao.display.review import (
    deductions_table,
    evidence_table,
    opinions_table,
    review_state_table,
    score_sheet_table,
)
from wenxiao.display.robustness import (
    firm_by_mode,
    firm_table,
    firm_words,
    left_out_table,
    spread_table,
    swap_table,
)
from wenxiao.display.scorecard import indicator_words, score_words, scorecard_table
from wenxiao.display.scoring import computed_table, review_table
from wenxiao.display.sheet import sheet_table, unused_table
from wenxiao.display.summary import (
    Strip,
    Tile,
    district_tiles,
    portfolio_tiles,
    project_tiles,
    ranking_tiles,
)
from wenxiao.display.survey import answers_table, satisfaction_table, satisfaction_words, survey_words
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.display.trial import (
    district_trial_table,
    project_trial_table,
    trial_weights_table,
    trial_words,
)
from wenxiao.display.values import block_of, internal
from wenxiao.display.works import contributions_table, neighbourhoods_table, works_table, works_words

if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()) is not None:
    register(_shell)

__all__ = [
    "Appendix",
    "Block",
    "ChartBlock",
    "FindingsList",
    "GradeWord",
    "Group",
    "Head",
    "Inline",
    "KeyPoint",
    "KeyPoints",
    "Line",
    "Lines",
    "Output",
    "Page",
    "Paragraph",
    "Phrase",
    "Plain",
    "Quiet",
    "Rendering",
    "ReportTable",
    "Row",
    "Strip",
    "Tile",
    "Words",
    "allocation_table",
    "allocation_words",
    "answers_table",
    "block_of",
    "computed_table",
    "conduct",
    "contributions_table",
    "corrections_table",
    "deductions_table",
    "denominators",
    "derived_words",
    "district_points",
    "district_tiles",
    "district_trial_table",
    "district_word",
    "districts_table",
    "districts_words",
    "evidence_table",
    "facts_table",
    "findings_list",
    "findings_table",
    "findings_words",
    "firm_by_mode",
    "firm_table",
    "firm_words",
    "funds_table",
    "funds_words",
    "funds_years_table",
    "funds_years_words",
    "gap_table",
    "gap_words",
    "grading",
    "heat_grid",
    "html_of",
    "indicator_words",
    "internal",
    "investment_words",
    "lacking_table",
    "lacking_words",
    "left_out_table",
    "listed",
    "means_table",
    "missing_note",
    "money_table",
    "neighbourhoods_table",
    "note",
    "opinions_table",
    "outputs_table",
    "outputs_words",
    "pair_table",
    "phrase",
    "place_words",
    "portfolio_points",
    "portfolio_tiles",
    "portfolio_words",
    "position_table",
    "position_words",
    "problems_table",
    "project_points",
    "project_tiles",
    "project_trial_table",
    "published_table",
    "ranked_table",
    "ranking_points",
    "ranking_tiles",
    "ranking_words",
    "register",
    "replies_table",
    "results_table",
    "review_state_table",
    "review_table",
    "satisfaction_table",
    "satisfaction_words",
    "score_sheet_table",
    "score_words",
    "scorecard_table",
    "sentence",
    "sheet_table",
    "spread_table",
    "style",
    "stylesheet",
    "survey_words",
    "swap_table",
    "text_of",
    "trial_weights_table",
    "trial_words",
    "unused_table",
    "words",
    "works_table",
    "works_words",
]

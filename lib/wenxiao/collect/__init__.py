"""Forms out and forms in: templates for the counties, what they return, and all of it as the tables of one project."""

from wenxiao.collect.accounting import Account, accounting
from wenxiao.collect.collection import Collection
from wenxiao.collect.comparison import Difference, comparison_workbook, differences
from wenxiao.collect.form import Form, FormSheet, load_form, read_form
from wenxiao.collect.merged import Merged, read_collection
from wenxiao.collect.merging import merge
from wenxiao.collect.new_project import NewProject, create_project
from wenxiao.collect.receiving import Receipt, receive
from wenxiao.collect.roster import County, read_roster
from wenxiao.collect.scoring import ScoringSheets, scoring_workbook, write_scoring
from wenxiao.collect.sending import Sent, send
from wenxiao.collect.status import Status, status, write_chase_list
from wenxiao.collect.template import write_template

__all__ = [
    "Account",
    "Collection",
    "County",
    "Difference",
    "Form",
    "FormSheet",
    "Merged",
    "NewProject",
    "Receipt",
    "ScoringSheets",
    "Sent",
    "Status",
    "accounting",
    "comparison_workbook",
    "create_project",
    "differences",
    "load_form",
    "merge",
    "read_collection",
    "read_form",
    "read_roster",
    "receive",
    "scoring_workbook",
    "send",
    "status",
    "write_chase_list",
    "write_scoring",
    "write_template",
]

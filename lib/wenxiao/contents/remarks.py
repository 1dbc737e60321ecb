"""What a report remarks: problems, what does not agree, what was corrected, what it rests on, what was not used."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao import display as show
from wenxiao.contents.content import Outlet, Part, Subject, content


@content("存在的问题", optional=True)
def problems(subject: Subject) -> Iterator[object]:
    """The list of problems, numbered on paper where it has no numbers of its own."""
    table = show.problems_table(subject.evaluation, subject.district)
    numbered = table is not None and any(head.name == "编号" for head in table.heads)
    yield Part(table, Outlet.PAGE | Outlet.ANNEX, counted="" if numbered else "问题")


content("问题的证据与反馈", name="replies", internal=True, place="problems")(
    lambda subject: (show.replies_table(subject.evaluation, subject.district),)
)


@content("勾稽核对", internal=True)
def findings(subject: Subject) -> Iterator[object]:
    """What does not agree: of a project, of one district, or counted for several projects."""
    evaluation = subject.evaluation
    if subject.district:
        yield subject.view.findings or "与本地区有关的各数之间未发现不一致。"
    elif len(subject.evaluations) > 1:
        yield show.findings_table(subject.evaluations)
    else:
        yield show.findings_words(evaluation)
        yield show.findings_list(evaluation)


content("已登记的更正", name="corrections", internal=True)(
    lambda subject: (show.corrections_table(subject.project),)
)
content("证据与意见", name="evidence", internal=True, optional=True)(
    lambda subject: (show.evidence_table(subject.evaluation),)
)
content("意见采纳", name="opinions", internal=True, place="evidence")(
    lambda subject: (Part(show.opinions_table(subject.evaluation), Outlet.PAGE | Outlet.ANNEX),)
)
content("未采用的数", name="unused", internal=True, optional=True)(
    lambda subject: (show.unused_table(subject.project),)
)

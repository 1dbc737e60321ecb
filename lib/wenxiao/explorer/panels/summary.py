"""What follows from a project under the session's rules: score and grade, where points are lost, money."""

from __future__ import annotations

from wenxiao.display import (
    derived_words,
    funds_table,
    funds_words,
    project_tiles,
    score_words,
    scorecard_table,
)
from wenxiao.explorer.pane import Pane
from wenxiao.explorer.panel import Panel
from wenxiao.explorer.session import Session


class SummaryPanel(Panel):
    """The conclusion as the report shows it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.pane = Pane()
        self.children = (self.message, self.pane)

    def draw(self) -> None:
        """Shows the session's evaluation."""
        evaluation = self.session.evaluation
        if evaluation is None:
            self.pane.value = ""
            return
        card = evaluation.scorecard
        self.pane.show(
            project_tiles(evaluation),
            score_words(evaluation),
            scorecard_table(card),
            funds_words(evaluation.funds),
            funds_table(evaluation.funds),
            derived_words(evaluation),
        )

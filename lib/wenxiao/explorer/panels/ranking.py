"""The ranking, how firm it is, two districts side by side, and what one lacks to a grade or a place."""

from __future__ import annotations

from functools import partial
from typing import Any

import ipywidgets as widgets

from wenxiao import charts
from wenxiao.display import (
    derived_words,
    firm_table,
    firm_words,
    funds_table,
    funds_words,
    heat_grid,
    lacking_table,
    lacking_words,
    pair_table,
    project_tiles,
    ranked_table,
    ranking_words,
    score_words,
    scorecard_table,
)
from wenxiao.evaluation import district_view
from wenxiao.explorer.breakdown import short_of
from wenxiao.explorer.panel import Pane, Panel, choose, line, one_of, quiet
from wenxiao.explorer.session import Session
from wenxiao.model import WenxiaoError

_MANY = 1000
"""Cells of the grid beyond which it is folded: 150 districts on 60 indicators take longer than all the rest."""
_NARROW = widgets.Layout(width="16em")


class RankingPanel(Panel):
    """The ranking of a session, with questions to it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.first = widgets.Dropdown(description="比较", layout=_NARROW)
        self.second = widgets.Dropdown(description="与", layout=_NARROW)
        self.asked = widgets.Dropdown(description="县区", layout=_NARROW)
        self.grade = widgets.Dropdown(description="到等级", layout=_NARROW)
        self.place = widgets.BoundedIntText(description="到第几名", min=1, max=1, layout=_NARROW)
        self.table, self.pair, self.lacks, self.all, self.grid = Pane(), Pane(), Pane(), Pane(), Pane()
        self.more = widgets.Accordion((self.grid,), titles=("各县区各项指标的得分率",), selected_index=0)
        self._size = 0
        self.children = (
            self.message,
            self.table,
            line(self.first, self.second),
            self.pair,
            line(self.asked, self.grade, self.place),
            self.lacks,
            self.all,
            self.more,
        )
        self.when(self.more, lambda _: self._draw_grid(), "selected_index")
        self._choices = {
            "first": self.first, "second": self.second, "asked": self.asked, "grade": self.grade, "place": self.place,
        }  # fmt: skip
        for name, control in self._choices.items():
            self.when(control, partial(self._look, name))
        self._drawn_for: object = None

    def draw(self) -> None:
        """Sets tables and choices to the session's ranking and to what is looked at."""
        evaluation = self.session.evaluation
        firm = evaluation.robustness if evaluation else None
        if evaluation is None or evaluation.ranking is None or firm is None:
            self.table.value = quiet("资料没有分县区的得分，不能排名。")
            for pane in (self.pair, self.lacks, self.all, self.grid):
                pane.value = ""
            self.more.layout.display, self._drawn_for = "none", None
            return
        names, bands = firm.matrix.districts, tuple(band.label for band in evaluation.profile.grades[:-1])
        if self._drawn_for is not evaluation:  # another choice is no other ranking
            self._drawn_for = evaluation
            ranking = evaluation.ranking
            self.table.show(
                ranking_words(ranking), charts.district_ranking(ranking), ranked_table(ranking), firm_words(evaluation),
                firm_table(evaluation),
            )  # fmt: skip
            self.all.show(lacking_table(evaluation))
            self._fold(len(names) * len(firm.matrix.leaves))
            self._draw_grid()
        self.place.max = max(len(names), 1)
        chosen = self.session.state.chosen
        first = one_of(names, chosen.get("first"))
        others = tuple(name for name in names if name != first) or names
        for control, options, wanted in (
            (self.first, names, first),
            (self.second, names, one_of((others[0], *names), chosen.get("second"))),
            (self.asked, names, one_of(names, chosen.get("asked"))),
            (self.grade, bands, one_of(bands, chosen.get("grade"))),
        ):
            choose(control, options, wanted)
        place = chosen.get("place", 1)
        self.place.value = place if isinstance(place, int) and place <= self.place.max else 1
        self._compare()
        self._ask()

    def _fold(self, size: int) -> None:
        """Folds the grid of another matrix where drawing it would keep the ranking waiting."""
        self.more.layout.display = None if size else "none"
        if size != self._size:
            self._size = size
            self.more.selected_index = 0 if size <= _MANY else None

    def _draw_grid(self) -> None:
        """Draws the grid while it is unfolded."""
        evaluation = self.session.evaluation
        unfolded = evaluation is not None and self.more.selected_index is not None
        self.grid.show(heat_grid(evaluation) if evaluation is not None and unfolded else None)

    def _look(self, name: str, value: object) -> None:
        self.session.choose(**{name: value})

    def _compare(self) -> None:
        evaluation = self.session.evaluation
        if evaluation is None or not self.first.value or not self.second.value:
            return
        if self.first.value == self.second.value:
            self.pair.value = quiet("请选择两个不同的县区。")
            return
        try:
            table: Any = pair_table(evaluation, self.first.value, self.second.value)
        except WenxiaoError as error:
            self.pair.value = quiet(str(error))
            return
        if table is None:
            self.pair.value = quiet("各县区的分项得分未提供，只能比较总分。")
        else:
            self.pair.show(table)

    def _ask(self) -> None:
        evaluation = self.session.evaluation
        if evaluation is None or not self.asked.value:
            return
        view = district_view(evaluation, self.asked.value)
        self.lacks.show(
            short_of(evaluation, self.asked.value, self.grade.value, self.place.value), lacking_words(view)
        )


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

"""评价规则: the profile as cells that formulas refer to, the bands of grades among them."""

from __future__ import annotations

from wenxiao.evaluation import STAGES, Grade
from wenxiao.model import SheetCell
from wenxiao.model.spreadsheet import NOISE, quoted
from wenxiao.model.units import POINTS
from wenxiao.project import Profile
from wenxiao.reports.working_paper.book import INPUT, Book
from wenxiao.reports.working_paper.text import number_format

TIES = {
    "competition": "同分并列，其后名次顺延（1、2、2、4）",
    "dense": "同分并列，其后名次连续（1、2、2、3）",
    "average": "同分取平均名次（1、2.5、2.5、4）",
    "consecutive": "同分按原表次序排列（1、2、3、4）",
}
_FIRST = 5


class Rules:
    """The sheet of a profile; `grade` is the formula of a grade over its bands."""

    def __init__(self, name: str, profile: Profile) -> None:
        self._name, self._profile = name, profile
        self._last = _FIRST + len(profile.grades) - 1

    def grade(self, score: SheetCell, grade: Grade | None, word: str) -> tuple[str, str]:
        """The formula of the grade of a score and its value; `word` where there is no score.

        Bands are read half-open on the unrounded score (财预〔2020〕10号 第十八条): a grade is as many bands down as have a
        cut-off above the score.
        """
        bands = f"'{self._name}'!$B${_FIRST}:$B${self._last}"
        labels = f"'{self._name}'!$A${_FIRST}:$A${self._last}"
        above = f'COUNTIF({bands},">"&ROUND({score.text},{NOISE}))'
        found = f"INDEX({labels},MIN({above}+1,{len(self._profile.grades)}))"
        return f"IF(COUNT({score.text})=1,{found},{quoted(word)})", grade.label if grade else word

    def write(self, book: Book) -> None:
        """The sheet: bands first, then the other rules, a line each."""
        profile = self._profile
        about = f"{profile.title}；{profile.source}。等级按未经四舍五入的得分确定，左闭右开。"
        sheet = book.sheet(self._name, "评价规则", about)
        sheet.heads("等级或规则", "分数线（分）或数值", "说明")
        for row, band in enumerate(profile.grades, _FIRST):
            sheet.text(row, 1, band.label, bold=True)
            places = max(0, -int(band.lowest.normalize().as_tuple().exponent))
            sheet.number(row, 2, float(band.lowest), number_format(POINTS, places), font_color=INPUT)
            sheet.text(row, 3, "、".join(band.aliases) and f"也称 {'、'.join(band.aliases)}")
        row = self._last + 2
        for name, value, note in self._others():
            sheet.text(row, 1, name)
            if isinstance(value, str):
                sheet.text(row, 2, value)
            else:
                sheet.number(row, 2, value, "0.######", font_color=INPUT)
            sheet.text(row, 3, note)
            row += 1

    def _others(self) -> list[tuple[str, float | str, str]]:
        profile = self._profile
        return [
            ("分值合计", float(profile.weights_total), "满分"),
            (
                "计算得分的小数位数",
                float(profile.score_places),
                "三级指标得分四舍五入一次，以上各级为精确之和",
            ),
            ("同分的名次", TIES[profile.ties], ""),
            ("预算执行率的分母", STAGES[profile.denominators.execution_rate], ""),
            ("资金到位率的分母", STAGES[profile.denominators.arrival_rate], ""),
            *(("不参与排名", name, "") for name in profile.exclude),
            *((f"排名前调整：{each.district}", float(each.points), each.reason) for each in profile.adjusted),
        ]

"""The strip of figures at the head of a page: what a reader looks for first, each with its label and denominator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wenxiao.display.districts import district_word
from wenxiao.display.inline import GradeWord, Inline, Plain, figures_in, listed, phrase, plain_text
from wenxiao.display.rendering import Rendering
from wenxiao.evaluation import STAGES, DistrictView, Evaluation
from wenxiao.model import Finding, Given, Measure, Missing, Severity

_POSITIONS = 3
_TILES = 4
"""So many tiles stand before that of the findings."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the strip: its label, the figure large, a note small."""

    label: str
    figure: Inline
    note: Inline = ""
    internal: bool = False


@dataclass(frozen=True)
class Strip:
    """The tiles side by side."""

    tiles: tuple[Tile, ...]
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """A list of terms, so that a screen reader hears label and figure together."""
        return Markup('<dl class="wx-strip">{}</dl>').format(
            Markup("").join(
                Markup('<div><dt>{}</dt><dd class="wx-big">{}</dd><dd class="wx-quiet">{}</dd></div>').format(
                    tile.label, rendering.inline(tile.figure), rendering.inline(tile.note)
                )
                for tile in self.tiles
            )
        )

    def text(self) -> str:
        """A line a tile."""
        return "\n".join(
            f"{tile.label}：{plain_text(tile.figure)}"
            + (f"（{plain_text(tile.note)}）" if plain_text(tile.note) else "")
            for tile in self.tiles
        )

    def figures(self) -> Iterator[Measure | Given]:
        """The figures of the tiles."""
        for tile in self.tiles:
            yield from figures_in(tile.figure)


def project_tiles(evaluation: Evaluation) -> Strip:
    """Money, execution rate, score, grades of districts, completion, findings: what is known, in five tiles at most."""
    execution = evaluation.execution
    beside = "；".join(filter(None, (execution.basis, execution.condition)))
    tiles = [*_money(evaluation)]
    if _told(execution):
        tiles.append(Tile(execution.label, Plain(execution), beside))
    if _told(evaluation.verdict.score) or evaluation.verdict.printed_grade:
        tiles.append(_score(evaluation))
    if evaluation.project.districts:
        tiles.append(_districts(evaluation))
    rates = [output.completion_rate for output in evaluation.outputs]
    rate = next((each for each in rates if each.number is not None), None)
    if rate is not None and len(tiles) < _TILES:
        tiles.append(Tile(_completion_label(rate), Plain(rate), rate.basis))
    return Strip((*tiles, _findings(evaluation.open_findings)))


def district_tiles(view: DistrictView) -> Strip:
    """A district's score, grade and place, its distance to the mean, or its first figures where it has no score."""
    tiles: list[Tile] = []
    place, word = view.place, district_word(view.evaluation.project)
    if place is not None and place.score.quantity is not None:
        grade: Inline = phrase("等级 ", GradeWord(place.grade.label)) if place.grade else ""
        ranked = (
            sum(p.rank is not None for p in view.evaluation.ranking.places) if view.evaluation.ranking else 0
        )
        tiles += [
            Tile("得分", Plain(place.score), grade),
            Tile("名次", place.rank_text, f"{ranked} 个{word}"),
        ]
        if view.gap_to_mean is not None:
            tiles.append(Tile("与平均分之差", Plain(view.gap_to_mean), "得分－平均分"))
    for position in view.positions:
        if position.figure.key != "score" and position.value.number is not None and len(tiles) <= _POSITIONS:
            rank = f"{position.of} 个{word}中第 {position.rank_text}" if position.rank else ""
            note = "，".join(part for part in (position.figure.unit.symbol, rank) if part)
            tiles.append(Tile(position.figure.label, Plain(position.value), note))
    return Strip((*tiles, _findings([each for each in view.findings if not each.state])))


def ranking_tiles(evaluation: Evaluation) -> Strip:
    """How many districts, the mean, the first and the last."""
    ranking = evaluation.ranking
    tiles: list[Tile] = [_districts(evaluation)]
    ranked = [place for place in ranking.ranked if place.rank is not None] if ranking else []
    if ranking is not None and ranked:
        tiles.append(Tile("平均分", Plain(ranking.mean), ranking.mean.basis))
        tiles += [
            Tile("最高", Plain(ranked[0].score), ranked[0].district),
            Tile("最低", Plain(ranked[-1].score), ranked[-1].district),
        ]
    return Strip((*tiles, _findings(evaluation.open_findings)))


def portfolio_tiles(evaluations: Sequence[Evaluation]) -> Strip:
    """How many projects, how many of them have a score and an execution rate, how many findings."""
    scored = sum(each.verdict.score.number is not None for each in evaluations)
    rated = sum(each.execution.number is not None for each in evaluations)
    return Strip(
        (
            Tile("项目", str(len(evaluations)), "个"),
            Tile("有得分", str(scored), "个项目"),
            Tile("有执行率", str(rated), "个项目"),
            _findings([finding for each in evaluations for finding in each.open_findings]),
        )
    )


def _score(evaluation: Evaluation) -> Tile:
    verdict = evaluation.verdict
    if verdict.grade is not None:
        return Tile("综合得分", Plain(verdict.score), phrase("等级 ", GradeWord(verdict.grade.label)))
    lacking = len(evaluation.scorecard.unscored) if evaluation.scorecard else 0
    words = [f"缺 {lacking} 项"] if lacking else []
    words += [f"等级 {verdict.printed_grade}"] if verdict.printed_grade else []
    return Tile("综合得分", Plain(verdict.score), "，".join(words))


def _completion_label(measure: Measure) -> str:
    return measure.label if measure.label != "实际完成率" else f"{measure.subject}完成率"


def _money(evaluation: Evaluation) -> Iterator[Tile]:
    """The total of the first stage of funds that has one."""
    amounts = evaluation.funds.total.amounts if evaluation.funds else {}
    known = next(((key, each) for key, each in amounts.items() if _told(each)), None)
    if known is not None:
        key, amount = known
        yield Tile(
            STAGES[key], Plain(amount), "，".join(filter(None, (amount.unit.symbol, amount.condition)))
        )


def _districts(evaluation: Evaluation) -> Tile:
    """How many districts have each grade; how many there are where none has one."""
    word, count = district_word(evaluation.project), len(evaluation.project.districts)
    grades = evaluation.ranking.grade_counts if evaluation.ranking else ()
    counts = [phrase(GradeWord(label), str(number)) for label, number in grades if number]
    return Tile(word, listed(counts, " "), f"共 {count} 个") if counts else Tile(word, str(count), "个")


def _told(measure: Measure) -> bool:
    """Whether a tile says something: a figure, or why it is withheld, but not that nobody gave it."""
    return measure.value is not Missing.NOT_PROVIDED


def _findings(findings: Sequence[Finding]) -> Tile:
    """The gravest severity with its count, and the counts of the others."""
    counts = {level: sum(each.severity is level for each in findings) for level in Severity}
    gravest = next((level for level in Severity if counts[level]), None)
    if gravest is None:
        return Tile("核对事项", "0", "未发现不一致", internal=True)
    others = "　".join(
        f"{level.label}\N{NO-BREAK SPACE}{count}" for level, count in counts.items() if level is not gravest
    )
    return Tile("核对事项", f"{gravest.label} {counts[gravest]}", others, internal=True)

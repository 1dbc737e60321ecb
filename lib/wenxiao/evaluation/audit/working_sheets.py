"""A 评分底稿 against what stands beside it: the scorecard that was published or handed in, the table of districts' scores."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.numbering import listed
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scorecard_tables import superseded
from wenxiao.evaluation.scoring import ScoreRow, score_rows
from wenxiao.evaluation.scoring.rows import is_review
from wenxiao.fields.places import word_for
from wenxiao.model import Finding, Given, Severity


def _beside(evaluation: Evaluation) -> Iterator[Finding]:
    """Scores of a scorecard that a 评分底稿 stands in place of, where they are others; one finding a table."""
    for district, tables in superseded(evaluation.project).items():
        card = evaluation.district_cards.get(district, evaluation.scorecard)
        rows = {row.path: row for table in (card.tables if card else ()) for row in score_rows(table)}
        for table in tables:
            differing = [
                (held, row)
                for row in score_rows(table)
                if (own := rows.get(row.path)) is not None
                if (held := _held(own)).quantity and row.filled.quantity
                if held.quantity.value != row.filled.quantity.value
            ]
            if not differing:
                continue
            named = listed(f"{row.name}（{row.filled.text}，底稿 {held.text}）" for held, row in differing)
            if is_review(next(iter(rows.values())).table):
                yield Finding(
                    "review-self-score-differs",
                    Severity.WARNING,
                    "自评得分",
                    f"复核表所列自评得分与{table.name}的得分不同：{named.replace('底稿', '复核表')}。",
                    printed=differing[0][0].text,
                    recomputed=differing[0][1].filled.text,
                    cells=cells_of(*(given for held, row in differing for given in (held, row.filled))),
                    remedy="以单位盖章的自评表为准，改正复核表所列的自评得分",
                )
                continue
            yield Finding(
                "score-sheet-differs",
                Severity.HINT,
                f"{district}评分底稿",
                f"得分以评分底稿为准；{table.name}中{named}与底稿不同，没有计入。",
                printed=differing[0][1].filled.text,
                recomputed=differing[0][0].text,
                cells=cells_of(*(given for held, row in differing for given in (row.filled, held))),
                remedy="确认以评分底稿为准；另一张表是自评或旧稿的，移出项目文件夹",
            )


def _held(row: ScoreRow) -> Given:
    """What a sheet that counts has in place of the score as handed in: a 复核表 quotes it, a 评分底稿 decides it anew."""
    return row.table.given(row.record, "self_score") if is_review(row.table) else row.filled


def _district_scores(evaluation: Evaluation) -> Iterator[Constraint]:
    """A district's score in the table of districts against the total of its own scorecard."""
    ranking, cards = evaluation.ranking, evaluation.district_cards
    for place in ranking.places if ranking else ():
        card = cards.get(place.district)
        if card is None or place.score.cell is None or card.total.number is None:
            continue
        if card.printed_total is not None and place.score.cell == card.printed_total.cell:
            continue
        yield Constraint(
            "district-score-differs",
            f"{place.district}得分",
            place.score,
            card.total.expression,
            f"各{word_for(cards)}得分表中{place.district}得分为 {{printed}}，它的评分表各项相加为 {{recomputed}}。",
            f"核对{place.district}的评分表与得分表，改正其中有误的一处",
        )


CHECKS = (
    Check(
        "score-sheet-differs",
        "评分底稿与评分表",
        "评分底稿有得分的，以底稿为准；另有评分表得分不同的列出",
        find=_beside,
        also=("review-self-score-differs",),
    ),
    Check(
        "district-score-differs",
        "县区得分与评分表",
        "得分表中各县区的得分等于它自己的评分表各项之和",
        constrain=_district_scores,
    ),
)

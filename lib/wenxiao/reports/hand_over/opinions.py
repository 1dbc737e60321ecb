"""The opinions (意见) on a draft that a report annexes, as its readers may see them."""

from __future__ import annotations

from wenxiao.evaluation.opinions import Opinion
from wenxiao.reports.hand_over.delivery import Delivery


def shown_opinions(delivery: Delivery) -> tuple[Opinion, ...]:
    """The opinions in source order; an edition for release on one district has none that names another, or is by it."""
    return tuple(
        opinion
        for opinion in delivery.evaluation.opinions
        if not delivery.audience.names_a_peer("\n".join(_words(opinion)))
    )


def _words(opinion: Opinion) -> tuple[str, ...]:
    return (opinion.number, opinion.by, opinion.text, opinion.concerns, opinion.adopted_text, opinion.grounds)

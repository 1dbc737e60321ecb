"""What a delivery says of itself."""

from wenxiao.evaluation import Evaluation, audience_of
from wenxiao.reports.hand_over.delivery import Delivery


def test_a_delivery_is_of_its_evaluations_project(mudan: Evaluation) -> None:
    """Project, title and kind are those of the evaluation; an internal edition says so."""
    delivery = Delivery(mudan)
    assert delivery.project is mudan.project
    assert delivery.title == mudan.project.title
    assert delivery.mark == "内部审核稿 · 内部使用"


def test_an_edition_for_release_says_so(mudan: Evaluation) -> None:
    """The mark names the edition and that it is for all."""
    delivery = Delivery(mudan, audience_of([mudan], "release"), "正式稿")
    assert delivery.mark == "正式稿 · 公开"

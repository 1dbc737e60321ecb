"""The report as a Word file."""

import io

import docx
import pytest
from wenxiao.evaluation import Evaluation
from wenxiao.reports.hand_over import Delivery
from wenxiao.reports.hand_over.document import document
from wenxiao.reports.hand_over.pictures import pictures


@pytest.fixture(scope="module")
def made(linyi: Evaluation) -> bytes:
    """The internal report on 临沂."""
    delivery = Delivery(linyi, run="linyi-2021")
    return document(delivery, pictures(delivery))


def test_same_delivery_same_bytes(linyi: Evaluation, made: bytes) -> None:
    """Nothing of the time or the machine is in the file."""
    delivery = Delivery(linyi, run="linyi-2021")
    assert document(delivery, pictures(delivery)) == made


def test_headings_follow_the_kind_of_report(made: bytes) -> None:
    """全周期跟踪问效 has its own outline; what has no data is not there."""
    paragraphs = docx.Document(io.BytesIO(made)).paragraphs
    headings = [
        each.text for each in paragraphs if each.style is not None and each.style.style_id == "Heading1"
    ]
    assert headings == [
        "项目基本情况",
        "评价基本情况",
        "评价结论和绩效分析",
        "项目主要经验及做法",
        "存在问题及原因分析",
        "意见建议",
    ]

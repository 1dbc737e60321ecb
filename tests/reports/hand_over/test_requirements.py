"""What a 正式稿 wants."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.requirements import problems_of

OPINIONS = (
    ("编号", "提出单位", "意见内容", "是否采纳", "理由/修改情况"),
    (1, "区住建局", "执行率口径不一致", "采纳", "已改"),
    (2, "区财政局", "扣分过重", "不采纳", None),
    (3, "区住建局", "补充验收资料", None, None),
)


def _evaluated(folder: Path) -> Evaluation:
    return evaluate(load_project(folder), load_profile("national"))


@pytest.fixture
def folder(checkout: Path, tmp_path: Path) -> Path:
    """A copy of 牡丹区, whose known error is not registered, with opinions that are synthetic."""
    copy = tmp_path / "p"
    shutil.copytree(checkout / "data/mudan-2023", copy)
    (copy / "corrections.yaml").unlink()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in OPINIONS:
        sheet.append(row)
    book.save(copy / "意见采纳表.xlsx")
    return copy


def test_everything_that_stands_against_it_is_said_at_once(folder: Path) -> None:
    """An error without explanation, opinions without a decision or a reason with their cells, nobody named to sign."""
    against = problems_of(Delivery(_evaluated(folder), edition="正式稿"))
    assert [each.what.partition("：")[0] for each in against] == [
        "核对出的错误没有说明",
        "意见 2（区财政局）没有写理由",
        "意见 3（区住建局）还没有决定是否采纳",
        "没有写明主评人",
    ]
    assert [each.cell for each in against[1:3]] == ["E3", "D4"]
    assert all(each.remedy for each in against)


@pytest.mark.parametrize("edition", ["征求意见稿", "内部审核稿"])
def test_a_draft_wants_nothing(folder: Path, edition: str) -> None:
    """Drafts are there to find what is missing."""
    assert problems_of(Delivery(_evaluated(folder), edition=edition)) == ()


def test_an_error_is_explained_by_words_that_name_it(folder: Path) -> None:
    """差异说明 that names the subject answers for it; other words do not."""
    (error,) = (each for each in _evaluated(folder).findings if each.severity.label == "错误")
    for words, left in ((f"{error.subject}：来源印错。", 0), ("来源印错。", 1)):
        (folder / "narrative.md").write_text(f"## 差异说明\n\n{words}\n", encoding="utf-8")
        against = problems_of(Delivery(_evaluated(folder), edition="正式稿"))
        assert sum(each.what.startswith("核对出的错误") for each in against) == left


def test_an_error_is_explained_by_a_confirmed_correction(checkout: Path, folder: Path) -> None:
    """The registered correction answers for its table once it is confirmed; the report that says it again wants an answer of its own."""
    text = (checkout / "data/mudan-2023/corrections.yaml").read_text(encoding="utf-8")
    answer = "- {code: claim-differs, subject: 产出得分率, printed: 63.89%, recomputed: 72.22%, "
    answer += "reason: 报告沿用原表, name: 张三, date: 2026-11-30}"
    for said, answered, left in (
        (text.replace("已确认", "待核实"), "", ["产出得分率列为"]),
        (text, "", ["二、（一）得分情况表所列"]),
        (text, answer, []),
    ):
        (folder / "corrections.yaml").write_text(said, encoding="utf-8")
        (folder / "answers.yaml").write_text(answered, encoding="utf-8")
        against = problems_of(Delivery(_evaluated(folder), edition="正式稿"))
        found = [each.what for each in against if each.what.startswith("核对出的错误")]
        assert len(found) == len(left)
        assert all(word in what for word, what in zip(left, found, strict=True))


def test_whoever_is_named_may_sign(folder: Path) -> None:
    """A head with 主评人 is enough."""
    book = load_workbook(folder / "资金情况.xlsx")
    sheet = book["项目基本情况"]
    sheet.insert_rows(4)
    sheet["A4"], sheet["B4"] = "主评人", "甲某某（虚构）"
    book.save(folder / "资金情况.xlsx")
    (folder / "corrections.yaml").unlink(missing_ok=True)
    delivery = Delivery(_evaluated(folder), edition="正式稿")
    assert delivery.project.fact("lead_evaluator").text == "甲某某（虚构）"
    assert all("主评人" not in each.what for each in problems_of(delivery))

"""The analyst's words, as people write them down."""

from pathlib import Path

import pytest
from wenxiao.explorer.parameter_set import Draft
from wenxiao.explorer.words import save_narrative
from wenxiao.model import ProjectError
from wenxiao.project.narrative import load_narrative, parse_narrative


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("### 一、存在的问题\n甲\n### 建议\n乙", {"存在的问题": "甲", "有关建议": "乙"}),
        ("# 建议\n甲", {"有关建议": "甲"}),
        ("#### 建议\n甲\n##### 其他\n乙", {"有关建议": "甲\n##### 其他\n乙"}),
        ("##建议\n甲", {"有关建议": "甲"}),
        ("##　建议\n甲", {"有关建议": "甲"}),
        ("# 某县文字材料\n说明\n## 建议\n甲\n### （一）资金\n乙", {"有关建议": "甲\n### （一）资金\n乙"}),
        ("## 存在的问题\n### 原因\n甲", {"存在的问题": "### 原因\n甲"}),
        ("## 文字材料\n### 建议\n甲", {"有关建议": "甲"}),
        ("## 建议\n编号 #3\n#标签", {"有关建议": "编号 #3\n#标签"}),
        ("## 建议\r\n甲\x07乙\x1b[31m\r\n", {"有关建议": "甲乙[31m"}),
    ],
)
def test_sections_are_found_at_the_level_they_are_written_at(
    tmp_path: Path, text: str, sections: dict[str, str]
) -> None:
    """Headings of any one level begin sections, deeper ones stay in their text; what nobody sees is left out."""
    (tmp_path / "narrative.md").write_bytes(text.encode("gb18030"))
    assert dict(load_narrative(tmp_path).sections) == sections


def test_words_in_gbk_survive_a_remark(tmp_path: Path) -> None:
    """A remark from the explorer is added to words saved by a plain editor; nothing of them is lost or garbled."""
    (tmp_path / "narrative.md").write_bytes("说明\n### 建议\n尽快\n".encode("gbk"))
    save_narrative(tmp_path, {"主要经验": Draft("", "党建引领")})
    again = parse_narrative((tmp_path / "narrative.md").read_text(encoding="utf-8")).sections
    assert dict(again) == {"主要经验": "党建引领", "有关建议": "尽快"}
    assert (tmp_path / "narrative.md").read_text(encoding="utf-8").startswith("说明\n")


def test_words_that_no_report_has_a_place_for_are_named(tmp_path: Path) -> None:
    """A picture called narrative.md, and a heading that is unknown, are errors with the file's name."""
    (tmp_path / "narrative.md").write_bytes(b"\x89PNG\x00\xff\x00")
    with pytest.raises(ProjectError, match=r"narrative\.md：不是文本文件"):
        load_narrative(tmp_path)
    (tmp_path / "narrative.md").write_text("## 天气\n晴\n### 建议\n甲", encoding="utf-8")
    with pytest.raises(ProjectError, match="天气"):
        load_narrative(tmp_path)

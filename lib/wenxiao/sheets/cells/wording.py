"""Words that sheets use for totals, notes, units, dates and absence; the one place where they are listed."""

from __future__ import annotations

import re
import struct
from functools import lru_cache

from wenxiao.model import Missing, Role
from wenxiao.sheets.cells.signs import MARK, NAMES, NUMBERS

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_BLANKS = re.compile(r"\s+")
_CJK = "\u3400-\u9fff\uf900-\ufaff"
_CJK_GAP = re.compile(rf"(?<=[{_CJK}，。、；：（）])[ \t\r\n]+(?=[{_CJK}，。、；：（）(])")

MARKS: dict[str, Missing] = {
    "": Missing.NOT_PROVIDED,
    "/": Missing.NOT_APPLICABLE,
    "//": Missing.NOT_APPLICABLE,
    "\\": Missing.NOT_APPLICABLE,
    "无": Missing.NOT_APPLICABLE,
    "N/A": Missing.NOT_APPLICABLE,
    "n/a": Missing.NOT_APPLICABLE,
    **dict.fromkeys(
        [
            "-",
            "--",
            "---",
            "—",
            "——",
            "–",
            "―",
            "─",
            "－",
            "未填",
            "未填报",
            "暂无",
            "缺",
            "缺失",
            "空",
        ],
        Missing.NOT_PROVIDED,
    ),
    **dict.fromkeys(["…", "……", "...", "......", "．．．", "。。。"], Missing.TOO_SMALL),
    **dict.fromkeys(["未上报", "未报"], Missing.NOT_RETURNED),
    "未核实": Missing.UNVERIFIABLE,
    "不计分": Missing.UNSCORED,
    **{kind.label: kind for kind in Missing if kind is not Missing.COVERED},
}
"""What stands in a cell instead of a value, and why that means there is none; the words of a report come back as they were."""

ALL_DONE = frozenset(
    [
        "全部完工",
        "全部开工",
        "全部完成",
        "已全部完工",
        "已全部开工",
        "已全部完成",
        "全面完成",
        "全部竣工",
        "全部改造完成",
    ]
)
"""Words in a number column that say the whole plan was done."""

_TOTAL = re.compile(
    r"(地方|全部|各项|资金|本页以上)?(合计|总计|共计|总和)(数|金额)?|(年度|项目)?(资金|投资)总额|总分|总得分|综合得分|合计得分|总分值|.{0,8}(合计|总计)|"
    r"全国(总计)?|全[省市县区旗州]|全自治区|NationalTotal|Total|GrandTotal"
)
_ROUNDED = re.compile(r"(合计|总分|总得分|得分)[(\[](取整|四舍五入|取整数|保留整数)[)\]]")
_GRADE = re.compile(r"(综合)?(评价|评估|绩效|考核|评定|综合评估|综合评价)?(等级|级别|评级|结果等级|等次)")
_WEIGHT = re.compile(r"((指标)?分值|满分(值)?|标准分(值)?|权重(分值|分)?)([(\[](分|%|百分比|满分)[)\]])?")
_FULL_MARKS = re.compile(r"[(\[]\d+(?:\.\d+)?分[)\]]$")
_INDICATORS = re.compile(r"决策|过程|产出|效益|效果|投入|管理|成本|满意度|(资金|项目)管理")
_MEAN = re.compile(r"(全[省市县区旗州]|各[省市县区旗州]|县区|总|简单|加权)?(平均|均值)(得分|分数|分|数|值)?")
_SUBTOTAL = re.compile(r".{0,12}小计|.{0,8}小计[(].*[)]|Subtotal")
_REGION = re.compile(
    r"(全[省市县区旗].{0,4}小计|(东|西|南|北|中|东北|西北|西南|东南|华北|华东|华南|华中|中西)部?(地区|片区))"
)
_OF_WHICH = re.compile(r"其中[:,、]?.*|#.*")
_CODE = re.compile(r"^[\[【]\s*[0-9A-Za-z\-]+\s*[\]】]")
_OF_WHICH_MARK = re.compile(r"^(?:其中\s*[:：,，、]?|#)")
_NUMBERED = re.compile(rf"^[(（]?\d{{1,3}}[.、．)）]\s*(?=[{_CJK}])")
_TEMPLATE = re.compile(r"指标\d+[:]?|[.…。]{2,}|X+|x{2,}|示例.*")
_EXAMPLE = re.compile(r"[(\[【]?(填写|填报)?(示例|样例|例)([:)\]】]|$)")
_NOTE = re.compile(
    r"(备?注|附注|说明|数据来源|资料来源|来源|填报说明|填表说明|注释|[*※★☆]+)\s*\d*\s*[:：.、]|注[:：]|[a-z]\)|Note|Source|※|\*"
)
_SIGNATURE = re.compile(
    r"(填表人|制表人|审核人|负责人|联系电话|联系人|填报人|复核人|分管领导|签字|盖章|单位负责人)\s*[(（:：]"
)
_SECTION = re.compile(
    r"[一二三四五六七八九十]+\s*[、.．]|[(（][一二三四五六七八九十]+[)）]|[IVX]+[.、]|第[一二三四五六七八九十]+[部批类]"
)
_CAPTION = re.compile(r"表|续|明细|情况|清单|一览|名单|统计|汇总|附件|附表|continued", re.IGNORECASE)
_CONTINUED = re.compile(r"^续|[(（]续表?[)）]|续表|接上[表页]|continued", re.IGNORECASE)
_META = re.compile(
    r"[(（]?(金额|货币|计量|数量|本表)?单位\s*[:：].*|"
    r"(填报|编制|填表|报送|制表|实施|主管|汇总|申报|预算|评价|评估|考核|委托|检查|负责|联系|审核)?(单位|部门|机构|日期|时间|人|机关|电话)[(（]?(盖章|公章|签章)?[)）]?\s*[:：].*|"
    r"(数据库|指标|时间|地区|年度|年份|项目名称|项目|区域|报表日期|截止日期|截至日期|表号|制定机关|批准文号|有效期至|联系电话)\s*[:：].*|"
    r"\d{4}\s*年(度)?(\s*\d{1,2}\s*月)?(\s*\d{1,2}\s*日)?|第\s*\d+\s*页.*|共\s*\d+\s*页|[(（][^()（）]*[)）]|附[件表]\s*\d*[:：]?"
)
_UNIT_LABEL = re.compile(r"(?:计量|指标|金额|数量)?单位|Units?", re.IGNORECASE)
_SERIES_LABEL = re.compile(
    r"频[度率]|(?:数据|资料)?来源|(?:指标|系列|序列)?(?:ID|代码|编码)|更新(?:时间|日期)|起止时间|Frequency|Source",
    re.IGNORECASE,
)
_PERIOD_LABEL = re.compile(r"(?:季|月)[度份]?|时期")
_NUMBERING = re.compile(r"\d{1,3}(=.*)?|[甲乙丙丁戊己庚辛]|栏次|[(（]\d{1,2}[)）]|[①-⑳]|[A-Z](=.*)?")


def narrow(text: str) -> str:
    """`text` with full-width signs made plain, escapes decoded and the ends trimmed; inner blanks and breaks stay.

    >>> narrow("８，０００．００　_x000D_")
    '8,000.00'
    """
    return unescaped(text).translate(NUMBERS).strip()


def unescaped(text: str) -> str:
    """`text` with the escapes of SpreadsheetML decoded (_x000D_); half a sign that is not two units long is U+FFFD.

    >>> unescaped("a_x4E2D_"), unescaped("_xD83D_")
    ('a中', '�')
    """
    return _ESCAPED.sub(_decoded, text) if "_x" in text else text


def _decoded(match: re.Match[str]) -> str:
    units = [int(code, 16) for code in re.findall(r"_x([0-9A-Fa-f]{4})_", match[0])]
    return struct.pack(f"<{len(units)}H", *units).decode("utf-16-le", "replace")


def compact(text: str) -> str:
    """`text` narrowed, without any blank: the form in which words are recognised.

    >>> compact("合　 计")
    '合计'
    """
    return _BLANKS.sub("", without_mark(narrow(text)))


def joined(text: str) -> str:
    r"""`text` on one line as people write it: no blank between Chinese characters, one between words.

    >>> joined("地方一般公\n共预算支出\nGeneral Public\nBudget"), joined("北    京")
    ('地方一般公共预算支出 General Public Budget', '北京')
    """
    shown = unescaped(text).translate(NAMES).strip()
    return _BLANKS.sub(" ", _CJK_GAP.sub("", without_mark(shown)))


def without_mark(text: str) -> str:
    """`text` without the footnote mark at its end; a text that is nothing else keeps it.

    >>> without_mark("中央资金¹"), without_mark("面积/m²"), without_mark("①")
    ('中央资金', '面积/m²', '①')
    """
    return MARK.sub("", text) or text


def name_of(text: str, *, numbered: bool = False) -> str:
    """The name a row bears: on one line, without blanks between characters, code, 其中 and, where asked, its number.

    >>> name_of("北    京"), name_of("其中:1.历下区", numbered=True), name_of("[105210]市住建局")
    ('北京', '历下区', '市住建局')
    """
    name = joined(text)
    if " " in name and re.fullmatch(rf"(?:[{_CJK}] )+[{_CJK}]", name):
        name = name.replace(" ", "")
    for pattern in (_CODE, _OF_WHICH_MARK, *((_NUMBERED,) if numbered else ())):
        shorter = pattern.sub("", name).strip()
        name = shorter or name
    return name


def role_of(label: str) -> Role:
    """The role that the name of a row gives it."""
    return _role_of(compact(label))


@lru_cache(maxsize=8192)
def _role_of(word: str) -> Role:
    bare = word.rstrip(":")
    for pattern, role in (
        (_ROUNDED, Role.ROUNDED_TOTAL),
        (_GRADE, Role.GRADE),
        (_WEIGHT, Role.WEIGHT),
        (_MEAN, Role.MEAN),
        (_REGION, Role.REGION_SUBTOTAL),
        (_SUBTOTAL, Role.SUBTOTAL),
        (_TOTAL, Role.TOTAL),
        (_OF_WHICH, Role.OF_WHICH),
    ):
        if pattern.fullmatch(bare):
            return role
    return Role.DATA


def is_template(label: str) -> bool:
    """Whether a row's name is a placeholder of an empty form, such as 指标2."""
    return _TEMPLATE.fullmatch(compact(label)) is not None


def is_example(label: str) -> bool:
    """Whether a row's name says that it only shows how a form is filled in.

    >>> is_example("示例：某县"), is_example("（示例）"), is_example("示范小区")
    (True, True, False)
    """
    return _EXAMPLE.match(compact(label)) is not None


def is_note(text: str) -> bool:
    """Whether a line is a note, a source or a signature below a table."""
    line = narrow(text)
    return _NOTE.match(line) is not None or _SIGNATURE.match(line) is not None


def is_section(text: str) -> bool:
    """Whether a line is numbered as the heading of a group of rows."""
    return _SECTION.match(narrow(text)) is not None


def is_caption(text: str) -> bool:
    """Whether a line reads like the title of a table."""
    return _CAPTION.search(text) is not None and not is_note(text)


def is_continued(text: str) -> bool:
    """Whether a title says that its table goes on with the one above.

    >>> is_continued("表1（续）"), is_continued("续表"), is_continued("手续办理情况表"), is_continued("后续管护经费表")
    (True, True, False, False)
    """
    return _CONTINUED.search(compact(text)) is not None


def is_meta(text: str) -> bool:
    """Whether a line beside the table tells its unit, who filled it in, its date or page."""
    return _META.fullmatch(narrow(text)) is not None


def is_numbering(text: str) -> bool:
    """Whether a header cell only numbers its column: 甲, 1, 3=1+2."""
    return _NUMBERING.fullmatch(compact(text)) is not None


def is_unit_label(text: str) -> bool:
    """Whether a text heads the units of its row or column."""
    return _UNIT_LABEL.fullmatch(compact(text)) is not None


def is_period_label(text: str) -> bool:
    """Whether a text heads a row of quarters or months."""
    return _PERIOD_LABEL.fullmatch(compact(text)) is not None


def is_series_label(text: str) -> bool:
    """Whether a text heads a row that describes statistical series, as 频度 and 来源 below a header do."""
    return _SERIES_LABEL.fullmatch(compact(text)) is not None


def has_full_marks(text: str) -> bool:
    """Whether a header ends in the full marks of an indicator.

    >>> has_full_marks("资金到位率（20 分）"), has_full_marks("得分（分）")
    (True, False)
    """
    return _FULL_MARKS.search(compact(text)) is not None


def names_indicators(text: str) -> bool:
    """Whether a header is a group of indicators: one of the usual 一级指标, or any name with its full marks.

    >>> names_indicators("过 程"), names_indicators("运营（30分）"), names_indicators("新产品开发")
    (True, True, False)
    """
    return has_full_marks(text) or _INDICATORS.fullmatch(compact(text)) is not None


def is_latin(text: str) -> bool:
    """Whether a text has letters and none of them is Chinese."""
    return re.search(rf"[{_CJK}]", text) is None and re.search(r"[A-Za-z]", text) is not None

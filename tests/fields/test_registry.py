"""The registry: one definition of fields, kinds and sources, strictly checked."""

import pytest
from wenxiao.fields import plain, registry_from, standard_registry
from wenxiao.model import ProfileError
from wenxiao.model.units import RATIO, WAN_YUAN

REGISTRY = standard_registry()


@pytest.mark.parametrize(
    ("header", "kind", "key"),
    [
        ("预 算 数（万元）", "funds", "budget"),
        ("地    区\nRegion", "districts", "district"),
        ("截至2024年12月31日累计支付", "funds", "paid"),
        ("2023年预算数", "funds", "budget"),
        ("其中：支出数", "funds", "spent"),
        ("受益小区数量", "districts", "neighbourhoods"),
        ("偏差原因分析及改进措施", "scorecard", "reason"),
        ("全年执行数", "funds", "spent"),
        ("分　值", "scorecard", "weight"),
        ("累计支付", "districts", "paid"),
        ("预算安排金额", "funds", "budget"),
        ("资金到位数额（万元）", "districts", "received"),
    ],
)
def test_headers_find_their_field(header: str, kind: str, key: str) -> None:
    """Blanks, brackets, translations, years and 其中 do not hide a field."""
    field = REGISTRY.match(header, kind)
    assert field is not None
    assert field.key == key


@pytest.mark.parametrize("header", ["金额A", "人均GDP", "产量", ""])
def test_what_is_not_among_the_aliases_is_unknown(header: str) -> None:
    """There is no likeness: an unknown header stays unknown."""
    assert REGISTRY.match(header) is None


def test_the_last_level_of_a_header_speaks() -> None:
    """支出情况 over 执行率 is the execution rate, and 申请 over 申请金额 the applied amount."""
    rate = REGISTRY.match_path(("支出情况", "执行率"), "funds")
    applied = REGISTRY.match_path(("申请", "申请金额"), "funds")
    assert rate is not None
    assert applied is not None
    assert (rate.key, applied.key) == ("execution_rate", "applied")


def test_a_last_level_that_says_only_that_it_is_money_leaves_the_word_to_the_one_above() -> None:
    """资金到位 over 金额 is what was received, beside 资金到位 over 时间, which is no amount."""
    received = REGISTRY.match_path(("资金到位", "金额"), "funds")
    assert received is not None
    assert received.key == "received"
    assert REGISTRY.match_path(("资金到位", "时间"), "funds") is None


def test_the_same_key_may_mean_another_unit_in_another_kind() -> None:
    """The plan of funds is money, the plan of outputs whatever the row counts."""
    assert REGISTRY.field("planned", "funds").unit == WAN_YUAN
    assert REGISTRY.field("planned", "outputs").unit is None
    assert REGISTRY.field("execution_rate").unit == RATIO


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("中央补助", "上级资金"),
        ("省级资金", "上级资金"),
        ("上级财政资金", "上级资金"),
        ("专项债券资金", "债券资金"),
        ("地方政府债券", "债券资金"),
        ("市级补助", "市级资金"),
        ("旗人民政府投资", "本级资金"),
        ("居民出资", "社会资金"),
        ("上年结转资金", "结转资金"),
        ("捐赠", None),
    ],
)
def test_sources_have_groups(name: str, group: str | None) -> None:
    """Funding sources count to their group by name or by the registered word they contain; others to none."""
    assert REGISTRY.source_group(name) == group


def test_unknown_keys_name_the_known_ones() -> None:
    """A key that does not exist is a KeyError that lists what there is."""
    with pytest.raises(KeyError, match="budget"):
        REGISTRY.field("bugdet")
    with pytest.raises(KeyError, match="funds"):
        REGISTRY.kind("money")


def test_no_alias_means_two_fields_of_one_kind() -> None:
    """Within a kind every alias, in its plain form, belongs to one field."""
    for kind in REGISTRY.kinds:
        seen: dict[str, str] = {}
        for field in kind.fields:
            for alias in {plain(word) for word in (field.label, *field.aliases)}:
                assert seen.setdefault(alias, field.key) == field.key, (kind.key, alias)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"kinds": [], "fields": [{"key": "a", "label": "甲", "type": "money"}]}, "type"),
        ({"kinds": [], "fields": [{"key": "a", "label": "甲", "type": "number", "unit": "斗"}]}, "斗"),
        (
            {"kinds": [], "fields": [{"key": "a", "label": "甲", "type": "text", "kinds": ["x"]}]},
            "unknown kinds",
        ),
        ({"kinds": [], "fields": [{"key": "a", "label": "甲", "type": "text", "colour": "red"}]}, "colour"),
        ({"kinds": [{"key": "k", "label": "类", "requires": [["a"]]}], "fields": []}, "no field"),
        (
            {
                "kinds": [{"key": "k", "label": "类"}],
                "fields": [
                    {"key": "a", "label": "甲", "type": "text"},
                    {"key": "a", "label": "乙", "type": "text"},
                ],
            },
            "twice",
        ),
    ],
)
def test_a_registry_that_contradicts_itself_is_refused(document: dict[str, object], fault: str) -> None:
    """Unknown types, units, kinds, words and double declarations are errors that name the place."""
    with pytest.raises(ProfileError, match=fault):
        registry_from(document)


@pytest.mark.parametrize(
    ("header", "kind", "key"),
    [
        ("编号", "problems", "number"),
        ("金额（万元）", "problems", "amount"),
        ("页 码", "problems", "page"),
        ("页码", "claims", "place_in_report"),
        ("被评价单位反馈意见", "problems", "feedback"),
        ("反馈意见", "opinions", "opinion"),
        ("理由/修改情况", "opinions", "grounds"),
        ("文件名", "evidence", "file"),
        ("SHA-256", "evidence", "sha256"),
        ("编制", "scorecard", "preparer"),
        ("复核", "scorecard", "reviewed_score"),
        ("复核人", "scorecard", "reviewer"),
        ("编号", "funds", "serial"),
    ],
)
def test_the_sheets_of_a_review_have_their_fields(header: str, kind: str, key: str) -> None:
    """问题清单, 证据清单, 意见采纳表 and 评分底稿 know the headers in use; the same words mean other fields elsewhere."""
    field = REGISTRY.match(header, kind)
    assert field is not None
    assert field.key == key

"""Profiles: what ships, what extending means, and every mistake told in Chinese with the nearest name."""

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from wenxiao.model import ProfileError
from wenxiao.project.profile import Profile, load_profile, profile_names
from wenxiao.project.scoring_methods import Gate, Method, Proportional, Steps

HEAD = "title: 本市\nsource: 某市办法\nextends: national\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the analyst's own profiles."""
    return tmp_path


def load(folder: Path, text: str, name: str = "own") -> Profile:
    """The profile of a text written as `own.yaml`."""
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_profile(name, folder)


def refused(folder: Path, text: str) -> str:
    """The message a profile is refused with; nothing in it is English."""
    with pytest.raises(ProfileError) as error:
        load(folder, HEAD + text)
    message = str(error.value)
    assert "own.yaml" in message
    assert not any(word in message for word in ("Input", "should", "Field"))
    return message


@pytest.mark.parametrize("name", ["national", "self-evaluation", "special-bond", "jiangxi"])
def test_shipped_profiles_load_and_name_their_source(name: str) -> None:
    """Every shipped profile is valid and says what it rests on."""
    profile = load_profile(name)
    assert profile.name == name
    assert profile.source
    assert name in profile_names()


def test_national_bands() -> None:
    """10号 第十八条: 90, 80, 60."""
    assert [(band.label, band.lowest) for band in load_profile().grades] == [
        ("优", 90), ("良", 80), ("中", 60), ("差", 0)
    ]  # fmt: skip


def test_self_evaluation_weights_and_steps() -> None:
    """10号 第十三条: 10, 50, 30, 10; 101号: 7 from 80%, 5 from 60%, and full marks for a finished project."""
    profile = load_profile("self-evaluation")
    assert list(profile.weight_sets["10号 第十三条"].values()) == [10, 50, 30, 10]
    assert profile.weight_sets["101号（有成本指标）"]["成本"] == 20
    execution = profile.methods["预算执行率"]
    assert isinstance(execution, Steps)
    assert [(step.lowest, step.share) for step in execution.steps] == [
        (Decimal("0.8"), Decimal("0.7")), (Decimal("0.6"), Decimal("0.5")), (0, 0)
    ]  # fmt: skip
    assert execution.finished_within_budget == 1
    assert isinstance(profile.default_methods.quantitative, Proportional)
    assert profile.report_kind == "单位自评"


def test_special_bonds_are_judged_under_four_heads() -> None:
    """财预〔2021〕61号: 决策, 管理, 产出, 效益, with two things judged beside."""
    profile = load_profile("special-bond")
    assert profile.first_level == ("决策", "管理", "产出", "效益")
    assert profile.beside == ("融资收益平衡", "偿债风险")
    assert profile.output_and_effect_minimum == 60


def test_a_local_profile_has_its_own_bands() -> None:
    """Jiangxi cuts at 95, 85, 75, and everything else comes from the national rules."""
    profile = load_profile("jiangxi")
    assert [band.lowest for band in profile.grades] == [95, 85, 75, 0]
    assert profile.works == load_profile().works


def test_mappings_are_merged_lists_replaced_and_null_removes(folder: Path) -> None:
    """A profile says only what differs; a null takes an inherited key away."""
    profile = load(
        folder,
        HEAD + "flags: {grade_margin: 1}\nworks: {围墙: [栅栏], 电气: null}\nexclude: [甲县]\n",
    )
    assert (profile.flags.grade_margin, profile.flags.over_completion) == (1, Decimal("1.2"))
    assert profile.works["围墙"] == ("栅栏",)
    assert "硬化" in profile.works
    assert "电气" not in profile.works


def test_another_method_replaces_the_inherited_one(folder: Path) -> None:
    """The parameters of two kinds of methods do not mix; those of one kind do."""
    text = "title: 本市\nsource: 某市办法\nextends: self-evaluation\nmethods:\n"
    gate = load(folder, text + "  预算执行率: {method: gate, floor: 50%}\n").methods["预算执行率"]
    assert gate == Gate(method="gate", floor=Decimal("0.5"))
    steps = load(folder, text + "  预算执行率: {method: step, over_budget: 0}\n").methods["预算执行率"]
    assert isinstance(steps, Steps)
    assert (len(steps.steps), steps.over_budget) == (3, 0)


def test_weights_left_open_can_be_filled_in(folder: Path) -> None:
    """The factors of 财综〔2024〕15号 get their weights where a city states them."""
    factors = "{area: {weight: 40}, households: {weight: 40}, buildings: {weight: 10}, neighbourhoods: {weight: 10}}"
    profile = load(
        folder,
        f"{HEAD}allocation:\n  财综〔2024〕15号:\n    parts:\n"
        f"      任务量: {{factors: {factors}}}\n      绩效奖励: {{factors: {factors}}}\n",
    )
    scheme = profile.allocation["财综〔2024〕15号"]
    assert [factor.weight for factor in scheme.parts["绩效奖励"].factors.values()] == [40, 40, 10, 10]
    assert scheme.keys["performance"] == "绩效调节系数"


def test_an_own_profile_goes_before_a_shipped_one(folder: Path) -> None:
    """A file of the same name in the analyst's folder is the one that counts."""
    (folder / "jiangxi.yaml").write_text(HEAD, encoding="utf-8")
    assert load_profile("jiangxi", folder).title == "本市"
    assert profile_names(folder) == profile_names()


INTEGER_BANDS = """grades:
  - {label: 优, low: 90, high: 100}
  - {label: 良, low: 80, high: 89}
  - {label: 中, low: 60, high: 79}
  - {label: 差, low: 0, high: 59}
"""


def test_integer_bands_are_read_half_open_and_said_so(folder: Path) -> None:
    """80–89 below 90–100 leaves 89.5 open: it counts to the lower band, and a note says so."""
    profile = load(folder, HEAD + INTEGER_BANDS)
    (note,) = profile.notes
    assert "“良”80–89" in note
    assert "89.5" in note
    assert load(folder, HEAD + INTEGER_BANDS.replace("89", "89.99").replace("79", "80")).notes
    assert load_profile().notes == ()


def test_bands_that_meet_need_no_note(folder: Path) -> None:
    """[80, 90) and [90, 100] leave nothing open."""
    meeting = INTEGER_BANDS.replace("89", "90").replace("79", "80").replace("59", "60")
    assert load(folder, HEAD + meeting).notes == ()


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        (INTEGER_BANDS.replace("89", "85"), "等级有空档：“良”到 85 为止，“优”从 90 起"),
        (INTEGER_BANDS.replace("89", "92"), "等级重叠：“良”到 92 为止，“优”从 90 起"),
        (INTEGER_BANDS.replace("100", "99"), "最高一级“优”到 99 为止，满分是 100"),
        (INTEGER_BANDS.replace("low: 0,", "low: 10,"), "最低一级“差”须从 0 分起"),
        (INTEGER_BANDS.replace("low: 60", "low: 80"), "等级须由高到低排列"),
        (INTEGER_BANDS.replace("label: 中", "label: 良"), "等级名称“良”出现两次"),
    ],
)
def test_bands_with_gaps_and_overlaps_are_refused(folder: Path, bands: str, message: str) -> None:
    """A score must have one grade: the message names both bands and their ends."""
    assert message in refused(folder, bands)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("score_place: 2\n", ("不认识的项", "是否为“score_places”")),
        ("flags: {grade_margins: 1}\n", ("flags.grade_margins", "是否为“grade_margin”")),
        ("methods: {预算执行率: {method: gate, flor: 0.6}}\n", ("methods.预算执行率.flor", "是否为“floor”")),
        ("methods: {预算执行率: {method: gates}}\n", ("没有这种计分方法", "gate")),
        ("methods: {预算执行率: {floor: 0.6}}\n", ("缺少 method",)),
        ("methods: {预算执行率: {method: gate, floor: 1}}\n", ("应小于 1", "methods.预算执行率.floor")),
        ("methods: {管理: {method: deduction}}\n", ("缺少该项", "methods.管理.points")),
        ("methods: {管理: {method: deduction, points: 0}}\n", ("应大于 0",)),
        ("methods: {甲: {method: reverse, zero_at: 1}}\n", ("应大于 1",)),
        ("methods: {甲: {method: likert, weights: [1, 1, 0]}}\n", ("由高到低",)),
        (
            "methods: {甲: {method: step, steps: [{from: 0.6, share: 0.5}, {from: 0.8, share: 1}]}}\n",
            ("各档须由高到低",),
        ),
        (
            "methods: {甲: {method: step, steps: [{from: 0.8, share: 1}, {from: 0.6, share: 0.5}]}}\n",
            ("最低一档须从 0 起",),
        ),
        (
            "methods: {甲: {method: step, steps: [{from: 0.8, share: 0.5}, {from: 0, share: 1}]}}\n",
            ("得分少于",),
        ),
        (
            "methods: {甲: {method: step, over_budget: 0, steps: [{from: 0.8, share: 1}, {from: 0, share: 0}]}}\n",
            ("over_budget",),
        ),
        (
            "methods: {甲: {method: qualitative, levels: [{words: [好], low: 80%, high: 60%}, {words: [差], low: 0, high: 60%}]}}\n",
            ("下限 0.8 高于上限 0.6", "methods.甲.levels.第 1 项"),
        ),
        ("ties: fair\n", ("只能是", "competition", "fair")),
        ("score_places: 二\n", ("应为整数", "二")),
        ("weights_total: 很多\n", ("应为数字", "很多")),
        ("weights_total: true\n", ("应为数字",)),
        ("exclude: [甲县, 甲县]\n", ("exclude 中“甲县”列了两次",)),
        ("exclude: 甲县\n", ("应为列表",)),
        ("adjusted: [{district: 甲县, points: -2}]\n", ("缺少该项", "adjusted.第 1 项.reason")),
        ("weight_sets: {本市: {产出: 50, 效益: 40}}\n", ("“本市”的分值合计 90，应为 100",)),
        ("flags: {over_completion: 1.4}\n", ("over_completion_mandatory 不得小于",)),
        ("report_kind: 自评\n", ("只能是", "单位自评")),
        (
            "allocation: {本市: {title: 甲, source: 乙, parts: {全部: {share: 90%, factors: {area: {label: 面积, weight: 100}}}}}}\n",
            ("share 合计 0.9",),
        ),
        (
            "allocation: {本市: {title: 甲, source: 乙, parts: {全部: {share: 1, factors: {area: {label: 面积, weight: 90}}}}}}\n",
            ("权重合计 90",),
        ),
        (
            "allocation: {本市: {title: 甲, source: 乙, parts: {全部: {share: 1, factors: {area: {label: 面积, weight: 100, coefficient: k}}}}}}\n",
            ("系数“k”没有写在",),
        ),
        ("name: other\n", ("name 与文件名不一致", "other")),
    ],
)
def test_mistakes_are_told_in_chinese(folder: Path, text: str, parts: tuple[str, ...]) -> None:
    """A mistake names where it stands, the rule, the value found and, for an unknown key, the nearest name."""
    message = refused(folder, text)
    assert all(part in message for part in parts), message


def test_a_title_is_not_empty(folder: Path) -> None:
    """A profile without a name for readers is refused."""
    with pytest.raises(ProfileError, match=r"title.*不能为空"):
        load(folder, HEAD.replace("本市", "''"))


def test_all_mistakes_are_told_in_one_pass(folder: Path) -> None:
    """Two mistakes give two problems."""
    with pytest.raises(ProfileError) as error:
        load(folder, HEAD + "ties: fair\nscore_places: 9\n")
    assert len(error.value.problems) == 2


def test_extending_wants_a_title_and_source_of_its_own(folder: Path) -> None:
    """Local rules do not pass for the national ones."""
    with pytest.raises(ProfileError, match="缺少 title") as error:
        load(folder, "extends: national\nties: dense\n")
    assert "缺少 source" in str(error.value)


def test_profiles_do_not_extend_each_other_in_a_circle(folder: Path) -> None:
    """A circle is named with its members."""
    (folder / "a.yaml").write_text(HEAD.replace("national", "own"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"继承成环：own → a → own"):
        load(folder, HEAD.replace("national", "a"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ties: dense\nties: average\n", "“ties”写了两次"),
        (b"grades: [\n", "不是合法的 YAML"),
        (b"- a\n", "应为键值对"),
        (b"title: \xff\x00\x81", "不是文本文件"),
        (b"extends: 5\ntitle: a\nsource: b\n", "extends 应为"),
    ],
)
def test_files_that_are_no_profile(folder: Path, content: bytes, message: str) -> None:
    """A key given twice, broken YAML, a list, another encoding: each is told with the file's name."""
    (folder / "own.yaml").write_bytes(content)
    with pytest.raises(ProfileError, match=message) as error:
        load_profile("own", folder)
    assert "own.yaml" in str(error.value)


def test_an_unknown_profile_names_the_nearest() -> None:
    """A misspelt name is answered with the one that exists."""
    with pytest.raises(ProfileError, match="是否为“national”"):
        load_profile("nationl")


def test_adjusted_units_keep_their_reason(folder: Path) -> None:
    """A score lowered before ranking is data: district, points, reason."""
    profile = load(folder, HEAD + "adjusted: [{district: 甲县, points: -2, reason: 发生安全事故}]\n")
    assert profile.adjustments["甲县"].points == -2
    assert profile.adjustments["甲县"].reason == "发生安全事故"


def test_the_examples_of_the_documentation_are_valid(checkout: Path, folder: Path) -> None:
    """Every profile printed in docs/profiles.md loads."""
    text = (checkout / "docs" / "profiles.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 5
    for number, example in enumerate(examples):
        assert load(folder, example, f"example{number}").source.endswith("（示例）")


def test_every_key_is_documented(checkout: Path) -> None:
    """docs/profiles.md lists every key of a profile and every scoring method."""
    text = (checkout / "docs" / "profiles.md").read_text(encoding="utf-8")
    methods = [each.model_fields["method"].annotation for each in get_args(get_args(Method)[0])]
    words = [*Profile.model_fields, *(get_args(method)[0] for method in methods)]
    assert [word for word in words if f"`{word}`" not in text] == []


def test_the_rules_of_a_review_are_strict(folder: Path) -> None:
    """Sixteen rules ship; one of a place's own replaces or drops one, and a share above the whole is refused."""
    shipped = load_profile("review").review
    assert len(shipped) == 16
    assert {code: str(rule.takes) for code, rule in shipped.items() if code.startswith("not-assess")} == {
        "not-assessable-gross": "1",
        "not-assessable-middle": "0.6",
        "not-assessable-slight": "0.3",
    }
    own = HEAD.replace("national", "review") + "review: {no-evidence: {takes: 50%}, misplaced: null}\n"
    rules = load(folder, own).review
    assert (rules["no-evidence"].title, rules["no-evidence"].takes) == ("没有佐证材料", Decimal("0.5"))
    assert rules.keys() == shipped.keys() - {"misplaced"}
    with pytest.raises(ProfileError, match="不大于"):
        load(folder, HEAD + "review: {x: {title: 甲, takes: 120%}}\n")

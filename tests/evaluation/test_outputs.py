"""Neighbourhoods of several districts in one list."""

from tests.evaluation.made import evaluated, made


def test_one_name_in_two_districts_is_two_neighbourhoods() -> None:
    """A name counts once within its district, where the list says which; a merged district speaks for the lines below."""
    evaluation = evaluated(
        made(
            "neighbourhoods",
            {
                "district": ["甲县", "", "乙县"],
                "name": ["幸福里", "和平里", "幸福里"],
                "households": ["1", "2", "3"],
            },
        )
    )
    works = evaluation.works
    assert works is not None
    assert (works.distinct.text, works.repeated) == ("3", ())
    assert not [finding for finding in evaluation.findings if finding.code == "name-repeats"]


def test_what_no_kind_names_is_listed_and_overturns_a_superlative() -> None:
    """Entries that no kind names are counted by their words, and a kind is the most only where they could not make another one it."""
    works = evaluated(
        made(
            "neighbourhoods",
            {
                "name": ["一院", "二院", "三院", "四院"],
                "works": ["外立面", "外立面、加装电梯", "加装电梯", "智能门禁"],
            },
        )
    ).works
    assert works is not None
    assert [(part, len(entries)) for part, entries in works.unnamed] == [("加装电梯", 2), ("智能门禁", 1)]
    assert len(works.unmatched) == 2
    assert works.most == ()
    clear = evaluated(
        made(
            "neighbourhoods",
            {
                "name": ["一院", "二院", "三院", "四院"],
                "works": ["外立面", "外立面", "外立面、围墙", "加装电梯"],
            },
        )
    ).works
    assert clear is not None
    assert [kind.subject for kind in clear.most] == ["外立面"]

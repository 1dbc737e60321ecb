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

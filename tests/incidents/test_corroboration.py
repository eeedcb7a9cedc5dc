"""The counting rules, without a database."""

from datetime import date

import pytest

from incidents.corroboration import Origin, Speaking, Voice, count, figures_clash, grade, is_contested, origins_of, ranges_clash

COMMAND, MINISTRY, ISIS_MEDIA = 1, 2, 3
IRAQ = Origin(("speaker", COMMAND), "iraq")
KURDISTAN = Origin(("speaker", MINISTRY), "kurdistan")
ISIS = Origin(("speaker", ISIS_MEDIA), "isis")
SIDELESS = Origin(("speaker", 4))


def press(outlet):
    return Origin(("outlet", outlet))


def voice(article, *origins, outlet=None, attribute="casualties", value=(13,), **more):
    return Voice(attribute, value, article, outlet if outlet is not None else article, origins=frozenset(origins), **more)


def test_no_claims_count_nothing():
    assert count([]) == count(iter(()))
    assert count([]).origins == 0


def test_where_nobody_is_quoted_the_outlet_is_the_origin():
    assert origins_of([], outlet=7) == {Origin(("outlet", 7))}


def test_an_article_of_no_known_outlet_speaks_for_itself_alone():
    assert origins_of([], outlet=None, article=5) != origins_of([], outlet=None, article=6)


def test_where_somebody_is_quoted_the_outlet_is_no_origin():
    assert origins_of([Speaking(COMMAND, "iraq")], outlet=7) == {IRAQ}


def test_an_unnamed_source_counts_with_its_outlet():
    unnamed = Speaking(99, is_unnamed=True)
    assert origins_of([unnamed], outlet=7) == origins_of([], outlet=7)
    assert origins_of([unnamed], outlet=7) != origins_of([unnamed], outlet=8)


def test_a_dataset_is_a_chain_and_never_a_fresh_origin():
    assert origins_of([Speaking(50, is_dataset=True)], outlet=7) == frozenset()
    assert origins_of([Speaking(50, is_dataset=True), Speaking(COMMAND, "iraq")], outlet=7) == {IRAQ}


def test_an_outlet_that_is_a_dataset_is_no_origin_either():
    for speakers in ([], [Speaking(99, is_unnamed=True)]):
        assert origins_of(speakers, outlet=7, outlet_is_dataset=True) == frozenset()
    assert origins_of([Speaking(COMMAND, "iraq")], outlet=7, outlet_is_dataset=True) == {IRAQ}


def test_five_articles_of_three_outlets_with_one_communique_are_one_origin():
    voices = [voice(article, IRAQ, outlet=outlet, statement=1) for article, outlet in enumerate((1, 1, 2, 2, 3))]
    counted = count(voices)
    assert (counted.articles, counted.outlets, counted.statements, counted.origins) == (5, 3, 1, 1)


def test_the_same_outlet_twice_is_one_outlet_and_one_origin():
    counted = count([voice(1, press(7), outlet=7), voice(2, press(7), outlet=7)])
    assert (counted.articles, counted.outlets, counted.origins) == (2, 1, 1)


def test_two_claims_of_one_article_are_one_article():
    assert count([voice(1, IRAQ), voice(1, IRAQ, attribute="date")]).articles == 1


def test_an_article_without_an_outlet_counts_as_no_outlet():
    counted = count([Voice("date", (1,), 1, None, origins=frozenset({press(0)}))])
    assert (counted.articles, counted.outlets) == (1, 0)


@pytest.mark.parametrize(
    ("voices", "acting", "expected"),
    [
        ([], frozenset(), "discounted"),
        ([voice(1)], frozenset(), "discounted"),  # a dataset alone
        ([voice(1, press(1))], frozenset(), "weak"),
        ([voice(1, press(1)), voice(2, press(2))], frozenset(), "weak"),  # the press is one side
        ([voice(1, IRAQ), voice(2, IRAQ)], frozenset(), "weak"),
        ([voice(1, IRAQ), voice(2, KURDISTAN)], frozenset(), "fair"),
        ([voice(1, IRAQ), voice(2, press(2))], frozenset(), "fair"),
        ([voice(1, IRAQ)], frozenset({"iraq"}), "weak"),  # its own word alone
        ([voice(1, IRAQ), voice(2, press(2))], frozenset({"iraq"}), "confirmed"),
        ([voice(1, ISIS, attribute="responsibility", value=(9,)), voice(2, press(2))], frozenset({"isis"}), "confirmed"),
        ([voice(1, SIDELESS, attribute="responsibility", value=(9,)), voice(2, press(2))], frozenset(), "confirmed"),
        # Who reports that somebody else claimed it acknowledges nothing.
        ([voice(1, IRAQ, attribute="responsibility", value=(9,)), voice(2, press(2))], frozenset({"isis"}), "fair"),
        ([voice(1, press(1), attribute="responsibility", value=(9,)), voice(2, press(2))], frozenset({"isis"}), "weak"),
        # A newspaper that stands with the acting side reports; its official site speaks for it.
        ([voice(1, Origin(("outlet", 1), "iraq")), voice(2, press(2))], frozenset({"iraq"}), "fair"),
        ([voice(1, Origin(("outlet", 1), "iraq", is_official_site=True)), voice(2, press(2))], frozenset({"iraq"}), "confirmed"),
    ],
)
def test_the_grade_follows_from_who_tells_it(voices, acting, expected):
    assert grade(voices, acting_sides=acting)[0] == expected


def test_a_denial_of_the_same_culprit_is_a_contradiction():
    claim, denial = (voice(n, press(n), attribute="perpetrator", value=(9,), denies=n == 2) for n in (1, 2))
    assert is_contested([claim, denial])
    assert grade([claim, denial], acting_sides=frozenset())[0] == "contested"


def test_a_group_that_denies_what_it_is_blamed_for_contradicts_and_acknowledges_nothing():
    blamed = voice(1, press(1), attribute="perpetrator", value=(9,))
    denial = voice(2, ISIS, attribute="responsibility", value=(9,), denies=True)
    assert grade([blamed, denial], acting_sides=frozenset({"isis"}))[0] == "contested"


def test_a_side_that_only_denies_a_figure_acknowledges_nothing():
    denial = voice(2, ISIS, denies=True)
    assert grade([voice(1, press(1)), denial], acting_sides=frozenset({"isis"}))[0] != "confirmed"


def test_a_denial_of_another_culprit_is_none():
    assert not is_contested([voice(1, attribute="perpetrator", value=(9,)), voice(2, attribute="perpetrator", value=(8,), denies=True)])


def test_two_texts_that_blame_different_groups_contradict_each_other():
    assert is_contested([voice(1, attribute="perpetrator", value=(8,)), voice(2, attribute="perpetrator", value=(9,))])


def test_one_text_that_blames_two_groups_blames_them_together():
    both = [voice(1, attribute="perpetrator", value=(8,)), voice(1, attribute="perpetrator", value=(9,))]
    assert not is_contested(both)
    assert not is_contested([*both, voice(2, attribute="perpetrator", value=(9,))])


def test_unnamed_gunmen_contradict_nobody():
    assert not is_contested([voice(1, attribute="perpetrator", value=()), voice(2, attribute="perpetrator", value=(9,))])


def test_happened_and_did_not_happen_is_a_contradiction_and_ongoing_is_none():
    happened, denied, ongoing = (
        voice(n, attribute="modality", value=(value,)) for n, value in enumerate(("occurred", "denied", "ongoing"))
    )
    assert is_contested([happened, denied])
    assert not is_contested([denied])
    assert is_contested([happened, voice(4, attribute="modality", value=("occurred",), denies=True)])
    assert not is_contested([happened, ongoing])


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ((13, 13), (13, 13), False),
        ((10, 10), (13, 13), True),
        ((10, None), (13, 13), False),  # "at least ten" is not against thirteen
        ((10, 20), (13, 13), False),
        ((None, 10), (13, 13), True),
        ((None, None), (13, 13), False),
    ],
)
def test_figures_clash_only_where_both_cannot_be_right(first, second, clash):
    assert figures_clash(first, second) is figures_clash(second, first) is clash


def test_ranges_of_days_clash_where_they_share_none():
    second, third, fourth = (date(2021, 12, n) for n in (2, 3, 4))
    assert not ranges_clash((second, third), (third, fourth))
    assert ranges_clash((second, second), (third, fourth))

"""What an event's page says of its claims is what its row says of them, whatever the claims are."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents import headline, reading
from incidents.models import Event
from tests import factories

pytestmark = pytest.mark.django_db

DAYS = [date(2021, 12, day) for day in (1, 2, 3, 4)]


@pytest.fixture
def cast_of_speakers(db) -> dict[str, Any]:
    """Speakers of every kind that counts differently, outlets of every kind, and actors to blame."""
    command = factories.speaker("قيادة العمليات", kind="body", actor=factories.actor("command", side="iraq"))
    return {
        "speakers": [
            command,
            factories.speaker("خلية الإعلام", kind="office", organ_of=command),
            factories.speaker("الوزارة", kind="body", actor=factories.actor("ministry", side="kurdistan")),
            factories.speaker("مصدر أمني", kind="security_source"),
            factories.speaker("قاعدة بيانات", kind="dataset"),
        ],
        "outlets": [
            factories.outlet("جريدة", kind="newspaper"),
            factories.outlet("موقع رسمي", kind="official_site", side="iraq"),
            factories.outlet("مجموعة بيانات", kind="dataset"),
        ],
        "actors": [factories.actor("isis", side="isis"), factories.actor("militia"), factories.actor("gunmen", kind="unidentified")],
        "places": _land(),
    }


def _land() -> list[Any]:
    governorate = factories.place("المحافظة", level="governorate")
    districts = [factories.place(name, level="district", under=governorate) for name in ("قضاء أول", "قضاء ثان")]
    return [*districts, factories.place("قرية أولى", under=districts[0]), factories.place("قرية ثانية", under=districts[1])]


few = st.integers(0, 3)
CHAINS = st.tuples(st.integers(0, 2), st.sets(st.integers(0, 4), max_size=3))
VALUES = st.one_of(
    st.tuples(st.just("date"), few, few),
    st.tuples(st.just("place"), few),
    st.tuples(st.just("type"), st.sampled_from(["armed_attack", "ambush"])),
    st.tuples(st.just("modality"), st.sampled_from(["occurred", "denied", "foiled"])),
    st.tuples(st.sampled_from(["perpetrator", "responsibility"]), st.integers(0, 2)),
    st.tuples(
        st.just("casualties"),
        st.sampled_from(["killed", "wounded", "abducted"]),
        st.sampled_from(["mixed", "civilian", "peshmerga"]),
        st.sampled_from([(3, 3), (5, 5), (4, None), (None, 4), (None, None)]),
    ),
)
CLAIMS = st.lists(st.tuples(few, VALUES, st.booleans(), st.integers(0, 9)), max_size=10)


def columns(value: tuple[Any, ...], cast: dict[str, Any]) -> dict[str, Any]:
    match value:
        case "date", first, second:
            return {"date_start": DAYS[min(first, second)], "date_end": DAYS[max(first, second)], "date_prec": 2}
        case "place", number:
            return {"place": cast["places"][number]}
        case "type", slug:
            return {"type": slug}
        case "modality", slug:
            return {"event_modality": slug}
        case "casualties", harm, party, (low, high):
            return {"harm": harm, "party": party, "low": low, "high": high}
        case _, number:
            return {"actor": cast["actors"][number]}


def told(chains: list[Any], claims: list[Any], cast: dict[str, Any]) -> Event:
    """An event of these claims, each on the one passage of one of four articles."""
    event = factories.event(date_start=None, at=None)
    passages = []
    for outlet, issuers in chains:
        article = factories.article(outlet=cast["outlets"][outlet])
        said_in = factories.statement(*(cast["speakers"][number] for number in issuers)) if issuers else None
        passages.append(factories.quote(article, article.text, said_in=said_in))
    for number, value, denies, rank in claims:
        rest = {"rank": "deprecated", "rank_reason": "typo"} if rank == 0 else {}
        polarity = "denies" if denies else "asserts"
        factories.claim(event, value[0], passage=passages[number], polarity=polarity, **rest, **columns(value, cast))
    return headline.rebuild(event)


RANDOM = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@RANDOM
@given(chains=st.lists(CHAINS, min_size=4, max_size=4), claims=CLAIMS)
def test_the_page_shows_as_many_origins_as_are_counted(cast_of_speakers, chains, claims):
    event = told(chains, claims, cast_of_speakers)
    groups = reading.origins(reading.claims_of(event))
    assert sum(group.is_counted for group in groups) == event.origin_count
    shown = {claim.pk for group in groups for quote in group.quotes for claim in quote.values}
    assert shown == set(event.claims.values_list("pk", flat=True))


@RANDOM
@given(chains=st.lists(CHAINS, min_size=4, max_size=4), claims=CLAIMS)
def test_the_page_shows_a_conflict_where_the_event_is_marked_and_nowhere_else(cast_of_speakers, chains, claims):
    event = told(chains, claims, cast_of_speakers)
    shown = reading.conflicts(reading.claims_of(event))
    assert bool(shown) == event.has_conflict
    for _question, voices in shown:
        assert len({voice.text for voice in voices}) == len(voices) >= 2
    if event.grade == "contested":
        assert event.has_conflict


def test_a_statement_of_two_issuers_stands_under_both(cast_of_speakers):
    event = told([(0, {0, 2})], [(0, ("type", "ambush"), False, 1)], cast_of_speakers)
    groups = reading.origins(reading.claims_of(event))
    assert {(group.name, group.standing) for group in groups} == {("قيادة العمليات", "speaker"), ("الوزارة", "speaker")}
    assert [group.quotes[0].passage for group in groups] == [event.claims.get().passage] * 2


def test_a_dataset_and_a_deprecated_claim_are_shown_and_count_as_no_origin(cast_of_speakers):
    chains = [(0, {4}), (2, set()), (0, set()), (0, {2})]
    claims = [(number, ("type", "ambush"), False, 0 if number == 3 else 1) for number in range(4)]
    groups = reading.origins(reading.claims_of(told(chains, claims, cast_of_speakers)))
    assert [group.standing for group in groups] == ["own_word", "dataset", "dataset", "deprecated"]


def test_figures_for_one_party_conflict_where_the_totals_agree(cast_of_speakers):
    def killed(party, low):
        return ("casualties", "killed", party, (low, low))

    claims = [(0, killed("civilian", 3), False, 1), (0, killed("peshmerga", 5), False, 1)]
    claims += [(1, killed("civilian", 5), False, 1), (1, killed("peshmerga", 3), False, 1)]
    event = told([(0, set()), (1, set())], claims, cast_of_speakers)
    [(_question, voices)] = reading.conflicts(reading.claims_of(event))
    assert event.has_conflict
    assert [voice.text for voice in voices] == ["3", "5"]


def test_an_outlet_its_own_text_names_stands_once_in_the_chain():
    """«… said to our agency»: the agency carried the words to nobody but its readers."""
    event = factories.event(status="published")
    article, agency = factories.article(), factories.outlet("وكالة")
    passage = factories.quote(article, article.text)
    factories.relay(passage, article.outlet, position=1)
    factories.relay(passage, agency, position=2)
    claim = factories.claim(event, passage=passage)
    [origin] = reading.origins([claim])
    assert [quote.relays for quote in origin.quotes] == [[agency]]


@pytest.mark.parametrize(("role", "said"), [("target", "قوة"), ("victim", "قوة (Victim)")])
def test_a_role_is_named_where_the_attribute_does_not_name_it(role, said):
    with translation.override("en"):
        claim = factories.claim(
            factories.event(), attribute="target", actor=factories.actor(name_ar="قوة", name_en=""), role=role, harm="", party=""
        )
        assert reading.value_text(claim) == said

"""A small public record, and secrets linked to it: what the routes' tests look at."""

from typing import Any

from tests import factories

# Stands in every text of a secret row; no public answer may hold it.
SECRET = "Zanbaqsecret"


class World(dict[str, Any]):
    """Names that a path in routes.csv may hold."""


def build_world(*, secrets: bool = True) -> World:
    """One published attack with its chain and a meeting that answers it; beside them a draft and an approved event nobody may see."""
    speaker = factories.speaker("الناطق باسم الوزارة", slug="ministry-spokesman")
    attack = factories.told_event(code="ISN-2021-900001", by=speaker)
    meeting = factories.told_event("meeting", code="ISN-2021-900002", by=speaker)
    factories.link(meeting, attack)
    article = attack.claims.first().passage.article
    place = factories.place("قرية معلنة", key="isnad:public-village")
    attack.place = place
    attack.save()
    world = World(
        published=attack.code,
        meeting=meeting.code,
        article=article.pk,
        outlet=article.outlet.pk,
        speaker=speaker.pk,
        statement=attack.claims.first().passage.statement.pk,
        claim=attack.claims.first().pk,
        place=place.pk,
        place_key=place.key,
        actor=attack.participations.first().actor.pk,
        actor_slug=attack.participations.first().actor.slug,
        link=meeting.links_out.get().pk,
        commitment=factories.commitment(meeting).pk,
        release=factories.release().name,
        statistic=factories.statistic(status="published").pk,
        candidate=factories.candidate().pk,
        submission=factories.submission().pk,
        dataset_import=factories.dataset_import().pk,
    )
    if secrets:
        world |= add_secrets(attack)
    return world


def add_secrets(attack: Any) -> dict[str, Any]:
    """Rows in every unpublished status, linked to the public event by all there is to link by."""
    actor = attack.participations.first().actor
    outlet = attack.claims.first().passage.article.outlet
    codes: dict[str, Any] = {}
    for number, status in enumerate(("draft", "in_review", "approved", "rejected"), start=1):
        event = factories.event(
            code=f"ISN-2021-91000{number}",
            status=status,
            title_ar=f"{SECRET} هجوم",
            title_en=f"{SECRET} attack",
            summary_en=f"{SECRET} summary",
        )
        text = f"{SECRET} خبر لم ينشر بعد، رقم {number}، عن هجوم على قرية."
        article = factories.article(text, outlet=outlet, title=f"{SECRET} عنوان")
        speaker = factories.speaker(f"{SECRET} متحدث", slug=f"secret-speaker-{number}")
        factories.claim(event, passage=factories.quote(article, text, said_in=factories.statement(speaker)))
        factories.participation(event, actor)
        factories.link(event, attack)
        factories.commitment(event, f"{SECRET} تعهد")
        codes |= {status: event.code, f"{status}_pk": event.pk, "secret_article": article.pk, "secret_speaker": speaker.pk}
    # A draft claim about the public event would be published with it: the secret stands on other events alone.
    return codes

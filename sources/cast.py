"""The known speakers, from the shipped list into rows. Loading again updates and deletes nothing."""

import csv
import io
from pathlib import Path

from django.db import transaction

from entities.loading import LoadError, Outcome
from entities.models import Actor
from sources.models import Speaker


@transaction.atomic
def load_speakers(path: Path) -> Outcome:
    """Load speakers: slug, kind, names, the actor each speaks as, and the speaker it is an organ of."""
    outcome = Outcome()
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path}: {error}") from error
    actors = {actor.slug: actor for actor in Actor.objects.all()}
    speakers: dict[str, Speaker] = {}
    for line, row in enumerate(rows, start=2):
        if row["kind"] not in Speaker.Kind.values:
            outcome.refused.append(f"line {line}: kind: “{row['kind']}” is none of {', '.join(Speaker.Kind.values)}")
            continue
        names = {"name_ar": row["name_ar"], "name_en": row.get("name_en") or ""}
        speakers[row["slug"]] = Speaker.objects.update_or_create(
            slug=row["slug"], defaults={"kind": row["kind"], "actor": actors.get(row.get("actor") or ""), **names}
        )[0]
        outcome.written += 1
    for line, row in enumerate(rows, start=2):
        above = row.get("organ_of") or ""
        if row["slug"] in speakers and above:
            if above not in speakers or above == row["slug"]:
                outcome.refused.append(f"line {line}: organ_of: there is no other speaker “{above}”")
                continue
            Speaker.objects.filter(slug=row["slug"]).update(organ_of=speakers[above])
    return outcome

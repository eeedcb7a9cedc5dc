"""What part each actor plays in an event, by kind, position and the words before it."""

from dataclasses import replace

from extraction.actors import Actor
from extraction.lexicon import words
from extraction.mentions import Mention
from extraction.reading import Reading
from extraction.triggers import FORCE_TYPES
from extraction.types import ActorMention

_HOSTILE = frozenset(("rebel_terrorist", "unidentified"))
_AGAINST_HOSTILE = FORCE_TYPES | {"air_strike", "infiltration"}
_RESPONSE = words("roles.response")
_TELLING = frozenset(("executive_office", "media", "ministry"))


def actors_of(reading: Reading, mentions: list[Mention], type_: str, sources: set[int]) -> tuple[ActorMention, ...]:
    """The event's actors with their roles, each once; `sources` are the start offsets of names that only tell of it."""
    kind = mentions[0].kind
    out: dict[str, ActorMention] = {}
    for mention in mentions:
        for actor in mention.actors:
            if kind == "incident" and (actor.mention.start in sources or (actor.kind in _TELLING and actor.kind != "ministry")):
                continue
            role = _incident_role(reading, mention, actor, type_) if kind == "incident" else _meeting_role(reading, mention, actor, type_)
            if role is None:
                continue
            key = actor.slug
            if key not in out:
                out[key] = replace(actor.mention, role=role)
    return tuple(_without_generic(out))


def _without_generic(found: dict[str, ActorMention]) -> list[ActorMention]:
    """ "Terrorists" beside ISIS, or "gunmen" beside it, name nobody new."""
    named = any(a.actor == "islamic-state" for a in found.values())
    return [a for a in found.values() if not (named and a.actor in ("terrorists", "unidentified-gunmen"))]


def _incident_role(reading: Reading, mention: Mention, actor: Actor, type_: str) -> str | None:
    if actor.kind == "civilians":
        return "victim"
    if actor.kind in _HOSTILE:
        return "target" if type_ in _AGAINST_HOSTILE else "perpetrator"
    if actor.kind == "person":
        return None if type_ not in ("killing", "abduction") else "victim"
    if type_ in _AGAINST_HOSTILE:
        return "responder" if type_ != "air_strike" or actor.kind in ("coalition", "foreign_military", "state_military") else None
    before = reading.document.forms[max(mention.first, actor.first - 3) : actor.first]
    if any(form.removeprefix("و") in _RESPONSE for form in before):
        return "responder"
    return "target"


def _meeting_role(reading: Reading, mention: Mention, actor: Actor, type_: str) -> str | None:
    if actor.kind in _HOSTILE:
        return "target" if type_ in ("joint_operation", "air_support", "joint_patrol") else None
    if actor.kind == "civilians":
        return None
    near = reading.cues(max(mention.first, actor.first - 6), actor.first, "support", "led_by", "chair")
    name = near[-1].entry.attributes["cue"] if near else ""
    if name == "support" and type_ == "joint_operation":
        return "supporter"
    if name == "chair":
        return "chair"
    if name == "led_by" and actor.kind == "person":
        return "delegation_head"
    if type_ == "statement":
        return "speaker"
    host = next((t for t in mention.triggers if t.hit.entry.term in ("استقبل", "received", "hosted")), None)
    if host:
        people = [a for a in mention.actors if a.kind in ("person", "executive_office")]
        before = [a for a in people if a.first < host.first and host.first - a.last <= 3]
        first = before[-1:] or [a for a in people if a.first > host.first][:1]
        if first and (actor is first[0] or abs(actor.first - first[0].first) <= 5):
            return "host"
    return "participant"

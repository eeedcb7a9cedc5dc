"""What part each actor plays in an event, by kind, position and the words before it."""

from extraction.actors import Actor
from extraction.company import blamed_group, bomber, came_along, hurt_people, issuing_force, named_victims
from extraction.folding import fold
from extraction.incident_mentions import FORCES, fired_by_forces
from extraction.lexicon import terms, words
from extraction.mention import Mention
from extraction.reading import Reading, Span, begins, is_within
from extraction.speakers import BREAKS
from extraction.triggers import FORCE_TYPES
from extraction.types import ActorMention, Origin

_HOSTILE = frozenset(("rebel_terrorist", "unidentified"))
_AGAINST_HOSTILE = FORCE_TYPES | {"air_strike", "infiltration"}
_UNKNOWN = words("roles.unknown")
_RESPONSE = words("roles.response")
_ATTACKED = words("roles.attacked")
_BELONGINGS = words("roles.belongings")
_NO_FORCES = frozenset(("other", "ministry"))
_REFERENCES = words("roles.references")
_HOSTED = terms("roles.hosted")
_STATEMENTS = frozenset(("statement", "request"))
_WE = "\u0646\u0627"
_HE, _HE_THAT = words("roles.he"), ("\u0627\u0646\u0647", "\u0628\u0627\u0646\u0647")
_HIS = "\u0647"
_HURT = frozenset(("killed", "wounded", "abducted"))
_NEAR = 4  # tokens
_FAR_HARM = 14
_OF_FORCES = frozenset(("joint_operation", "joint_patrol", "air_support", "joint_force", "redeployment"))
_SPOKESMEN = frozenset(("person", "executive_office"))  # who tell of what forces did, where those who meet take part themselves
_TELLING = frozenset(("executive_office", "ministry"))


def actors_of(
    reading: Reading, mentions: list[Mention], type_: str, sources: list[Span], origins: tuple[Origin, ...], owned: set[int]
) -> tuple[ActorMention, ...]:
    """The event's actors with their roles, each once; `sources` are the spans, in order, of names that only tell of it, `origins` who
    tells, `owned` the numbers of the sentences that tell of any event."""
    kind = mentions[0].kind
    out: dict[str, ActorMention] = {}
    for mention in mentions:
        for actor in mention.actors:
            if actor.kind == "media":  # they tell of attacks and of meetings; they take part in neither
                continue
            is_source = is_within(sources, actor.mention.start)
            tells = kind == "incident" and is_source
            if kind == "incident" and actor.kind in _TELLING and (tells or actor.kind != "ministry"):
                continue
            if tells and (actor.kind == "person" or actor.kind in _NO_FORCES):
                continue
            role = _incident_role(reading, mention, actor, type_) if kind == "incident" else _meeting_role(reading, mention, actor, type_)
            if type_ in _STATEMENTS and role in ("participant", "speaker"):
                role = "speaker" if is_source or not sources else "participant"
            if role == "participant" and is_source and type_ in _OF_FORCES and actor.kind in _SPOKESMEN:
                role = "speaker"
            if role is None or (role == "target" and tells and _only_tells(reading, actor, sources)):
                continue
            key = actor.slug
            if key not in out:
                out[key] = actor.mention._replace(role=role)
            holder = holder_of(reading, actor) if kind == "coordination" else None
            if holder:
                out.setdefault(
                    holder.slug, holder.mention._replace(role=role, rule="roles: the office's holder, named elsewhere in the report")
                )
    if kind == "incident":
        _add_unnamed(reading, out, mentions, type_, origins, owned)
    else:
        for slug, teller in _who_met(reading, mentions, origins).items():
            out.setdefault(slug, teller)
        for actor in came_along(reading, mentions, owned, sources):
            role = None if actor.kind == "media" else _meeting_role(reading, mentions[0], actor, type_)
            if role:
                out.setdefault(actor.slug, actor.mention._replace(role=role, rule="company: came along"))
    return tuple(_by_name(reading, actor) for actor in _without_generic(reading, out))


def _who_met(reading: Reading, mentions: list[Mention], origins: tuple[Origin, ...]) -> dict[str, ActorMention]:
    """Who says "we met the chief of staff": the person who tells, by slug."""
    if not any(m.triggers and m.triggers[0].hit.entry.is_verb and reading.document.forms[m.trigger].endswith(_WE) for m in mentions):
        return {}
    rule = "roles: we met, says who tells"
    people = [actor for actor in reading.actors if actor.kind == "person"]
    out = {}
    for each in (o for o in origins if o.kind == "person"):
        known = next((a for a in people if each.start <= a.mention.start < each.end), None)
        mention = known.mention if known else ActorMention(each.start, each.end, each.name, None, "person", "", rule)
        out[known.slug if known else fold(each.name)] = mention._replace(role="participant", rule=rule)
    return out


def _add_unnamed(
    reading: Reading, found: dict[str, ActorMention], mentions: list[Mention], type_: str, origins: tuple[Origin, ...], owned: set[int]
) -> None:
    """Add to an incident's actors those its clauses do not name: the people who were hurt, the force that did it, the group blamed."""
    if type_ not in FORCE_TYPES:
        for people, role in (each for mention in mentions for each in hurt_people(reading, mention)):
            known = found.get(people.actor or "")
            found[people.actor or ""] = known._replace(role=role) if known else people
    for person in named_victims(reading, mentions, owned) if type_ not in _AGAINST_HOSTILE else ():
        found.setdefault(person.slug, person.mention._replace(role="victim", rule="company: a victim by name"))
    is_named = any(actor.kind in FORCES for actor in found.values())
    force = issuing_force(reading, mentions, type_, origins, is_named=is_named)
    if force and force.slug not in found:
        found[force.slug] = force.mention._replace(role="responder", rule="company: the force that tells of it")
    lone = None if type_ in _AGAINST_HOSTILE or any(actor.kind in _HOSTILE for actor in found.values()) else bomber(reading, mentions)
    if lone:
        found["bomber"] = lone
    if not any(actor.kind == "rebel_terrorist" for actor in found.values()) and type_ not in _AGAINST_HOSTILE:
        group = blamed_group(reading, mentions, owned)
        if group:
            found[group.slug] = group.mention._replace(role="perpetrator", rule="company: the group the report blames")


def _by_name(reading: Reading, actor: ActorMention) -> ActorMention:
    """ "The organisation", by the name that the report gives it where it first has one."""
    if actor.actor is None or bare(fold(actor.name)) not in _REFERENCES:
        return actor
    names = (a.mention for a in reading.actors if a.mention.actor == actor.actor and a.last - a.first > 1)
    longer = (m for m in names if fold(m.name) not in _REFERENCES and bare(fold(m.name)).startswith(bare(fold(actor.name))))
    full = next(longer, reading.listed_actors[actor.actor].mention)  # "the organisation", called "the organisation X" elsewhere
    return full._replace(role=actor.role, rule="roles: the name the report gives it")


def holder_of(reading: Reading, office: Actor) -> Actor | None:
    """The person the report names right after this office, here or elsewhere."""
    if office.kind != "executive_office":
        return None
    name = _bare(office.mention.name)
    return next((person for held, person in reading.office_holders if _bare(held.mention.name).startswith(name)), None)


def _bare(name: str) -> str:
    return " ".join(word.removeprefix("\u0627\u0644") for word in fold(name).split())


def _without_generic(reading: Reading, found: dict[str, ActorMention]) -> list[ActorMention]:
    """ "The terrorists" of a report that names ISIS are ISIS; beside it they name nobody new."""
    generic = [a for a in found.values() if a.actor == "terrorists"]
    named = reading.listed_actors.get("islamic-state")
    if generic and named and "islamic-state" not in found:
        found["islamic-state"] = named.mention._replace(role=generic[0].role, rule="roles: the group the report names")
    own = found.get("islamic-state")
    if own is None or own.rule.startswith(("roles:", "company:")):
        return list(found.values())  # named elsewhere: what the event's own words call them stands beside it
    return [a for a in found.values() if a.actor not in ("terrorists", "unidentified-gunmen") or _is_unknown(a)]


def _is_unknown(actor: ActorMention) -> bool:
    """Attackers the report says nobody knows, whoever claims the attack later."""
    return actor.actor == "unidentified-gunmen" and any(word in fold(actor.name) for word in _UNKNOWN)


def _incident_role(reading: Reading, mention: Mention, actor: Actor, type_: str) -> str | None:
    if actor.kind == "civilians":
        return "victim"
    by_forces = type_ == "clash" and bool(mention.triggers) and fired_by_forces(mention, mention.triggers[0])
    if actor.kind in _HOSTILE:
        if type_ not in _AGAINST_HOSTILE and not by_forces:
            return "perpetrator"
        helps = reading.cues(max(mention.first, actor.first - _NEAR), actor.first, "support")
        return "responder" if helps else "target"  # "the Peshmerga, supported by fighters of the party"
    if actor.kind == "person" and type_ == "arrest":
        return "target" if any(0 <= actor.first - t.last <= _FAR_HARM for t in mention.triggers) else None
    if actor.kind == "person":
        if type_ in ("killing", "abduction") or _is_hurt(reading, mention, actor):
            return "victim"
        return "target" if _is_of_his(reading, mention, actor) else None
    if type_ in _AGAINST_HOSTILE:
        return "responder" if type_ != "air_strike" or actor.kind in ("coalition", "foreign_military", "state_military") else None
    if by_forces and abs(actor.first - mention.triggers[0].first) <= _NEAR:
        return "responder"
    before = reading.document.forms[max(mention.first, actor.first - 3) : actor.first]
    after = reading.document.forms[actor.last : actor.last + 1]  # "a force [cordoned] the place off"
    if any(form.removeprefix("\u0648") in _RESPONSE for form in (*before, *after)):
        return "responder"
    if _is_attacked(reading, mention, actor):
        return "target"
    return None if actor.kind in _NO_FORCES else "responder"


def _only_tells(reading: Reading, actor: Actor, sources: list[Span]) -> bool:
    """ "The head of [the police] of X said that gunmen attacked …", "[the police] said that …", "…, [police] said": no target."""
    forms = reading.document.forms
    says_that = not BREAKS.isdisjoint(form for form in forms[actor.last : actor.last + 2] if form not in ('"', ":"))
    says = forms[actor.last : actor.last + 1] and forms[actor.last].isascii() and reading.cues(actor.last, actor.last + 1, "say")
    return bool(says_that or says) or not begins(sources, actor.mention.start)


def _is_attacked(reading: Reading, mention: Mention, actor: Actor) -> bool:
    """Whether the words before a force say it was attacked: "a post of the army", "on the police", "killed three soldiers of the army";
    or the word that reports the attack stands right before it, or behind it."""
    forms = reading.document.forms
    if actor.prefix[-1:] == "\u0644":
        return True
    before = range(max(mention.first, actor.first - _NEAR), actor.first)
    if any(forms[i] in _ATTACKED or bare(forms[i]) in _ATTACKED for i in before):
        return True
    if reading.hits.between("harm", actor.first - _NEAR, actor.last + _NEAR):
        return True
    return any(-_NEAR <= actor.first - t.last <= 2 for t in mention.triggers)


def bare(form: str) -> str:
    return form.removeprefix("\u0648").removeprefix("\u0627\u0644")


def _is_hurt(reading: Reading, mention: Mention, person: Actor) -> bool:
    """ "The martyrdom of Major So-and-so", "killed an officer, Captain So-and-so": named behind the word for his harm in the same clause
    or, where the harm is said last ("… met his death"), right before it."""
    first = max(mention.first, person.first - _FAR_HARM)
    harms = [h for h in reading.hits.between("harm", first, person.last + 3) if h.entry.attributes["harm"] in _HURT]
    if harms and not reading.cues(harms[0].last, person.first - 1, "say", "according", "led_by"):
        return True
    if reading.cues(first, person.first, "say", "according", "led_by") or not any(t.first < person.first for t in mention.triggers):
        return False
    after = reading.hits.between("harm", person.last, mention.last)  # "fired at Major So-and-so […], which led to his death"
    return any(reading.document.forms[h.last - 1].endswith(_HIS) and h.entry.attributes["harm"] in _HURT for h in after)


def _is_of_his(reading: Reading, mention: Mention, person: Actor) -> bool:
    """ "A grenade was thrown at the house of Judge So-and-so": his house, car or convoy, behind the word for the attack."""
    forms = reading.document.forms
    near = range(max(mention.first, person.first - _NEAR), person.first)
    return any(bare(forms[i]) in _BELONGINGS and any(t.first < i for t in mention.triggers) for i in near)


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
    received = next((t for t in mention.triggers if t.hit.entry.term in _HOSTED), None)
    host = _host(reading, mention, received.first) if received else None
    return "host" if host and host[0] <= actor.first < host[1] else "participant"


def _host(reading: Reading, mention: Mention, verb: int) -> tuple[int, int] | None:
    """The tokens that name who received: office, its body and its holder, before the verb or, where no other subject stands there, behind
    it; "the latter received So-and-so" names the guest alone."""
    forms = reading.document.forms
    people = [a for a in mention.actors if a.kind in ("person", "executive_office")]
    before = [a for a in people if a.first < verb and verb - a.last <= 3]
    subject = forms[verb - 1 - (forms[verb - 1] == '"')]
    if not before and verb > mention.first and (subject in _HE or subject.startswith(_HE_THAT)):
        return None
    first = before[-1] if before else next((a for a in people if a.first > verb), None)
    if first is None:
        return None
    low, high = first.first, first.last
    for actor in people:
        gap = actor.first - high
        if before and actor.last <= low and low - actor.last <= 2:
            low = actor.first
        elif 0 <= gap <= 3 and actor.kind != first.kind and (first.kind == "executive_office" or forms[high : actor.first] == [","]):
            # "the minister, Lieutenant General So-and-so", "So-and-so, the minister": whoever comes next is the guest
            return low, actor.last
    return low, high

"""Whether a centre, a joint force or a committee is set up, opened or put to work, and not only named."""

from dataclasses import replace

from extraction.folding import fold
from extraction.lexicon import words, words_and
from extraction.mention import Mention, count_before
from extraction.reading import Reading
from extraction.triggers import Trigger

_TAKES_UP = words("setting_up.takes_up")
NEEDS_SETTING_UP = frozenset(("centre", "joint_force", "committee"))
BEGAN, _ITS_WORK = words_and("setting_up.began"), words("setting_up.its_work")
DECIDED, _NEAR_DECIDED = words("setting_up.decided"), 4  # tokens
_WORK, _NOT_YET = words("setting_up.work"), words("setting_up.not_yet")
_JOINT = words("setting_up.joint")
_WHICH = words("mentions.which")
_WHICH_OPENED = 7  # tokens
_FAR_OPENED = 10  # tokens
_TAKES_IN, _TAKEN_IN = words("setting_up.takes_in"), 16  # tokens


def is_set_up(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """A centre, force or committee is an event where it is set up, opened or counted."""
    far = _FAR_OPENED if trigger.hit.entry.term.isascii() else 5
    near = reading.cues(max(base.first, trigger.first - 8), min(trigger.last + far, base.last), "set_up")
    # The verb that opens the clause, its doers and its day between: "opened […] a centre".
    opening = reading.cues(base.first, min(base.first + 2, trigger.first), "set_up")
    if trigger.type == "joint_force":  # "a joint force began a search"
        near, opening = ([c for c in told if fold(c.entry.term) not in _TAKES_UP] for told in (near, opening))
    if near or any(c.entry.is_verb and trigger.first - c.last <= 18 for c in opening):
        return True
    return is_at_work(reading, base, trigger) or was_set_up(reading, base, trigger) or count_before(reading, trigger) is not None


def is_at_work(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """ "The joint coordination centre in Khanaqin began its work on Sunday", beside "has not begun its work"."""
    document, stop = reading.document, min(trigger.last + 18, base.last)
    begun = [c.first for c in reading.cues(trigger.last, stop, "at_work")]
    # "… has begun, on Wednesday, its work", "the start of the rooms' work"
    verbs = document.where(BEGAN, max(base.first, trigger.first - 12), stop)
    begun += [i for i in verbs if document.where(_ITS_WORK, i + 1, min(max(i, trigger.last) + 14, base.last))]
    if document.where(_WORK, max(base.first, trigger.first - 3), trigger.first):  # "the work in the joint room will begin"
        begun += verbs
    if not begun or document.forms[begun[0] - 1] in _NOT_YET:
        return False
    return not reading.cues(trigger.last, max(begun), "negate")


def as_at_work(reading: Reading, base: Mention, trigger: Trigger) -> Trigger:
    """A centre that opens, a joint force or committee at work, or "five joint committees": it tells of itself, though its name alone does
    not."""
    if trigger.strength != "weak" or trigger.type not in NEEDS_SETTING_UP:
        return trigger
    told = is_opened(reading, base, trigger) if trigger.type == "centre" else is_at_work(reading, base, trigger)
    if told or (trigger.type == "committee" and _is_joint(reading, trigger)):
        return replace(trigger, strength="strong")
    return trigger


def _is_joint(reading: Reading, trigger: Trigger) -> bool:
    return not _JOINT.isdisjoint(reading.document.forms[trigger.first : trigger.last + 1])


def is_of_both(reading: Reading, base: Mention, main: Trigger) -> bool:
    """ "The two joint brigades took up their duties", "three such rooms were opened in Makhmur", "a similar joint operation was carried out
    on 8 December", "the committees suspended their meetings": of two sides that the report names, though the clause names neither."""
    if main.type in ("suspension", "joint_patrol", "joint_operation"):
        return bool(base.places or base.dates) and names_both_sides(reading)
    if main.type not in NEEDS_SETTING_UP:
        return False
    joint = _is_joint(reading, main)
    if main.type == "joint_force" and joint and is_at_work(reading, base, main):
        return True
    forms = reading.document.forms[max(base.first, main.first - _NEAR_DECIDED) : main.first]
    decided = any(form.removeprefix("\u0648") in DECIDED for form in forms)  # "it was decided to form two committees"
    placed = bool(base.places) or decided or (joint and main.type != "joint_force")
    return placed and main.strength == "strong" and not main.is_definite and names_both_sides(reading)


def names_both_sides(reading: Reading) -> bool:
    """Whether a report of centres that nobody is said to set up names the two sides at all."""
    return {"iraq", "kurdistan"} <= {a.side for a in reading.listed_actors.values()}


def is_opened(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """A coordination centre that opens, with no talk of opening one before it."""
    opened = reading.cues(max(base.first, trigger.first - 6), trigger.first, "opened")
    if not opened and trigger.first - base.first <= 18:
        opened = reading.cues(base.first, min(base.first + 2, trigger.first), "opened")
    is_english = trigger.hit.entry.term.isascii()  # "a centre between the army and the Peshmerga opened in Makhmur"
    after = reading.cues(trigger.last, min(trigger.last + (_FAR_OPENED if is_english else 4), base.last), "set_up")
    opened = opened or [c for c in after if c.entry.is_verb or is_english]  # "four were opened"
    return (bool(opened) or is_at_work(reading, base, trigger) or was_set_up(reading, base, trigger)) and not reading.cues(
        base.first, trigger.first, "purpose", "plan", "request"
    )


def was_set_up(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """ "The centre in Khanaqin, which was opened in May", "a room that takes in officers of both was set up in Erbil"."""
    if trigger.last < base.last and reading.document.forms[trigger.last] in _TAKES_IN:
        far = min(trigger.last + _TAKEN_IN, base.last)
        return any(c.entry.is_verb for c in reading.cues(trigger.last, far, "set_up"))
    after = reading.cues(trigger.last, min(trigger.last + _WHICH_OPENED, base.last), "set_up")
    return any(c.entry.is_verb and reading.document.forms[c.first - 1] in _WHICH for c in after)

"""The code lists: event types with their labels, definitions and counterparts in ACLED, PLOVER and CAMEO; harms, parties, roles."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    INCIDENT = "incident", _("Incident")
    COORDINATION = "coordination", _("Joint coordination")


@dataclass(frozen=True)
class EventType:
    """One type of event. `acled` is (event type, sub-event type), ('', '') where ACLED has no home for it."""

    slug: str
    kind: str
    label: str | Promise
    definition: str | Promise
    acled: tuple[str, str] = ("", "")
    plover: str = ""
    cameo: str = ""


_BATTLE = ("Battles", "Armed clash")
_ATTACK = ("Violence against civilians", "Attack")
_OTHER = ("Strategic developments", "Other")
_MOVE = ("Strategic developments", "Change to group/activity")

EVENT_TYPES = [
    EventType(
        "armed_attack",
        "incident",
        _("Armed attack"),
        _("An assault with firearms or rockets on a position, a village or people."),
        _BATTLE,
        "ASSAULT",
        "190",
    ),
    EventType("ambush", "incident", _("Ambush"), _("An attack from cover on people on the move."), _BATTLE, "ASSAULT", "190"),
    EventType(
        "clash",
        "incident",
        _("Clash"),
        _("An exchange of fire, begun by the security forces or by neither alone."),
        _BATTLE,
        "ASSAULT",
        "190",
    ),
    EventType(
        "ied",
        "incident",
        _("Explosive device"),
        _("A planted or vehicle-borne device that explodes without a suicide bomber."),
        ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
        "ASSAULT",
        "183",
    ),
    EventType(
        "suicide_bombing",
        "incident",
        _("Suicide bombing"),
        _("An attacker blows himself up."),
        ("Explosions/Remote violence", "Suicide bomb"),
        "ASSAULT",
        "183",
    ),
    EventType(
        "shelling",
        "incident",
        _("Shelling"),
        _("Mortar, artillery or rocket fire from a distance."),
        ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
        "ASSAULT",
        "194",
    ),
    EventType(
        "air_strike",
        "incident",
        _("Air strike"),
        _("A strike by aircraft or drone."),
        ("Explosions/Remote violence", "Air/drone strike"),
        "ASSAULT",
        "195",
    ),
    EventType("sniper", "incident", _("Sniper fire"), _("Aimed fire by a hidden marksman."), _BATTLE, "ASSAULT", "190"),
    EventType(
        "abduction",
        "incident",
        _("Abduction"),
        _("People are taken away by force, also at a false checkpoint."),
        ("Violence against civilians", "Abduction/forced disappearance"),
        "ASSAULT",
        "181",
    ),
    EventType("killing", "incident", _("Killing"), _("A killing or execution of people who do not fight back."), _ATTACK, "ASSAULT", "180"),
    EventType(
        "arson_destruction",
        "incident",
        _("Arson or destruction"),
        _("Crops, houses, pylons or vehicles are burnt or blown up."),
        ("Strategic developments", "Looting/property destruction"),
        "ASSAULT",
        "182",
    ),
    EventType(
        "arrest",
        "incident",
        _("Arrest"),
        _("Security forces take suspects into custody."),
        ("Strategic developments", "Arrests"),
        "COERCE",
        "173",
    ),
    EventType(
        "security_operation",
        "incident",
        _("Security operation"),
        _("A search or clearing operation by one side's forces."),
        _MOVE,
        "ASSAULT",
        "190",
    ),
    EventType(
        "weapons_seizure",
        "incident",
        _("Weapons seizure"),
        _("A cache, tunnel or hideout is found, seized or destroyed."),
        ("Strategic developments", "Disrupted weapons use"),
        "COERCE",
        "171",
    ),
    EventType(
        "infiltration", "incident", _("Infiltration"), _("Movement of fighters is detected, driven off or fails."), _MOVE, "ASSAULT", "190"
    ),
    EventType("other_incident", "incident", _("Other incident"), _("A security incident of no other type."), _OTHER, "", ""),
    EventType("meeting", "coordination", _("Meeting"), _("Officials of both sides meet."), _OTHER, "CONSULT", "040"),
    EventType("visit", "coordination", _("Visit"), _("A delegation of one side is received by the other."), _OTHER, "CONSULT", "042"),
    EventType("conference", "coordination", _("Conference"), _("A high-level meeting of more than two parties."), _OTHER, "CONSULT", "040"),
    EventType("call", "coordination", _("Call"), _("A telephone or video call."), _OTHER, "CONSULT", "041"),
    EventType(
        "agreement",
        "coordination",
        _("Agreement"),
        _("Something is agreed, in principle or by signature."),
        ("Strategic developments", "Agreement"),
        "AGREE",
        "057",
    ),
    EventType(
        "joint_operation",
        "coordination",
        _("Joint operation"),
        _("Forces of both sides search, clear or raid together."),
        _MOVE,
        "COOPERATE",
        "062",
    ),
    EventType(
        "air_support",
        "coordination",
        _("Air support"),
        _("Aircraft of one side or of the coalition support a partner."),
        ("Explosions/Remote violence", "Air/drone strike"),
        "COOPERATE",
        "062",
    ),
    EventType(
        "joint_patrol", "coordination", _("Joint patrol"), _("Joint patrols, checkpoints or a security belt."), _MOVE, "COOPERATE", "062"
    ),
    EventType("training", "coordination", _("Training"), _("A joint exercise or training."), _OTHER, "COOPERATE", "062"),
    EventType(
        "centre",
        "coordination",
        _("Coordination centre"),
        _("A joint coordination centre or operations room is agreed, set up or activated."),
        ("Strategic developments", "Headquarters or base established"),
        "COOPERATE",
        "062",
    ),
    EventType(
        "joint_force",
        "coordination",
        _("Joint force"),
        _("A joint brigade or force is formed, or a command changed."),
        _MOVE,
        "COOPERATE",
        "062",
    ),
    EventType(
        "committee", "coordination", _("Committee"), _("A joint committee or liaison mechanism is formed."), _OTHER, "COOPERATE", "062"
    ),
    EventType("intelligence_sharing", "coordination", _("Intelligence sharing"), _("Intelligence is shared."), _OTHER, "COOPERATE", "064"),
    EventType("support", "coordination", _("Support"), _("Equipment, logistics or funds are given."), _OTHER, "AID", "072"),
    EventType("statement", "coordination", _("Statement"), _("An official statement about coordination."), ("", ""), "", "010"),
    EventType("request", "coordination", _("Request"), _("One side asks for coordination or help."), ("", ""), "REQUEST", "1012"),
    EventType("redeployment", "coordination", _("Redeployment"), _("An agreed movement or handover of forces."), _MOVE, "MOBILIZE", "154"),
    EventType("suspension", "coordination", _("Suspension"), _("Cooperation is suspended, refused or disputed."), _OTHER, "REJECT", "1212"),
    EventType("other_coordination", "coordination", _("Other coordination"), _("Coordination of no other type."), _OTHER, "", ""),
]
BY_SLUG = {t.slug: t for t in EVENT_TYPES}
TYPE_CHOICES = [(t.slug, t.label) for t in EVENT_TYPES]
INCIDENT_TYPES = [t.slug for t in EVENT_TYPES if t.kind == Kind.INCIDENT]
COORDINATION_TYPES = [t.slug for t in EVENT_TYPES if t.kind == Kind.COORDINATION]


class Modality(models.TextChoices):
    OCCURRED = "occurred", _("Occurred")
    ONGOING = "ongoing", _("Ongoing")
    ANNOUNCED = "announced", _("Announced")
    FOILED = "foiled", _("Foiled")
    CANCELLED = "cancelled", _("Cancelled")
    DENIED = "denied", _("Denied")
    ALLEGED = "alleged", _("Alleged")


class Harm(models.TextChoices):
    KILLED = "killed", _("Killed")
    WOUNDED = "wounded", _("Wounded")
    ABDUCTED = "abducted", _("Abducted")
    ARRESTED = "arrested", _("Arrested")
    MISSING = "missing", _("Missing")
    SURRENDERED = "surrendered", _("Surrendered")
    DISPLACED = "displaced", _("Displaced")


class Party(models.TextChoices):
    CIVILIAN = "civilian", _("Civilians")
    PESHMERGA = "peshmerga", _("Peshmerga")
    IRAQI_ARMY = "iraqi_army", _("Iraqi army")
    FEDERAL_POLICE = "federal_police", _("Federal police")
    POLICE = "police", _("Police")
    CTS = "cts", _("Counter-Terrorism Service")
    PMF = "pmf", _("Popular Mobilization")
    TRIBAL = "tribal", _("Tribal mobilization")
    ISF = "isf", _("Security forces")
    COALITION = "coalition", _("Coalition")
    ISIS = "isis", _("ISIS")
    OTHER_ARMED = "other_armed", _("Other armed group")
    MIXED = "mixed", _("Mixed")
    UNKNOWN = "unknown", _("Unknown")


class Role(models.TextChoices):
    PERPETRATOR = "perpetrator", _("Perpetrator")
    TARGET = "target", _("Target")
    VICTIM = "victim", _("Victim")
    DEFENDER = "defender", _("Defender")
    RESPONDER = "responder", _("Responder")
    HOST = "host", _("Host")
    VISITOR = "visitor", _("Visitor")
    CHAIR = "chair", _("Chair")
    DELEGATION_HEAD = "delegation_head", _("Head of delegation")
    PARTICIPANT = "participant", _("Participant")
    OBSERVER = "observer", _("Observer")
    MEDIATOR = "mediator", _("Mediator")
    CALLER = "caller", _("Caller")
    SIGNATORY = "signatory", _("Signatory")
    SUPPORTER = "supporter", _("Supporter")
    COMMANDER = "commander", _("Commander")
    SPEAKER = "speaker", _("Speaker")


class DatePrecision(models.IntegerChoices):
    """UCDP GED codebook, date_prec."""

    DAY = 1, _("Exact day")
    DAYS = 2, _("Within 2 to 6 days")
    WEEK = 3, _("The week")
    MONTH = 4, _("The month")
    YEAR = 5, _("Up to a year")

    @classmethod
    def of(cls, first: date, last: date) -> "DatePrecision":
        """The code of a range of days."""
        steps = ((0, cls.DAY), (5, cls.DAYS), (6, cls.WEEK), (30, cls.MONTH))
        return next((code for most, code in steps if (last - first).days <= most), cls.YEAR)


class PlacePrecision(models.IntegerChoices):
    """UCDP GED codebook, where_prec."""

    EXACT = 1, _("Exact place")
    NEAR = 2, _("Within about 25 km of a known place")
    DISTRICT = 3, _("District only")
    GOVERNORATE = 4, _("Governorate only")
    AREA = 5, _("A line or a fuzzy area")
    COUNTRY = 6, _("Country")
    SEA_OR_AIR = 7, _("Sea or air")


class TimeOfDay(models.TextChoices):
    DAWN = "dawn", _("Dawn")
    MORNING = "morning", _("Morning")
    NOON = "noon", _("Noon")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Night")


class Grade(models.TextChoices):
    """How well an event is corroborated (Airwars' grades)."""

    CONFIRMED = "confirmed", _("Confirmed")
    FAIR = "fair", _("Fair")
    WEAK = "weak", _("Weak")
    CONTESTED = "contested", _("Contested")
    DISCOUNTED = "discounted", _("Discounted")

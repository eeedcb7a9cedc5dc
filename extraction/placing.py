"""How well the places of a mention fit those of an event: the same, one inside the other, or two places."""

from typing import NamedTuple

from extraction.clause_places import LEADING, finer, is_bound_for, is_measured_from, is_of_teller, orients
from extraction.cluster import FINE, POINTS, Cluster, is_rough
from extraction.mention import Mention
from extraction.place_mentions import WIDE, Located
from extraction.reading import Reading

_COMPARED = 40  # mentions back
PRECISE = frozenset(("village", "town", "subdistrict", "facility", "natural_feature", "road"))


class Whereabouts(NamedTuple):
    """The places of one mention below the country, as sets to hold against those of a cluster."""

    places: list[Located]
    keys: frozenset[str]
    points: frozenset[str]
    parents: frozenset[str]  # what they lie in, whichever of its namesakes a name stands for

    @classmethod
    def of(cls, named: list[Located]) -> "Whereabouts":
        places = [p for p in named if p.mention.level not in WIDE]
        return cls(
            places,
            frozenset().union(*[p.keys for p in places]),
            frozenset().union(*[p.keys for p in places if p.mention.level in POINTS and not is_rough(p)]),
            frozenset().union(*[o.parents for p in places for o in p.options if o.id == p.mention.place or not p.mention.place]),
        )


def _is_on_the_road(ours: list[Located], cluster: Cluster) -> bool:
    """ "(An ambush on the road from X to Y.) Two fell between X and Z": a place that gives the road its name."""
    roads = [p.mention.name for m in cluster.mentions[-_COMPARED:] for p in m.places if p.mention.level == "road"]
    return any(p.mention.name in road for p in ours for road in roads if p.mention.name != road)


class Placing:
    """Holds the places of mentions against those of clusters; a mention's own are worked out once."""

    def __init__(self, reading: Reading):
        self.reading = reading
        # By identity, which lasts while the mention is held here: with every place, and without those that only tell where another lies.
        self._known: dict[int, tuple[Mention, Whereabouts, Whereabouts]] = {}

    def fit(self, mention: Mention, cluster: Cluster) -> float | None:
        """None where they are two places; else the evidence that they are one (0: none)."""
        if not mention.places or not cluster.places:
            return 0.0
        ours, keys, points, parents = self.of(mention, is_exact=bool(cluster.fine))
        if not ours or all(is_bound_for(self.reading, p) for p in ours):
            return 0.0  # "a vehicle heading to X struck a bomb"
        if points and cluster.points and not (points & cluster.points):
            inside = parents & cluster.points or keys & cluster.points
            if not inside and _is_on_the_road(ours, cluster):
                return 0.5
            if not inside and not (points & cluster.within):
                # Two villages are two places, whatever district they share.
                return 1.0 if self._may_lie_in(ours, cluster) else None
        if self._is_another_district(ours, parents, cluster):
            return None
        if common := keys & cluster.places:
            apart = cluster.fine and common <= cluster.governorates and any(p.mention.level != "governorate" for p in ours)
            return 1.0 if apart else 1.5  # "in the area of X in Diyala", "in the village of Y in Diyala"
        shared = (parents & cluster.places) | (keys & cluster.within)
        governorates = cluster.governorates.union(*[p.keys for p in ours if p.mention.level == "governorate"])
        are_exact = any(p.mention.level != "governorate" for p in ours) and bool(cluster.places - cluster.governorates)
        are_exact = are_exact and not (mention.is_definite and not any(":" in key for key in cluster.fine))
        if shared and not (shared <= governorates and are_exact):
            return 1.0  # but "in the plain of X in Nineveh" is no hill of Nineveh
        shared = (parents & cluster.within) - {"gn:99237", "isnad:kurdistan-region", "isnad:disputed-areas"}
        exact = all(p.mention.level in PRECISE or p.mention.level == "district" for p in finer(ours))
        if shared and (not exact or not cluster.fine or all(is_rough(p) for p in ours)):
            return 0.5
        return 0.0 if not all(p.mention.place for p in ours) and shared else None

    def of(self, mention: Mention, *, is_exact: bool) -> Whereabouts:
        """Where a mention's event was, less the roads' ends; `is_exact`: and less the cities that only tell where its place lies, unless it
        names no other. Worked out once a mention: they are held against every cluster."""
        known = self._known.get(id(mention))
        if known is None:
            places = [p for p in mention.places if not (is_bound_for(self.reading, p, LEADING) or is_measured_from(self.reading, p))]
            places = [p for p in places if not is_of_teller(self.reading, p)]
            exact = [p for p in places if not orients(self.reading, p)] or places
            every = Whereabouts.of(places)
            known = self._known[id(mention)] = (mention, every, every if len(exact) == len(places) else Whereabouts.of(exact))
        return known[2] if is_exact else known[1]

    def is_elsewhere(self, mention: Mention, cluster: Cluster) -> bool:
        """Whether both name places of a list, none of which lies in another's."""
        ours = {p.mention.place for p in mention.places if p.mention.level in FINE}
        return bool(ours - {None}) and bool(cluster.fine) and not self.of(mention, is_exact=True).keys & (cluster.places | cluster.within)

    def is_in_another_governorate(self, mention: Mention, cluster: Cluster) -> bool:
        """ "(A policeman was killed in the valley of X in Kirkuk.) The statement said … in the village of Y of Jalawla": not in Kirkuk;
        mountains cross the lines between governorates."""
        if all(p.mention.level == "natural_feature" for p in mention.places):
            return False
        parents = self.of(mention, is_exact=True).parents
        return bool(cluster.governorates and parents) and parents.isdisjoint(cluster.governorates)

    def _may_lie_in(self, ours: list[Located], cluster: Cluster) -> bool:
        """ "(An attack in the subdistrict of X.) They fired at a post near the village of Y", of the same district, where no list gives the
        village's subdistrict: all that is known to hold the one holds the other."""
        theirs = [p for m in cluster.mentions[-_COMPARED:] for p in m.places if p.mention.level in POINTS]
        if len(ours) > 1 < max(len([p for p in m.places if p in theirs]) for m in cluster.mentions[-_COMPARED:]):
            return False  # "in the village of X of Y", "of Z of W": each told in full
        pairs = [pair for a in ours for b in theirs for pair in ((a, b), (b, a)) if len(a.options) == len(b.options) == 1]
        return any(
            outer.mention.level == "subdistrict" != inner.mention.level and inner.options[0].parents == outer.options[0].parents
            for inner, outer in pairs
        )

    def _is_another_district(self, ours: list[Located], parents: frozenset[str], cluster: Cluster) -> bool:
        """Places below a governorate on both sides, of which none lies in another: that they share the governorate is no evidence."""
        ours = finer(ours)
        fine = {p.mention.place for p in ours if p.mention.level in FINE and not is_rough(p)}
        listed = {key for key in cluster.fine if ":" in key}  # of a village in no list nobody knows the district
        if not listed or not fine or None in fine or any(p.mention.level not in FINE for p in ours):
            return False
        return not (fine & cluster.within or parents & listed or fine & listed)

"""Which mentions speak of one event: headline, lead and body; the attack and "the attack"; the phases of one day at one place.

What would make two events of two mentions is a contradiction: another day, another place, other hosts, figures that cannot be one toll.
Without one, mentions of a compatible type are one event where they share a day or a place, or where the later one refers back.
"""

from bisect import bisect_right, insort

from extraction.apart import BY_ITSELF, is_apart, opens_apart
from extraction.cluster import (
    FINE,
    OPERATION,
    POINTS,
    STRUCTURE,
    TALK,
    Cluster,
    bodies_of,
    counts_the_same,
    fine_places,
    fit_toll,
    host_of,
    is_burnt_by_attackers,
    is_no_toll_of,
    is_one_of_several,
    is_part_of_toll,
    is_risen_to,
    is_rough,
    is_told_by_itself,
    is_told_with_toll,
    killed_attackers,
    less_those_below,
    persons_of,
    same_talk,
    tells_the_same,
)
from extraction.event_dates import Dating
from extraction.lexicon import words
from extraction.listing import NO_LIST, Listing
from extraction.mention import Mention
from extraction.place_mentions import WIDE
from extraction.placing import PRECISE, Placing
from extraction.reading import Reading
from extraction.retelling import (
    akin,
    counts_again,
    finds_the_taken,
    follows_the_known,
    goes_on_elsewhere,
    hits_dens,
    hunts_culprits,
    is_account,
    is_by_the_known,
    is_during_this,
    is_earlier_toll,
    is_first_count,
    is_leads_account,
    is_of_the_condemned,
    is_one_strike,
    is_placed_account,
    is_retold,
    is_sources_account,
    is_struck_again,
    opens_with_the_known,
    turns,
)
from extraction.talks import fit_talks, is_how_they_talked, is_so_called, met_in, tense
from extraction.timing import Timing
from extraction.triggers import FORCE_TYPES, is_compatible

_COMPARED, _AL = 40, "\u0627\u0644"  # clusters back: a report tells of few events, a hostile text of thousands
_PHASES, _TOLD_OF_OPERATIONS = frozenset(("security_operation", "killing", "weapons_seizure")), frozenset(("killing", "shelling"))
_TAKEN_BY_FORCES, _LONG_PAST = frozenset(("unsaid", "neutral", "suspect", "member", "leader")), 21  # days
_DETAILS, _BY_THEMSELVES = FORCE_TYPES | {"clash", "air_strike", "arson_destruction"}, FORCE_TYPES | {"abduction", "air_strike"}
_TOLD_OF_TALKS = frozenset(("meeting", "visit", "conference", "call", "joint_force"))
_AFTER, _YEARS = words("merging.after"), frozenset(("year", "this_year", "last_year", "months_back", "months_count"))


class Clusterer:
    """Gathers mentions into clusters; knows what dates each of them."""

    def __init__(self, reading: Reading, dating: Dating, listing: Listing = NO_LIST):
        self.reading = reading
        self.listing = listing
        self.dating = dating
        self.clusters: list[Cluster] = []
        self._has_body = any(not s.is_title for s in reading.sentences)
        self._turns = turns(reading)
        self._left: list[Mention] = []
        self._has_sum = False
        self.placing = Placing(reading)
        self.timing = Timing(reading, dating)

    def add(self, mention: Mention) -> None:
        """Put a mention to the cluster it fits best, or begin one where it is an event by itself."""
        if mention.kind == "incident" and not is_told_by_itself(mention) and self._is_detail_of_operation(mention):
            mention = mention._replace(kind="coordination", type="joint_operation", is_definite=True, weight=0.3)
        fitting: list[tuple[float, Cluster]] = []
        for order, cluster in enumerate(self._in_subject(mention)):
            score = self._fit(mention, cluster)
            if score is None or score <= 0:
                continue
            if self._is_background(mention, cluster):
                score -= 0.8
            late = order * (-0.01 if mention.is_title else 0.01) - self._gap(mention, cluster)  # of equals a headline is of the first
            fitting += [(score + late, cluster)] if score > 0 else []
        if mention.is_definite and mention.kind == "incident" and not mention.is_title:
            fitting = less_those_below(mention, fitting)
        if fitting:
            best = max(fitting, key=lambda told: told[0])[1]
            # The day of the search that followed is not the day of the attack.
            self._join(best, mention._replace(dates=()) if self._is_aftermath(mention, best) else mention)
        elif self._stands_alone(mention):
            cluster = Cluster([])
            self._join(cluster, mention)
            self.clusters.append(cluster)
        else:
            self._left.append(mention)

    def _gap(self, mention: Mention, cluster: Cluster) -> float:
        """What decides between equals: a sentence goes on about what was told last before it."""
        told = bisect_right(cluster.sentences, mention.sentence)
        is_first = mention.is_title or mention.kind != "incident" or not told
        return 0.0 if is_first else min(0.02 * (mention.sentence - cluster.sentences[told - 1]), 0.2)

    def _is_background(self, mention: Mention, cluster: Cluster) -> bool:
        """Whether a cluster is older than what the report is about by more than a week: an undated sentence hardly goes on
        about it."""
        if mention.dates or mention.sentence == cluster.mentions[-1].sentence:
            return False
        lead = cluster.mentions[0]
        if lead.is_sum and not (mention.triggers or mention.places):  # "killed in attacks", each told below
            return any(c is not cluster and c.sentences_behind(mention.sentence) == 1 for c in self._recent)
        if not (cluster.date and cluster.date.last):
            return False
        told = (c for c in self._recent if c.kind == cluster.kind and c.mentions[0].modality != "announced")
        days = [c.date.last for c in told if c.date and c.date.last] or [cluster.date.last]
        return (max(days) - cluster.date.last).days > 7

    def _is_long_past(self, operation: Cluster) -> bool:
        """ "(The service's forces stormed a quarter today.) The operation to retake the city began on 17 October"."""
        last = operation.date.last if operation.date else None
        return any(last and c.date and c.date.last and (c.date.last - last).days > _LONG_PAST for c in self._recent)

    def _in_subject(self, mention: Mention) -> list[Cluster]:
        """What "the meeting" may mean: after "on another subject", only an event told since, or one of its type where there is none."""
        turns = bisect_right(self._turns, mention.sentence)
        if not (turns and mention.is_definite and not mention.is_title):
            return self._recent
        turn = self._turns[turns - 1]
        since = [c for c in self._recent if c.kind == mention.kind and any(m.sentence >= turn for m in c.mentions)]
        return since or [c for c in self._recent if c.kind != "incident" or mention.type in c.types or not mention.triggers]

    @property
    def _recent(self) -> list[Cluster]:
        return self.clusters[-_COMPARED:]

    def settle(self) -> None:
        """Once all mentions are in: a toll of "the attack" stands alone in a report that tells of nothing else; and what forces did
        alone, by the same day, belongs to the joint operation the report tells of."""
        self._settle_for_the_known_attack()
        self._settle_for_the_known_talks()
        operations = (c for c in self.clusters if "joint_operation" in c.types)
        lasting = (c for c in operations if not c.date or (c.date.date_prec or 0) <= 3)  # not those of a whole year
        operation = next((c for c in lasting if not self._is_long_past(c)), None)
        if operation is None:
            return
        done, kept = FORCE_TYPES | {"arson_destruction"}, []
        for cluster in self.clusters:
            parts = cluster.mentions if cluster.kind == "incident" and cluster.types <= done else []
            if any(is_burnt_by_attackers(m) or opens_apart(self.reading, m) for m in parts):
                parts = []
            if parts and all(self.timing.fit(m, operation) is not None and self.placing.fit(m, operation) is not None for m in parts):
                for mention in parts:
                    self._join(operation, mention._replace(kind="coordination", type="joint_operation"))
            else:
                kept.append(cluster)
        self.clusters = kept

    def _settle_for_the_known_attack(self) -> None:
        told = min((c.sentences[0] for c in self.clusters if c.kind == "incident"), default=len(self.reading.sentences))
        body = [m for m in self._left if m.sentence < told and not (m.is_title and self._has_body)]
        tolls = [m for m in body if m.modality == "occurred" and not m.is_condemned and is_told_with_toll(m)]
        if tolls:
            cluster = Cluster([])
            self._join(cluster, max(tolls, key=lambda m: (m.weight, -m.first)))
            self.clusters.append(cluster)

    def _settle_for_the_known_talks(self) -> None:
        """ "During the meeting they discussed …", "the agreement on a joint brigade", in a report that tells of no other talks."""
        if any(c.kind == "coordination" for c in self.clusters):
            return
        for mention in self._left:
            sides = {a.slug for a in mention.actors if a.kind not in ("rebel_terrorist", "unidentified", "civilians")}
            if mention.type in _TOLD_OF_TALKS and mention.modality != "denied" and mention.weight >= 0.7 and len(sides) >= 2:
                cluster = Cluster([])
                self._join(cluster, mention)
                self.clusters.append(cluster)
                return

    def _is_detail_of_operation(self, mention: Mention) -> bool:
        """What forces did (search, destroy, arrest, kill) in a report of a joint operation, unless on another day or elsewhere."""
        known = any(t.is_definite and t.type == "security_operation" and t.first < mention.trigger for t in mention.triggers)
        struck = {h.party for h in mention.harms if h.has_figure}
        if (
            (
                mention.type not in _DETAILS
                and not self._tells_its_toll(mention, struck)
                and not (mention.type == "shelling" and (known or hits_dens(self.reading, mention)))
            )
            or is_burnt_by_attackers(mention)
            or any(t.type in ("armed_attack", "ied") and t.strength == "strong" for t in mention.triggers)
        ):
            return False
        if not (known or mention.is_definite) and mention.dates and any(p.mention.level in POINTS for p in mention.places):
            return False  # "a patrol fought with three of them at dawn on Wednesday near the village of X"
        if not (known or mention.is_definite) and self._is_told_beside(mention):
            return False
        operations = [c for c in self._recent if "joint_operation" in c.types and not self._is_long_past(c)]
        if not (known or mention.is_definite):  # "moreover, they searched the hills of X", of an operation in Y
            operations = [c for c in operations if self.placing.fit(mention, c) is not None]
        of_it = "isis" in struck or struck <= _TAKEN_BY_FORCES or (mention.is_definite and mention.type == "clash")
        return of_it and any(self.timing.fit(mention, c) is not None for c in operations)

    def _is_told_beside(self, mention: Mention) -> bool:
        """ "In another context, aircraft carried out two raids near X", "(a force arrested two men,) and found a cache in Y": at a place
        of its own, told apart from the operation or in one sentence with what is."""
        if not any(p.mention.level not in WIDE for p in mention.places):
            return False
        beside = any(c.kind == "incident" and c.mentions[-1].sentence == mention.sentence for c in self.clusters[-1:])
        return beside or opens_apart(self.reading, mention)

    def _tells_its_toll(self, mention: Mention, struck: set[str]) -> bool:
        """ "The operation resulted in the killing of six of the group", "the force shelled it, […] six of the group were killed": told
        with neither day nor place right behind a joint operation."""
        if mention.type not in _TOLD_OF_OPERATIONS or "isis" not in struck or mention.dates or mention.is_title:
            return False
        last = [c for c in self._recent if any(m.sentence < mention.sentence for m in c.mentions)][-1:]
        return bool(last) and "joint_operation" in last[0].types and not any(p.mention.level in POINTS for p in mention.places)

    def _stands_alone(self, mention: Mention) -> bool:
        if mention.kind == "statistic":
            return True
        if mention.weight < 0.4 or mention.modality == "denied" or is_earlier_toll(mention):
            return False
        placed = any(p.mention.level not in WIDE for p in mention.places)
        harmed = any(h.has_figure for h in mention.harms)
        if mention.is_title and self._has_body and not (placed and (harmed or mention.dates)):
            return False  # a headline or a caption that nothing under it takes up
        if mention.is_condemned:
            return (bool(mention.dates) or harmed) and placed
        if mention.is_definite and mention.kind == "incident":
            own = any(e.rule not in _YEARS for e in mention.dates) and harmed  # "the bloodiest of those attacks, on 4 September, killed 13"
            if mention.triggers and mention.triggers[0].hit.entry.attributes["strength"] == "plural" and self.clusters and not own:
                return False  # "the hospitals took in eight dead of the attacks"
            hostile = any(a.kind in ("rebel_terrorist", "unidentified") for a in mention.actors)
            told = any(e.rule not in _YEARS for e in mention.dates) or bool(mention.harms)
            return (placed and (told or (hostile and mention.weight > 0.6))) or (bool(mention.dates) and harmed)
        if mention.is_definite:
            officials = {a.slug for a in mention.actors if a.kind not in ("rebel_terrorist", "unidentified", "civilians")}
            dated = bool(self.dating.day(mention))
            return len(officials) >= 2 if dated != placed else dated and (len(officials) >= 2 or mention.type in ("meeting", "conference"))
        return True

    def _join(self, cluster: Cluster, mention: Mention) -> None:
        cluster.mentions.append(mention)
        insort(cluster.sentences, mention.sentence)
        cluster.types.add(mention.type)
        if mention.type == "shelling" and hits_dens(self.reading, mention):
            cluster.types.add("air_strike")  # "(The cell announced the bombing of hideouts.) F-16s carried out a raid"
        self._has_sum |= mention.is_sum and mention.kind == "incident"
        if mention.kind == "coordination":
            cluster.persons |= persons_of(mention)
            cluster.bodies |= bodies_of(mention)
            cluster.hosts |= {host} if (host := host_of(mention)) else set()
            cluster.sides |= {a.side for a in mention.actors if a.side}
            cluster.met |= met_in(self.reading, mention)
        cluster.tolls |= {(h.harm, h.value, h.party) for h in mention.harms if h.has_figure}
        cluster.has_unhurt |= any(h.is_zero for h in mention.harms)
        date = self.dating.day(mention)
        is_told = self.dating.is_told(mention)
        if date and (cluster.date is None or (cluster.date.first is None and date.first) or (cluster.date_is_told and not is_told)):
            cluster.date, cluster.date_is_told = date, is_told
        for place in self.placing.of(mention, is_exact=True).places:
            cluster.places |= place.keys
            if place.mention.level == "governorate" and not is_rough(place):
                cluster.governorates |= place.keys
            if place.mention.level in POINTS and not is_rough(place):
                cluster.points |= place.keys
            if place.mention.level in FINE and not is_rough(place):
                cluster.fine |= place.keys
            if place.options and place.mention.place:
                cluster.within |= next((p.parents for p in place.options if p.id == place.mention.place), frozenset())

    def _fit(self, mention: Mention, cluster: Cluster) -> float | None:
        """None where they contradict; else the evidence that they are one (0: none)."""
        if mention.kind != cluster.kind:
            return None
        if mention.kind == "statistic":
            return 1.0 if counts_again(self.reading, mention, cluster) else None
        lead = cluster.mentions[0]
        follows = mention.is_definite and mention.last == lead.first and self.reading.document.forms[lead.first] in _AFTER
        if follows or (mention.is_other and mention.sentence == cluster.mentions[-1].sentence):
            return None  # "the attack came [a day after gunmen killed …]"
        if mention.is_next and not mention.is_title and cluster.sentences[0] <= mention.sentence and not cluster.mentions[-1].is_title:
            return None  # "as for the third, it went off …"
        one_of_several = is_one_of_several(mention) or (mention.is_sum and bool(mention.harms) and not tells_the_same(mention, cluster))
        if (lead.is_sum and one_of_several) or (lead.told_in and not (mention.is_title or mention.told_in)):
            return None
        if mention.told_in and not (mention.is_title or lead.is_title or lead.is_sum):
            return None  # "(Two fell on Friday.) The day before saw two attacks, the first …"
        if one_of_several and is_one_of_several(lead) and self._has_sum and self.placing.is_elsewhere(mention, cluster):
            return None  # "(Five fell to three bombs.) A bomb hit a patrol in X, … a bomb went off in the market of Y"
        score = self._fit_coordination(mention, cluster) if mention.kind == "coordination" else self._fit_incident(mention, cluster)
        return None if score is not None and self._is_apart(mention, cluster) else score

    def _is_apart(self, mention: Mention, cluster: Cluster) -> bool:
        """Whether they stand in two items of a list, and the later does not say that it goes on about the earlier."""
        item = self.listing.item(mention.sentence)
        if item is None or mention.is_title or any(m.is_title or self.listing.item(m.sentence) in (item, None) for m in cluster.mentions):
            return False
        shares = mention.kind == "coordination" or (self.placing.fit(mention, cluster) or 0) >= 1.5 or fit_toll(mention, cluster) == 1.0
        is_known = mention.is_definite or mention.weight < 0.4 or self._is_called_by_day_or_place(mention)
        tells_toll = not cluster.tolls and mention.type in cluster.types and any(h.has_figure for h in mention.harms)
        return not (is_known and (shares or (tells_toll and self._is_of_its_day(mention, cluster))))

    def _is_of_its_day(self, mention: Mention, cluster: Cluster) -> bool:
        """Whether an item's own day is the day of an earlier item, which its heading may give."""
        ours, theirs = self.dating.day(mention), cluster.date or self.listing.day(cluster.mentions[0].sentence)
        if not (ours and theirs and ours.first and ours.last and theirs.first and theirs.last):
            return False
        return ours.first <= theirs.last and theirs.first <= ours.last

    def _is_called_by_day_or_place(self, mention: Mention) -> bool:
        """ "Last night's ambush", "the Tarmiyah clash": in Arabic the day or the place stands right behind the noun."""
        if not mention.triggers or mention.triggers[0].hit.entry.is_verb:
            return False
        at = mention.triggers[0].last
        return any(d.first == at for d in mention.dates) or any(p.first == at for p in mention.places)

    def _fit_incident(self, mention: Mention, cluster: Cluster) -> float | None:
        if self._is_aftermath(mention, cluster):
            return 0.7
        of_this = is_during_this(self.reading, mention) and not cluster.types <= FORCE_TYPES
        if of_this and not self.timing.is_of_another_week(mention, cluster):
            return 1.5 + cluster.nearness(mention.sentence)
        place = self.placing.fit(mention, cluster)
        of_earlier = is_earlier_toll(mention) and mention.type in cluster.types | {"killing"}
        known = of_earlier or is_by_the_known(self.reading, mention, cluster)
        retold = is_retold(self.reading, mention, cluster)
        compatible = mention.type in cluster.types or any(is_compatible(mention.type, t) for t in cluster.types)
        if not compatible and len(mention.triggers) > 1:  # "they blew up the headman's house and abducted a boy", of "a boy was abducted"
            shared = any(t.type in cluster.types for t in mention.triggers if t.strength == "strong")
            compatible = shared and (fit_toll(mention, cluster) == 1.0 or is_sources_account(self.reading, mention, cluster))
        compatible = compatible or ((known or retold) and mention.type not in _BY_THEMSELVES)
        compatible = compatible or (mention.is_definite and cluster.types <= FORCE_TYPES and is_so_called(mention, cluster))
        compatible = compatible or ((retold or mention.is_title) and killed_attackers(mention, cluster))
        compatible = compatible or self._is_loss_of(mention, cluster)
        if not compatible and not is_one_strike(mention, cluster, place):
            return None
        near, told = mention.sentence - cluster.mentions[-1].sentence, any(h.has_figure for h in mention.harms)
        listed = place is None and any(p.mention.place or (cluster.points and told) for p in fine_places(mention))
        if place is None and goes_on_elsewhere(self.reading, mention, cluster):
            place = 0.0
        elif place is None and (
            (retold and not self.placing.is_in_another_governorate(mention, cluster)) or is_leads_account(self.reading, mention, cluster)
        ):
            place = 1.0
        elif place is None and (is_risen_to(mention, cluster) or ((known or mention.is_definite) and not listed)):
            place = 0.0  # "the gunmen opened fire on the man in the quarter of X", which no gazetteer lists
        elif place is None and not (mention.triggers or cluster.within) and 0 < mention.sentence - cluster.mentions[-1].sentence <= 2:
            place = 0.0  # "(… in the village of X.) Seven were wounded, officials in the town said": no gazetteer holds the village
        elif (
            place is None
            and is_sources_account(self.reading, mention, cluster)
            and not self.placing.is_in_another_governorate(mention, cluster)
            and ((told_anew := tells_the_same(mention, cluster)) or not (cluster.points or (cluster.fine and listed)))
        ):
            place = 0.5 if told_anew else 0.0  # "five died in the town. A bomb in the village killed five"; a lead of a rough place
        if (place is None and not mention.is_title) or is_apart(self.reading, mention, cluster, place):
            return None
        date = self.timing.fit(mention, cluster)
        if date is None and not self._is_told_later(mention, cluster):
            return None
        date, place, toll = date or 0.0, place or 0.0, fit_toll(mention, cluster)
        bare = is_earlier_toll(mention) and not (0 < near <= 2 or any(m.harms for m in cluster.mentions))
        if bare or is_no_toll_of(self.reading, mention, cluster):
            return None
        is_other = toll is None and mention.type not in cluster.types and mention.weight >= 0.7 and not (of_earlier or mention.is_definite)
        if is_other and not any(p.keys & cluster.fine for p in mention.places):
            return None  # another means, other victims, no place in common
        otherwise = toll is None and (
            self._tells_otherwise(mention, cluster, place, date)
            or is_account(self.reading, mention, cluster, place)
            or (mention.type in cluster.types and is_sources_account(self.reading, mention, cluster))
            or (is_part_of_toll(mention, cluster) and (known or (date >= 1.0 and is_first_count(self.reading, mention, cluster))))
        )
        rough = bool(cluster.fine) and not any(p.keys & cluster.fine for p in mention.places)  # one governorate, and no town in common
        if toll is None and (date + place < 2.5 or rough) and not mention.is_title and not otherwise:
            return None
        revised = not (mention.places and mention.triggers) and any(h.is_revised for h in mention.harms)
        back = mention.is_definite or mention.weight < 0.4 or revised or known or opens_with_the_known(self.reading, mention)
        back = back or is_struck_again(self.reading, mention, cluster) or follows_the_known(mention)
        evidence = date + place + (toll or 0.0)
        if back:
            ahead = mention.is_definite and mention.dates and cluster.sentences[0] > mention.sentence
            if ahead and date < 1 > place and toll != 1 and any(h.has_figure for h in mention.harms):
                return None  # "two who took part in last week's attack, which killed two": none told only below it
            if not (mention.triggers or mention.dates or mention.places) and cluster.sentences[0] > mention.sentence:
                evidence = 0.0  # a bare toll is not of what the text tells of only below it, though the figure repeats
            # "the blast" is the bomb told above, not the raid told since; so is another figure the figure told above
            known_word = any(t.type in akin(mention.type) for m in cluster.mentions[-_COMPARED:] for t in m.triggers if not t.is_definite)
            same = 0.6 if (mention.triggers and mention.type in cluster.types) or known_word or counts_the_same(mention, cluster) else 0.0
            return evidence + 1.0 + same + cluster.nearness(mention.sentence)
        if mention.is_title or cluster.mentions[0].is_title:
            return evidence + 1.0
        other = bool(mention.triggers) and mention.type not in cluster.types
        by_other_means = other and (mention.type in BY_ITSELF or cluster.types <= BY_ITSELF)
        # One small figure alone makes no one event of two places.
        said_anew = toll == 1.0 and 0 < near <= 2 and not mention.dates and tells_the_same(mention, cluster)
        taken_up = retold or mention.is_condemned or not mention.places
        by_other_means = by_other_means and not said_anew
        if evidence >= (1.5 if by_other_means else 1.0) and (place or toll if by_other_means else date or place or taken_up):
            return evidence
        if is_sources_account(self.reading, mention, cluster) and (place >= 1.0 or not self.placing.is_elsewhere(mention, cluster)):
            return 0.6
        account = is_placed_account(mention, cluster) or is_of_the_condemned(mention, cluster)
        account = account or (toll is None and not (place or date) and is_account(self.reading, mention, cluster, place))
        rough = not cluster.places or place >= 0.5  # a lead that names only the country, or no village
        if account or (rough and is_leads_account(self.reading, mention, cluster)):
            return 0.6
        bare = (not mention.dates or self.timing.is_dated_as_told(mention)) and not self.placing.of(mention, is_exact=True).places
        if mention.type in BY_ITSELF and mention.type not in cluster.types and mention.sentence != cluster.mentions[-1].sentence:
            return 0.0  # a bomb, a raid or an abduction told with neither day nor place may be another event as well
        others = self.reading.cues(mention.first, min(mention.trigger + 5, mention.last), "other_event")
        said_other = any(not c.prefix.endswith(_AL) for c in others)  # "the other blew himself up": of the two told before
        return 0.6 if bare and near <= 3 and not said_other else 0.0

    def _is_loss_of(self, mention: Mention, cluster: Cluster) -> bool:
        """ "(The Peshmerga raided hideouts.) One Peshmerga was wounded by a trap": a bare toll right behind an operation."""
        bare = not (mention.dates or mention.places or mention.is_title) and all(t.strength != "strong" for t in mention.triggers)
        bare = bare and mention.weight < 0.4 and any(h.has_figure for h in mention.harms)
        return bare and bool(cluster.types & FORCE_TYPES) and any(0 < mention.sentence - n <= 2 for n in cluster.sentences)

    def _is_told_later(self, mention: Mention, cluster: Cluster) -> bool:
        """Whether a day beside a toll that rose is only the day it was told."""
        if self.placing.of(mention, is_exact=True).places or cluster.sentences[0] >= mention.sentence:
            return False
        return any(h.is_revised or h.is_earlier for h in mention.harms)

    def _tells_otherwise(self, mention: Mention, cluster: Cluster, place: float, date: float) -> bool:
        """Whether a sentence that refers back goes on about an attack with figures of its own: just told, or told by its place, or
        whose toll it gives anew."""
        dated = mention.dates and date < 1.0 and not self.timing.is_dated_as_told(mention)
        bare = not dated and not self.placing.of(mention, is_exact=True).places
        if is_earlier_toll(mention):
            return any(0 < mention.sentence - n <= 2 for n in cluster.sentences)
        if mention.is_definite and self.reading.cues(mention.first, mention.last, "claim"):
            near = not mention.places and any(0 < mention.sentence - n <= 3 for n in cluster.sentences)
            return near or (place >= 1.5 and any(p.mention.level in POINTS for p in mention.places))
        told = any(0 < mention.sentence - n <= (5 if counts_the_same(mention, cluster) else 1) for n in cluster.sentences)
        return bare and told and (mention.is_definite or not mention.triggers)

    def _is_aftermath(self, mention: Mention, cluster: Cluster) -> bool:
        """The search, the cordon and the reinforcements after an attack are phases of it, and so is the end of those taken."""
        if finds_the_taken(mention, cluster):
            return True
        hunts = hunts_culprits(self.reading, mention)
        if (mention.type not in _PHASES and not hunts) or cluster.types <= FORCE_TYPES:
            return False
        # "upon it they searched the place and found four bodies"
        follows = hunts or self.reading.cues(mention.first, mention.first + 3, "aftermath")
        found = any(t.type == "weapons_seizure" and t.strength == "strong" for t in mention.triggers)  # is told for itself
        if not follows and (found or mention.type != "security_operation" or any(h.has_figure for h in mention.harms)):
            return False
        if mention.weight >= 0.7 and not (hunts or mention.is_definite):
            return False
        elsewhere = [p for p in mention.places if p.mention.level in PRECISE and not (p.keys & cluster.places)]
        near = 0 <= mention.sentence - cluster.mentions[-1].sentence <= 2 and not elsewhere
        return near and self.timing.fit(mention, cluster) is not None and (hunts or mention.weight < 0.7 or not mention.places)

    def _fit_coordination(self, mention: Mention, cluster: Cluster) -> float | None:
        same_sentence = mention.sentence == cluster.mentions[-1].sentence
        built = mention.type in STRUCTURE - {"agreement"} and not (mention.is_definite or same_sentence)
        if built and cluster.types & {"meeting", "visit", "conference", "call"}:
            return None  # a centre opened is an event of its own
        agreed_on = mention.type == "joint_force" and mention.is_definite and not mention.dates and bool(cluster.types & TALK)
        alike = agreed_on or any(same_talk(mention.type, t) for t in cluster.types) or (same_sentence and mention.weight < 0.5)
        if not alike and not is_how_they_talked(self.reading, mention, cluster):
            return None
        date = self.timing.fit(mention, cluster)
        if date is None or (not mention.is_definite and tense(mention) != tense(cluster.mentions[0])):
            return None
        if mention.type in OPERATION:
            opening = self.reading.cues(mention.first, mention.first + 2, "other_event", "also")
            if opening and not mention.is_definite and any(not (p.keys & cluster.places) for p in mention.places):
                return None  # "the army also launched …" elsewhere
            place = self.placing.fit(mention, cluster)
            retold = is_leads_account(self.reading, mention, cluster)
            return 1.0 + date + (place or 0.0) if place is not None or mention.is_definite or date > 0 or retold else None
        return fit_talks(self.reading, mention, cluster, date, alike=alike)

"""How well the day of a mention fits that of an event: the same, one inside the other, told since, or two days."""

from extraction.apart import opens_apart
from extraction.cluster import Cluster
from extraction.event_dates import Dating, looks_back
from extraction.lexicon import words
from extraction.mention import Mention
from extraction.reading import Reading
from extraction.retelling import is_one_phrase
from extraction.stated_tolls import STATED
from extraction.types import DateMention

_SINCE, _FAR = 7, 2  # days at most from a known event to its telling; sentences
_NEWS = 14  # days that a lead without a day may be behind
_LONG_PAST = 90  # days
_OF_WOUNDS = words("timing.of_wounds")
_PAST_PERIODS = frozenset(("week", "last_month", "last_year"))
_AS_OF_WRITING = frozenset(("dates: weekday", "dates: days"))


class Timing:
    """Holds the days of mentions against those of clusters."""

    def __init__(self, reading: Reading, dating: Dating):
        self.reading = reading
        self.dating = dating
        self._lead = next((i for i, s in enumerate(reading.sentences) if not s.is_title and s.last - s.first > 4), 0)

    def fit(self, mention: Mention, cluster: Cluster) -> float | None:
        """None where they are two days; else the evidence that they are one (0: none)."""
        ours, theirs = self.dating.day(mention), cluster.date
        if ours and not theirs and (self._is_long_before_news(mention, ours, cluster) or self._opens_with_past_day(mention, ours, cluster)):
            return None
        if ours and not theirs and mention.sentence > cluster.mentions[-1].sentence and self._opens_with_past_week(mention, cluster):
            return None
        if not ours or not theirs:
            return 0.0
        if not (ours.first and theirs.first and ours.last and theirs.last):
            if is_one_phrase(ours.phrase, theirs.phrase):
                return 1.0
            if self._opens_with_past_week(mention, cluster):
                return None
            if self.dating.is_told(mention) or cluster.date_is_told:
                return 0.0
            if ours.rule != theirs.rule and {ours.rule, theirs.rule} <= _AS_OF_WRITING:
                return 0.0  # "on Thursday" and "today", of a page without a day
            return 0.0 if not (ours.first or theirs.first) and mention.is_title else (0.0 if ours.first or theirs.first else None)
        if self.is_dated_as_told(mention) and 0 <= (ours.last - theirs.last).days <= 3:
            return 0.0  # a count of people announced since: the day it was announced says nothing
        if ours.first <= theirs.last and theirs.first <= ours.last and self._looks_back_over(mention, ours, theirs):
            return None
        if ours.first <= theirs.last and theirs.first <= ours.last:
            # "yesterday" is in "the last week", and so is much else
            return 1.5 if ours.first == theirs.first or (ours.date_prec or 0) <= 2 >= (theirs.date_prec or 0) else 0.5
        if opens_apart(self.reading, mention) or opens_apart(self.reading, cluster.mentions[0]) or looks_back(self.reading, mention):
            return None
        told = abs((ours.last - theirs.last).days)
        claimed = mention.is_definite and bool(self.reading.cues(mention.first, mention.last, "claim"))  # on the day it was claimed
        if (claimed or self.dating.is_told(mention) or cluster.date_is_told) and told <= (_SINCE if mention.is_definite else 3):
            return 0.0
        wide = max((ours.last - ours.first).days, (theirs.last - theirs.first).days)
        gap = min(abs((ours.first - theirs.last).days), abs((theirs.first - ours.last).days))
        return 0.0 if gap <= 1 and (wide or "night" in (ours.precision, theirs.precision)) and mention.is_definite else None

    def _looks_back_over(self, mention: Mention, ours: DateMention, theirs: DateMention) -> bool:
        """ "(They put 31 men to death yesterday.) Last week they had killed ten headmen": some days, of what had been done before a day
        that they hold."""
        if not (ours.first and ours.last and theirs.first and theirs.last) or theirs.last > theirs.first or mention.is_title:
            return False
        days = (ours.last - ours.first).days
        opens = not mention.is_definite and any(0 <= e.first - mention.first <= 2 for e in mention.dates)
        return days > 1 and (looks_back(self.reading, mention) or (opens and days > 4))

    def _is_long_before_news(self, mention: Mention, day: DateMention, cluster: Cluster) -> bool:
        """ "(A delegation has arrived for talks.) It held its first talks in February": the lead's news is not so old."""
        first = cluster.mentions[0]
        news = _NEWS // 2 if looks_back(self.reading, mention) and not mention.is_definite else _NEWS
        if mention.sentence == first.sentence or not (day.anchor and day.last) or (day.anchor - day.last).days <= news:
            return False
        # "(The artillery shelled the village.) The group had taken it in June 2014", of any event told without a day
        is_older = mention.kind == "incident" and not mention.is_definite and (day.anchor - day.last).days > _LONG_PAST
        return first.sentence == self._lead or (is_older and not mention.is_title and not first.is_title)

    def _opens_with_past_day(self, mention: Mention, day: DateMention, cluster: Cluster) -> bool:
        """ "(The source said four men were hurt.) On Tuesday, 2 January 2024, …", "in 2021 the two governments agreed …": what opens with a
        day or a year of its own, before that of the report, is no more of what was told without one."""
        if mention.is_definite or mention.is_title or mention.sentence <= cluster.mentions[-1].sentence:
            return False
        first = self.reading.sentences[mention.sentence].first
        had_been = mention.kind == "coordination" and looks_back(self.reading, mention)  # "the delegation had agreed on 14 November with …"
        said = (e for e in mention.dates if e.explicit or e.rule == "year" or (had_been and e.rule == "day_of_month"))
        opening = next((e for e in said if had_been or e.first - first <= 2), None)
        if opening is None:
            return False
        if opening.rule == "year" or day.anchor is None:
            return opening.rule == "year" or had_been
        return day.last is not None and (day.anchor - day.last).days > 1

    def _opens_with_past_week(self, mention: Mention, cluster: Cluster) -> bool:
        """ "Last week the headman was killed", of a page without a day whose lead told what happened on a weekday, or of what has none."""
        first = cluster.mentions[0]
        opens = any(e.rule in _PAST_PERIODS and e.first - mention.first <= 2 for e in mention.dates)
        opens = opens or any(e.rule == "month" and e.says_past for e in mention.dates)  # "the camp was hit by a rocket last May"
        if mention.sentence - cluster.mentions[-1].sentence > _FAR:  # "two men were hurt last Saturday", some sentences below a lead
            opens = opens or any(e.rule == "weekday" and e.says_past for e in mention.dates)
        return opens and not mention.is_definite and not mention.is_title and not any(e.rule in _PAST_PERIODS for e in first.dates)

    def is_of_another_week(self, mention: Mention, cluster: Cluster) -> bool:
        """ "A bomber had struck a restaurant in December, and 50 fell in that attack": the one it tells of itself."""
        ours, theirs = self.dating.day(mention), cluster.date
        if not (ours and theirs and ours.last and theirs.last):
            return False
        return abs((ours.last - theirs.last).days) > _SINCE

    def is_dated_as_told(self, mention: Mention) -> bool:
        """Whether a mention that only counts people has the day on which they were counted, or died of their wounds."""
        restated = any(h.is_earlier or h.is_revised or h.rule == STATED for h in mention.harms)
        restated = restated or bool(self.reading.document.where(_OF_WOUNDS, mention.first, mention.last))
        return not mention.triggers and (restated or self.dating.is_told(mention))

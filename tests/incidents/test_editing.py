"""Two editors at once: nobody's words are lost, disjoint changes merge, and what clashes is shown with all three values."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from history.clashes import last_seen, with_seen
from history.models import Change, Revision
from incidents import curation
from incidents.models import Event
from tests import factories

FIELDS = ("title_ar", "title_en", "summary_ar", "summary_en")


def edit(event, by, seen, **changes):
    return curation.edit(event=event, changes=changes, by=by, reason="Plainer.", seen=seen)


def read_of(event):
    return last_seen(Event, event.pk)


@pytest.mark.usefixtures("record")
class TestStale:
    @pytest.fixture
    def event(self, db):
        return curation.refresh(factories.event(date_start=None, at=None))

    def test_changes_of_different_fields_merge_by_themselves(self, event):
        read = read_of(event)
        edit(event, factories.user(), read, title_en="Mine", summary_en="")
        event = edit(event, factories.user(), read, summary_en="Yours", title_en=event.title_en)
        assert (event.title_en, event.summary_en) == ("Mine", "Yours")

    def test_a_clash_writes_nothing_and_shows_base_mine_and_theirs(self, event):
        read, base = read_of(event), event.title_en
        edit(event, factories.user(), read, title_en="Theirs")
        with pytest.raises(curation.Clashing) as stale:
            edit(event, factories.user(), read, title_en="Mine", summary_en="Also mine")
        [clash] = stale.value.clashes
        assert (clash.field, clash.base, clash.mine, clash.theirs) == ("title_en", base, "Mine", "Theirs")
        event.refresh_from_db()
        assert event.summary_en == ""

    def test_two_who_write_the_same_do_not_clash(self, event):
        read = read_of(event)
        edit(event, factories.user(), read, title_en="One title")
        assert edit(event, factories.user(), read, title_en="One title").title_en == "One title"

    def test_nothing_passes_for_read_by_a_revision_that_never_was_of_this_row(self, event):
        edit(event, factories.user(), read_of(event), title_en="x")
        for seen in (0, 2**40):
            with pytest.raises(curation.Clashing):
                edit(event, factories.user(), seen, title_en="y")

    def test_going_back_is_a_new_revision_and_the_old_ones_stay(self, event):
        user, before = factories.user(), event.title_en
        edit(event, user, None, title_en="Wrong")
        wrong = Revision.objects.of(event).filter(changed__contains=["title_en"]).latest("id")
        curation.revert(revision=wrong, by=user, reason="It was right before.")
        event.refresh_from_db()
        assert event.title_en == before
        assert Change.objects.latest("at").verb == "revert"
        assert Revision.objects.filter(pk=wrong.pk).exists()

    def test_a_value_changed_again_since_is_not_reverted_under_the_later_one(self, event):
        user = factories.user()
        edit(event, user, None, title_en="First")
        first = Revision.objects.of(event).filter(changed__contains=["title_en"]).latest("id")
        edit(event, user, None, title_en="Second")
        with pytest.raises(curation.CurationError, match="revert that first"):
            curation.revert(revision=first, by=user, reason="x")

    def test_what_follows_from_claims_is_not_reverted_by_hand(self, event):
        factories.claim(event, low=13)
        curation.refresh(event)
        derived = Revision.objects.of(event).filter(changed__contains=["deaths_best"]).latest("id")
        with pytest.raises(curation.CurationError, match="verb that undoes it"):
            curation.revert(revision=derived, by=factories.user(), reason="x")

    def test_reverting_a_speaker_s_organ_counts_its_events_again(self, event):
        command, cell = factories.speaker(), factories.speaker()
        factories.claim(event, by=command)
        factories.claim(event, by=cell)
        cell.organ_of = command
        cell.save()
        assert curation.refresh(event).origin_count == 1
        joined = Revision.objects.of(cell).latest("id")
        [event] = curation.revert(revision=joined, by=factories.user(), reason="They speak apart.")
        assert event.origin_count == 2


class TwoDesks(RuleBasedStateMachine):
    """Two editors with a connection each open and save one event in any order, sometimes at the same instant."""

    @initialize()
    def two_desks(self):
        self.desks = [ThreadPoolExecutor(1), ThreadPoolExecutor(1)]
        self.users = [factories.user("first"), factories.user("second")]
        self.event = factories.event(date_start=None, at=None)
        self.opened = [None, None]
        self.expected = None
        self.number = 0
        for who in (0, 1):
            self._open(who)
        self.expected = dict(self.opened[0][1])

    def _work(self, who, function, *arguments):
        return self.desks[who].submit(function, *arguments)

    def _read(self):
        row = with_seen(Event.objects.all()).get(pk=self.event.pk)
        return row.seen, {field: getattr(row, field) for field in FIELDS}

    def _open(self, who):
        self.opened[who] = self._work(who, self._read).result()

    def _save(self, who, fields, barrier=None):
        """What the form sends: every field, with new words in some. Returns the fields written, or those that clashed."""
        revision, seen = self.opened[who]
        words = {field: f"{field} {who} {self.number}" for field in fields}

        def save():
            user = User.objects.get(pk=self.users[who].pk)
            if barrier:
                barrier.wait(10)
            try:
                edit(self.event, user, revision, **{**seen, **words})
            except curation.Clashing as stale:
                return {}, {clash.field for clash in stale.clashes}
            return words, set()

        return self._work(who, save)

    def _settle(self, who, future):
        written, clashed = future.result(20)
        _, seen = self.opened[who]
        for field in clashed:
            assert self.expected[field] != seen[field], "a clash where nobody else wrote"
        return written

    @rule(who=st.integers(0, 1))
    def open(self, who):
        self._open(who)

    @rule(who=st.integers(0, 1), fields=st.sets(st.sampled_from(FIELDS), min_size=1))
    def save(self, who, fields):
        self.number += 1
        _, seen = self.opened[who]
        written = self._settle(who, self._save(who, fields))
        for field in written:
            # Nobody's words are written over unseen.
            assert self.expected[field] == seen[field]
        self.expected |= written
        self._open(who)

    @rule(first=st.sets(st.sampled_from(FIELDS), min_size=1), second=st.sets(st.sampled_from(FIELDS), min_size=1))
    def save_at_once(self, first, second):
        self._open(0)
        self._open(1)
        self.number += 1
        barrier = Barrier(2)
        futures = [self._save(0, first, barrier), self._save(1, second, barrier)]
        results = [future.result(20) for future in futures]
        both = first & second
        assert sum(bool(written) for written, _ in results) == (1 if both else 2), "of two that clash one wins, of two that do not both"
        for written, clashed in results:
            assert clashed <= both
            self.expected |= written

    @invariant()
    def nothing_is_lost(self):
        if self.expected is not None:
            assert self._work(0, self._read).result()[1] == self.expected

    def teardown(self):
        for desk in getattr(self, "desks", ()):
            desk.submit(lambda: connection.close()).result()  # each thread has a connection of its own
            desk.shutdown()


@pytest.mark.django_db(transaction=True)
def test_two_editors_in_any_order_lose_no_word():
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    limits = settings(max_examples=8, stateful_step_count=8, deadline=None, suppress_health_check=checks, derandomize=True)
    run_state_machine_as_test(TwoDesks, settings=limits)

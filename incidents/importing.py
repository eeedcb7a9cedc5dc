"""Rows of other datasets into the record: read, shown before anything is written, carried out in the background, taken back.

A row becomes an article of the dataset, whose text is the row's cells, with a candidate on it; where that was asked for, a draft event.
So each of its values stands on a passage, is judged, merged and undone like any other. A dataset is a chain, never a fresh origin.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop, override
from django_tasks import task

from history.sentences import kept, sentence_of
from history.sentences import sentence as _
from incidents import curation, deletions, triage
from incidents.candidates import similar_events
from incidents.curation import CurationError
from incidents.curation.guard import EDIT, may, verb
from incidents.interchange import acled, columns, ged
from incidents.interchange.matching import Cast, Gazetteer, looked_up
from incidents.interchange.reading import Reading, compose
from incidents.interchange.table import Line, Table, read_table
from incidents.models import Candidate, Claim, DatasetImport, Event, ImportedRow
from incidents.taxonomy import BY_SLUG
from sources.intake import IntakeError, outlet_named, receive_row, row_address
from sources.models import Article, Outlet

Format, State, Fate = DatasetImport.Format, DatasetImport.State, ImportedRow.Fate
CHUNK = 100
# From this score on a known event is so like a row that an editor decides whether they are one.
RESEMBLES = 0.6


def format_of(table: Table) -> str:
    """By the names of its columns."""
    names = {name.casefold() for name in table.columns}
    if names >= acled.COLUMNS:
        return Format.ACLED
    if names >= acled.DELETED:
        return Format.DELETED
    return Format.GED if names >= ged.COLUMNS else Format.TABLE


@transaction.atomic
def open_import(*, dataset: str, label: str, raw: bytes, becomes: str, by: User) -> DatasetImport:
    """Store a file of rows of the dataset of that name. Its columns are known, remembered from the dataset's last file, or guessed.

    Raises IntakeError where the file is no table, CurationError where the name is that of an outlet that is none.
    """
    may(by, EDIT)
    if not dataset.strip():
        raise CurationError(_("Name the dataset: its rows are known by that name when they come again."))
    table = read_table(raw)
    outlet = outlet_named(dataset.strip()[:200], kind=Outlet.Kind.DATASET)
    if outlet.kind != Outlet.Kind.DATASET:
        raise CurationError(_("%(name)s is an outlet of the kind “%(kind)s”: give the dataset another name.") % _name(outlet))
    source = DatasetImport(
        dataset=outlet, format=format_of(table), becomes=becomes, label=label.replace("\x00", "")[:300], raw=raw, submitted_by=by
    )
    source.total = len(table.lines)
    if source.format == Format.TABLE:
        source.state, source.mapping = State.MAPPING, remembered(outlet, table) or columns.guess(table.columns)
    source.save()
    return source


def hand_in(*, dataset: str, label: str, raw: bytes, becomes: str, by: User, language: str) -> DatasetImport:
    """Store a file of rows and have it checked in the background; a table whose columns nobody has assigned waits for that first."""
    source = open_import(dataset=dataset, label=label, raw=raw, becomes=becomes, by=by)
    if source.format != Format.TABLE:
        move(source=source, to=State.CHECKING, by=by, language=language)
        source.refresh_from_db()
    return source


def _name(outlet: Outlet) -> dict[str, str]:
    return {"name": outlet.name, "kind": outlet.get_kind_display()}


def remembered(dataset: Outlet, table: Table) -> dict[str, str]:
    """How the columns of the dataset's last file were assigned, if this one has them all."""
    last = DatasetImport.objects.filter(dataset=dataset, format=Format.TABLE).exclude(state=State.MAPPING).first()
    return dict(last.mapping) if last and not columns.complaints(last.mapping, table.columns) else {}


def assign(*, source: DatasetImport, mapping: dict[str, str], by: User, seen: str | None = None) -> None:
    """Say what the columns hold. Raises CurationError with all that is missing."""
    may(by, EDIT)
    mapping = {name: column for name, column in mapping.items() if column}
    wrong = columns.complaints(mapping, read_table(bytes(source.raw)).columns)
    if wrong:
        raise CurationError(" ".join(wrong))
    with transaction.atomic():
        row = _as_seen(source, seen)
        if row.state not in (State.MAPPING, State.CHECKED):
            raise CurationError(_("Columns are assigned before the rows are imported."))
        DatasetImport.objects.filter(pk=row.pk).update(mapping=mapping, state=State.MAPPING)


def _as_seen(source: DatasetImport, seen: str | None) -> DatasetImport:
    """The import, locked, if it is as the page showed it; None where nothing was shown."""
    row = DatasetImport.objects.select_for_update(of=("self",)).defer("raw").get(pk=source.pk)
    if seen is not None and row.as_of != seen:
        raise CurationError(_("Its rows were checked anew since you opened it: look at them as they stand now, then decide."))
    return row


# In the background. A task that is run again goes on where the lost one stopped.

_STEPS = {
    State.CHECKING: (State.MAPPING, State.CHECKING, State.CHECKED),
    State.RUNNING: (State.CHECKED,),
    State.UNDOING: (State.DONE, State.UNDONE, State.FAILED),
}


@transaction.atomic
def move(*, source: DatasetImport, to: str, by: User, language: str, is_queued: bool = True, seen: str | None = None) -> None:
    """Begin the next step: checking, importing, undoing. Of two who ask at once, one is refused. A step not queued is its caller's."""
    may(by, EDIT)
    row = _as_seen(source, seen)
    if row.state not in _STEPS[State(to)]:
        raise CurationError(_("The import is “%(state)s”: this cannot be done now.") % {"state": row.get_state_display()})
    DatasetImport.objects.filter(pk=row.pk).update(state=to, done=0, reason="", finished_at=None)
    if is_queued:
        work.enqueue(row.pk, by.pk, language)


@task()
def work(number: int, user: int, language: str) -> None:
    """Do the step an import is at, for this user."""
    source = DatasetImport.objects.select_related("dataset").get(pk=number)
    by = User.objects.get(pk=user)
    with override(language):
        try:
            {State.CHECKING: check, State.RUNNING: carry_out, State.UNDOING: take_back}.get(State(source.state), _nothing)(source, by=by)
        except Exception as error:
            known = isinstance(error, IntakeError | CurationError)
            said = sentence_of(error) if known else _("An error of the program's own; it was recorded. Try again later.")
            _end(source, State.FAILED, reason=said)
            if not known:
                raise


def _nothing(source: DatasetImport, *, by: User) -> None:
    """Done already, by a worker that was lost before it could say so."""


def _end(source: DatasetImport, state: str, *, reason: str = "") -> None:
    DatasetImport.objects.filter(pk=source.pk).update(state=state, reason=reason, finished_at=timezone.now())


# Checking


def check(source: DatasetImport, *, by: User) -> None:
    """Read every row and keep what it would become, or why it would not; nothing is written to the record."""
    table, gazetteer, cast = read_table(bytes(source.raw)), Gazetteer(), Cast()
    source.rows.all().delete()
    keys: dict[str, int] = {}
    for first in range(0, len(table.lines), CHUNK):
        rows = [_row(source, line, keys, gazetteer, cast) for line in table.lines[first : first + CHUNK]]
        _compare(source, [row for row in rows if not row.fate])
        with transaction.atomic():
            ImportedRow.objects.bulk_create(rows)
            DatasetImport.objects.filter(pk=source.pk).update(done=first + len(rows), total=len(table.lines))
    _end(source, State.CHECKED)


def _row(source: DatasetImport, line: Line, keys: dict[str, int], gazetteer: Gazetteer, cast: Cast) -> ImportedRow:
    """The row as far as the file alone tells; its fate is open where nothing speaks against it."""
    row = ImportedRow(source=source, line=line.number, fate="")
    if line.problem:
        row.fate, row.problems = Fate.REFUSED, _kept([("", line.problem)])
        return row
    reading = _read(source, line.cells)
    row.key, row.title = reading.key[:200], (reading.title or f"{source.dataset} {reading.key[:8]}")[:300]
    if reading.left_out:
        row.fate, row.problems = Fate.LEFT_OUT, _kept([reading.left_out])
    elif reading.problems:
        row.fate, row.problems = Fate.REFUSED, _kept(reading.problems)
    elif reading.key in keys:
        same = _("the same row as in line %(line)d") % {"line": keys[reading.key]}
        row.fate, row.problems = Fate.REFUSED, _kept([("", same)])
    else:
        keys[reading.key] = line.number
    if row.fate or source.format == Format.DELETED:
        return row
    row.text, proposal = compose(line.cells, reading)
    row.proposal = looked_up({**proposal, "kind": BY_SLUG[reading.type].kind}, gazetteer, cast)
    row.published_on, row.url = reading.published_on, reading.url
    return row


def _kept(problems: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(column, kept(reason)) for column, reason in problems]


def _read(source: DatasetImport, cells: dict[str, str]) -> Reading:
    match source.format:
        case Format.ACLED:
            return acled.read(cells)
        case Format.DELETED:
            return acled.read_deleted(cells)
        case Format.GED:
            return ged.read(cells)
        case _:
            return columns.read(cells, source.mapping)


def _compare(source: DatasetImport, rows: list[ImportedRow]) -> None:
    """The fate of rows that can be read: new, changed or the same, deleted; and for a new one the known event it is like."""
    if source.format == Format.DELETED:
        deletions.settle(source.dataset, rows)
        return
    addresses = {row_address(source.dataset, row.key): row for row in rows}
    known = {a.canonical_url: a for a in Article.objects.filter(canonical_url__in=addresses, is_current=True).defer("raw", "search_text")}
    standing = deletions.standing(list(known.values()))
    for address, row in addresses.items():
        article = known.get(address)
        if article is None or article.pk not in standing:
            row.fate = Fate.NEW
            row.resembles = _resembled(_candidate(row, article or Article(outlet=source.dataset, published_on=row.published_on)))
        else:
            row.fate = Fate.SAME if article.text == row.text else Fate.CHANGED


def _resembled(candidate: Candidate) -> str:
    """The code of the known event it is like; '' where it is like none but those that only its own dataset tells of and tells apart."""
    alike = [found.event for found in similar_events(candidate) if found.score >= RESEMBLES]
    others = Claim.objects.live().exclude(passage__article__outlet=candidate.article.outlet)
    return next((event.code for event in alike if others.filter(event=event).exists()), "")


def _candidate(row: ImportedRow, article: Article) -> Candidate:
    quotes = row.proposal["quotes"]
    return Candidate(
        article=article,
        kind=row.proposal["kind"],
        type=row.proposal["type"],
        start=min(quote["start"] for quote in quotes),
        end=max(quote["end"] for quote in quotes),
        score=row.proposal["score"],
        proposal=row.proposal,
    )


# Carrying out and taking back


def carry_out(source: DatasetImport, *, by: User) -> None:
    """Import every new or changed row that is not in yet, and withdraw every deleted one, each in a transaction of its own."""
    do = deletions.withdraw_row if source.format == Format.DELETED else import_row
    wanted = source.rows.filter(fate__in=[Fate.NEW, Fate.CHANGED, Fate.DELETED])
    _each(source, wanted.filter(is_done=False), wanted.count(), lambda row: do(row=row, by=by))
    _end(source, State.DONE)


def take_back(source: DatasetImport, *, by: User) -> None:
    """Undo every row that was carried out; what cannot be undone stays, with its reason."""
    undo = deletions.restore_row if source.format == Format.DELETED else undo_row
    # Whatever was ever carried out has its article: also what a worker that was lost had undone already.
    whole = source.rows.filter(article__isnull=False).count()
    _each(source, source.rows.filter(is_done=True).order_by("-line"), whole, lambda row: undo(row=row, by=by))
    _end(source, State.DONE if source.rows.filter(is_done=True).exclude(remark="").exists() else State.UNDONE)


def _each(source: DatasetImport, rows: Any, whole: int, do: Callable[[ImportedRow], object]) -> None:
    """Do it to the rows that are left of `whole`; each counts when it was tried."""
    numbers = list(rows.values_list("pk", flat=True))
    before = whole - len(numbers)
    DatasetImport.objects.filter(pk=source.pk).update(total=whole, done=before)
    for count, number in enumerate(numbers, start=1):
        row = ImportedRow.objects.select_related("source__dataset", "article", "candidate").get(pk=number)
        try:
            do(row)
        except (CurationError, IntakeError) as error:
            ImportedRow.objects.filter(pk=number).update(remark=sentence_of(error))
        if count % 20 == 0 or count == len(numbers):
            DatasetImport.objects.filter(pk=source.pk).update(done=before + count)


@verb(why=gettext_noop("A row of a dataset was imported."))
def import_row(*, row: ImportedRow, by: User) -> ImportedRow:
    """Store the row as an article with its candidate; as a draft event where that was asked for and no known event is like it.

    What the dataset said of the row before is superseded, where an event stands on it.
    """
    source = row.source
    article, _is_new = receive_row(
        dataset=source.dataset, key=row.key, title=row.title, text=row.text, url=row.url, published_on=row.published_on
    )
    if deletions.standing([article]):
        raise CurationError(_("Another import brought this row meanwhile."))
    earlier = list(Candidate.objects.filter(article=article.replaces).select_related("event")) if article.replaces else []
    Candidate.objects.filter(pk__in=[c.pk for c in earlier if not c.verdict]).update(verdict=Candidate.Verdict.STALE)
    row.article, row.candidate = article, _candidate(row, article)
    row.candidate.save()
    event = next((c.event for c in earlier if c.event), None)
    if source.becomes == DatasetImport.Becomes.DRAFTS and not row.resembles:
        triage.accept(candidate=row.candidate, by=by, into=event)
        if event:
            _supersede(row.candidate, article, event, by)
    row.is_done, row.remark = True, ""
    row.save(update_fields=["article", "candidate", "is_done", "remark"])
    return row


def _supersede(candidate: Candidate, article: Article, event: Event, by: User) -> None:
    """A row the dataset corrected does not contradict the new one; undoing the new one brings it back."""
    old = list(Claim.objects.live().filter(event=event, passage__article=article.replaces))
    for claim in old:
        curation.rank_claim(claim=claim, rank=Claim.Rank.DEPRECATED, reason=Claim.RankReason.SUPERSEDED, by=by)
    candidate.refresh_from_db()
    candidate.written["superseded"] = [*candidate.written.get("superseded", []), *(claim.pk for claim in old)]
    candidate.save(update_fields=["written"])


@verb(why=gettext_noop("The import of a row was taken back."))
def undo_row(*, row: ImportedRow, by: User) -> None:
    """Take back what the row wrote: its event is set aside or loses its claims, its candidate waits no more. The article stays."""
    candidate = row.candidate
    if candidate and candidate.verdict != Candidate.Verdict.STALE:
        candidate = triage.take_back(candidate=candidate, by=by) if candidate.verdict else candidate
        Candidate.objects.filter(pk=candidate.pk).update(verdict=Candidate.Verdict.STALE, held_by=None, held_until=None)
    article = row.article
    if article and article.replaces_id and article.is_current:
        Article.objects.filter(pk=article.pk).update(is_current=False)
        Article.objects.filter(pk=article.replaces_id).update(is_current=True)
    ImportedRow.objects.filter(pk=row.pk).update(is_done=False, remark="")

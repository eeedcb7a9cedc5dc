"""Persons and the offices they hold: "the deputy commander of Joint Operations, Lieutenant General So-and-so", and offices named alone."""

from collections.abc import Iterator
from functools import cache

from extraction.folding import fold
from extraction.lexicon import rows, words
from extraction.matching import Hit, analyses, bare_forms
from extraction.text import Document
from extraction.types import TALKS_HELD, ActorMention
from extraction.vocabulary import Hits

_WAW = "\u0648"
_AL = "\u0627\u0644"
_COMPOUND = words("persons.compound")
_PAST_OFFICE = words("persons.past_office")
_LAM = "\u0644"
_ALI = "\u0639\u0644\u064a"
_YEH = "\u064a"
_LONGEST_NAME = 4
_LONGEST_OFFICE = 10
NO_SURNAMES = words("persons.no_surnames")  # "discussed with So-and-so [ways of …]"
_ORDERS = words("persons.orders")
_FROM = words("particles.from")
_IN = _FROM | words("particles.in")
_OPENING = frozenset(("(", '"'))
_POSTS = words("persons.posts")
_INTRODUCED = words("persons.introduced")
_PLURAL_POSTS = words("persons.plural_posts")
_PRAISE = words("persons.praise")
_TWO_WORDS = words("persons.two_word_places")
_COMMANDS = {"command": "state_military", "police": "police"}  # kinds of an office that is a force
_OF_PLACE = words("persons.of_place")
_OF_BODY = words("persons.of_body")
_WHERE = words("persons.where")
_GENERAL = words("persons.general")
_COMMANDED = words("persons.commanded")
_SECTORS = words("persons.sectors")
_ARTICLES = ("al-", "el-", "ul-", "abd-", "abdul-", "abdel-", "abu-", "nur-")
Titled = tuple[int, int, ActorMention]


@cache
def given_names() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in rows("given_names.tsv"))


@cache
def stop_words() -> frozenset[str]:
    return frozenset(fold(row["term"]) for row in rows("stop_words.tsv"))


class NameReader:
    """Reads names in one document; knows where other terms stand, which no name may run over."""

    def __init__(self, document: Document, hits: Hits):
        self.document = document
        self.ends_at: set[int] = set()
        for table in ("triggers", "cues", "place_words", "offices"):
            self.ends_at.update(hits.starts(table))
        self.ends_at.update(hit.first for hit in hits.all("people") if hit.entry.attributes["number"] != "1")
        self.people = set(hits.starts("people")) | set(hits.starts("harm"))
        self.reports = {hit.first for hit in hits.all("triggers") if _reports(hit)}
        self.reports.update(hit.first for hit in hits.cues(0, len(document.forms), "say"))
        self.reports.update(hit.first for hit in hits.all("harm") if hit.entry.attributes["form"] == "process")
        self.talks = {hit.first for hit in hits.all("triggers") if hit.entry.attributes["kind"] == "coordination"}
        self.held = {hit.first for hit in hits.all("triggers") if hit.entry.attributes["type"] in TALKS_HELD}
        self.weekdays = {hit.first for hit in hits.all("times") if hit.entry.table == "weekdays"}
        self.bodies: dict[int, Hit] = {}
        self.known: dict[int, Hit] = {}
        for hit in hits.all("actors"):
            (self.known if hit.entry.attributes["kind"] == "person" else self.bodies)[hit.first] = hit

    def _is_part(self, index: int, first: bool) -> bool:
        form = self.document.forms[index]
        if (
            not (form.isalpha() or _is_hyphened(form))
            or len(form) < 2
            or (form in stop_words() and not self._is_ali(index))
            or (index in self.ends_at and form not in given_names())
            or index in self.bodies
            or (not first and form in NO_SURNAMES)
        ):
            return False
        if form.isascii():
            return _is_hyphened(form) or _has_capital(self, index, index + 1)
        if form[0] == _WAW and len(form) > 3 and form not in given_names():
            return False
        if form[0] == _LAM and form not in given_names():
            return False  # "So-and-so told X": to whom he said it; "the deputy commander for operations"
        return not (first and form.startswith(_AL) and form not in _COMPOUND)

    def _is_surname(self, index: int) -> bool:
        """Whether a word behind a lone given name can only be his surname: "Aziz Waysi", which begins like "and"; "Muhammad al-Askari"."""
        form = self.document.forms[index]
        if not form.isalpha() or form.isascii() or len(form) < 4 or index in self.bodies:
            return False
        if form[0] == _WAW:
            is_and = form.startswith(_WAW + _AL) or form[1:] in given_names() or form[1:] in stop_words()
            return not (is_and or index in self.ends_at or index in self.people)
        return form.startswith(_AL) and form.endswith(_YEH) and len(form) > 5 and form not in _PAST_OFFICE and index not in self.reports

    def _is_ali(self, index: int) -> bool:
        """The name Ali, printed with the dots that its like, the preposition, goes without."""
        return self.document.forms[index] == _ALI and self.document.raw[self.document.span(index, index + 1)[1] - 1] == _YEH

    def name_at(self, index: int, stop: int, *, titled: bool) -> int | None:
        """Where the name that begins at `index` ends, or None; `titled` after a rank, when an unlisted first name will do."""
        forms = self.document.forms
        if index in self.known and self.known[index].last <= stop:
            return self.known[index].last
        if index >= stop or not self._is_part(index, True) or not (titled or forms[index] in given_names()):
            return None
        at = length = 0
        at = index
        while at < stop and length < _LONGEST_NAME and (self._is_part(at, at == index) or (at == index + 1 and self._is_surname(at))):
            if not (at > index and forms[at - 1] in _COMPOUND):
                length += 1
            at += 1
        while at > index and forms[at - 1] in _COMPOUND:
            at -= 1
        return at if at - index >= 2 or (titled and at > index) else None


def find_persons(document: Document, hits: Hits, ranges: list[tuple[int, int]]) -> list[Titled]:
    """Titled persons and offices named alone, with their tokens, in order; a listed person (actors.csv) keeps its slug."""
    reader = NameReader(document, hits)
    out: list[Titled] = []
    taken = -1
    ends = iter(last for _, last in ranges)
    stop = 0
    for hit in hits.all("offices"):
        while stop <= hit.first:
            stop = next(ends)
        # "By order of the commander", "the matter", in the letters of "commander".
        is_order = fold(hit.entry.term) in _ORDERS and (
            not _FROM.isdisjoint(document.forms[hit.last : hit.last + 1]) or hit.prefix.endswith(_AL)
        )
        if hit.first >= taken and not is_order:
            if not hit.cut and hit.entry.attributes["kind"] == "office":
                out += _before(reader, hit, max(taken, 0))
            found, taken = _read_title(reader, hit, stop)
            out += found
    known = {first for first, _, _ in out}
    return out + [titled for titled in _introduced(reader) if titled[0] not in known]


def _introduced(reader: NameReader) -> Iterator[Titled]:
    """The people named behind "they are", "called": "the two kidnapped are (So-and-so) and (So-and-so)"."""
    forms = reader.document.forms
    for i in reader.document.where(_INTRODUCED):
        stop = reader.document.sentence_end(i)
        at = i + 1
        while at < stop:
            at = _past_praise(reader.document, at + (forms[at] == _WAW), stop)
            if at >= stop:
                break
            joined = at > i + 1 and forms[at].startswith(_WAW) and forms[at][1:] in given_names()  # "and-Saman Ahmad"
            end = reader.name_at(at + joined, stop, titled=joined)
            if end is None or end - at < 2:
                break
            yield at, end, _person(reader, at, end, int(joined))
            at = end + (forms[end : end + 1] in ([")"], ['"']))


def _read_title(reader: NameReader, hit: Hit, stop: int) -> tuple[list[Titled], int]:
    document, kind = reader.document, hit.entry.attributes["kind"]
    if kind in ("rank", "honorific"):
        begin = _past_praise(document, hit.last, stop)
        if kind == "rank" and begin + 1 < stop and document.forms[begin] in _IN and begin + 1 in reader.bodies:
            begin = _past_praise(document, reader.bodies[begin + 1].last, stop)  # "the colonel in the former army So-and-so"
        end = reader.name_at(
            begin, stop, titled=kind == "rank" or document.forms[begin - 1] in _OPENING or _has_capital(reader, begin, stop)
        )
        if end is None:
            return _read_office(document, reader, hit, stop) if fold(hit.entry.term) in _POSTS else ([], hit.last)
        return [(begin, end, _person(reader, begin, end))], end
    if kind in _COMMANDS:
        return _read_command(document, hit, stop, _COMMANDS[kind])
    return _read_office(document, reader, hit, stop)


def _past_praise(document: Document, at: int, stop: int) -> int:
    """Past "the hero (", "the retired" between a rank and its name."""
    while at < stop and (document.forms[at] in _PRAISE or document.forms[at] in _OPENING):
        at += 1
    return at


def _read_command(document: Document, hit: Hit, stop: int, kind: str) -> tuple[list[Titled], int]:
    """A force by the place it is of: "the operations command of Salahaddin", "the directorate of intelligence and security of Diyala"."""
    forms, last = document.forms, hit.last
    while last + 1 < stop and forms[last][0] == _WAW and len(forms[last]) > 3 and forms[last + 1].isalpha():
        last += 1
    last += 1 + (last + 1 < stop and forms[last] in _TWO_WORDS)
    if last > stop or not all(form.isalpha() for form in forms[hit.last : last]) or forms[last - 1] in stop_words():
        return [], hit.last
    start, end = document.span(hit.first, last, hit.cut)
    return [(hit.first, last, ActorMention(start, end, document.raw[start:end], None, kind, "", "persons: a command and its place"))], last


def _before(reader: NameReader, hit: Hit, low: int) -> list[Titled]:
    """Who holds the office, named right before it: "So-and-so, director of the service", without a comma."""
    given = given_names()
    for first in range(max(low, hit.first - _LONGEST_NAME), hit.first - 1):
        if first in reader.talks or reader.document.forms[first - 1] in _IN:
            continue  # "a meeting brought together the commander …", "in Salahaddin the minister", in the letters of a name
        if reader.document.forms[first] in given and reader.name_at(first, hit.first, titled=False) == hit.first:
            return [(first, hit.first, _person(reader, first, hit.first))]
    return []


def _read_office(document: Document, reader: NameReader, hit: Hit, stop: int) -> tuple[list[Titled], int]:
    """An office with the body it belongs to, and its holder where one is named after it."""
    forms = document.forms
    at, office_end = hit.last, hit.last
    limit = min(stop, hit.first + _LONGEST_OFFICE)
    person: tuple[int, int] | None = None
    body = reader.bodies.get(hit.first)
    has_body = body is not None and body.last > hit.last
    if not has_body:
        body = next((b for i in range(hit.first + 1, hit.last) if (b := reader.bodies.get(i)) and b.last > hit.last), None)
        has_body = body is not None
    if body and has_body:  # the office's word is part of the body's name: "the police command"
        at = office_end = body.last
    while at < limit:
        form = forms[at]
        if form == ",":
            person = _behind_comma(reader, at, stop)
            break
        if form == "-" and at > hit.last and at + 1 < limit and forms[at + 1].isalpha():
            at += 1  # "the commander of the Gwer - Makhmour axis"
            continue
        after = _skip_titles(reader, at, stop)
        capital = form.isascii() and document.raw[document.span(at, at + 1)[0]].isupper() and at not in reader.bodies
        end = (
            reader.name_at(after, stop, titled=after > at or capital)
            if at > hit.last or after > at or at in reader.known or capital or forms[hit.first].removeprefix(_WAW).startswith(_AL)
            else None
        )
        if end:
            person = (after, end)
            break
        if at in reader.bodies:
            if has_body and form[0] == _WAW:
                break  # "the commander of the ground forces and the director of …"
            at = office_end = reader.bodies[at].last
            has_body = True
            continue
        if form == "of" and not has_body and (of_place := _of_place(reader, at + 1, limit)):
            at = office_end = of_place
            has_body = True
            continue
        if form in _OF_BODY and at + 1 in reader.bodies and not has_body:  # "a member of the committee So-and-so"
            body_end = reader.bodies[at + 1].last
            after = _skip_titles(reader, body_end, stop)
            end = reader.name_at(after, stop, titled=after > body_end)
            if end:
                office_end, person = body_end, (after, end)
            break
        if has_body:
            if form.startswith(_AL) and at not in reader.reports and at + 1 < stop and forms[at + 1] in given_names():
                at = office_end = at + 1  # "the head of the alliance [of the nation] So-and-so"
                continue
            break
        if form in _WHERE and forms[at - 1] in _SECTORS and at + 1 < limit and forms[at + 1].isalpha():
            at = office_end = at + 2  # "the commander of the front west of Kirkuk"
            continue
        is_named = at + 1 < limit and forms[at + 1].isalpha() and (forms[at + 1] not in stop_words() or forms[at + 1] in _TWO_WORDS)
        if form in _OF_PLACE and is_named:
            at = office_end = min(at + 2 + (forms[at + 1] in _TWO_WORDS), limit)  # "the mayor of the subdistrict of X"
            continue
        if (
            not form.isalpha()
            or (form.isascii() and not capital)  # "the minister held talks"
            or form in _PAST_OFFICE
            or at in reader.reports
            or at in reader.weekdays  # "an official of the district [on Monday]"
            or (at in reader.held and not form.startswith(_AL))  # "the governor of Kirkuk chaired [a meeting]"
            or (form in stop_words() and not form.startswith(_AL))
            or (form[0] == _WAW and len(form) > 3 and not _is_plural(forms[hit.first]))
        ):
            break
        at += 1
        office_end = at
    if person is None:
        person = _further_on(reader, at, stop)
    out: list[Titled] = []
    if office_end > hit.last:
        start, end_ = document.span(hit.first, office_end, hit.cut)
        mention = ActorMention(start, end_, document.raw[start:end_], None, "executive_office", "", "persons: an office and its body")
        out.append((hit.first, office_end, mention))
    if person:
        out.append((*person, _person(reader, *person)))
    return out, person[1] if person else max(office_end, hit.last)


def _of_place(reader: NameReader, at: int, stop: int) -> int | None:
    """Where "of Kirkuk operations", "of the Garmian sector", "of the Joint Operations Command" ends: a listed body, or a name and the word
    for what is commanded there; None where it is neither."""
    forms = reader.document.forms
    at += at < stop and forms[at] == "the"
    if at in reader.bodies:
        return reader.bodies[at].last
    end = next((i + 1 for i in range(at, min(at + 4, stop)) if forms[i] in _COMMANDED), None)
    end = end and end + (end < stop and forms[end] == "command")
    return end if end and end - at > 1 and all(_has_capital(reader, i, stop) for i in range(at, end - 1)) else None


def _behind_comma(reader: NameReader, comma: int, stop: int) -> tuple[int, int] | None:
    """The holder named in apposition: "the commander of the axis, Brigadier So-and-so"."""
    after = _skip_titles(reader, comma + 1, stop)
    end = reader.name_at(after, stop, titled=after > comma + 1 or _has_capital(reader, after, stop))
    form = reader.document.forms[after] if end else ""
    return (after, end) if end and (after in reader.known or form in given_names() or _is_full_name(reader, after, end)) else None


def _is_full_name(reader: NameReader, first: int, last: int) -> bool:
    """Two words or more in Latin, the first with a capital."""
    return last - first >= 2 and _has_capital(reader, first, last)


def _has_capital(reader: NameReader, index: int, stop: int) -> bool:
    document = reader.document
    return index < stop and document.forms[index].isascii() and document.raw[document.span(index, index + 1)[0]].isupper()


def _further_on(reader: NameReader, at: int, stop: int) -> tuple[int, int] | None:
    """The holder behind where the office is: "the director of the office in the governorate So-and-so", "… west of Kirkuk, So-and-so"."""
    forms = reader.document.forms
    at += at < stop and forms[at] in _GENERAL  # "the American consul general in Erbil"
    if at >= stop or forms[at] not in _WHERE:
        return None
    for i in range(at + 1, min(at + 6, stop)):
        if forms[i] == ",":
            return _behind_comma(reader, i, stop)
        if i > at + 1 and (forms[i] in given_names() or i in reader.known) and (end := reader.name_at(i, stop, titled=False)):
            return i, end
        if not forms[i].isalpha() or i in reader.reports or (forms[i] in stop_words() and forms[i] not in _WHERE):
            return None
    return None


def _is_hyphened(form: str) -> bool:
    """An English name of two parts: "al-Khafaji", "Abdul-Amir"."""
    return form.isascii() and form.startswith(_ARTICLES) and form.replace("-", "").replace("'", "").isalpha()


def _reports(hit: Hit) -> bool:
    """Whether a trigger cannot be part of an office's name: a verb, or what strongly reports an attack."""
    row = hit.entry.attributes
    return hit.entry.is_verb or (row["kind"] == "incident" and (row["strength"] == "strong" or hit.prefix.endswith("\u0628")))


def _is_plural(form: str) -> bool:
    return any(bare in _PLURAL_POSTS for bare, _ in analyses(form))


def _skip_titles(reader: NameReader, index: int, stop: int) -> int:
    """Past ranks and honorifics between an office and a name."""
    titles = title_words()
    at = index
    while at < stop and at < index + 4 and not titles.isdisjoint(bare_forms(reader.document.forms[at])):
        at += 1
    return at + (index < at < stop and reader.document.forms[at] in _OPENING)  # "the colonel "So-and-so""


@cache
def title_words() -> frozenset[str]:
    """The words of ranks and honorifics."""
    return frozenset(word for row in rows("offices.tsv") if row["kind"] in ("rank", "honorific") for word in fold(row["term"]).split())


def _person(reader: NameReader, first: int, last: int, cut: int = 0) -> ActorMention:
    document = reader.document
    start, end = document.span(first, last, cut)
    known = reader.known.get(first)
    slug = known.entry.attributes["slug"] if known else None
    return ActorMention(start, end, document.raw[start:end], slug, "person", "", "persons: a name after a title")

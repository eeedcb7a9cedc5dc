"""The written forms of a lexicon word: what an Arabist writes as one line stands for every form the press prints.

Clitics before a word (w, f, b, k, l, s, al) are taken off the text's words by `matching`; here come endings, a verb's persons and tenses.
"""

from collections.abc import Iterator

from extraction.folding import fold
from extraction.lexicon import words

# Forms of a verb that the press hardly writes, spelt as words it prints daily: "the force" (they threw it), "is called" (claims),
# "amounts to" (informs), the end of the name Sirwan (the two relate).
_OTHER_WORDS = words("inflection.other_words")
_PRONOUNS = ("\u0647", "\u0647\u0627", "\u0647\u0645", "\u0647\u0645\u0627", "\u0646\u0627")  # -h, -ha, -hm, -hma, -na
_PREPOSITIONS = frozenset(("\u0641\u064a", "\u0645\u0646", "\u0639\u0644\u0649"))  # fi, min, ala
_WE = _PRONOUNS[-1]
_AL = "\u0627\u0644"
_CLITICS = ("\u0628", "\u0644")  # bi-, li-
_ALEF, _YEH, _TEH, _HEH, _WAW, _NOON = "\u0627", "\u064a", "\u062a", "\u0647", "\u0648", "\u0646"
_LONG_HAMZA = "\u0627\u0621"  # -a'


def is_latin(term: str) -> bool:
    return term[:1].isascii()


def noun_forms(term: str) -> Iterator[tuple[str, ...]]:
    """Word tuples: as written, with the accusative alef on every word that takes one, and, for one word, with a possessive pronoun."""
    words = tuple(term.split())
    yield words
    if is_latin(term):
        yield (*words[:-1], words[-1] + "s")
        return
    accusative = tuple(w if w.endswith((_HEH, _ALEF)) or len(w) < 3 else w + _ALEF for w in words)
    if accusative != words:
        yield accusative
    if any(w.endswith(_LONG_HAMZA) for w in words):  # right is "brigade" without the alef; the press writes both
        yield tuple(w if w.endswith(_LONG_HAMZA) else form for w, form in zip(words, accusative, strict=True))
    if len(words) == 1:
        base = words[0][:-1] + _TEH if words[0].endswith(_HEH) else words[0]
        for pronoun in _PRONOUNS:
            yield (base + pronoun,)


def person_forms(term: str) -> Iterator[tuple[str, ...]]:
    """One person as written, and with the accusative alef on the noun itself: "a candidate", "(shot) a candidate for parliament"."""
    head, *rest = term.split()
    yield (head, *rest)
    if not is_construct(term) and not is_latin(term) and len(head) > 2 and not head.endswith((_HEH, _ALEF)):
        yield (head + _ALEF, *rest)


def is_construct(term: str) -> bool:
    """Whether a person's term is a noun with another behind it ("man of police"), whose form with an alef is two of them."""
    _, *rest = fold(term).split()
    return bool(rest) and not is_latin(term) and rest[0] not in _PREPOSITIONS and rest[0][0] not in _CLITICS and rest[0][-1] != _YEH


def more_than_one(term: str) -> tuple[tuple[str, str], ...]:
    """The forms of a person's term for several, each with its number: the dual of an Arabic construct in both cases ("two men of
    police"), the regular plural of an English noun, the one before "of" where there is one
    ("members of the police"); none for any other Arabic term."""
    if is_construct(term):
        head, *rest = fold(term).split()
        cases = (_ALEF,) if rest[-1].startswith(_AL) or head.endswith(_HEH) else (_ALEF, _YEH)
        return tuple((" ".join((head + case, *rest)), "2") for case in cases)
    if not is_latin(term):
        return ()
    head, of, rest_of = fold(term).partition(" of ")
    if head.endswith("man"):
        plural = head[:-2] + "en"
    elif head.endswith("y") and head[-2] not in "aeiou":
        plural = head[:-1] + "ies"
    else:
        plural = head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s")
    return ((plural + of + rest_of, "p"),)


def verb_forms(lemma: str) -> Iterator[tuple[str, ...]]:
    """Third persons of the past and the present of a verb given in its dictionary form, alone and with an object pronoun, and "we", as
    officials quoted say: "we met", "we agree"."""
    weak = lemma.endswith(_YEH)
    stem = lemma[:-1] if weak else lemma
    past = [lemma, stem + _TEH, stem + _WAW + _ALEF, lemma + _ALEF, stem + _TEH + _ALEF, lemma + _WE]
    body = lemma[1:] if lemma.startswith(_ALEF) else lemma
    bodies = {body}
    if lemma.startswith(_ALEF) and len(lemma) >= 4 and lemma[-2] == _ALEF:  # aghtala -> yaghtal, but asaba -> yusib
        bodies.add(body[:-2] + _YEH + body[-1])
    present = [_NOON + body] if lemma.startswith(_ALEF) and len(lemma) >= 4 else []  # "we visit" is a man's name without its vowels
    for each in bodies:
        short = each[:-1] if weak else each
        for person in (_YEH, _TEH):
            present += [person + each, person + short + _WAW + _NOON, person + each + _ALEF + _NOON, person + short + _WAW + _ALEF]
    for form in dict.fromkeys(past + present):
        yield (form,)
    before_object = [stem + _ALEF if weak else lemma, stem + _TEH, stem + _WAW, *(p + b for p in (_YEH, _TEH) for b in bodies)]
    for form in dict.fromkeys(before_object):
        for pronoun in _PRONOUNS[1:4] if form == lemma else _PRONOUNS[:4]:  # lemma + h is more often a feminine noun
            yield (form + pronoun,)


def forms(term: str, pos: str) -> set[tuple[str, ...]]:
    """Every folded form of `term` as a tuple of words. `pos` is noun, person, verb or fixed; a verb phrase inflects its first word."""
    folded = " ".join(fold(term).split())
    if pos == "noun":
        return set(noun_forms(folded))
    if pos == "person":
        return set(person_forms(folded))
    if pos == "verb":
        first, _, rest = folded.partition(" ")
        return {(*form, *rest.split()) for form in verb_forms(first) if form[0] not in _OTHER_WORDS}
    return {tuple(folded.split())}

"""Sentences of the program's own that are kept and read later: each reader has them in the language of their own page.

Where a module takes `sentence` for gettext, what it says remembers what it was made of; `kept` writes that down, `told` says it again.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, override


class Sentence(str):
    """A translated sentence, and what it was made of: its English words and what stands in them, or the sentences it consists of."""

    made_of: dict[str, Any]

    def __new__(cls, text: str, made_of: dict[str, Any]) -> "Sentence":
        new = super().__new__(cls, text)
        new.made_of = made_of
        return new

    def __mod__(self, values: Any) -> "Sentence":
        return Sentence(super().__mod__(values), {**self.made_of, "params": {name: _plain(value) for name, value in dict(values).items()}})


def sentence(words: str) -> Sentence:
    """As gettext: the words in the language of now."""
    return Sentence(gettext(words), {"msgid": words})


def in_a_row(sentences: Iterable[str]) -> str:
    """Several sentences as one; '' for none."""
    parts = list(sentences)
    return Sentence(" ".join(parts), {"row": [_plain(part) for part in parts]}) if parts else ""


def sentence_of(error: Exception) -> str:
    """What an error says, as it was made."""
    return error.args[0] if error.args and isinstance(error.args[0], str) else str(error)


def kept(text: str) -> str:
    """A sentence as it is written down; other words as they are."""
    return json.dumps(text.made_of, ensure_ascii=False) if isinstance(text, Sentence) else str(text)


def told(text: str) -> str:
    """What was written down, in the language of now."""
    if not text.startswith(('{"msgid": ', '{"row": ')):
        return text
    try:
        return _said(json.loads(text))
    except (ValueError, KeyError, TypeError):
        return text  # somebody's own words that begin like one


def _said(made_of: Any) -> str:
    if not isinstance(made_of, dict):
        return str(made_of)
    if "row" in made_of:
        return in_a_row(_said(part) for part in made_of["row"])
    said = {name: _said(value) if isinstance(value, dict) else value for name, value in made_of.get("params", {}).items()}
    return sentence(made_of["msgid"]) % said if said else sentence(made_of["msgid"])


def _plain(value: Any) -> Any:
    if isinstance(value, Sentence):
        return value.made_of
    if isinstance(value, Promise):
        with override(None):
            return {"msgid": str(value)}
    return value if isinstance(value, int | float) else str(value)


class SentenceField(models.TextField):  # type: ignore[type-arg]
    """A text that is read in the language of whoever asks, where it is a sentence of the program's own."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return value if value is None else told(value)

    def get_prep_value(self, value: Any) -> Any:
        value = kept(value) if isinstance(value, Sentence) else value
        return super().get_prep_value(value)

"""Turning a refusal into what a person reads: beside the field it concerns, or as a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask_babel import gettext

from contest.errors import N_, ContestError, Message, TooMany
from contest.web import wall
from contest.web.formats import as_datetime
from contest.web.forms import Form

UNSAID = N_("This cannot be done now. Somebody who may hear of every work of the contest can say why.")


def words(refusal: ContestError) -> str:
    """Say a refusal in the reader's language, its moments in the contest's zone.

    An act decides on all works: what refuses it may be one that the reader may not hear of.
    """
    text = gettext(refusal.message)
    if not refusal.parameters:
        return text.replace("%%", "%")
    said = text % {name: _shown(value) for name, value in refusal.parameters.items()}
    return gettext(UNSAID) if wall.mentions(said) else said


def _shown(value: object) -> object:
    if isinstance(value, Message):
        return gettext(value)
    return as_datetime(value) if isinstance(value, datetime) else value


@contextmanager
def refused_at(form: Form) -> Iterator[None]:
    """Show a refusal raised inside at the form: at its field where it names one, else at the top.

    The transaction inside has been rolled back by then; what was typed stays in the form. Only refusals that a person
    can answer by typing something else are caught; not found and not allowed stay pages.
    """
    try:
        yield
    except ContestError as refusal:
        if refusal.status in (403, 404):
            raise
        if isinstance(refusal, TooMany):
            form.too_many = refusal
        field = form._fields.get(refusal.field) if refusal.field else None
        if field is not None:
            field.errors = [*field.errors, words(refusal)]
        else:
            form.form_errors.append(words(refusal))

"""The shape of what the staff says of exemplars."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.models import LONGEST_PORTRAIT, LONGEST_REASON, Exemplar
from contest.exemplars.services import Description
from contest.regulations.schema import Regulation
from contest.web.forms import Form

LINE = Length(max=255, message=_l("This is longer than 255 letters. Shorten it."))
PORTRAIT = Length(max=LONGEST_PORTRAIT, message=_l("The portrait is longer than 2,000 letters. Shorten it."))
REASON = Length(max=LONGEST_REASON, message=_l("The reason is longer than 500 letters. Shorten it."))


class ActForm(Form):
    """A single button."""


class FactsForm(Form):
    """Who an exemplar is, where, and what is said of it."""

    name = StringField(_l("Name"), [DataRequired(_l("Write the name as it is to be read.")), LINE])
    kind = SelectField(_l("Kind"))
    topic = SelectField(_l("Field"))
    unit = StringField(_l("Unit or address"), [LINE])
    locality = StringField(_l("Locality"), [LINE])
    portrait = TextAreaField(_l("Portrait"), [PORTRAIT])

    @property
    def description(self) -> Description:
        """What was written."""
        return Description(
            self.name.data or "",
            ExemplarKind(self.kind.data),
            self.topic.data or "",
            self.locality.data or "",
            self.unit.data or "",
            self.portrait.data or "",
        )


class ReplicationForm(Form):
    """What others can do the same way."""

    reason = TextAreaField(_l("What others can do the same way"), [REASON])


class MergeForm(Form):
    """Which of two exemplars stays."""

    stays = RadioField(_l("Which one stays"), [InputRequired(_l("Choose the one whose page stays."))], coerce=int)


def facts_form(exemplar: Exemplar, regulation: Regulation | None, *, sent: bool = True) -> FactsForm:
    """Make the form of an exemplar, with the fields of the regulation and one that it no longer has.

    :param sent: whether what was sent, if anything was, is for this form
    """
    form = FactsForm(obj=exemplar) if sent else FactsForm(None, obj=exemplar)
    topics = {term.code: term.name for term in regulation.topics} if regulation else {}
    topics = {"": _("Not said"), **topics}
    topics.setdefault(exemplar.topic, exemplar.topic)
    form.kind.choices = [(kind.value, _(kind.label)) for kind in ExemplarKind]
    form.topic.choices = list(topics.items())
    return form


def replication_form(exemplar: Exemplar, *, sent: bool = True) -> ReplicationForm:
    """Make the form that marks an exemplar for others to follow.

    :param sent: whether what was sent, if anything was, is for this form
    """
    data = {"reason": exemplar.replication_reason}
    return ReplicationForm(data=data) if sent else ReplicationForm(None, data=data)


def merge_form(one: Exemplar, other: Exemplar, stays: int) -> MergeForm:
    """Make the form that merges two exemplars.

    :param stays: which one is proposed to stay
    """
    form = MergeForm(data={"stays": stays})
    form.stays.choices = [(each.id, each.name) for each in (one, other)]
    return form

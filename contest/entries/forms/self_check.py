"""The questions of the check for everybody: those that this regulation makes a difference of, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError
from wtforms.validators import InputRequired

from contest.entries.eligibility import Channel
from contest.entries.forms.fields import CountField, between, choice, pick
from contest.web.forms import Form

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation


def _number(label: Any, least: int) -> CountField:
    return CountField(label, [InputRequired(_l("Enter a number.")), between(least, 99)])


def _one(label: Any) -> RadioField:
    return RadioField(label, [InputRequired(_l("Choose one."))])


SENDERS = {
    Channel.AUTHOR: _l("The author"),
    Channel.OUTLET: _l("A newsroom"),
    Channel.BRANCH: _l("A branch of the journalists' association"),
}


class SelfCheckForm(Form):
    """A few questions about a work, asked of anybody; the answers stand in the address and are not kept."""

    class Meta(Form.Meta):
        """Nothing is changed, so nothing is to be protected."""

        csrf = False

    category = _one(_l("Where was the work published or broadcast?"))
    instalments = _number(_l("How many instalments has it?"), 1)
    inside = _number(_l("How many of them appeared in the time of the contest?"), 0)
    authors = _number(_l("How many authors are to be named?"), 1)
    works = _number(_l("How many works has the busiest of them already entered?"), 0)
    serves = _one(_l("Does one of them organise or judge this contest?"))
    award = choice(_l("Has the work already won a prize?"))
    licensed = _one(_l("Was it published by a licensed press agency?"))
    regulation: Regulation
    further: tuple[str, ...] = ()
    """Names of the questions that only some regulations need, in their order."""

    def validate_inside(self, field: Field) -> None:
        """No more instalments can be in time than there are."""
        if self.instalments.data is not None and field.data is not None and field.data > self.instalments.data:
            raise ValidationError(_("That is more than the instalments there are."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each answer, and that those about instalments add up."""
        valid: bool = super().validate(extra_validators)
        counted = [self.answer(name) for name in ("instalments", "inside", "earlier")]
        if valid and (counted[1] or 0) + (counted[2] or 0) > (counted[0] or 0):
            self["earlier"].errors = [_("That is more than the instalments there are.")]
            return False
        return valid

    def answer(self, name: str) -> Any:
        """Give the answer to a question, None when it was not asked."""
        return self[name].data if name in self else None


def self_check_form(regulation: Regulation, **given: Any) -> SelfCheckForm:
    """Build the questions from the regulation: the eight of every contest, and those that its limits need."""
    further = {question.name: question for question in _further(regulation)}
    fields = {name: question.field for name, question in further.items()}
    form: SelfCheckForm = type("RegulationSelfCheckForm", (SelfCheckForm,), fields)(**given)
    form.regulation, form.further = regulation, tuple(further)
    form.category.choices = [(one.code, one.name) for one in regulation.categories]
    form.serves.choices = [("no", _("No")), ("staff", _("Yes, in the organisation")), ("juror", _("Yes, as a juror"))]
    form.award.choices = pick(((one.code, one.name) for one in regulation.prior_awards.levels), _("No prize"))
    form.licensed.choices = [("yes", _("Yes")), ("no", _("No, or I do not know"))]
    for name, question in further.items():
        if question.choices:
            form[name].choices = question.choices
    return form


class Question(NamedTuple):
    """A question that only some regulations need, and what there is to choose from."""

    name: str
    field: Any
    choices: list[tuple[str, Any]] | None = None


def _further(regulation: Regulation) -> Iterator[Question]:
    limits, entrants = regulation.limits, regulation.entrants
    no_yes = [("no", _("No")), ("yes", _("Yes"))]
    if limits.earlier_instalments == "merge":
        yield Question("earlier", _number(_("How many others appeared before that time and were never entered?"), 0))
    if limits.by_role:
        roles = dict.fromkeys(role for line in limits.by_role for role in line.roles)
        choices = pick(((role, role) for role in roles), _("Something else"))
        yield Question("role", choice(_("What is that author in this work?")), choices)
        for number, line in enumerate(limits.by_role):
            label = _("How many works has that author already entered as %(roles)s?", roles=", ".join(line.roles))
            yield Question(f"works_{number}", _number(label, 0))
    for number, slot in enumerate(limits.bonus):
        genres = ", ".join(regulation.genre(code).name for code in slot.genres)
        label = _("Is this work, or one of theirs, of such a genre: %(genres)s?", genres=genres)
        yield Question(f"bonus_{number}", _one(label), no_yes)
    if limits.same_topic != "ignore":
        yield Question("topic", _one(_("Has one of them entered the same topic in another category?")), no_yes)
    if len(set(entrants.through)) < len(Channel):
        senders = [(one.value, label) for one, label in SENDERS.items()]
        yield Question("through", _one(_("Who sends the work?")), senders)
    if entrants.works_per_unit is not None:
        yield Question("unit", _number(_("How many works has the newsroom or branch already sent?"), 0))

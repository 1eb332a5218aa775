"""The questions of the check for everybody: those that this regulation makes a difference of, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired

from contest.entries.eligibility import Channel
from contest.entries.forms.fields import CountField, between, choice, pick
from contest.web.forms import Form

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation


def _number(label: Any, least: int) -> CountField:
    return CountField(label, [InputRequired(_l("Enter a number.")), between(least, 99)])


def _one(label: Any, choices: Iterable[tuple[str, Any]] = ()) -> RadioField:
    return RadioField(label, [InputRequired(_l("Choose one."))], choices=list(choices))


YES_NO = (("no", _l("No")), ("yes", _l("Yes")))
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
    further = dict(_further(regulation))
    form: SelfCheckForm = type("RegulationSelfCheckForm", (SelfCheckForm,), further)(**given)
    form.regulation, form.further = regulation, tuple(further)
    form.category.choices = [(one.code, one.name) for one in regulation.categories]
    form.serves.choices = [("no", _("No")), ("staff", _("Yes, in the organisation")), ("juror", _("Yes, as a juror"))]
    form.award.choices = pick(((one.code, one.name) for one in regulation.prior_awards.levels), _("No prize"))
    form.licensed.choices = [("yes", _("Yes")), ("no", _("No, or I do not know"))]
    return form


def _further(regulation: Regulation) -> Iterator[tuple[str, Any]]:
    limits, entrants = regulation.limits, regulation.entrants
    if limits.earlier_instalments == "merge":
        yield "earlier", _number(_("How many others appeared before that time and were never entered?"), 0)
    if limits.by_role:
        roles = list(dict.fromkeys(role for line in limits.by_role for role in line.roles))
        label = _("What is that author in this work?")
        yield "role", SelectField(label, choices=pick(((role, role) for role in roles), _("Something else")))
        for number, line in enumerate(limits.by_role):
            label = _("How many works has that author already entered as %(roles)s?", roles=", ".join(line.roles))
            yield f"works_{number}", _number(label, 0)
    for number, slot in enumerate(limits.bonus):
        names = ", ".join(regulation.genre(code).name for code in slot.genres)
        yield (
            f"bonus_{number}",
            _one(_("Is this work, or one of theirs, of such a genre: %(genres)s?", genres=names), YES_NO),
        )
    if limits.same_topic != "ignore":
        yield "topic", _one(_("Has one of them entered the same topic in another category?"), YES_NO)
    if len(set(entrants.through)) < len(Channel):
        yield "through", _one(_("Who sends the work?"), [(one.value, label) for one, label in SENDERS.items()])
    if entrants.works_per_unit is not None:
        yield "unit", _number(_("How many works has the newsroom or branch already sent?"), 0)

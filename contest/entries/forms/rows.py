"""One row of a step that is made of rows: an instalment, an author, an exemplar, a prize."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from contest.entries.forms.fields import (
    TITLE,
    CountField,
    DayField,
    at_most,
    between,
    choice,
    line,
    one_line,
    readable_email,
    readable_hour,
    readable_phone,
    readable_url,
)
from contest.web.forms import Form


class Row(Form):
    """One of many alike in a form; the form around it has the token."""

    class Meta(Form.Meta):
        """No token of its own."""

        csrf = False


class InstalmentRow(Row):
    """One part of a work as it was published."""

    title = line(_l("Title of the instalment"), TITLE)
    published_on = DayField(_l("Day of publication"))
    outlet_id = choice(_l("Press agency"))
    outlet = line(_l("Press agency that is not in the list"))
    url = StringField(_l("Address of the article"), [at_most(500), readable_url], filters=[one_line])
    issue = line(_l("Issue number"), 60)
    page = line(_l("Pages"), 60)
    channel = line(_l("Channel or programme"), 100)
    hour = StringField(_l("Hour of broadcast"), [at_most(10), readable_hour], filters=[one_line])
    minutes = CountField(_l("Duration in minutes"), [between(1, 1440)])
    words = CountField(_l("Number of words"), [between(1, 200_000)])


class BylineRow(Row):
    """One author."""

    name = line(_l("Real name"), 120)
    pen_names = line(_l("Pen names"))
    role = choice(_l("Role"))
    unit = line(_l("Unit or address"))
    phone = StringField(_l("Telephone"), [at_most(40), readable_phone], filters=[one_line])
    email = StringField(_l("E-mail"), [at_most(254), readable_email], filters=[one_line])


class ExemplarRow(Row):
    """Somebody the work is about."""

    name = line(_l("Name"))
    kind = choice(_l("Person or collective"))
    topic = choice(_l("Field"))
    locality = line(_l("Locality"))
    unit = line(_l("Unit"))


class AwardRow(Row):
    """A prize the work has won."""

    name = line(_l("Name of the prize"))
    level = choice(_l("Level"))
    date = DayField(_l("Day of the award"))
    organiser = line(_l("Organiser"))

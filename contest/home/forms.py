"""The shape of announcements and stories."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from contest.home.models import LONGEST_SUMMARY, LONGEST_TEXT, LONGEST_TITLE, Announcement, Publishable
from contest.home.services import Words
from contest.web.forms import Form

TITLE = Length(max=LONGEST_TITLE, message=_l("The headline is longer than 200 letters. Shorten it."))
SUMMARY = Length(max=LONGEST_SUMMARY, message=_l("The summary is longer than 400 letters. Move a part into the text."))
TEXT = Length(max=LONGEST_TEXT, message=_l("The text is longer than 20,000 letters. Attach the long part as a file."))


class WordsForm(Form):
    """A headline, a standfirst, a text."""

    title = StringField(_l("Headline"), [DataRequired(_l("Write a headline that says the fact.")), TITLE])
    summary = TextAreaField(_l("Summary"), [SUMMARY])
    text = TextAreaField(_l("Text"), [TEXT])

    @property
    def words(self) -> Words:
        """What was written."""
        return Words(self.title.data or "", self.summary.data or "", self.text.data or "")


class AnnouncementForm(WordsForm):
    """An announcement with files to add and, once it has some, to take off."""

    files = MultipleFileField(_l("Attach files"))
    removed = SelectMultipleField(_l("Take off these files"), coerce=int, choices=[])


class ActForm(Form):
    """A single button."""


def announcement_form(announcement: Announcement | None = None) -> AnnouncementForm:
    """Make the form for a new announcement or an existing one, with its files as choices."""
    form = AnnouncementForm(data=written(announcement))
    form.removed.choices = [SelectChoice(file.id, file.name) for file in announcement.files] if announcement else []
    return form


def story_form(story: Publishable | None) -> WordsForm:
    """Make the form for a story."""
    return WordsForm(data=written(story))


def written(words: Publishable | None) -> dict[str, str]:
    """Give what is written already, for the form to start from."""
    return {"title": words.title, "summary": words.summary, "text": words.text} if words else {}

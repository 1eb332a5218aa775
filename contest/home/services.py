"""Writing for the public: announcements, their files, and stories of exemplars."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from contest import audit, storage
from contest.accounts.models import User
from contest.database import db
from contest.errors import N_, ContestError
from contest.exemplars.models import Exemplar
from contest.home.models import Announcement, AnnouncementFile, ExemplarStory, Publishable
from contest.regulations.models import Contest

MOST_FILES = 10


class TooManyFiles(ContestError):
    """An announcement with more files than a reader can look through."""

    message = N_("An announcement may carry %(most)s files at most. Leave some out, or put several pages into one PDF.")
    status = 422
    field = "files"


class NothingToPublish(ContestError):
    """A story without a word of text."""

    message = N_("Write the story before you publish it.")
    status = 422
    field = "text"


@dataclass(frozen=True)
class Words:
    """What was written: a headline, a standfirst, and the text in Markdown."""

    title: str
    summary: str
    text: str


@dataclass(frozen=True)
class Upload:
    """A file that has arrived: its bytes are on disk and looked into, its row is still to be made."""

    name: str
    received: storage.Received
    sniffed: storage.Sniffed


def write_announcement(contest: Contest, words: Words, *, by: User, now: datetime) -> Announcement:
    """Write a new announcement; the public does not see it yet."""
    announcement = Announcement(contest_id=contest.id, created_by_id=by.id, created_at=now, updated_at=now)
    _take_words(announcement, words, now)
    db.session.add(announcement)
    db.session.flush()
    _record("announcement.written", announcement, by, now)
    return announcement


def change_announcement(announcement: Announcement, words: Words, *, by: User, now: datetime) -> None:
    """Change what an announcement says; where the public sees it, it sees the change."""
    if (announcement.title, announcement.summary, announcement.text) == (words.title, words.summary, words.text):
        return
    _take_words(announcement, words, now)
    _record("announcement.changed", announcement, by, now)


def attach_files(announcement: Announcement, uploads: Collection[Upload], *, by: User, now: datetime) -> None:
    """Hang files on an announcement.

    :raise TooManyFiles: if there would be more than ten
    """
    if len(announcement.files) + len(uploads) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    for upload in uploads:
        blob = storage.register(upload.received, sniffed=upload.sniffed)
        announcement.files.append(AnnouncementFile(name=upload.name, sha256=blob.sha256, size=blob.size))
    if uploads:
        announcement.updated_at = now
        _record("announcement.files_added", announcement, by, now)


def remove_files(announcement: Announcement, file_ids: Collection[int], *, by: User, now: datetime) -> None:
    """Take files off an announcement; the bytes go when nothing else refers to them."""
    removed = [file for file in announcement.files if file.id in file_ids]
    for file in removed:
        announcement.files.remove(file)
    if removed:
        db.session.flush()
        for file in removed:
            storage.release(file.sha256)
        announcement.updated_at = now
        _record("announcement.files_removed", announcement, by, now)


def publish_announcement(announcement: Announcement, *, by: User, now: datetime) -> None:
    """Put an announcement before the public; the day it first appeared stays its date."""
    if _publish(announcement, now):
        _record("announcement.published", announcement, by, now)


def withdraw_announcement(announcement: Announcement, *, by: User, now: datetime) -> None:
    """Take an announcement off the public pages; its text stays for those who wrote it."""
    if _withdraw(announcement, now):
        _record("announcement.withdrawn", announcement, by, now)


def tell_story(exemplar: Exemplar, words: Words, *, by: User, now: datetime) -> ExemplarStory:
    """Write or change what the organizers tell of an exemplar."""
    story = db.session.get(ExemplarStory, exemplar.id)
    if story is None:
        story = ExemplarStory(exemplar_id=exemplar.id, contest_id=exemplar.contest_id, created_at=now)
        db.session.add(story)
    _take_words(story, words, now)
    db.session.flush()
    return story


def publish_story(story: ExemplarStory, *, by: User, now: datetime) -> None:
    """Let the public read of an exemplar.

    :raise NothingToPublish: if nothing is written yet
    """
    if not story.text:
        raise NothingToPublish
    if _publish(story, now):
        _record_story("exemplar_story.published", story, by, now)


def withdraw_story(story: ExemplarStory, *, by: User, now: datetime) -> None:
    """Take a story off the public pages."""
    if _withdraw(story, now):
        _record_story("exemplar_story.withdrawn", story, by, now)


def _take_words(written: Publishable, words: Words, now: datetime) -> None:
    written.title, written.summary, written.text = words.title, words.summary, words.text
    written.updated_at = now


def _publish(written: Publishable, now: datetime) -> bool:
    if written.published_at is not None and written.withdrawn_at is None:
        return False
    written.published_at = written.published_at or now
    written.withdrawn_at = None
    return True


def _withdraw(written: Publishable, now: datetime) -> bool:
    if written.published_at is None or written.withdrawn_at is not None:
        return False
    written.withdrawn_at = now
    return True


def _record(action: str, announcement: Announcement, by: User, now: datetime) -> None:
    about = f"announcement:{announcement.id}"
    audit.record(action, contest_id=announcement.contest_id, by=by, about=about, now=now)


def _record_story(action: str, story: ExemplarStory, by: User, now: datetime) -> None:
    audit.record(action, contest_id=story.contest_id, by=by, about=f"exemplar:{story.exemplar_id}", now=now)

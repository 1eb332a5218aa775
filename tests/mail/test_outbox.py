"""Letters wait in the outbox, reach a real mail server, and are tried again when it does not answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from contest import clock, mail
from contest.database import db, transaction
from contest.mail.delivery import message
from contest.mail.models import Letter, LetterState
from contest.mail.services import HOLD
from tests.postbox import Postbox


@pytest.fixture
def box(app):
    """A real mail server, and the application told of it."""
    with Postbox() as postbox:
        app.config["SMTP_URL"] = postbox.url
        yield postbox
        app.config["SMTP_URL"] = ""


def write(key="letter:1", to="ban.doc@example.vn", subject="Đã nhận tác phẩm BĐT-0042"):
    with transaction():
        return mail.post(key=key, to=to, subject=subject, text="Kính gửi bạn,\nĐã nhận.\n", now=clock.now())


def test_a_letter_reaches_the_server_letter_for_letter(box):
    write()

    assert mail.deliver_due() == 1

    (received,) = box.letters
    assert received["Subject"] == "Đã nhận tác phẩm BĐT-0042"
    assert received["To"] == "ban.doc@example.vn"
    assert received.get_content().splitlines() == ["Kính gửi bạn,", "Đã nhận."]
    assert db.session.scalar(select(Letter.state)) == LetterState.SENT


def test_a_letter_is_sent_once(box):
    write()
    mail.deliver_due()

    assert mail.deliver_due() == 0
    assert len(box.letters) == 1


class SlowPostbox(Postbox):
    """A server so slow that, while it takes the first letter, another worker takes over the second."""

    def __init__(self, app) -> None:
        super().__init__()
        self.app = app

    def handle_message(self, received) -> None:
        super().handle_message(received)
        with self.app.app_context(), transaction():
            db.session.scalar(select(Letter).filter_by(key="b")).due_at = clock.now() + HOLD


def test_a_letter_that_another_worker_took_over_meanwhile_is_not_sent_twice(app):
    write("a", "a@example.vn")
    write("b", "b@example.vn")

    with SlowPostbox(app) as box:
        app.config["SMTP_URL"] = box.url
        assert mail.deliver_due() == 1
        app.config["SMTP_URL"] = ""

    assert [letter["To"] for letter in box.letters] == ["a@example.vn"]
    assert db.session.scalar(select(Letter.attempts).filter_by(key="b")) == 0


def test_the_same_key_is_one_letter(box):
    write()
    write()

    assert db.session.scalar(select(func.count(Letter.id))) == 1


def test_a_letter_dies_with_its_transaction(app):
    with pytest.raises(ValueError, match="no"), transaction():
        mail.post(key="k", to="a@example.vn", subject="s", text="t", now=clock.now())
        raise ValueError("no")

    assert db.session.scalar(select(func.count(Letter.id))) == 0


def test_a_refused_address_does_not_hold_up_the_others(box):
    box.refuse.add("khong.co@example.vn")
    write("a", "khong.co@example.vn")
    write("b", "co.that@example.vn")

    assert mail.deliver_due() == 1

    refused = db.session.scalar(select(Letter).filter_by(key="a"))
    assert (refused.state, refused.attempts) == (LetterState.QUEUED, 1)
    assert "550" in refused.error
    assert refused.due_at > clock.now()


def test_a_letter_that_never_arrives_is_shown_as_failed_and_can_be_sent_again_by_hand(box):
    box.refuse.add("khong.co@example.vn")
    write("a", "khong.co@example.vn")
    for _ in range(8):
        with transaction():
            db.session.scalar(select(Letter)).due_at = clock.now()
        mail.deliver_due()
    assert db.session.scalar(select(Letter.state)) == LetterState.FAILED

    box.refuse.clear()
    with transaction():
        mail.resend(db.session.scalar(select(Letter)), now=clock.now())
    assert mail.deliver_due() == 1


def test_letters_wait_while_the_server_is_down(app):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    write()

    assert mail.deliver_due() == 0

    app.config["SMTP_URL"] = ""
    letter = db.session.scalar(select(Letter))
    assert (letter.state, letter.attempts) == (LetterState.QUEUED, 0)
    assert letter.due_at > clock.now() + timedelta(seconds=20)
    assert "ConnectionRefusedError" in letter.error


def test_without_a_mail_server_letters_stay_in_the_outbox(app):
    write()

    assert mail.deliver_due() == 0
    assert db.session.scalar(select(Letter.state)) == LetterState.QUEUED


@pytest.mark.parametrize("subject", ["x\nBcc: tat.ca@example.vn", "x\r\nBcc: tat.ca@example.vn"])
def test_a_line_break_in_a_subject_never_becomes_a_header(app, box, subject):
    write(subject=subject)
    mail.deliver_due()

    (received,) = box.letters
    assert received["Bcc"] is None
    with pytest.raises(ValueError, match="line break"):
        message(key="k", to="a@example.vn", subject=subject, text="", sender="b@example.vn", written_at=clock.now())


def test_the_same_letter_always_has_the_same_message_id(app):
    parts = {
        "to": "a@example.vn",
        "subject": "s",
        "text": "",
        "sender": "Ban <b@example.vn>",
        "written_at": clock.now(),
    }

    assert message(key="k", **parts)["Message-ID"] == message(key="k", **parts)["Message-ID"]
    assert message(key="k", **parts)["Message-ID"] != message(key="l", **parts)["Message-ID"]

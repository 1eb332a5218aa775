"""The shell of whoever runs the machine."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from contest import __main__, audit, clock, mail
from contest.audit.models import AuditHead, AuditLine
from contest.database import db, transaction
from contest.mail.models import Letter
from contest.operations.refusals import NoLetter, NoMailServer
from contest.regulations.models import NoSuchContest
from tests.makers.accounts import make_user
from tests.makers.regulations import make_contest
from tests.postbox import Postbox
from tests.tampering import tampering


@pytest.fixture
def shell(app):
    def run(*words):
        result = app.test_cli_runner().invoke(args=words)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def box(app):
    """A real mail server, and the application told of it."""
    with Postbox() as postbox:
        app.config["SMTP_URL"] = postbox.url
        yield postbox
        app.config["SMTP_URL"] = ""


def write(to, key="letter:1", subject="Đã nhận tác phẩm BĐT-0042"):
    with transaction():
        mail.post(key=key, to=to, subject=subject, text="Kính gửi bạn,\nĐã nhận.\n", now=clock.now())


def test_the_list_of_commands_says_of_each_what_it_says_of_itself(app):
    said = {name: command.help.split("\n\n")[0] for name, command in app.cli.commands.items()}

    assert said == __main__.LISTED


def test_logs_that_fit_are_told_with_their_last_line(shell):
    contest = make_contest()
    with transaction():
        audit.record("user.created", now=clock.now())
    head = db.session.query(AuditLine.hash).filter_by(chain=contest.id).order_by(AuditLine.number.desc()).first()[0]

    told = shell("audit", "verify")

    assert told.exit_code == 0
    assert f"Nhật ký của {contest.slug} khớp: 2 dòng, dòng cuối là {head}." in told.output
    assert "Nhật ký của tài khoản khớp: 1 dòng" in told.output


def test_the_first_line_that_does_not_fit_is_named(shell):
    contest, other = make_contest(), make_contest()
    with tampering():
        db.session.execute(update(AuditLine).filter_by(chain=contest.id, number=2).values(about="contest:khac"))

    told = shell("audit", "verify")

    assert (told.exit_code, told.stderr) == (
        1,
        f"Dòng 2 (regulation.adopted) trong nhật ký của {contest.slug} không khớp.\n",
    )
    assert shell("audit", "verify", "--contest", contest.slug).exit_code == 1
    assert shell("audit", "verify", "--contest", other.slug).exit_code == 0
    with pytest.raises(NoSuchContest):
        shell("audit", "verify", "--contest", "khong-co")


def test_a_log_that_was_cut_at_its_end_is_convicted_by_the_line_on_a_paper(shell):
    """Whoever takes the last line away and moves the head back leaves a log that fits in itself. (F5)"""
    contest = make_contest()
    with transaction():
        line = audit.record("thing.done", contest_id=contest.id, now=clock.now())
        last, before = line.hash, line.previous
    paper = " ".join(last[at : at + 8] for at in range(0, 64, 8)).upper()
    told = shell("audit", "verify", "--paper", paper)
    assert f"Văn bản mang dòng 3 trong nhật ký của {contest.slug}." in told.output
    assert told.exit_code == 0

    with tampering():
        db.session.execute(delete(AuditLine).filter_by(chain=contest.id, number=3))
        db.session.execute(update(AuditHead).filter_by(chain=contest.id).values(number=2, hash=before))

    assert shell("audit", "verify").exit_code == 0
    told = shell("audit", "verify", "--contest", contest.slug, "--paper", paper)
    assert (told.exit_code, told.stderr) == (
        1,
        f"Không dòng nào có mã SHA-256 {paper} ghi trên văn bản: có dòng đã bị xóa, hoặc nhật ký đã bị viết lại.\n",
    )


def test_letters_that_are_due_are_sent_and_counted(shell, box):
    for number in range(60):
        write(f"ban.doc{number}@example.vn", key=f"letter:{number}")

    told = shell("mail", "send")

    assert (told.exit_code, told.output) == (0, "Đã gửi 60 thư.\n")
    assert len(box.letters) == 60
    assert shell("mail", "send").output == "Đã gửi 0 thư.\n"


def test_letters_that_cannot_be_delivered_are_counted_too(shell, box):
    box.refuse.add("khong.co@example.vn")
    write("khong.co@example.vn")
    write("ban.doc@example.vn", key="letter:2")

    told = shell("mail", "send")

    assert (told.exit_code, told.stdout) == (1, "Đã gửi 1 thư.\n")
    assert told.stderr == "1 thư chưa gửi được; hệ thống sẽ tự thử lại.\n"


def test_without_a_mail_server_nothing_is_sent(shell):
    write("ban.doc@example.vn")

    with pytest.raises(NoMailServer) as refusal:
        shell("mail", "send")

    assert refusal.value.parameters == {"count": 1}


def test_the_newest_letter_to_an_address_is_shown(shell):
    write("ban.doc@example.vn")
    write("ban.doc@example.vn", key="letter:2", subject="Xác nhận địa chỉ thư")
    write("nguoi.khac@example.vn", key="letter:3")

    told = shell("mail", "show", "Ban.Doc@example.vn")

    assert told.output.splitlines()[1:] == ["Xác nhận địa chỉ thư", "", "Kính gửi bạn,", "Đã nhận.", ""]
    with pytest.raises(NoLetter):
        shell("mail", "show", "khong.ai@example.vn")


def test_what_does_not_hold_ends_the_command_with_1(shell):
    assert shell("invariants").output == "Mọi điều phải đúng đều đúng.\n"
    write("ban.doc@example.vn")
    with transaction():
        db.session.execute(update(Letter).values(key=""))

    told = shell("invariants")

    assert (told.exit_code, told.stderr) == (1, "1 thư trong hộp thư đi mang cùng khóa “”.\n")


def test_the_doctor_lists_what_to_do(shell):
    make_user()

    told = shell("doctor")

    assert told.exit_code == 1
    assert "CONTEST_BASE_URL" in told.stderr
    assert "CONTEST_SMTP_URL" in told.stderr

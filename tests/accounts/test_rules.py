"""What is decided about people, on values alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from contest.accounts import attempts, identity, links, outlets, passwords, roles, sessions
from contest.accounts.attempts import Limit
from contest.accounts.links import Purpose
from contest.accounts.outlets import BadLine, OutletKind, OutletLine
from contest.accounts.refusals import BadEmail, BadPhone, DeadLink
from contest.accounts.roles import Role

NOW = datetime(2025, 8, 11, 3, 24, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "password",
    [
        "danvankheo2025",
        "Dân vận khéo 2025",
        "QuangNgai@2025",
        "matkhau123456",
        "qwertyuiop123",
        "aaaaaaaaaaaaaa",
        "1234567890123",
        "20/10/2020 20",
        "huynhdongtra1990",
        "dongtra@toasoan",
        "anhyeuem123",
        "matkhaucuatoi",
        "Khongaibiet",
        "con yêu mẹ 123",
        "Abc@123456",
        "Password123!",
        "thienthan12",
        "gió bấc Huỳnh Đông Trà mưa phùn",
    ],
)
def test_a_password_that_others_would_try_is_refused(password):
    assert passwords.weakness(password, ("dongtra@toasoan.example", "Huỳnh Đông Trà")) is not None


@pytest.mark.parametrize("password", ["sóng lúa mùa gặt sớm", "thuyen-nan-gio-bac-4", "nắng chiều rơi"])
def test_a_few_unrelated_words_are_a_password(password):
    assert passwords.weakness(password, ("dongtra@toasoan.example", "Huỳnh Đông Trà")) is None


def test_a_short_and_a_very_long_password_are_refused_with_the_number():
    assert passwords.weakness("ngắn quá")[1] == {"least": 10}
    assert passwords.weakness("dài quá " * 40)[1] == {"most": 128}


def test_a_password_is_the_same_however_the_keyboard_composes_its_letters():
    kept = passwords.hashed("mưa trên phố Huế xưa")

    assert passwords.matches("mưa trên phố Huế xưa", kept)


def test_a_password_is_kept_as_argon2id_of_the_least_cost_that_is_safe():
    assert passwords.hashed("bất kỳ điều gì").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_no_password_matches_an_account_that_does_not_exist_or_has_none():
    assert not passwords.matches("nobody has this password", None)
    assert not passwords.matches("anything", "not a hash")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  DongTra@ToaSoan.VN ", "dongtra@toasoan.vn"), ("a.b+c@sub.example", "a.b+c@sub.example")],
)
def test_an_address_is_kept_in_one_form(typed, kept):
    assert identity.email_address(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "dongtra", "a@b", "đông@tòasoạn.vn x", "a@b.vn\r\nBcc: c@d.vn", "a@" + "b" * 300]
)
def test_what_no_letter_can_reach_is_no_address(typed):
    with pytest.raises(BadEmail):
        identity.email_address(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0905 123 456", "+84905123456"),
        ("+84 905.123.456", "+84905123456"),
        ("", ""),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_is_kept_as_it_is_dialled_from_anywhere(typed, kept):
    assert identity.phone_number(typed) == kept


@pytest.mark.parametrize("typed", ["123", "gọi tôi", "0905 123 45", "+" * 300])
def test_what_cannot_be_dialled_is_no_number(typed):
    with pytest.raises(BadPhone):
        identity.phone_number(typed)


def test_a_number_is_shown_as_people_write_it():
    assert identity.spoken_phone("+84905123456") == "0905 123 456"
    assert identity.spoken_phone("+442079460958") == "+44 20 7946 0958"
    assert identity.spoken_phone("") == ""


LIMITS = (Limit(3, 15 * MINUTE), Limit(5, 120 * MINUTE))


def test_a_door_is_open_until_the_tries_are_used_up():
    assert attempts.open_from(LIMITS, [NOW - MINUTE, NOW], NOW) == NOW
    assert attempts.tries_left(LIMITS, [NOW - MINUTE, NOW], NOW) == 1


def test_a_door_opens_again_when_the_first_try_of_the_window_is_old():
    moments = [NOW, NOW - 5 * MINUTE, NOW - 2 * MINUTE]

    assert attempts.open_from(LIMITS, moments, NOW) == NOW + 10 * MINUTE
    assert attempts.tries_left(LIMITS, moments, NOW) == 0


def test_who_goes_on_trying_waits_longer():
    moments = [NOW - minutes * MINUTE for minutes in (100, 80, 60, 40, 20)]

    assert attempts.open_from(LIMITS, moments, NOW) == NOW + 20 * MINUTE


def test_an_account_in_the_rows_of_attempts_cannot_be_compared_without_the_key():
    assert attempts.fingerprint("one", "a@b.vn") != attempts.fingerprint("other", "a@b.vn")
    assert attempts.fingerprint("one", "a@b.vn") == attempts.fingerprint("one", "a@b.vn")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        (None, ""),
        ("nowhere", "nowhere"),
    ],
)
def test_one_household_is_one_network(address, network):
    assert attempts.network_of(address) == network


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML) Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent, device):
    assert sessions.device_name(agent) == device


def test_a_session_ends_by_resting_and_by_its_age():
    limits = {"idle": 60 * MINUTE, "absolute": 600 * MINUTE}

    assert not sessions.session_is_over(created_at=NOW, last_seen_at=NOW, now=NOW + 59 * MINUTE, **limits)
    assert sessions.session_is_over(created_at=NOW, last_seen_at=NOW, now=NOW + 60 * MINUTE, **limits)
    assert sessions.session_is_over(created_at=NOW, last_seen_at=NOW + 590 * MINUTE, now=NOW + 600 * MINUTE, **limits)


def test_a_link_opens_what_it_was_made_for_until_its_hour():
    token = links.sign("key", Purpose.RESET, "someone", "state", NOW + MINUTE)

    assert links.read("key", Purpose.RESET, token, NOW) == ("someone", "state")
    for key, purpose, typed, now in [
        ("key", Purpose.CONFIRM, token, NOW),
        ("other", Purpose.RESET, token, NOW),
        ("key", Purpose.RESET, token + "x", NOW),
        ("key", Purpose.RESET, "", NOW),
        ("key", Purpose.RESET, token, NOW + MINUTE),
    ]:
        with pytest.raises(DeadLink):
            links.read(key, purpose, typed, now)


def test_a_contest_is_never_left_without_an_organizer():
    assert roles.leaves_no_organizer([])
    assert roles.leaves_no_organizer([Role.SECRETARY, Role.JUROR])
    assert not roles.leaves_no_organizer([Role.JUROR, Role.ORGANIZER])


KINDS = {"báo in": OutletKind.NEWSPAPER, "phát thanh, truyền hình": OutletKind.BROADCASTER}


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_list_of_outlets_is_read_as_a_spreadsheet_gives_it(mark):
    text = "\ufeffTên;Loại;Từ;Đến;Kế tục\r\n\r\n Báo  Quảng Ngãi ;Báo in\r\n"
    text += "Đài A;phát thanh, truyền hình;;18/05/2025;Báo Quảng Ngãi\n"

    assert outlets.outlet_lines(text.replace(";", mark), KINDS) == [
        OutletLine(3, "Báo Quảng Ngãi", OutletKind.NEWSPAPER, None, None, ""),
        OutletLine(4, "Đài A", OutletKind.BROADCASTER, None, date(2025, 5, 18), "Báo Quảng Ngãi"),
    ]


def test_a_list_with_commas_may_quote():
    assert outlets.outlet_lines('Đài A,"Phát thanh, truyền hình",2020-01-01\n', KINDS) == [
        OutletLine(1, "Đài A", OutletKind.BROADCASTER, date(2020, 1, 1), None, "")
    ]


@pytest.mark.parametrize(
    "line",
    [
        ";báo in",
        "A;báo nói",
        "A;báo in;31/02/2025",
        "A;báo in;hôm qua",
        "A;báo in;1/2/3/4",
        "A;báo in;02/01/2025;01/01/2025",
        "A;báo in;;;;;",
        "a" * 201 + ";báo in",
        'A;"báo in',
        "A;báo in;٢٠٢٥-01-01x",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(BadLine) as bad:
        outlets.outlet_lines(f"Báo Quảng Ngãi;báo in\n{line}\n", KINDS)

    assert bad.value.number == 2


def test_a_list_has_an_end():
    with pytest.raises(BadLine):
        outlets.outlet_lines("A;báo in\n" * 501, KINDS)


def test_spans_with_open_ends_share_a_day():
    day = date(2025, 5, 19)

    assert outlets.overlap((None, None), (day, day))
    assert outlets.overlap((None, day), (day, None))
    assert not outlets.overlap((None, date(2025, 5, 18)), (day, None))

"""Signing in with an account of an office, at a provider that runs beside the test and is not of our making."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from sqlalchemy import select, update

from contest import clock
from contest.accounts import attempts, openid, personal, services
from contest.accounts.attempts import AttemptKind, Limit
from contest.accounts.models import ProviderAccount, ProviderQuestion, User, UserSession
from contest.accounts.openid import BadAnswer, Described, Question
from contest.accounts.provider import Provider
from contest.accounts.roles import Role
from contest.audit.models import AuditLine
from contest.config import Settings
from contest.database import db, transaction
from contest.mail import Letter
from contest.subjects import Subject
from tests.accounts.test_proving import let_time_pass
from tests.makers.accounts import PASSWORD, code_of, give_app, make_member, make_user
from tests.makers.regulations import make_contest
from tests.provider import CLIENT, PASSWORD_ALONE, SECRET
from tests.provider import Provider as Office

START, BACK = "/dang-nhap/co-quan", "/dang-nhap/co-quan/tro-lai"
SECURITY = "/tai-khoan/bao-mat"
LINK = f"{SECURITY}/co-quan"


@pytest.fixture(scope="module")
def running() -> Iterator[Office]:
    """The provider of an office; making its keys takes a while, so all tests of this file go to the same."""
    with Office(f"http://localhost{BACK}") as office:
        yield office


@pytest.fixture
def office(running: Office) -> Office:
    """The provider, with somebody signed in for ten minutes."""
    running.sign_in(seconds_ago=600)
    running.people["tra"] = {"email": "tra@sovhttdl.example", "email_verified": True}
    running.asks_again, running.is_broken, running.says = True, False, {}
    running.asked.clear()
    return running


@pytest.fixture
def configured(app, office, monkeypatch, fifteen_minutes):
    """Let the instance know the provider, with more settings where a test asks for them."""

    plain = app.config["SETTINGS"].model_dump()

    def configure(**more: str) -> Provider:
        named = {"oidc_issuer": office.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET} | more
        settings = Settings(**plain | named)
        monkeypatch.setitem(app.config, "SETTINGS", settings)
        provider = Provider(settings)
        monkeypatch.setitem(app.extensions, "provider", provider)
        return provider

    configure()
    return configure


@pytest.fixture
def contest(configured):
    return make_contest()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def asked_at(way_there: str) -> str:
    """Open an address at the provider, as a browser does; give where on our side it sends the browser back to."""
    try:
        urllib.request.build_opener(_Stay).open(way_there)
    except urllib.error.HTTPError as answer:
        assert answer.code == 302
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"
    raise AssertionError("the provider sent nobody back")


def there_and_back(visitor, path=START, **changed: str):
    """Go to the provider from a page of ours and come back.

    :param changed: what somebody changes in the address on the way there
    """
    sent = visitor.get(path)
    assert sent.status_code == 303
    address = urlsplit(sent.location)
    asked = dict(parse_qsl(address.query)) | changed
    return visitor.get(asked_at(address._replace(query=urlencode(asked)).geturl()))


def link(visitor):
    """Link the account of the office with that of somebody signed in."""
    assert there_and_back(visitor, LINK).location == f"{LINK}/lien-ket"
    return visitor.post_form(f"{LINK}/lien-ket")


@pytest.fixture
def person(contest, browser):
    """Somebody who has linked the account of the office."""
    user = make_user()
    assert link(browser(user)).status_code == 303
    return user


def is_signed_in(visitor):
    return visitor.get("/tai-khoan").status_code == 200


# The journey ---------------------------------------------------------------------------------------------------------


def test_somebody_links_the_account_of_their_office_signs_in_with_it_and_takes_it_away(contest, browser):
    user = make_user()
    owner, elsewhere, later = browser(user), browser(user), browser()
    owner.get(SECURITY)
    assert "Liên kết tài khoản cơ quan" in owner.text

    assert link(owner).location == SECURITY
    assert is_signed_in(owner)  # under a new session
    assert not is_signed_in(elsewhere)
    owner.get(SECURITY)
    assert "tra@sovhttdl.example" in owner.text

    later.get("/dang-nhap?next=/tai-khoan/phien")
    way = later.soup.find("a", string="Đăng nhập bằng tài khoản cơ quan")["href"]
    assert there_and_back(later, way).location == "/tai-khoan/phien"
    assert is_signed_in(later)

    owner.post_form(owner.soup.select_one("a[href$='/go']")["href"])
    assert not is_signed_in(later)
    assert there_and_back(later).status_code == 403
    acts = db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()
    assert [act for act in acts if act.startswith("office")] == ["office_account.linked", "office_account.removed"]
    letters = db.session.scalars(select(Letter.subject).filter_by(to=user.email)).all()
    assert [letter.startswith("Tài khoản cơ quan liên kết") for letter in letters] == [True, True]


def test_the_provider_is_asked_for_an_address_only_where_one_is_needed(person, configured, office, browser):
    office.asked.clear()
    there_and_back(browser())
    assert office.asked == ["/authorization", "/token"]  # what it says of itself, and its keys, are known

    configured(oidc_domains="sovhttdl.example")
    there_and_back(browser())
    assert office.asked[2:] == [
        "/.well-known/openid-configuration",
        "/authorization",
        "/token",
        "/jwks.json",
        "/userinfo",
    ]


def test_a_provider_that_changes_its_keys_is_believed_by_the_new_ones(person, configured, office, browser):
    provider = configured()
    there_and_back(browser())
    asked_long_ago, keys = provider._keys[0] - 3600 + 1, provider._keys[1]
    provider._keys = asked_long_ago, {"keys": [ECKey.generate_key("P-256", {"kid": "cu"}).as_dict(private=False)]}
    office.asked.clear()

    assert there_and_back(browser()).status_code == 303
    assert office.asked == ["/authorization", "/token", "/jwks.json"]
    assert provider._keys[1] == keys


def test_what_is_sent_to_the_provider_is_a_code_flow_with_its_three_bolts(contest, browser):
    address = urlsplit(browser().get(START).location)
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert asked["redirect_uri"] == f"http://localhost{BACK}"
    assert asked["ui_locales"] == "vi"
    assert "prompt" not in asked


def test_signing_in_begins_a_session_of_its_own(person, browser):
    """No token that was there before opens anything. (D3)"""
    visitor = browser()
    visitor.get(START)
    with visitor.client.session_transaction() as cookie:
        before = dict(cookie)
    there_and_back(visitor)

    with visitor.client.session_transaction() as cookie:
        assert set(cookie) - {"_permanent", "csrf_token"} == {"_user_id"}
    assert "_user_id" not in before
    assert len(db.session.scalars(select(UserSession)).all()) == 2  # of the browser that linked, and this one


# A second factor -----------------------------------------------------------------------------------------------------


def test_our_second_factor_is_asked_for_unless_the_settings_count_that_of_the_provider(person, configured, browser):
    """An account of an office alone opens no account that has a second factor. (D4)"""
    secret = give_app(person)
    visitor = browser()

    there_and_back(visitor, f"{START}?next=/tai-khoan/phien")
    assert visitor.response.location == "/dang-nhap/buoc-hai?next=/tai-khoan/phien"
    assert not is_signed_in(visitor)
    visitor.post_form("/dang-nhap/buoc-hai?next=/tai-khoan/phien", {"code": code_of(secret)})
    assert is_signed_in(visitor)

    configured(oidc_second_factor="mfa")
    assert "/buoc-hai" in there_and_back(browser()).location
    configured(oidc_second_factor=f"mfa,{PASSWORD_ALONE}")
    counted = browser()
    assert there_and_back(counted).location == "/"
    assert is_signed_in(counted)


def test_staff_owe_us_no_second_factor_while_the_provider_has_asked_for_one(contest, configured, browser):
    organizer = make_member(contest, Role.ORGANIZER)
    link(browser(organizer))
    configured(oidc_second_factor=PASSWORD_ALONE, second_factor="staff")
    by_office, by_password = browser(), browser()

    there_and_back(by_office)
    by_password.post_form("/dang-nhap", {"email": organizer.email, "password": PASSWORD})

    assert is_signed_in(by_office)
    assert by_password.get("/tai-khoan").location == SECURITY
    configured(second_factor="staff")
    assert by_office.get("/tai-khoan").location == SECURITY  # what counted yesterday need not count today


def test_staff_who_owe_a_second_factor_may_link_an_account_that_counts_as_one(contest, configured, browser):
    configured(oidc_second_factor=PASSWORD_ALONE, second_factor="staff")
    organizer = browser(make_member(contest, Role.ORGANIZER))
    assert organizer.get("/tai-khoan").location == SECURITY
    organizer.get(SECURITY)
    assert organizer.soup.select_one(f"main a[href='{LINK}']")

    link(organizer)

    assert is_signed_in(organizer)
    organizer.post_form(organizer.get(SECURITY) and organizer.soup.select_one("a[href$='/go']")["href"])
    assert organizer.get("/tai-khoan").location == SECURITY


# Who is not let in ---------------------------------------------------------------------------------------------------


def test_strangers_and_closed_accounts_hear_the_same_and_nobody_is_made(person, office, browser):
    """Whoever has an account at the office learns nothing of accounts here. (D2)"""
    services.disable(person.email, now=clock.now())
    db.session.commit()
    closed, stranger = browser(), browser()
    count = len(db.session.scalars(select(User)).all())

    there_and_back(closed)
    office.sign_in("la")
    office.people["la"] = {"email": person.email, "email_verified": True}  # the same address links nobody
    there_and_back(stranger)

    assert closed.response.status_code == stranger.response.status_code == 403
    assert closed.text == stranger.text
    assert "chưa được liên kết" in stranger.text
    assert len(db.session.scalars(select(User)).all()) == count
    assert not is_signed_in(closed) and not is_signed_in(stranger)


def test_only_verified_addresses_of_the_domains_named_are_let_in(person, configured, office, browser):
    configured(oidc_domains="sovhttdl.example, bao.example")
    allowed = there_and_back(browser()).status_code
    answers = []
    for said in (
        {"email": "tra@sovhttdl.example", "email_verified": False},
        {"email": "tra@sovhttdl.example"},
        {"email": "tra@khac.example", "email_verified": True},
        {"email": "tra@x.sovhttdl.example", "email_verified": True},
        {},
    ):
        office.people["tra"] = said
        visitor = browser()
        answers.append((there_and_back(visitor).status_code, "tên miền" in visitor.text, is_signed_in(visitor)))

    assert allowed == 303
    assert answers == [(403, True, False)] * 5


def test_one_office_account_belongs_to_one_account_here(person, browser):
    other = browser(make_user())

    link(other)

    assert other.response.status_code == 422
    assert "một tài khoản khác" in other.text
    assert db.session.scalars(select(ProviderAccount.user_id)).all() == [person.id]


# What comes back must fit --------------------------------------------------------------------------------------------


def refused(visitor, answer):
    return answer.status_code == 400 and "bắt đầu lại" in visitor.text and not is_signed_in(visitor)


def test_an_answer_is_taken_once_by_the_browser_that_asked(person, browser):
    """A stolen answer, one sent to somebody else, one sent twice: none signs anybody in. (D3, E2)"""
    owner, thief = browser(), browser()
    back = asked_at(owner.get(START).location)
    with owner.client.session_transaction() as cookie:
        kept = dict(cookie)

    assert refused(thief, thief.get(back))  # nothing was asked there
    thief.get(START)
    assert refused(thief, thief.get(back))  # something else was
    assert owner.get(back).status_code == 303
    replaying = browser()
    with replaying.client.session_transaction() as cookie:
        cookie.update(kept)
    assert refused(replaying, replaying.get(back))  # its question was answered


def test_a_code_of_somebody_else_is_worth_nothing_with_ones_own_question(person, office, browser):
    """The code that a thief reads off is exchanged only by whoever asked for it (PKCE), for this question. (D3)"""
    stolen = parse_qs(urlsplit(asked_at(browser().get(START).location)).query)["code"][0]
    thief = browser()
    state = parse_qs(urlsplit(thief.get(START).location).query)["state"][0]

    answer = thief.get(f"{BACK}?{urlencode({'code': stolen, 'state': state})}")

    assert refused(thief, answer)
    assert office.asked[-1] == "/token"  # it was the provider that refused


def test_an_answer_to_another_question_or_of_another_provider_is_refused(person, browser):
    visitor = browser()
    assert refused(visitor, there_and_back(visitor, nonce="mot-cau-hoi-khac"))

    back = asked_at(visitor.get(START).location)
    assert refused(visitor, visitor.get(back.replace("iss=http", "iss=https")))

    back = asked_at(visitor.get(START).location)
    db.session.execute(update(ProviderQuestion).values(asked_at=clock.now() - timedelta(minutes=16)))
    db.session.commit()
    assert refused(visitor, visitor.get(back))


def test_turning_back_at_the_provider_changes_nothing(contest, browser):
    visitor = browser()
    state = parse_qs(urlsplit(visitor.get(START).location).query)["state"][0]

    answer = visitor.get(f"{BACK}?{urlencode({'error': 'access_denied', 'state': state})}")

    assert answer.status_code == 403
    assert "chưa đăng nhập tại cơ quan" in visitor.text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_site(person, browser, target):
    """What stands behind the sign-in is a page of ours. (D6)"""
    assert there_and_back(browser(), f"{START}?{urlencode({'next': target})}").location == "/"


@pytest.fixture
def token(configured, office):
    """What a code is exchanged for, the keys of the provider, what it says of itself, and the question."""
    provider = configured()
    address, question = provider.way_there(back=f"http://localhost{BACK}", again=False, language="vi")
    code = parse_qs(urlsplit(asked_at(address)).query)["code"][0]
    described = provider._says()
    token = provider._token(described, code, question, f"http://localhost{BACK}")
    return token, provider._known_keys(described), described, question


def read(token, **changed):
    """Read a token of the provider, one thing of what it is compared with being another."""
    content, keys, described, question = token
    given = {"client_id": CLIENT, "nonce": question.nonce, "now": time.time()} | changed
    described = replace(described, issuer=given.pop("issuer", described.issuer))
    return openid.identity(given.pop("content", content), given.pop("keys", keys), described, **given)


def test_a_token_counts_for_us_for_this_question_and_for_now_alone(token):
    key = ECKey.generate_key("P-256", {"kid": token[1]["keys"][0]["kid"]})
    forged = [
        {"client_id": "he-thong-khac"},
        {"nonce": "mot-cau-hoi-khac"},
        {"issuer": "https://khac.example"},
        {"now": time.time() + 3600},
        {"now": time.time() - 3600},
        {"keys": {"keys": [key.as_dict(is_private=False)]}},
        {"content": {}},
        {"content": {"id_token": "a.b.c"}},
    ]

    assert read(token).issuer == token[2].issuer
    for changed in forged:
        with pytest.raises(BadAnswer):
            read(token, **changed)


def test_a_token_that_is_not_signed_or_signed_with_our_own_secret_counts_for_nothing(token):
    content, _keys, described, question = token
    known = jwt.decode(content["id_token"], ECKey.import_key(_keys["keys"][0]), algorithms=["ES256"]).claims
    by_secret = jwt.encode({"alg": "HS256"}, known, OctKey.import_key(SECRET))
    head, body, _ = jwt.encode({"alg": "HS256"}, known, OctKey.import_key(SECRET)).split(".")
    unsigned = f"eyJhbGciOiJub25lIn0.{body}."

    for forged in (by_secret, unsigned, f"{head}.{body}."):
        for algorithms in (described.algorithms, ("ES256", "HS256")):
            with pytest.raises(BadAnswer):
                openid.identity(
                    content | {"id_token": forged},
                    _keys,
                    replace(described, algorithms=algorithms),
                    client_id=CLIENT,
                    nonce=question.nonce,
                    now=time.time(),
                )


SAID = {
    "issuer": "https://co-quan.example",
    "authorization_endpoint": "https://co-quan.example/a",
    "token_endpoint": "https://co-quan.example/t",
    "jwks_uri": "https://co-quan.example/k",
    "id_token_signing_alg_values_supported": ["none", "HS256", "RS256", 7],
}


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://khac.example"},
        {"issuer": None},
        {"token_endpoint": "http://co-quan.example/t"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
def test_what_a_provider_says_of_itself_leads_to_encrypted_addresses(changed):
    assert Described.read(SAID, "https://co-quan.example").algorithms == ("RS256",)
    with pytest.raises(BadAnswer):
        Described.read(SAID | changed, "https://co-quan.example")


def test_a_provider_does_not_lead_the_server_to_other_machines_of_the_network(configured, office, browser):
    """Only the machine that the settings name may lie in a private network, whatever it names itself. (E5)"""
    inside = office.issuer.replace("http://localhost", "https://127.0.0.1")
    office.says = {"token_endpoint": f"{inside}/token"}
    configured()
    visitor = browser()

    assert there_and_back(visitor).status_code == 503
    assert "/token" not in office.asked


# The provider is away ------------------------------------------------------------------------------------------------


def test_while_the_provider_is_away_the_password_goes_on_working(person, configured, office, browser):
    configured(oidc_issuer="http://localhost:9")
    visitor = browser()

    assert visitor.get(START).status_code == 503
    assert "hiện không trả lời" in visitor.text
    assert visitor.soup.select_one("main a.btn")["href"] == "/dang-nhap"
    visitor.post_form("/dang-nhap", {"email": person.email, "password": PASSWORD})
    assert is_signed_in(visitor)

    provider = configured()
    broken = browser()
    back = asked_at(broken.get(START).location)
    office.is_broken = True
    assert broken.get(back).status_code == 503
    office.is_broken = False
    assert there_and_back(browser()).status_code == 303
    assert provider.issuer == office.issuer


def test_a_provider_that_does_not_answer_is_left_alone_for_a_while(configured, browser, monkeypatch):
    """Who signs in while it is away does not wait for it in turn, holding what others need. (E7)"""
    provider = configured(oidc_issuer="http://localhost:9")
    browser().get(START)
    first = provider._failed_at
    browser().get(START)

    assert provider._failed_at == first


def test_without_a_provider_no_page_speaks_of_one(app, browser):
    visitor = browser(make_user())

    assert browser().get(START).location == "/dang-nhap"
    assert browser().get(BACK).status_code == 400
    assert visitor.get(SECURITY).status_code == 200
    assert "cơ quan" not in visitor.soup.select_one("main").get_text()


def test_starting_without_end_comes_to_an_end(contest, browser, monkeypatch):
    monkeypatch.setitem(attempts.BY_ADDRESS, AttemptKind.PROVIDER, (Limit(2, timedelta(minutes=15)),))

    assert [browser().get(START).status_code for _start in range(3)] == [303, 303, 429]


def test_whoever_comes_back_from_there_takes_no_place_from_others_of_the_network(person, browser, monkeypatch):
    """A newsroom has one address. (D1)"""
    monkeypatch.setitem(attempts.BY_ADDRESS, AttemptKind.PROVIDER, (Limit(2, timedelta(minutes=15)),))
    monkeypatch.setitem(attempts.BY_ACCOUNT, AttemptKind.PROVIDER, (Limit(2, timedelta(minutes=15)),))

    assert [there_and_back(browser()).status_code for _colleague in range(4)] == [303] * 4

    known = browser()
    there_and_back(known)
    known.post_form("/dang-xuat")
    for _stranger in range(3):
        browser().get(START)
    assert (browser().get(START).status_code, there_and_back(known).status_code) == (429, 303)


# Linking and proving -------------------------------------------------------------------------------------------------


def test_a_page_of_others_that_leads_there_and_back_links_nothing(contest, browser):
    """Somebody signed in at the provider as somebody else by a trick is asked before anything is linked. (E2)"""
    owner = browser(make_user())

    assert there_and_back(owner, LINK).location == f"{LINK}/lien-ket"

    assert db.session.scalars(select(ProviderAccount)).all() == []
    assert owner.request("POST", f"{LINK}/lien-ket").status_code == 400
    assert browser(make_user()).get(f"{LINK}/lien-ket").location == SECURITY
    assert db.session.scalars(select(ProviderAccount)).all() == []


def test_linking_asks_for_the_password_at_a_screen_that_was_left_open(contest, browser):
    """Whoever finds it open links nothing of theirs. (D3)"""
    owner = browser(make_user())
    owner.get(SECURITY)
    there_and_back(owner, LINK)
    owner.get(f"{LINK}/lien-ket")
    let_time_pass()

    assert owner.get(LINK).location.startswith("/tai-khoan/xac-nhan?")
    owner.get(f"{LINK}/lien-ket")
    assert owner.send().status_code == 403
    assert db.session.scalars(select(ProviderAccount)).all() == []
    assert owner.send({"proof_password": PASSWORD}).status_code == 303
    assert len(db.session.scalars(select(ProviderAccount)).all()) == 1


def test_signing_in_at_the_provider_once_more_is_a_proof(person, browser):
    owner = browser()
    there_and_back(owner)
    let_time_pass()

    asked = owner.get(LINK)
    assert asked.location.startswith("/tai-khoan/xac-nhan?")
    owner.get(asked.location)
    way = owner.soup.find("a", string="Xác nhận bằng tài khoản cơ quan")["href"]
    sent = dict(parse_qsl(urlsplit(owner.get(way).location).query))
    assert (sent["prompt"], sent["max_age"]) == ("login", "0")
    there_and_back(owner, way)
    owner.get(owner.response.location)
    assert owner.soup.select_one("main .form-end a")["href"] == LINK
    assert owner.get(LINK).status_code == 303
    assert owner.response.location.startswith("http://localhost:")


def test_what_was_typed_waits_while_the_proof_is_given_in_another_tab(person, contest, browser):
    make_member(contest, Role.ORGANIZER, user=db.session.get(User, person.id))
    owner = browser()
    there_and_back(owner)
    owner.get(f"/{contest.slug}/ban-thu-ky/nhan-su/moi")
    let_time_pass()
    owner.send({"email": "moi@toasoan.example", "name": "Đỗ Được", "role": "juror"})
    waiting = owner.response

    there_and_back(owner, owner.soup.select_one("main a[target=_blank]")["href"])
    assert "trở lại trang vừa hỏi bạn" in owner.text
    owner.response = waiting

    assert owner.send().status_code == 303
    assert "moi@toasoan.example" in [letter.to for letter in db.session.scalars(select(Letter))]


def test_a_sign_in_of_long_ago_or_of_somebody_else_proves_nothing(person, office, browser):
    """A provider that does not ask again is not taken at its word. (D3)"""
    owner = browser()
    there_and_back(owner)
    let_time_pass()

    office.asks_again = False
    office.sign_in(seconds_ago=600)
    careless = there_and_back(owner, "/tai-khoan/xac-nhan/co-quan?next=/tai-khoan").status_code, owner.text
    office.asks_again = True
    office.sign_in("la")
    other = there_and_back(owner, "/tai-khoan/xac-nhan/co-quan?next=/tai-khoan").status_code, owner.text

    assert careless[0] == other[0] == 403
    assert "không yêu cầu đăng nhập lại" in careless[1]
    assert "không phải tài khoản cơ quan đã liên kết" in other[1]
    assert owner.get(LINK).location.startswith("/tai-khoan/xac-nhan?")


def test_a_proof_or_a_link_is_of_whoever_asked_for_it(person, browser):
    """Somebody else signs in at the browser while its owner is at the provider. (D3)"""
    owner, other = browser(), browser(make_user())
    there_and_back(owner)
    back = asked_at(owner.get(LINK).location)
    with owner.client.session_transaction() as cookie, other.client.session_transaction() as theirs:
        theirs["provider_asked"] = cookie["provider_asked"]

    assert other.get(back).status_code == 400


# What is kept --------------------------------------------------------------------------------------------------------


def test_somebody_reads_what_is_kept_of_their_office_account_and_has_it_erased(person):
    subject = Subject(frozenset({person.id}), frozenset({person.person_id}), frozenset({person.subject}))
    section = next(one for one in personal.export(subject) if one.key == "office_accounts")

    assert "tra@sovhttdl.example" in str(section)
    with transaction():
        personal.erase(subject, clock.now())
    assert db.session.scalars(select(ProviderAccount)).all() == []


@pytest.mark.parametrize(
    "named",
    [
        {"oidc_issuer": "http://co-quan.example", "oidc_client_id": "x"},
        {"oidc_issuer": "https://co-quan.example"},
        {"oidc_client_id": "x"},
    ],
)
def test_a_provider_is_named_whole_and_by_an_encrypted_address(named):
    with pytest.raises(ValueError, match="CONTEST_OIDC_ISSUER"):
        Settings(**named)


def test_a_question_is_drawn_anew_each_time():
    one, other = Question.new(0), Question.new(0)

    assert len({one.state, one.nonce, one.verifier, other.state, other.nonce, other.verifier}) == 6
    assert 43 <= len(one.verifier) <= 128

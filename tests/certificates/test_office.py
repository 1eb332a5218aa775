"""The secretariat's page of certificates."""

from contest import jobs
from contest.database import db, transaction
from contest.jobs import Job, JobState
from contest.results import queries as results
from contest.results.services import amend_decision
from tests.makers.accounts import make_member, make_user
from tests.makers.certificates import (
    certificates_of,
    make_decided_contest,
    make_drawn_certificates,
    make_prepared_certificates,
    make_public_certificates,
)
from tests.makers.regulations import make_contest

PAGES = ("", "/tien-do.json", "/1.pdf", "/tat-ca.zip", "/ban-in.pdf", "/xem-truoc", "/xem-truoc/dai.png")


def office(contest):
    return f"/{contest.slug}/ban-thu-ky/giay-chung-nhan"


def work():
    while db.session.query(Job).filter(Job.state == JobState.QUEUED, Job.kind == "certificates.draw").count():
        assert jobs.work_once()


def test_before_the_decision_the_page_says_what_to_wait_for(app, browser):
    contest = make_contest()
    secretary = browser(make_member(contest, "secretary"))

    assert secretary.get(office(contest)).status_code == 200
    assert "chờ quyết định" in secretary.text


def test_the_secretariat_numbers_and_draws_and_takes_the_files_away(app, browser):
    contest, _ = make_decided_contest()
    secretary = browser(make_member(contest, "secretary"))

    assert secretary.post_form(office(contest), action="/chuan-bi").status_code == 303
    assert len(certificates_of(contest)) == 4
    assert secretary.post_form(office(contest), action="/ve").status_code == 303
    secretary.get(office(contest))
    assert secretary.soup.find("progress")["max"] == "1"
    work()
    assert secretary.get(f"{office(contest)}/tien-do.json").get_json()["state"] == "done"

    secretary.get(office(contest))
    assert "Đã lập 4 giấy chứng nhận, chờ công bố" in secretary.text
    for path, start in (("tat-ca.zip", b"PK"), ("ban-in.pdf", b"%PDF"), ("3.pdf", b"%PDF")):
        answer = secretary.get(f"{office(contest)}/{path}")
        assert answer.get_data().startswith(start)
        answer.close()


def test_certificates_that_a_corrected_decision_left_behind_are_brought_in_line_on_their_page(app, browser):
    contest, organizer, _ = make_prepared_certificates()
    decision = results.newest_decision(contest)
    with transaction():
        amend_decision(
            contest,
            lambda copy: {**copy, "awards": [{**copy["awards"][0], "title": "Bên sông Re"}, *copy["awards"][1:]]},
            kind="correction",
            number="",
            decided_on=decision.decided_on,
            reason="Đúng hồ sơ.",
            by=organizer,
            now=decision.at,
        )
    secretary = browser(make_member(contest, "secretary"))
    secretary.get(office(contest))
    assert "Cập nhật giấy chứng nhận theo quyết định" in secretary.text
    assert not secretary.soup.find("form", attrs={"action": f"{office(contest)}/ve"})

    assert secretary.post_form(office(contest), action="/chuan-bi").status_code == 303

    secretary.get(office(contest))
    assert "Cập nhật giấy chứng nhận theo quyết định" not in secretary.text
    assert secretary.soup.find("form", attrs={"action": f"{office(contest)}/ve"})


def test_how_far_a_drawing_is_can_be_asked(app, browser, now):
    contest, _, _ = make_prepared_certificates()
    secretary = browser(make_member(contest, "secretary"))
    secretary.post_form(office(contest), action="/ve")
    job = db.session.query(Job).filter_by(kind="certificates.draw").one()
    job.state, job.done, job.total = JobState.RUNNING, 2, 4
    db.session.commit()

    answer = secretary.get(f"{office(contest)}/tien-do.json").get_json()

    assert answer == {"state": "running", "done": 2, "total": 4, "words": "Đã lập 2 trên 4 giấy."}


def test_specimens_show_the_shortest_and_the_longest(app, browser):
    contest, organizer = make_decided_contest()
    secretary = browser(organizer)

    secretary.get(f"{office(contest)}/xem-truoc")

    assert [image["src"].rpartition("/")[2] for image in secretary.soup.select("main img")] == ["ngan.png", "dai.png"]
    assert secretary.get(f"{office(contest)}/xem-truoc/ngan.png").get_data().startswith(b"\x89PNG")
    assert secretary.get(f"{office(contest)}/xem-truoc/x.png").status_code == 404


def test_an_observer_reads_and_does_nothing(app, browser):
    contest, _, _ = make_prepared_certificates()
    observer = browser(make_member(contest, "observer"))

    assert observer.get(office(contest)).status_code == 200
    assert observer.soup.select("main form") == []
    for act in ("chuan-bi", "ve"):
        assert observer.request("POST", f"{office(contest)}/{act}").status_code in (400, 403)
    assert db.session.query(Job).filter_by(kind="certificates.draw").count() == 0


def test_nobody_else_sees_any_of_it(app, browser):
    contest, _, _ = make_drawn_certificates()

    for person in (make_user(), make_member(contest, "juror")):
        visitor = browser(person)
        for path in PAGES:
            assert visitor.get(office(contest) + path).status_code == 404
    for path in PAGES:
        assert browser().get(office(contest) + path).status_code == 302


def test_public_certificates_are_not_offered_for_drawing(app, browser):
    contest, organizer, _ = make_public_certificates()
    secretary = browser(organizer)

    secretary.get(office(contest))

    assert "Đã công bố 4 giấy chứng nhận" in secretary.text
    assert secretary.soup.select("main form") == []

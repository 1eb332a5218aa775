"""The page of documents: who is offered what at which moment, drafts, drawing, and the log."""

from io import BytesIO

import docx as library

from contest import clock
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.official.kinds import ABOUT, Kind
from contest.results import queries as results
from contest.results import services
from contest.results.award_changes import AwardRef
from contest.results.models import AmendmentKind
from contest.results.visibility import Moment, Viewer, may_see, viewers
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest
from tests.official.reading import words_of_docx

SINGLE = {
    Kind.PROPOSAL,
    Kind.NOTICE,
    Kind.DECISION,
    Kind.CEREMONY,
    Kind.PAYMENT,
    Kind.INVITATIONS,
    Kind.REPORT,
}


def path(kind="", subject=""):
    return "/dan-van-kheo/ban-thu-ky/van-ban" + "".join(f"/{part}" for part in (kind, subject) if part)


def decided():
    contest, _ = makers.make_sealed(*makers.FIVE)
    organizer = make_member(contest, "organizer")
    makers.make_decided(contest, by=organizer)
    return contest, organizer


def test_every_role_finds_at_every_moment_the_documents_whose_facts_it_may_see(app, browser):
    contest = make_contest()
    organizer = make_member(contest, "organizer")
    people = {Viewer.ORGANIZER: organizer}
    people |= {viewer: make_member(contest, viewer) for viewer in (Viewer.SECRETARY, Viewer.OBSERVER, Viewer.JUROR)}
    browsers = {viewer: browser(person) for viewer, person in people.items()}
    makers.make_sealed(*makers.FIVE, contest=contest)

    def check(moment):
        assert results.moment_of(contest) is moment
        for viewer, visitor in browsers.items():
            for kind in SINGLE:
                found = visitor.get(path(kind)).status_code == 200
                there = kind is not Kind.NOTICE or moment.rank >= Moment.POSTED.rank
                facts = all(may_see(fact, viewers([viewer], signed_in=True), moment) for fact in ABOUT[kind].facts)
                assert found == (viewer is not Viewer.JUROR and there and facts), (moment, viewer, kind)

    check(Moment.SEALED)
    makers.make_proposed(contest, by=organizer)
    check(Moment.PROPOSED)
    with transaction():
        services.approve(
            contest,
            body="BTC",
            held_on=makers.after(contest).date(),
            number="1",
            by=organizer,
            now=makers.after(contest),
        )
    with transaction():
        posting = services.post_list(contest, by=organizer, now=makers.after(contest))
    check(Moment.POSTED)
    day = makers.later(posting)
    with transaction():
        services.decide(contest, **makers.decision_words(day.date()), by=organizer, now=day)
    check(Moment.DECIDED)


def test_a_document_is_drawn_with_the_fields_of_its_draft_and_entered_in_the_log(app, browser):
    _, organizer = decided()
    secretary = browser(organizer)

    answer = secretary.post_form(
        path(Kind.PROPOSAL), {"number": "12-TTr/BTGDVTU", "addressee": "Thường trực Tỉnh ủy", "act": "docx"}
    )

    words = " ".join(words_of_docx(answer.data))
    assert "Số 12-TTr/BTGDVTU" in words
    assert "Kính gửi: Thường trực Tỉnh ủy" in words
    line = db.session.scalars(db.select(AuditLine).filter_by(action="document.drawn")).one()
    assert (line.about, line.details["file"]) == ("document:to-trinh", "docx")


def test_fields_are_kept_and_shown_again(app, browser):
    _, organizer = decided()
    secretary = browser(organizer)

    secretary.post_form(path(Kind.INVITATIONS), {"venue": "Hội trường Tỉnh ủy", "act": "save"})

    secretary.get(path(Kind.INVITATIONS))
    assert secretary.soup.find(attrs={"name": "venue"})["value"] == "Hội trường Tỉnh ủy"


def test_the_decision_bears_the_number_day_and_signer_that_were_recorded(app, browser):
    contest, organizer = decided()
    frozen = results.newest_decision(contest)

    words = " ".join(words_of_docx(browser(organizer).post_form(path(Kind.DECISION), {"act": "docx"}).data))

    assert f"Số {frozen.number}" in words
    assert frozen.signer_name in words


def test_score_sheets_and_the_table_of_scores_come_from_the_sealed_round(app, browser):
    _, organizer = decided()
    secretary = browser(organizer)
    secretary.get(path())
    offered = [link["href"] for link in secretary.soup.select("main table a")]

    sheets = [link for link in offered if Kind.SCORE_SHEETS in link][-1]
    table = [link for link in offered if Kind.SCORES in link][-1]

    assert "PHIẾU CHẤM ĐIỂM" in " ".join(words_of_docx(secretary.post_form(sheets, {"act": "docx"}).data))
    words = " ".join(words_of_docx(secretary.post_form(table, {"act": "docx"}).data))
    assert "BẢNG TỔNG HỢP ĐIỂM" in words
    assert "BI-0001" in words


def test_an_observer_looks_and_does_not_draw(app, browser):
    contest, _ = decided()
    observer = browser(make_member(contest, "observer"))

    assert observer.get(path(Kind.DECISION)).status_code == 200
    assert observer.soup.select("main form") == []
    assert observer.get(path(Kind.DECISION) + "/xem-truoc.png").mimetype == "image/png"


def test_every_document_can_be_drawn_once_there_is_a_decision(app, browser):
    _, organizer = decided()
    secretary = browser(organizer)
    secretary.get(path())

    for link in [link["href"] for link in secretary.soup.select("main table a")]:
        written = secretary.post_form(link, {"act": "docx"})
        assert library.Document(BytesIO(written.data)).core_properties.title, link


def test_a_decision_that_suspends_a_prize_names_it_as_it_stood_and_as_it_stands(app, browser):
    contest, organizer = decided()
    frozen = results.newest_decision(contest)
    line = frozen.copy["awards"][0]
    with transaction():
        version, _ = services.change_award(
            contest,
            AwardRef("award", line["award_id"]),
            AmendmentKind.SUSPENSION,
            number="140-QĐ/BTGDVTU",
            decided_on=frozen.decided_on,
            signer="Lê Thị Hòa",
            reason="Có đơn về bản quyền.",
            by=organizer,
            now=clock.now(),
        )

    written = browser(organizer).post_form(path(Kind.AMENDMENT, str(version.version)), {"act": "docx"})

    words = " ".join(words_of_docx(written.data))
    assert "140-QĐ/BTGDVTU" in words
    assert line["title"] in words
    assert words.count("đang tạm thu hồi") == 1
    assert "Có đơn về bản quyền." in words

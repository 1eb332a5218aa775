"""The page of documents: who is offered what at which moment, drafts, drawing, and the log."""

from io import BytesIO

import docx as library

from contest import clock
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.official.documents.amendment import changes
from contest.official.kinds import ABOUT, Kind
from contest.regulations.models import Stage
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

    links = [link["href"] for link in secretary.soup.select("main table a")]

    assert len(links) > 3
    for link in links:
        written = secretary.post_form(link, {"act": "docx"})
        assert library.Document(BytesIO(written.data)).core_properties.title, link


def suspend(contest, by, ref):
    with transaction():
        version, _ = services.change_award(
            contest,
            ref,
            AmendmentKind.SUSPENSION,
            number="140-QĐ/BTGDVTU",
            decided_on=results.newest_decision(contest).decided_on,
            signer="Lê Thị Hòa",
            reason="Có đơn về bản quyền.",
            by=by,
            now=clock.now(),
        )
    return str(version.version)


def words_of(visitor, kind, subject=""):
    return " ".join(words_of_docx(visitor.post_form(path(kind, subject), {"act": "docx"}).data))


def test_a_decision_that_suspends_a_prize_names_it_as_it_stood_and_as_it_stands(app, browser):
    contest, organizer = decided()
    line = results.newest_decision(contest).copy["awards"][0]

    version = suspend(contest, organizer, AwardRef("award", line["award_id"]))

    words = words_of(browser(organizer), Kind.AMENDMENT, version)
    assert "140-QĐ/BTGDVTU" in words
    assert line["title"] in words
    assert words.count("đang tạm thu hồi") == 1
    assert "Có đơn về bản quyền." in words


def test_papers_about_an_amendment_are_drawn_where_the_decision_gave_a_later_list(app, browser):
    contest, _ = makers.make_sealed(*makers.FIVE)
    organizer = make_member(contest, "organizer")
    makers.make_proposed(contest, by=organizer)
    contest.stage = Stage.RUNNING
    db.session.commit()
    makers.make_decided(contest, by=organizer)
    lines = results.newest_decision(contest).copy["awards"]
    assert results.newest_decision(contest).version == 2

    version = suspend(contest, organizer, AwardRef("award", lines[0]["award_id"]))

    staff = browser(organizer)
    assert "đang tạm thu hồi" in words_of(staff, Kind.AMENDMENT, version)
    assert "đang tạm thu hồi" not in words_of(staff, Kind.DECISION)


def test_a_suspended_prize_is_neither_called_to_the_stage_nor_invited_nor_counted(app, browser):
    contest, organizer = decided()
    line = results.newest_decision(contest).copy["awards"][0]

    suspend(contest, organizer, AwardRef("award", line["award_id"]))

    staff = browser(organizer)
    assert line["title"] not in words_of(staff, Kind.CEREMONY)
    assert line["title"] not in words_of(staff, Kind.INVITATIONS)
    assert "Đã quyết định tặng 03 giải" in words_of(staff, Kind.REPORT)
    assert line["title"] in words_of(staff, Kind.DECISION)
    assert line["title"] in words_of(staff, Kind.PROPOSAL)


def test_the_prize_of_a_newsroom_is_named_as_suspended_and_as_corrected():
    def copy(**changes):
        line = {"collective_id": 7, "outlet": "Báo Quảng Ngãi", "tier": "TT", "tier_name": "Giải tập thể", **changes}
        return {"sections": [], "awards": [], "collective": [line]}

    (held_back,) = changes(copy(), copy(suspended={"number": "140"}))
    (corrected,) = changes(copy(), copy(outlet="Báo và Phát thanh, Truyền hình Quảng Ngãi"))

    assert held_back.after == "Giải tập thể; Báo Quảng Ngãi; đang tạm thu hồi"
    assert (corrected.before, corrected.after) == (
        "Giải tập thể; Báo Quảng Ngãi",
        "Giải tập thể; Báo và Phát thanh, Truyền hình Quảng Ngãi",
    )

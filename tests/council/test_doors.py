"""The meeting as the secretariat, its members and somebody kept from a work meet it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from contest.council import queries, services
from contest.council.counting import Hands
from contest.council.documents.minutes import described
from contest.council.stages import Stage, Step
from contest.database import db, transaction
from contest.judging import queries as judging
from contest.judging.services import declare_conflict
from contest.printing.official import SmallPrint
from contest.results.models import RoundCommitment
from tests.makers.accounts import make_member

NEUTRAL = "Hội đồng đang bàn về một tác phẩm mà bạn không tham gia"


def polled(page, path: str, pulse: str = "") -> dict[str, str]:
    answer = page.get(f"{path}/tinh-trang?co={pulse}")
    assert answer.status_code == 200
    found: dict[str, str] = json.loads(answer.get_data(as_text=True))
    return found


def title(council, number: int = 0) -> str:
    return council.works[number].title


# Running a meeting ---------------------------------------------------------------------------------------------------


def test_the_secretary_runs_a_meeting_from_the_call_to_the_signature(council, browser):
    page = browser(council.secretary)
    called = {"title": "Xét giải", "place": "Phòng số 2", "chair": council.chair.id, "secretary": council.secretary.id}
    made = page.post_form(f"/{council.contest.slug}/ban-thu-ky/phien-hop/moi/chung_khao", called)
    assert made.status_code == 303
    meeting = queries.meetings_of(council.contest)[0]

    def sends(end: str, fields=None, **how) -> None:
        answer = page.post_form(council.path(meeting, end, office=True), fields or {}, **how)
        assert answer.status_code == 303, page.text

    sends("/khai-mac")
    sends("/diem-danh", {f"how_{council.members[3].id}": "absent", f"reason_{council.members[3].id}": "đi công tác"})
    sends("/noi-dung", {"subject": f"work:{council.works[0].id}"})
    sends("/ghi-chep", {"text": "Các thành viên cho rằng tác phẩm công phu."})
    sends("/de-nghi", {"text": "Đưa tác phẩm vào diện xét giải A."})
    sends("/bieu-quyet-gio-tay", {"yes": "3", "no": "0", "abstained": "0"})
    sends("/bo-phieu", {"questions": ["A"]})
    sends("", action="kiem-phieu")
    sends("", action="buoc")
    sends("", action="buoc")
    sends("/be-mac", {"conclusion": "Thống nhất danh sách.", "reference": "03/BB-HĐ"})
    sends("", action="buoc")

    meeting = queries.meetings_of(council.contest)[0]
    assert meeting.stage is Stage.SIGNED
    assert [line.step for line in queries.lines_of(meeting)] == [
        Step.OPENED, Step.ROLL, Step.TAKEN_UP, Step.NOTED, Step.PROPOSED, Step.DECIDED, Step.BALLOT_OPENED,
        Step.BALLOT_CLOSED, Step.ADJOURNED, Step.RESUMED, Step.CLOSED, Step.SIGNED,
    ]  # fmt: skip


def test_whoever_chairs_runs_it_from_the_desk_and_a_member_only_follows(council, browser):
    meeting = council.meeting()
    chair, member, stranger = (
        browser(council.chair),
        browser(council.members[1]),
        browser(make_member(council.contest, "juror")),
    )

    assert chair.post_form(council.path(meeting, "/noi-dung"), {"title": "Thể thức"}).status_code == 303
    assert member.get(council.path(meeting)).status_code == 200
    assert "Điều hành phiên họp" not in member.text
    assert member.get(council.path(meeting, "/noi-dung")).status_code == 404
    assert stranger.get(council.path(meeting)).status_code == 404
    assert stranger.get(council.path(meeting, "/tinh-trang")).status_code == 404
    assert stranger.get(council.path(meeting, "/bien-ban.pdf")).status_code == 404
    assert browser().get(council.path(meeting)).status_code == 302


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(council, browser):
    meeting = council.meeting()
    page = browser(council.secretary)

    page.post_form(council.path(meeting, "/ghi-chep", office=True), {"text": "Ý kiến dài", "hour": "2030-01-01T08:00"})

    assert page.response.status_code == 422
    assert "Giờ này chưa đến" in page.soup.find(id="e-hour").get_text()
    assert page.soup.find("textarea").get_text().strip() == "Ý kiến dài"


def test_too_many_hands_are_refused_at_the_figure(council, browser):
    meeting = council.meeting()
    council.takes_up_a_work(meeting)
    council.does(services.propose, meeting, "Chấm lại.")
    page = browser(council.secretary)

    page.post_form(council.path(meeting, "/bieu-quyet-gio-tay", office=True), {"yes": "5", "no": "0", "abstained": "0"})

    assert page.response.status_code == 422
    assert "chỉ có 4 thành viên" in page.soup.find(id="e-yes").get_text()


def test_a_meeting_under_way_is_on_the_desk_of_its_members(council, browser):
    page = browser(council.members[1])
    page.get(f"/{council.contest.slug}/ban-cham")
    assert "Phiên họp đang diễn ra" not in page.text

    meeting = council.meeting()
    page.get(f"/{council.contest.slug}/ban-cham")

    assert "Phiên họp đang diễn ra" in page.text
    assert page.soup.find("a", href=council.path(meeting)) is not None


# Following -----------------------------------------------------------------------------------------------------------


def test_a_page_that_follows_learns_of_each_step_and_of_nothing_in_between(council, browser):
    meeting = council.meeting()
    page = browser(council.members[1])
    page.get(council.path(meeting))
    pulse = page.soup.find(attrs={"data-pulse": True})["data-pulse"]

    assert polled(page, council.path(meeting), pulse) == {"pulse": pulse}
    council.takes_up_a_work(meeting)
    news = polled(page, council.path(meeting), pulse)

    assert title(council) in news["html"]
    assert polled(page, council.path(meeting), news["pulse"]) == {"pulse": news["pulse"]}


def test_a_member_votes_from_the_meeting_and_sees_counts_only_once_it_is_closed(council, browser):
    meeting = council.meeting()
    council.does(services.open_vote, meeting, ["A"])
    page = browser(council.members[1])
    page.get(council.path(meeting))
    assert page.soup.find("a", href=f"/{council.contest.slug}/ban-cham/bieu-quyet/{meeting.item.sitting_id}")
    council.votes(meeting, council.members)
    page.get(council.path(meeting))
    assert "5 trong 5 thành viên có mặt đã bỏ phiếu" in page.text
    assert "5 tán thành" not in page.text

    council.does(services.close_vote, meeting)
    page.get(council.path(meeting))

    assert "5 tán thành, 0 không tán thành" in page.text


def test_marks_and_standings_are_nowhere_before_sealing(council, browser):
    meeting = council.meeting()
    council.takes_up_a_work(meeting)
    page = browser(council.secretary)

    page.get(council.path(meeting, "/noi-dung", office=True))
    assert page.soup.find("optgroup", label="Bảng xếp hạng") is None
    page.get(council.path(meeting, office=True))
    assert "Bảng xếp hạng" not in page.text


# Somebody kept from a work -------------------------------------------------------------------------------------------


def discussed(council):
    """A meeting at which the first work was discussed and decided on, and is still on the table."""
    meeting = council.meeting()
    council.takes_up_a_work(meeting)
    council.does(services.write_note, meeting, "Lời bàn kín")
    council.does(services.propose, meeting, "Đề nghị kín")
    council.does(services.decide_proposal, meeting, Hands(4, 0, 0))
    council.does(services.propose, meeting, "Đề nghị kín thứ hai")
    return meeting


def test_a_member_kept_from_the_work_learns_only_that_a_work_is_discussed(council, browser):
    meeting = discussed(council)
    other, kept = browser(council.members[1]), browser(council.kept_away)
    secrets = [title(council), str(council.works[0].code), "Lời bàn kín", "Đề nghị kín", "4 tán thành"]

    for end in ("", "/bien-ban"):
        assert all(word in other.get(council.path(meeting, end)).get_data(as_text=True) for word in secrets[2:])
        told = kept.get(council.path(meeting, end)).get_data(as_text=True)
        assert NEUTRAL in told
        assert [word for word in secrets if word in told] == []
    news = polled(kept, council.path(meeting))["html"]
    assert NEUTRAL in news
    assert [word for word in secrets if word in news] == []


def test_they_are_given_no_document_that_tells_of_it(council, browser):
    meeting = discussed(council)
    kept, other = browser(council.kept_away), browser(council.members[1])

    refused = kept.get(council.path(meeting, "/bien-ban.pdf"))

    assert refused.status_code == 409
    assert title(council) not in kept.text
    assert other.get(council.path(meeting, "/bien-ban.pdf")).mimetype == "application/pdf"


def test_their_own_ballot_has_no_place_for_it_and_the_count_leaves_it_out(council, browser):
    meeting = council.meeting()
    council.does(services.open_vote, meeting, ["A"])
    page = browser(council.kept_away)
    page.get(f"/{council.contest.slug}/ban-cham/bieu-quyet/{meeting.item.sitting_id}")
    assert len(page.soup.select("fieldset.vote-choice")) == 2
    council.votes(meeting, council.members)
    council.does(services.close_vote, meeting)

    page.get(council.path(meeting))

    assert title(council, 1) in page.text
    assert title(council) not in page.text


def test_a_secretary_kept_from_the_work_cannot_name_it_and_is_not_offered_it(council, browser):
    meeting = council.meeting()
    with transaction():
        declare_conflict(council.secretary, council.works[0], note="người thân", by=council.secretary, now=council.now)
    page = browser(council.secretary)

    page.get(council.path(meeting, "/noi-dung", office=True))
    assert title(council) not in page.text
    page.send({"subject": f"work:{council.works[0].id}"})

    assert page.response.status_code in (404, 422)
    assert queries.items_of(meeting) == []


# The minutes ---------------------------------------------------------------------------------------------------------


def test_the_document_is_the_same_for_the_same_minutes(council, browser):
    meeting = discussed(council)
    page = browser(council.chair)

    first = page.get(council.path(meeting, "/bien-ban.pdf")).get_data()

    assert first.startswith(b"%PDF")
    assert page.get(council.path(meeting, "/bien-ban.pdf")).get_data() == first


def test_the_minutes_bear_what_the_round_was_bound_to_when_they_were_written_and_nothing_later(council):
    """Paper that is signed vouches for every sheet. (A7)"""
    meeting = discussed(council)
    moments = (council.now - timedelta(days=1), council.now + timedelta(days=400))
    for version, (root, at) in enumerate(zip(("a1b2c3d4" * 8, "0" * 64), moments, strict=True), 1):
        db.session.add(RoundCommitment(round_id=council.round.id, version=version, root=root, leaves=[], at=at))
    db.session.flush()

    small = [block for sheet in described(meeting).sheets for block in sheet.blocks if isinstance(block, SmallPrint)]
    assert [" ".join(["a1b2c3d4"] * 8) in str(block.words) and "0" * 8 not in str(block.words) for block in small] == [
        True
    ]


def test_what_was_typed_in_later_is_marked(council, browser):
    meeting = council.meeting()
    council.does(
        services.write_note,
        meeting,
        "Nói lúc họp",
        at=council.now + timedelta(minutes=1),
        now=council.now + timedelta(hours=5),
    )
    page = browser(council.chair)

    page.get(council.path(meeting, "/bien-ban"))

    assert "Nhập sau, lúc" in page.text


# Names that are hidden -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("council", [(("blind = false", "blind = true"),)], indirect=True)
def test_where_names_are_hidden_no_list_of_works_keeps_the_order_in_which_they_came_in(council, browser):
    aliases = {council.works[0]: "K9", council.works[1]: "K5", council.works[2]: "K1"}
    for work, alias in aliases.items():
        judging.work_in(council.round, work.id).alias = alias
    db.session.commit()
    chair, meeting = browser(council.chair), council.meeting()

    def listed(path: str, inside: str) -> list[str]:
        chair.get(path)
        found = re.findall("K[159]", " ".join(each.text for each in chair.soup.select(inside)))
        return list(dict.fromkeys(found))

    assert listed(council.path(meeting, "/noi-dung"), "select") == ["K1", "K5", "K9"]
    council.does(services.open_vote, meeting, ["A"])
    assert listed(f"/{council.contest.slug}/ban-cham/bieu-quyet/{meeting.item.sitting.id}", "main") == [
        "K1",
        "K5",
        "K9",
    ]
    council.votes(meeting, council.members[:4])
    council.does(services.close_vote, meeting)
    assert listed(council.path(meeting, "/bien-ban"), "main table") == ["K1", "K5", "K9"]

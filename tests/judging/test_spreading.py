"""A proposal for a whole round: changed by hand or by a file, kept, confirmed as one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from contest import clock
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.judging import queries, services
from contest.judging.models import Assignment, AssignmentPlan, PanelMember
from contest.judging.refusals import JurorAway, JurorFull, NotOnPanel, ProposalBroken, ProposalChanged, SheetBegun
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import admit, make_assignment, make_draft, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest


@dataclass
class Gathering:
    """Six print works in an open round, a panel of five; the regulation asks for three jurors a work."""

    contest: Any
    round: Any
    works: list[Any]
    jurors: list[Any]
    secretary: Any
    now: Any

    def path(self, end: str) -> str:
        return f"/{self.contest.slug}/ban-thu-ky/cham-giai/so_khao{end}"

    def member(self, number: int) -> PanelMember:
        return db.session.scalars(select(PanelMember).filter_by(user_id=self.jurors[number].id)).one()

    def agree(self, number: int, **terms: Any) -> None:
        member = self.member(number)
        for name, value in terms.items():
            setattr(member, name, value)
        db.session.commit()

    def spread(self, **how: Any) -> services.Proposal:
        with transaction():
            return services.spread(self.round, seed=1, by=self.secretary, now=self.now, **how)

    def held(self) -> set[tuple[int, int]]:
        return {(line.entry_id, line.juror_id) for line in queries.assignment_lines(self.round)}


@pytest.fixture
def gathering(app):
    contest = make_contest()
    jurors = [make_member(contest, "juror", name=f"Giám khảo {letter}") for letter in "ABCDE"]
    works = [make_entry(contest, make_user()) for _ in range(6)]
    round_ = make_round(contest, entries=works)
    make_panel(round_, jurors)
    now = contest.regulation.round("so_khao").opens + timedelta(days=1)

    clock.set_to(now)
    return Gathering(contest, round_, works, jurors, make_member(contest, "secretary"), now)


# Quotas, absences and moves ----------------------------------------------------------------------------------------


def test_a_quota_is_kept_and_the_others_take_the_rest(gathering):
    gathering.agree(0, quota=1)

    gathering.spread()

    loads = queries.loads_of(gathering.round)
    assert loads[gathering.jurors[0].id] == 1
    assert sorted(loads.values()) == [1, 4, 4, 4, 5]


def test_whoever_drops_out_hands_over_what_they_have_not_begun(gathering):
    gathering.spread()
    gone = gathering.jurors[0]
    lines = db.session.scalars(select(Assignment).filter_by(juror_id=gone.id).order_by(Assignment.id)).all()
    make_draft(lines[0], {"bam_sat": "10"})
    before = gathering.held()
    gathering.agree(0, absent_from=gathering.now.date())

    proposal = gathering.spread()

    assert queries.loads_of(gathering.round)[gone.id] == 1
    kept = {line for line in before if line[1] != gone.id} | {(lines[0].entry_id, gone.id)}
    assert kept <= gathering.held()
    assert len(proposal.spread.lines) == len(proposal.spread.taken) == len(lines) - 1
    assert queries.coverage(gathering.round, 3).unassigned == 0


def test_a_work_about_which_a_juror_noted_something_never_moves_and_nobody_is_told_why(gathering, browser):
    gathering.spread()
    gone = gathering.jurors[0]
    line, *others = db.session.scalars(select(Assignment).filter_by(juror_id=gone.id).order_by(Assignment.id)).all()
    with transaction():
        services.save_note(line, "Đoạn kết lệch với mở bài", version=0, by=gone, now=gathering.now)
    gathering.agree(0, absent_from=gathering.now.date())
    shown = browser(gathering.secretary).get(gathering.path("/phan-cong/BAO_IN")).text

    gathering.spread()

    assert others
    assert {held for held in gathering.held() if held[1] == gone.id} == {(line.entry_id, gone.id)}
    assert "Đoạn kết" not in shown
    assert "Bản nháp" not in shown


def test_a_note_written_while_the_proposal_was_looked_at_keeps_the_proposal_from_being_confirmed(gathering):
    gathering.spread()
    gone = gathering.jurors[0]
    gathering.agree(0, absent_from=gathering.now.date())
    digest = services.propose_spread(gathering.round, seed=1, now=gathering.now).digest
    line = db.session.scalars(select(Assignment).filter_by(juror_id=gone.id).limit(1)).one()
    with transaction():
        services.save_note(line, "Xem lại ảnh", version=0, by=gone, now=gathering.now)

    with pytest.raises(ProposalChanged):
        gathering.spread(digest=digest)


def test_what_is_taken_back_stands_in_the_record(gathering):
    gathering.spread()
    gathering.agree(0, absent_from=gathering.now.date())

    gathering.spread()

    newest = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert newest.action == "assignments.spread"
    assert {subject for _, subject in newest.details["taken_back"]} == {gathering.jurors[0].subject}


def test_forming_the_panel_anew_keeps_what_was_agreed_on(gathering):
    gathering.agree(0, quota=7)
    newcomer = make_member(gathering.contest, "juror")
    with transaction():
        services.form_panel(
            gathering.round,
            "BAO_IN",
            members=[*gathering.jurors, newcomer],
            chair=gathering.jurors[1],
            by=gathering.secretary,
            now=gathering.now,
        )

    members = queries.panels_of(gathering.round)["BAO_IN"].members
    assert [member.quota for member in members] == [7, None, None, None, None, None]
    assert [member.user_id for member in members if member.chair] == [gathering.jurors[1].id]


def test_quota_and_absence_are_typed_on_the_page_of_the_panel(gathering, browser):
    page, juror = browser(gathering.secretary), gathering.jurors[2]
    path = gathering.path("/hoi-dong/BAO_IN")

    wrong = page.post_form(path, {f"quota_{juror.id}": "-3", f"back_{juror.id}": "2025-09-12"})
    assert wrong.status_code == 422
    assert len(page.soup.select(".invalid-text")) == 2
    assert page.soup.select_one(".invalid-text").get_text().count("Định mức là số nguyên") == 1
    done = page.send({f"quota_{juror.id}": "12", f"away_{juror.id}": "2025-09-10", f"back_{juror.id}": "2025-09-12"})

    assert done.status_code == 303
    member = gathering.member(2)
    assert (member.quota, str(member.absent_from), str(member.absent_until)) == (12, "2025-09-10", "2025-09-12")


# By hand -----------------------------------------------------------------------------------------------------------


def change(gathering, jurors, work=0):
    with transaction():
        return services.change_proposal(
            gathering.round,
            gathering.works[work].id,
            [juror.id for juror in jurors],
            seed=1,
            by=gathering.secretary,
            now=gathering.now,
        )


def test_a_change_by_hand_survives_and_keeps_every_other_line(gathering):
    before = services.propose_spread(gathering.round, seed=1, now=gathering.now)
    work, chosen = gathering.works[0], gathering.jurors[:2]

    change(gathering, chosen)

    after = services.proposal_at(gathering.round, seed=9, now=gathering.now)
    others = {line for line in before.spread.lines if line[0] != work.id}
    assert set(after.spread.lines) == others | {(work.id, juror.id) for juror in chosen}
    assert [(one.entry_id, one.missing) for one in after.spread.unserved] == [(work.id, 1)]
    gathering.spread(digest=after.digest)
    assert gathering.held() == set(after.spread.lines)
    assert db.session.scalar(select(func.count()).select_from(AssignmentPlan)) == 0


def test_a_work_for_which_too_few_were_chosen_by_hand_says_so_and_blames_no_quota(gathering, browser):
    change(gathering, gathering.jurors[:2])

    page = browser(gathering.secretary)
    page.get(gathering.path("/chia-deu"))

    lacking = page.soup.find(id="lacking").parent.get_text()
    assert "chọn bằng tay" in lacking
    assert "đủ định mức" not in lacking


def test_a_change_by_hand_is_held_against_the_rules(gathering):
    gathering.agree(0, quota=0)
    gathering.agree(1, absent_from=gathering.now.date())
    assignment = make_assignment(gathering.round, gathering.works[0], gathering.jurors[2])
    make_sheet(assignment)
    stranger = make_member(gathering.contest, "juror")

    for jurors, refusal in (
        ([gathering.jurors[2], gathering.jurors[0]], JurorFull),
        ([gathering.jurors[2], gathering.jurors[1]], JurorAway),
        ([gathering.jurors[2], stranger], NotOnPanel),
        ([gathering.jurors[3]], SheetBegun),
    ):
        with pytest.raises(refusal):
            change(gathering, jurors)


def test_jurors_of_a_single_work_are_chosen_within_their_quotas_and_absences(gathering, browser):
    work, (first, second, third, *_rest) = gathering.works[0], gathering.jurors
    make_assignment(gathering.round, gathering.works[1], first)
    make_assignment(gathering.round, work, third)
    gathering.agree(0, quota=1)
    gathering.agree(1, absent_from=gathering.now.date())
    gathering.agree(2, quota=0)

    for jurors, refusal in (([third, first], JurorFull), ([third, second], JurorAway)):
        with pytest.raises(refusal), transaction():
            services.choose_jurors(gathering.round, work, jurors, by=gathering.secretary, now=gathering.now)
    page = browser(gathering.secretary)
    answer = page.post_form(gathering.path(f"/tac-pham/{work.id}"), {"jurors": [first.id, third.id]})

    assert answer.status_code == 422
    assert "hãy nâng định mức" in answer.text
    assert "tối đa 1" in answer.text
    assert gathering.held() == {(gathering.works[1].id, first.id), (work.id, third.id)}


def test_a_kept_proposal_that_breaks_a_rule_by_now_is_marked_and_not_confirmed(gathering):
    change(gathering, gathering.jurors[:3])
    gathering.agree(0, absent_from=gathering.now.date())

    with pytest.raises(ProposalBroken):
        gathering.spread()

    assert services.proposal_at(gathering.round, seed=1, now=gathering.now).flaws
    with transaction():
        services.lay_aside(gathering.round, panel=None)
    assert services.proposal_at(gathering.round, seed=1, now=gathering.now).flaws == {}


def test_a_proposal_is_changed_and_confirmed_in_the_pages(gathering, browser):
    page, work = browser(gathering.secretary), gathering.works[0]
    page.get(gathering.path("/chia-deu"))
    link = page.soup.find("a", href=lambda href: href and f"/chia-deu/{work.id}" in href)["href"]
    chosen = [gathering.jurors[4].id]

    assert page.post_form(link, {"jurors": chosen}).status_code == 303
    page.get(gathering.path("/chia-deu"))
    shown = next(row for row in page.soup.select("#lines ~ table tbody tr") if work.shown_code in row.get_text())
    assert "Giám khảo E" in shown.get_text()
    assert "Giám khảo A" not in shown.get_text()
    assert page.post_form(gathering.path("/chia-deu")).status_code == 303

    assert {juror for entry, juror in gathering.held() if entry == work.id} == set(chosen)


def test_a_juror_who_is_full_is_refused_at_the_field(gathering, browser):
    gathering.agree(0, quota=0)
    page = browser(gathering.secretary)

    answer = page.post_form(gathering.path(f"/chia-deu/{gathering.works[0].id}"), {"jurors": [gathering.jurors[0].id]})

    assert answer.status_code == 422
    assert page.soup.select_one("#jurors .invalid-text") is not None
    assert db.session.scalar(select(func.count()).select_from(AssignmentPlan)) == 0


def test_a_changed_proposal_is_laid_aside_in_the_pages(gathering, browser):
    change(gathering, gathering.jurors[:1])
    page = browser(gathering.secretary)

    assert page.post_form(gathering.path("/chia-deu"), action="/chia-deu/bo").status_code == 303

    assert db.session.scalar(select(func.count()).select_from(AssignmentPlan)) == 0


def test_loads_are_levelled_for_a_newcomer_only_when_it_is_asked_for(gathering, browser):
    gathering.spread()
    newcomer = make_member(gathering.contest, "juror", name="Giám khảo F")
    db.session.add(PanelMember(panel_id=gathering.member(0).panel_id, user_id=newcomer.id))
    db.session.commit()
    page = browser(gathering.secretary)

    page.get(gathering.path("/chia-deu"))
    assert page.soup.find(id="lines") is None
    assert page.post_form(gathering.path("/chia-deu?can-lai=1")).status_code == 303

    assert queries.loads_of(gathering.round)[newcomer.id] == 3
    assert sorted(queries.loads_of(gathering.round).values()) == [3] * 6


# As a file ---------------------------------------------------------------------------------------------------------


def send(page, gathering, text):
    page.get(gathering.path("/nhap-phan-cong"))
    return page.send(files={"file": (text.encode("utf-8-sig"), "phan-cong.csv")})


def test_assignments_go_out_as_a_file_and_come_back_unchanged(gathering, browser):
    gathering.spread()
    page = browser(gathering.secretary)
    content = page.get(gathering.path("/phan-cong.csv")).data

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 1 + 18
    assert send(page, gathering, content.decode("utf-8-sig")).status_code == 303
    proposal = services.proposal_at(gathering.round, seed=1, now=gathering.now)
    assert (proposal.spread.lines, proposal.spread.taken) == ((), {})


def test_a_formula_in_a_title_is_only_text_in_the_file(gathering, browser):
    gathering.works[0].title = "=HYPERLINK(1)"
    db.session.commit()

    content = browser(gathering.secretary).get(gathering.path("/phan-cong.csv")).data.decode("utf-8-sig")

    assert ",'=HYPERLINK(1)," in content


def test_a_file_is_shown_as_a_proposal_and_confirmed_as_one_act(gathering, browser):
    gathering.spread()
    work, page = gathering.works[0], browser(gathering.secretary)
    chosen = gathering.jurors[2:5]
    rows = "".join(f"{work.shown_code};{juror.email.upper()}\n" for juror in chosen)
    others = {line for line in gathering.held() if line[0] != work.id}

    assert send(page, gathering, "Mã tác phẩm;E-mail\n" + rows).status_code == 303
    assert gathering.held() != others | {(work.id, juror.id) for juror in chosen}
    assert page.post_form(gathering.path("/chia-deu")).status_code == 303

    assert gathering.held() == others | {(work.id, juror.id) for juror in chosen}


def test_everything_wrong_with_a_file_is_told_with_its_row_and_nothing_is_kept(gathering, browser):
    gathering.agree(3, quota=0)
    begun = make_assignment(gathering.round, gathering.works[1], gathering.jurors[0])
    make_draft(begun, {"bam_sat": "10"})
    gathering.works[0].owner_id = gathering.jurors[1].id
    db.session.commit()
    first, second = (work.code for work in gathering.works[:2])
    rows = [
        "Mã,Giám khảo",
        "BI-9999,Giám khảo A",
        f"{first},Người Lạ",
        f"{first},Giám khảo B",
        f"{first},giam khao d",
        f"{first},Giám khảo C",
        f"{first},Giám khảo C",
        f"{second},Giám khảo E",
    ]
    page = browser(gathering.secretary)

    answer = send(page, gathering, "\n".join(rows))

    assert answer.status_code == 422
    told = [cell.get_text() for cell in page.soup.select("table tbody th")]
    assert told == ["2", "3", "4", "5", "7", "8"]
    assert db.session.scalar(select(func.count()).select_from(AssignmentPlan)) == 0


def test_a_file_without_the_columns_is_refused_at_its_first_row(gathering, browser):
    page = browser(gathering.secretary)

    assert send(page, gathering, "Tên,Tuổi\nA,5\n").status_code == 422

    assert [cell.get_text() for cell in page.soup.select("table tbody th")] == ["1"]


# What a kept proposal lacks ------------------------------------------------------------------------------------------


def test_a_work_that_came_after_a_proposal_was_kept_lacks_jurors_and_nobody_is_said_to_be_full(gathering, browser):
    with transaction():
        chosen = [juror.id for juror in gathering.jurors[:3]]
        work = gathering.works[0].id
        services.change_proposal(gathering.round, work, chosen, seed=1, by=gathering.secretary, now=gathering.now)
    late = make_entry(gathering.contest, make_user())
    admit(gathering.round, late)

    proposal = services.proposal_at(gathering.round, seed=1, now=gathering.now)
    page = browser(gathering.secretary).get(gathering.path("/chia-deu")).text

    (one,) = proposal.spread.unserved
    assert (one.entry_id, one.missing, one.full, one.short) == (late.id, 3, frozenset(), 0)
    assert one.free == {juror.id for juror in gathering.jurors}
    assert "đủ định mức" not in page
    assert "gác phương án này lại" in page


# One juror drops out of one work -----------------------------------------------------------------------------------


def test_a_work_given_back_goes_to_the_one_with_the_fewest_works(gathering):
    gathering.spread()
    loads = queries.loads_of(gathering.round)
    lost = db.session.scalars(select(Assignment).order_by(Assignment.id)).first()
    holders = {juror for entry, juror in gathering.held() if entry == lost.entry_id}
    before = gathering.held()
    lost.recused_at = gathering.now
    db.session.commit()

    with transaction():
        came = services.replace_juror(gathering.round, lost.entry, by=gathering.secretary, now=gathering.now)

    (given,) = came.given
    assert loads[given.juror_id] == min(loads[one.id] for one in gathering.jurors if one.id not in holders)
    assert gathering.held() == before | {(lost.entry_id, given.juror_id)}
    assert (came.jurors, came.needed, came.has_quorum, came.shortage) == (3, 3, True, None)


def test_it_is_told_when_nobody_can_take_a_work_and_its_quorum_is_lost(gathering):
    work = gathering.works[0]
    for juror in gathering.jurors[:4]:
        make_assignment(gathering.round, work, juror, recused_at=gathering.now)

    with transaction():
        came = services.replace_juror(gathering.round, work, by=gathering.secretary, now=gathering.now)

    assert [one.juror_id for one in came.given] == [gathering.jurors[4].id]
    assert (came.jurors, came.has_quorum) == (1, came.minimum <= 1)
    assert (came.shortage.missing, len(came.shortage.barred)) == (2, 4)


def test_whoever_steps_back_gets_one_follower_although_another_juror_of_the_work_has_too_many(gathering):
    gathering.spread()
    work = gathering.works[0]
    goes, stays = queries.assignment_lines(gathering.round, [work.id])[:2]
    gathering.agree([juror.id for juror in gathering.jurors].index(stays.juror_id), quota=0)

    with transaction():
        lost = db.session.get_one(Assignment, goes.id)
        services.recuse(lost, reason="Em tôi", by=lost.juror, now=gathering.now)

    held = [line.juror_id for line in queries.assignment_lines(gathering.round, [work.id]) if line.recused_at is None]
    assert len(held) == gathering.round.rule.jurors_per_entry
    assert stays.juror_id in held

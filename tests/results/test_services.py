from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from contest import audit
from contest.audit.chain import canonical
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries.models import EntryState
from contest.judging.models import Assignment, Round, RoundEntry
from contest.judging.refusals import RoundSealed
from contest.mail.models import Letter
from contest.regulations import services as regulations
from contest.results import queries, record, refusals, services
from contest.results.blockers import Blocks
from contest.results.models import ActKind, Award, RoundCommitment, RoundResult
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.judging import make_assignment, make_sheet
from tests.makers.regulations import make_contest


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def organizer(contest):
    return make_member(contest, "organizer")


def amend(contest, old, new):
    """Adopt the regulation with some words replaced, an hour after the last round has closed."""
    now = makers.after(contest)
    with transaction():
        text = contest.draft_text.replace(old, new)
        regulations.save_draft_text(contest, text, draft_version=contest.draft_version, by=None, now=now)
        regulations.adopt(
            contest, decision_number="02", decision_date=now.date(), signer="Phạm Trường Giang", by=None, now=now
        )


def codes(entries):
    return [entry.code for entry in entries]


def test_sealing_freezes_the_result_with_its_hash_and_writes_it_into_the_log(contest, organizer):
    round_, entries = makers.make_judged_round(contest, *makers.FIVE)

    with transaction():
        result = services.seal_round(round_, by=organizer, now=makers.after(contest))

    assert result.sha256 == record.fingerprint(result.result)
    assert round_.sealed_at == makers.after(contest)
    (group,) = [each for each in result.result["groups"] if each["group"] == "BAO_IN"]
    assert [(line["entry"], line["place"], line["tier"]) for line in group["lines"]] == list(
        zip(codes(entries), (1, 2, 3, 4, 5), ("A", "B", "B", "C", None), strict=True)
    )
    line = db.session.scalar(select(AuditLine).filter_by(action="round.sealed"))
    commitment = db.session.scalars(select(RoundCommitment)).one()
    assert line.details == {"sha256": result.sha256, "works": 5, "commitment": commitment.root}
    assert commitment.leaves == queries.leaves_of(round_) != []
    assert audit.verify(contest.id) is None


def test_a_sealed_result_names_jurors_by_subject_only(contest, organizer):
    round_, _ = makers.make_judged_round(contest, *makers.FIVE)
    with transaction():
        services.seal_round(round_, by=organizer, now=makers.after(contest))

    text = canonical(db.session.scalar(select(RoundResult)).result).decode()

    assert "Giám khảo" not in text
    assert "@" not in text


def test_sealing_is_refused_while_anything_is_open_and_changes_nothing(contest, organizer):
    round_, _ = makers.make_judged_round(contest, (92,) * 5, (86,) * 4)

    with pytest.raises(refusals.RoundBlocked) as refused, transaction():
        services.seal_round(round_, by=organizer, now=makers.after(contest))

    assert refused.value.parameters == {"count": 1}
    assert db.session.scalar(select(func.count()).select_from(RoundResult)) == 0
    assert round_.sealed_at is None


def test_sealing_twice_is_refused(contest, organizer):
    round_, _ = makers.make_judged_round(contest, *makers.FIVE)
    with transaction():
        services.seal_round(round_, by=organizer, now=makers.after(contest))

    with pytest.raises(refusals.AlreadySealed), transaction():
        services.seal_round(round_, by=organizer, now=makers.after(contest))


def test_a_round_is_not_sealed_before_the_clock_closes_it(contest, organizer):
    round_, _ = makers.make_judged_round(contest, *makers.FIVE)
    before = contest.regulation.round("chung_khao").closes - timedelta(seconds=1)

    assert [each.code for each in queries.assess(round_, contest, before).blockers] == [Blocks.NOT_CLOSED]


def test_a_work_withdrawn_while_it_was_judged_is_out_and_named(contest, organizer):
    round_, entries = makers.make_judged_round(contest, *makers.FIVE)
    entries[0].state = EntryState.WITHDRAWN
    db.session.commit()

    with transaction():
        result = services.seal_round(round_, by=organizer, now=makers.after(contest))

    assert result.result["out"] == {entries[0].code: "withdrawn"}
    assert [line["entry"] for line in result.result["groups"][0]["lines"]] == codes(entries[1:])


def test_the_sheet_of_a_juror_who_stepped_back_is_left_out_and_named(contest, organizer):
    round_, entries = makers.make_judged_round(contest, *makers.FIVE)
    juror = makers.make_jurors(contest, 1)[0]
    make_sheet(make_assignment(round_, entries[0], juror, recused_at=makers.after(contest)), 10)

    standing = queries.assess(round_, contest, makers.after(contest)).outcome.groups[0].standings[0]

    assert (standing.mean, len(standing.used)) == (9100, 5)
    assert [(sheet.juror, sheet.left_out) for sheet in standing.left_out] == [(juror.subject, "recused")]


def test_a_discrepancy_blocks_until_it_is_accepted_with_a_reason(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92, 92, 92, 92, 60), (70,) * 5)
    now = makers.after(contest)
    assert [each.code for each in queries.assess(round_, contest, now).blockers] == [Blocks.DISCREPANCY]

    with pytest.raises(refusals.ReasonNeeded), transaction():
        services.settle_discrepancy(round_, entries[0], reason="", by=organizer, now=now)
    with transaction():
        services.settle_discrepancy(round_, entries[0], reason="Hội đồng đã trao đổi.", by=organizer, now=now)

    assert queries.assess(round_, contest, now).blockers == ()


def test_a_correction_after_accepting_opens_the_discrepancy_again(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92, 92, 92, 92, 60))
    now = makers.after(contest)
    with transaction():
        services.settle_discrepancy(round_, entries[0], reason="Hội đồng đã trao đổi.", by=organizer, now=now)

    make_sheet(queries.assignments_on(round_, entries[0].code)[4], 50, reason="Nhập nhầm")

    assert [each.code for each in queries.assess(round_, contest, now).blockers] == [Blocks.DISCREPANCY]


def test_only_a_flagged_work_can_be_settled(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92,) * 5)

    with pytest.raises(refusals.NotDiscrepant), transaction():
        services.settle_discrepancy(round_, entries[0], reason="Không cần", by=organizer, now=makers.after(contest))


def test_asking_for_a_remark_reopens_the_sheet_and_blocks_until_it_comes_back(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92, 92, 92, 92, 60))
    now = makers.after(contest)
    asked = queries.assignments_on(round_, entries[0].code)[4:]

    with transaction():
        services.ask_remark(
            round_, entries[0], asked, until=now + timedelta(days=1), reason="Chênh quá 20 điểm", by=organizer, now=now
        )
    assert [each.code for each in queries.assess(round_, contest, now).blockers] == [
        Blocks.REOPENED,
        Blocks.DISCREPANCY,
    ]

    make_sheet(asked[0], 90, reason="Chấm lại", at=now + timedelta(hours=1))
    assert queries.assess(round_, contest, now + timedelta(hours=2)).blockers == ()


def test_a_tie_for_a_prize_is_settled_by_a_recorded_order(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92,) * 5, (92,) * 5)
    first, second = codes(entries)
    now = makers.after(contest)
    (tie,) = queries.assess(round_, contest, now).blockers
    assert (tie.code, set(tie.entries), tie.prizes) == (Blocks.TIE, {first, second}, ("A", "B"))

    with transaction():
        act = services.settle_tie(round_, [second, first], reason="Phát hiện mới hơn.", by=organizer, now=now)
    with transaction():
        result = services.seal_round(round_, by=organizer, now=now)

    lines = result.result["groups"][0]["lines"]
    assert [(line["entry"], line["tier"], line["settled"]) for line in lines] == [
        (second, "A", act.id),
        (first, "B", act.id),
    ]


def test_an_order_must_name_exactly_the_tied_works(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92,) * 5, (92,) * 5)

    for order in ([entries[0].code], [entries[0].code] * 2, []):
        with pytest.raises(refusals.NoSuchTie), transaction():
            services.settle_tie(round_, order, reason="Vì sao", by=organizer, now=makers.after(contest))


def test_nothing_is_settled_in_a_sealed_round(contest, organizer):
    round_, entries = makers.make_judged_round(contest, *makers.FIVE)
    now = makers.after(contest)
    with transaction():
        services.seal_round(round_, by=organizer, now=now)

    with pytest.raises(RoundSealed), transaction():
        services.settle_discrepancy(round_, entries[0], reason="Muộn", by=organizer, now=now)
    with pytest.raises(RoundSealed), transaction():
        services.settle_tie(round_, codes(entries[:2]), reason="Muộn", by=organizer, now=now)


def test_an_act_on_a_round_reads_it_again_before_it_decides(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92, 92, 92, 92, 60))
    now = makers.after(contest)

    with pytest.raises(RoundSealed), transaction():
        assert round_.sealed_at is None
        db.session.execute(update(Round).values(sealed_at=now).execution_options(synchronize_session=False))
        services.settle_discrepancy(round_, entries[0], reason="Vì sao", by=organizer, now=now)


def test_an_order_chosen_for_another_set_of_works_is_not_named_beside_them(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (92,) * 5, (92,) * 5, (50,) * 5)
    now = makers.after(contest)
    with transaction():
        services.settle_tie(round_, codes(entries[:2]), reason="Vì sao", by=organizer, now=now)
    for entry in entries[:2]:
        for assignment in db.session.scalars(select(Assignment).filter_by(entry_id=entry.id)):
            make_sheet(assignment, 50)

    with transaction():
        result = services.seal_round(round_, by=organizer, now=now)

    lines = result.result["groups"][0]["lines"]
    assert [(line["place"], line["settled"]) for line in lines] == [(1, None)] * 3


def test_the_top_half_and_everyone_at_the_edge_go_on_to_the_final(contest, organizer):
    round_, entries = makers.make_judged_round(contest, (90,) * 3, (80,) * 3, (80,) * 3, (60,) * 3, code="so_khao")
    now = makers.after(contest, "so_khao")

    with pytest.raises(refusals.NotSealed), transaction():
        services.advance(round_, by=organizer, now=now)
    with transaction():
        services.seal_round(round_, by=organizer, now=now)
    with transaction():
        admitted = services.advance(round_, by=organizer, now=now)

    assert [work.entry_id for work in admitted] == [entry.id for entry in entries[:3]]
    assert {work.round.code for work in admitted} == {"chung_khao"}
    with pytest.raises(refusals.AlreadyAdvanced), transaction():
        services.advance(round_, by=organizer, now=now)


def test_nobody_advances_from_the_last_round(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)
    round_ = db.session.scalar(select(RoundEntry)).round

    with pytest.raises(refusals.NoNextRound), transaction():
        services.advance(round_, by=organizer, now=makers.after(contest))


def test_awards_are_the_prizes_of_the_sealed_result_with_their_money(contest, organizer):
    _, entries = makers.make_sealed(contest=contest, by=organizer)

    makers.make_proposed(contest, by=organizer)

    awards = queries.awards_of(contest)
    assert [(award.entry_id, award.tier, award.money) for award in awards] == [
        (entries[0].id, "A", 15_000_000),
        (entries[1].id, "B", 10_000_000),
        (entries[2].id, "B", 10_000_000),
        (entries[3].id, "C", 8_000_000),
    ]
    assert contest.stage == "proposed"


def test_a_work_rejected_after_the_sealing_gets_no_prize_and_nobody_moves_up(contest, organizer):
    _, entries = makers.make_sealed(contest=contest, by=organizer)
    entries[1].state = EntryState.REJECTED
    db.session.commit()

    makers.make_proposed(contest, by=organizer)

    assert [(award.entry_id, award.tier) for award in queries.awards_of(contest)] == [
        (entries[0].id, "A"),
        (entries[2].id, "B"),
        (entries[3].id, "C"),
    ]
    (act,) = queries.acts_of(contest, ActKind.PROPOSED)
    assert act.choice["left_out"] == [entries[1].code]


def test_a_work_rejected_while_the_list_is_posted_is_not_in_the_decision(contest, organizer):
    _, entries = makers.make_sealed(contest=contest, by=organizer)
    posting = makers.make_posted(contest, by=organizer)
    entries[0].state = EntryState.REJECTED
    db.session.commit()

    with transaction():
        decided_on = posting.until + timedelta(days=1)
        words = makers.decision_words(decided_on)
        decision = services.decide(contest, **words, by=organizer, now=makers.later(posting))

    assert [line["entry_id"] for line in decision.copy["awards"]] == [entry.id for entry in entries[1:4]]


def test_the_money_is_that_of_the_regulation_the_round_was_sealed_under(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)
    amend(contest, "money = 15_000_000", "money = 90_000_000")

    makers.make_proposed(contest, by=organizer)

    awards = queries.awards_of(contest)
    assert contest.regulation.tier("A").money.amount == 90_000_000
    assert awards[0].money == queries.lines_of(contest, awards)[0]["money"] == 15_000_000


def test_a_list_without_a_single_prize_is_not_proposed(contest, organizer):
    makers.make_sealed((50,) * 5, contest=contest, by=organizer)

    with pytest.raises(refusals.NothingToAward), transaction():
        services.propose(contest, by=organizer, now=makers.after(contest))


def test_every_step_of_the_way_is_taken_in_turn_and_once(contest, organizer):
    def attempts(now):
        on = now.date()
        return {
            "propose": lambda: services.propose(contest, by=organizer, now=now),
            "approve": lambda: services.approve(contest, body="BTC", held_on=on, by=organizer, now=now),
            "post": lambda: services.post_list(contest, by=organizer, now=now),
            "decide": lambda: services.decide(contest, **makers.decision_words(on), by=organizer, now=now),
            "prepare": lambda: services.mark_prepared(contest, certificates=4, by=organizer, now=now),
            "publish": lambda: services.publish(contest, by=organizer, now=now),
        }

    now = makers.after(contest)
    makers.make_judged_round(contest, *makers.FIVE)
    round_ = db.session.scalar(select(RoundEntry)).round
    with pytest.raises(refusals.RoundsUnsealed), transaction():
        services.propose(contest, by=organizer, now=now)
    with transaction():
        services.seal_round(round_, by=organizer, now=now)

    for number, act in enumerate(attempts(now)):
        if act == "decide":
            with pytest.raises(refusals.PostingNotEnded), transaction():
                attempts(now)[act]()
            now += timedelta(days=20)
        for later in list(attempts(now))[number + 1 :]:
            with pytest.raises(refusals.NotNow), transaction():
                attempts(now)[later]()
        with transaction():
            attempts(now)[act]()
        for earlier in list(attempts(now))[: number + 1]:
            with pytest.raises(refusals.AlreadyDone), transaction():
                attempts(now)[earlier]()

    assert contest.stage == "published"
    assert audit.verify(contest.id) is None


def test_the_posted_copy_holds_neither_money_nor_places_nor_scores(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)

    posting = makers.make_posted(contest, by=organizer)

    line = posting.copy["awards"][0]
    assert (line["tier_name"], line["authors"][0]["pen_names"]) == ("Giải A", "Mai Trà")
    assert {"money", "place", "award_id"}.isdisjoint(line)
    assert not {"mean", "marks", "sheets", "criteria"} & set(line)
    assert posting.sha256 == record.fingerprint(posting.copy)


def test_a_list_posted_early_hangs_to_the_end_of_the_day_that_the_calendar_promised(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)

    posting = makers.make_posted(contest, by=organizer)

    calendar = contest.regulation.calendar
    assert posting.until == calendar.posting.last
    assert (posting.until - posting.opens_on).days + 1 > calendar.posting_days


def test_a_list_posted_late_hangs_for_as_many_days_as_the_regulation_says_its_first_counted(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)
    makers.make_approved(contest, by=organizer)
    calendar = contest.regulation.calendar

    with transaction():
        posting = services.post_list(contest, by=organizer, now=calendar.posting.ends - timedelta(days=3))

    assert (posting.until - posting.opens_on).days + 1 == calendar.posting_days
    assert posting.until > calendar.posting.last


def test_the_decision_freezes_names_as_they_stood_and_no_later_change_touches_it(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)
    decision = makers.make_decided(contest, by=organizer)
    before = decision.copy

    award = db.session.scalar(select(Award))
    award.entry.title = "Đổi tên"
    award.entry.revision.bylines[0].name = "Người Khác"
    db.session.commit()

    assert queries.newest_decision(contest).copy == before
    assert record.fingerprint(before) == decision.sha256
    line = before["awards"][0]
    assert set(line) >= {
        "award_id", "entry_id", "entry_code", "category", "category_name", "genre_name", "tier", "tier_name", "place",
        "title", "instalments", "authors", "unit", "outlet", "money",
    }  # fmt: skip
    assert set(line["instalments"][0]) == {"title", "published_on", "outlet", "url"}
    assert set(line["authors"][0]) == {"subject", "name", "pen_names", "role", "lead"}


def test_a_decision_is_dated_after_the_posting_and_not_in_the_future(contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)
    posting = makers.make_posted(contest, by=organizer)
    now = makers.later(posting)

    with pytest.raises(refusals.DecidedTooEarly), transaction():
        services.decide(contest, **makers.decision_words(posting.until), by=organizer, now=now)
    with pytest.raises(refusals.DecidedInFuture), transaction():
        services.decide(contest, **makers.decision_words(now.date() + timedelta(days=2)), by=organizer, now=now)


def test_authors_on_the_list_are_written_to_at_the_posting_and_again_at_the_publication(contest, organizer):
    contest, publication = makers.make_published(contest=contest)

    letters = db.session.scalars(select(Letter).where(Letter.key.like("results:%")).order_by(Letter.id)).all()

    assert [letter.key.split(":")[1] for letter in letters] == ["posted"] * 4 + ["published"] * 4
    assert "Giải A" not in letters[0].text
    assert "Giải A" in letters[4].text
    assert all("điểm" not in letter.text for letter in letters)
    assert publication.decision.copy["awards"][0]["tier"] == "A"

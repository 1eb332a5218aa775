from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from contest import audit
from contest.database import db, transaction
from contest.entries import revision, services
from contest.entries.models import Byline, Entry, EntryRevision, EntryState
from contest.entries.parts import Part
from contest.entries.refusals import (
    CategoryFixed,
    DraftConflict,
    FindingsBlock,
    NotEditable,
    NothingToSubmit,
    NotYetOpen,
    PrizesDecided,
    ReasonNeeded,
    ReceiptClosed,
    ReturnExpired,
    TooManyFiles,
    WrongKind,
)
from contest.mail.models import Letter
from contest.regulations.models import Stage
from contest.turns import NOT_COUNTED, Turn
from tests.makers import entries as make
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.regulations import make_contest


def submit(entry: Entry, now=None) -> EntryRevision:
    with transaction():
        return services.submit(entry, by=entry.owner, now=now or make.receipt_hour(entry.contest))


def amend(entry: Entry, now=None) -> EntryRevision:
    with transaction():
        return services.amend(entry, by=entry.owner, now=now or make.receipt_hour(entry.contest))


def save(entry: Entry, part: Part, now=None, version=None, turn=NOT_COUNTED, **values) -> None:
    with transaction():
        services.save_draft(
            entry,
            part,
            values,
            version=entry.draft_version if version is None else version,
            turn=turn,
            by=entry.owner,
            now=now or make.receipt_hour(entry.contest),
        )


def closing(entry: Entry):
    return entry.contest.regulation.calendar.receipt.closes


def rules_of(entry: Entry) -> dict[str, str]:
    return {f.rule: f.severity for f in services.findings_of(entry) if f.severity != "fine"}


# Sending


def test_sending_gives_a_code_a_revision_and_a_receipt(app: Flask) -> None:
    contest, owner = make_contest(), make_user("tra@toasoan.example")
    entry = make.make_draft(contest, owner, "BAO_DIEN_TU")

    sent = submit(entry)

    assert (entry.code, entry.shown_code, entry.state) == ("BDT-0001", "BĐT-0001", EntryState.RECEIVED)
    assert entry.revision == sent
    assert (sent.number, sent.sha256) == (1, revision.fingerprint(sent.content))
    assert [line.name for line in sent.bylines] == [entry.draft["bylines"][0]["name"]]
    assert sent.instalments[0].outlet == "Báo Quảng Ngãi"
    assert {letter.to for letter in db.session.scalars(select(Letter))} == {owner.email, sent.bylines[0].email}
    assert audit.verify(contest.id) is None


def test_each_prefix_counts_by_itself(app: Flask) -> None:
    contest, owner = make_contest(), make_user()

    sent = [make.make_entry(contest, owner, "received", c).code for c in ("BAO_IN", "PHAT_THANH", "BAO_IN")]

    assert sent == ["BI-0001", "PT-0001", "BI-0002"]


def test_a_code_is_never_given_twice_after_a_withdrawal(app: Flask) -> None:
    contest, owner = make_contest(), make_user()
    make.make_entry(contest, owner, "withdrawn")

    assert make.make_entry(contest, owner, "received").code == "BI-0002"


def test_sending_twice_sends_once(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user())

    assert submit(entry).id == submit(entry).id
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 2


def test_a_work_with_something_missing_is_not_sent_and_changes_nothing(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), summary="")

    with pytest.raises(FindingsBlock):
        submit(entry)

    assert (entry.code, entry.state, entry.revision) == (None, EntryState.DRAFT, None)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_nothing_is_sent_before_receipt_opens_or_after_it_closes(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user())
    receipt = entry.contest.regulation.calendar.receipt

    with pytest.raises(NotYetOpen):
        submit(entry, receipt.opens - timedelta(seconds=1))
    with pytest.raises(ReceiptClosed):
        submit(entry, receipt.closes)
    assert submit(entry, receipt.closes - timedelta(microseconds=1)).number == 1


def test_an_upload_that_runs_into_the_grace_may_be_sent_with_its_work(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)
    closes = closing(entry)
    with transaction():
        blob = make.make_blob()
        begun = closes - timedelta(seconds=1)
        late = closes + timedelta(minutes=5)
        services.attach(entry, "trang_bao", blob, "trang 1.pdf", begun_at=begun, by=entry.owner, now=late)

    assert submit(entry, closes + timedelta(minutes=6)).content["attachments"][0]["name"] == "trang 1.pdf"


def test_an_upload_begun_after_the_deadline_is_refused(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)
    closes = closing(entry)

    with pytest.raises(ReceiptClosed), transaction():
        services.attach(entry, "trang_bao", make.make_blob(), "1.pdf", begun_at=closes, by=entry.owner, now=closes)


def test_the_content_of_a_revision_holds_no_names(app: Flask) -> None:
    sent = make.make_entry(make_contest(), make_user()).revision
    written = revision.canonical(sent.content).decode()

    assert sent.bylines[0].name not in written
    assert sent.bylines[0].person.subject in written
    assert sent.bylines[0].digest == sent.content["bylines"][0]["digest"]


def test_the_same_address_is_the_same_person(app: Flask) -> None:
    contest, owner = make_contest(), make_user("tra@toasoan.example", "Huỳnh Đông Trà")
    own = make.byline(name="Huỳnh Đông Trà", email="tra@toasoan.example")

    first, second = (
        make.make_entry(contest, owner, bylines=[own | {"phone": ""} | extra])
        for extra in ({"phone": "+84905000111"}, {"phone": "+84905000222"})
    )

    assert first.revision.bylines[0].person_id == second.revision.bylines[0].person_id == owner.person_id


def test_a_number_typed_into_another_account_takes_nobodys_works(app: Flask) -> None:
    contest, owner = make_contest(), make_user()
    author = make.byline(email="mai@toasoan.example", phone="+84905000111")
    before = make.make_entry(contest, owner, bylines=[author])
    make_user("nguoi.la@toasoan.example", phone="+84905000333")

    after = make.make_entry(contest, owner, bylines=[author | {"phone": "+84905000333"}])

    assert after.revision.bylines[0].person_id == before.revision.bylines[0].person_id


# Rules that look at the contest


def test_the_sixth_work_of_an_author_is_stopped(app: Flask) -> None:
    contest, owner = make_contest(), make_user()
    author = make.byline()
    for _ in range(5):
        make.make_entry(contest, owner, "received", bylines=[author])

    sixth = make.make_draft(contest, owner, bylines=[author])

    assert rules_of(sixth)["works_per_author"] == "blocks"


def test_a_withdrawn_work_gives_its_place_back(app: Flask) -> None:
    contest, owner = make_contest(), make_user()
    author = make.byline()
    for _ in range(5):
        withdrawn = make.make_entry(contest, owner, "received", bylines=[author])
    with transaction():
        services.withdraw(withdrawn, "Gửi nhầm.", by=owner, now=make.receipt_hour(contest))

    assert "works_per_author" not in rules_of(make.make_draft(contest, owner, bylines=[author]))


def test_twenty_tabs_cannot_get_past_the_limit_of_works(app: Flask) -> None:
    contest, owner = make_contest(replacements=(("works_per_author = 5", "works_per_author = 2"),)), make_user()
    author = make.byline()
    drafts = [make.make_draft(contest, owner, bylines=[author]).id for _ in range(20)]
    now = make.receipt_hour(contest)

    def send(number: int) -> bool:
        with app.app_context():
            entry = db.session.get_one(Entry, number)
            try:
                with transaction():
                    services.submit(entry, by=entry.owner, now=now)
            except FindingsBlock:
                return False
            return True

    db.session.remove()
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(send, drafts))

    assert sum(sent) == 2
    codes = set(db.session.scalars(select(Entry.code).where(Entry.code.is_not(None))))
    assert codes == {"BI-0001", "BI-0002"}


def test_a_juror_may_not_enter_under_any_of_their_addresses(app: Flask) -> None:
    contest = make_contest()
    juror = make_member(contest, "juror", name="Phạm Văn Thức", phone="+84905123123")

    by_account = make.make_draft(contest, make_user(), bylines=[make.byline(email=juror.email)])
    by_phone = make.make_draft(contest, make_user(), bylines=[make.byline(phone="+84905123123")])
    by_name = make.make_draft(contest, make_user(), bylines=[make.byline(name="Phạm  Văn thức")])

    assert rules_of(by_account)["excluded_entrants"] == "blocks"
    assert rules_of(by_phone)["excluded_entrants"] == "blocks"
    assert rules_of(by_name)["excluded_entrants"] == "warns"


def test_whoever_names_a_juror_learns_nothing_and_the_secretariat_does(app: Flask) -> None:
    contest = make_contest()
    juror = make_member(contest, "juror", name="Phạm Văn Thức")
    named = make.make_draft(contest, make_user(), bylines=[make.byline(name=juror.name, email=juror.email)])

    sent = submit(named)

    assert [kept["rule"] for kept in sent.findings if kept["for_staff"]] == ["excluded_entrants"]
    assert named.blocks == 1


def test_a_secretary_may_not_send_the_work_of_others(app: Flask) -> None:
    contest = make_contest()

    assert rules_of(make.make_draft(contest, make_member(contest, "secretary")))["excluded_entrants"] == "blocks"


def test_an_article_entered_once_is_not_entered_again_under_another_address(app: Flask) -> None:
    contest = make_contest()
    make.make_entry(contest, make_user(), instalments=[make.instalment(url="https://bao.example/1.htm")])

    again = make.make_draft(
        contest, make_user(), "BAO_DIEN_TU", instalments=[make.instalment(url="http://m.bao.example/1.htm?utm_id=7")]
    )

    assert rules_of(again)["one_category"] == "blocks"


def test_the_same_title_by_a_namesake_only_warns(app: Flask) -> None:
    contest = make_contest()
    make.make_entry(contest, make_user(), title="Giữ rừng", bylines=[make.byline(name="Đinh Văn Rố")])

    alike = make.make_draft(contest, make_user(), title="GIỮ RỪNG", bylines=[make.byline(name="Đinh văn Rố")])
    other = make.make_draft(contest, make_user(), title="Giữ rừng", bylines=[make.byline(name="Lê Thị Hoa")])

    assert rules_of(alike)["one_category"] == "warns"
    assert "one_category" not in rules_of(other)


def test_an_outlet_counts_only_while_it_bore_its_name(app: Flask) -> None:
    merged = make_outlet("Đài PT-TH Quảng Ngãi", valid_until=make.receipt_hour(make_contest()).date().replace(month=5))
    contest = make_contest()

    late = make.make_draft(
        contest, make_user(), instalments=[make.instalment(outlet_id=merged.id, published_on="2025-06-01")]
    )

    assert rules_of(late)["licensed_outlet"] == "warns"


# Saving


def test_a_draft_is_saved_with_anything_missing(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)

    save(entry, Part.INSTALMENTS, instalments=[])

    assert entry.draft["instalments"] == []


def test_saving_the_same_again_is_no_new_version(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)
    before = entry.draft_version

    save(entry, Part.WORK, title=entry.draft["title"])

    assert entry.draft_version == before


def test_a_second_tab_does_not_overwrite_the_first(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)
    opened = entry.draft_version
    save(entry, Part.WORK, version=opened, title="Của thẻ thứ nhất")

    with pytest.raises(DraftConflict):
        save(entry, Part.WORK, version=opened, title="Của thẻ thứ hai")

    assert entry.draft["title"] == "Của thẻ thứ nhất"


def test_a_later_text_of_the_same_tab_needs_no_version_and_an_earlier_one_changes_nothing(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)
    opened = entry.draft_version
    for number, title in ((1, "Một"), (3, "Một hai ba"), (2, "Một hai")):
        save(entry, Part.WORK, version=opened, turn=Turn("a", number), title=title)

    assert entry.draft["title"] == "Một hai ba"
    with pytest.raises(DraftConflict):
        save(entry, Part.WORK, version=opened, turn=Turn("b", 4), title="Của thẻ khác")


def test_tabs_on_different_parts_do_not_disturb_each_other(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)
    opened = entry.draft_version
    save(entry, Part.WORK, version=opened, title="Tên mới")

    save(entry, Part.EXEMPLARS, version=opened, exemplars=[])

    assert (entry.draft["title"], entry.draft["exemplars"]) == ("Tên mới", [])


def test_after_the_deadline_nothing_is_saved(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user())
    before = entry.draft

    with pytest.raises(ReceiptClosed):
        save(entry, Part.WORK, now=closing(entry), title="Muộn")

    assert entry.draft == before


def test_a_code_fixes_the_category(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "received")

    with pytest.raises(CategoryFixed):
        save(entry, Part.WORK, category="PHAT_THANH")


def test_one_form_starts_one_draft(app: Flask) -> None:
    contest, owner = make_contest(), make_user()
    now = make.receipt_hour(contest)

    def start() -> int:
        with transaction():
            started = services.start_entry(contest, category="BAO_IN", title="", start_key="khóa", by=owner, now=now)
            return started.id

    assert start() == start()


# Files


def test_the_same_file_twice_in_a_slot_is_one_file(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)
    now = make.receipt_hour(entry.contest)

    with transaction():
        blob = make.make_blob()
        first = services.attach(entry, "trang_bao", blob, "a.pdf", begun_at=now, by=entry.owner, now=now)
        second = services.attach(entry, "trang_bao", blob, "b.pdf", begun_at=now, by=entry.owner, now=now)

    assert first is second


def test_a_slot_takes_only_its_kinds_and_only_so_many(app: Flask) -> None:
    entry = make.make_draft(make_contest(), make_user(), files=False)

    with pytest.raises(WrongKind):
        make.make_attachment(entry, "trang_bao", kind="audio")
    make.make_attachment(entry, "xac_nhan")
    make.make_attachment(entry, "xac_nhan")
    with pytest.raises(TooManyFiles):
        make.make_attachment(entry, "xac_nhan")


def test_a_file_that_was_never_sent_goes_and_one_that_was_stays_with_its_revision(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "received")
    (sent,) = entry.files
    unsent = make.make_attachment(entry, "van_ban")
    now = make.receipt_hour(entry.contest)

    with transaction():
        services.remove_attachment(sent, by=entry.owner, now=now)
        services.remove_attachment(unsent, by=entry.owner, now=now)

    assert entry.files == []
    assert [file.id for file in entry.attachments] == [sent.id]
    assert entry.revision.content["attachments"][0]["id"] == sent.id


# Changing what was sent


def test_a_change_is_a_new_revision_and_the_old_one_is_kept(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "accepted")
    first = entry.revision
    before = dict(first.content)

    save(entry, Part.WORK, title="Tên đã sửa")
    second = amend(entry)

    assert (second.number, entry.state, entry.title) == (2, EntryState.RECEIVED, "Tên đã sửa")
    assert entry.code == "BI-0001"
    assert first.content == before


def test_a_change_that_is_not_sent_leaves_what_was_sent_in_force(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "accepted")
    title = entry.title

    save(entry, Part.WORK, title="Đang sửa")

    assert (entry.title, entry.has_unsent_changes, entry.state) == (title, True, EntryState.ACCEPTED)


def test_after_the_deadline_a_received_work_cannot_be_changed(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "received")
    save(entry, Part.WORK, title="Đang sửa")

    with pytest.raises(ReceiptClosed):
        amend(entry, closing(entry))


def test_a_returned_work_is_completed_after_the_deadline_in_the_named_parts_only(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "returned")
    late = closing(entry) + timedelta(days=1)

    save(entry, Part.INSTALMENTS, now=late, instalments=[make.instalment(issue="7001")])
    with pytest.raises(NotEditable):
        save(entry, Part.WORK, now=late, title="Không được nêu")
    sent = amend(entry, late)

    assert (sent.number, sent.content["instalments"][0]["issue"]) == (2, "7001")
    assert (entry.state, entry.returned_until, entry.returned_items) == (EntryState.RECEIVED, None, [])


def test_what_was_changed_before_the_deadline_but_not_sent_does_not_slip_in_with_a_return(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "returned")
    title = entry.title
    added = make.make_attachment(entry, "van_ban")
    save(entry, Part.WORK, title="Sửa rồi bỏ đó")
    late = closing(entry) + timedelta(days=1)
    save(entry, Part.INSTALMENTS, now=late, instalments=[make.instalment()])

    sent = amend(entry, late)

    assert sent.content["title"] == entry.title == entry.draft["title"] == title
    assert added.id not in [file["id"] for file in sent.content["attachments"]]
    assert not entry.has_unsent_changes


def test_a_return_ends_at_its_date(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "returned")

    with pytest.raises(ReturnExpired):
        save(entry, Part.INSTALMENTS, now=entry.returned_until, instalments=[])


def test_a_returned_work_is_not_sent_back_as_it_was(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "returned")

    with pytest.raises(NothingToSubmit):
        amend(entry)


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_a_work_that_is_out_of_the_contest_is_not_changed(app: Flask, state: str) -> None:
    entry = make.make_entry(make_contest(), make_user(), state)

    with pytest.raises(NotEditable):
        save(entry, Part.WORK, title="Nữa")
    with pytest.raises(NotEditable):
        amend(entry)


def test_withdrawing_wants_a_reason_and_ends_with_the_deadline(app: Flask) -> None:
    entry = make.make_entry(make_contest(), make_user(), "received")
    now = make.receipt_hour(entry.contest)

    with pytest.raises(ReasonNeeded), transaction():
        services.withdraw(entry, "", by=entry.owner, now=now)
    with pytest.raises(ReceiptClosed), transaction():
        services.withdraw(entry, "Muộn rồi.", by=entry.owner, now=closing(entry))
    with transaction():
        services.withdraw(entry, "Tòa soạn rút.", by=entry.owner, now=now)
    assert entry.state is EntryState.WITHDRAWN


@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.PREPARED, Stage.PUBLISHED])
def test_once_the_prizes_are_decided_no_work_is_sent_changed_or_withdrawn_though_receipt_be_open(
    app: Flask, stage: Stage
) -> None:
    contest = make_contest()
    entry, draft = make.make_entry(contest, make_user(), "accepted"), make.make_draft(contest, make_user())
    now = make.receipt_hour(contest)
    save(entry, Part.WORK, title="Tên sửa sau")
    contest.stage = stage
    db.session.commit()

    assert services.open_parts(entry, now) == frozenset()
    with pytest.raises(PrizesDecided):
        save(entry, Part.WORK, title="Nữa")
    with pytest.raises(PrizesDecided):
        amend(entry)
    with pytest.raises(PrizesDecided):
        submit(draft)
    with pytest.raises(PrizesDecided), transaction():
        services.withdraw(entry, "Tòa soạn rút.", by=entry.owner, now=now)
    assert (entry.state, entry.revision.number) == (EntryState.ACCEPTED, 1)


def test_every_person_behind_a_work_is_one_row_of_people(app: Flask) -> None:
    authors = [make.byline(), make.byline(lead=False)]
    entry = make.make_entry(make_contest(), make_user(), bylines=authors)

    people = db.session.scalars(select(Byline.person_id).where(Byline.revision_id == entry.revision_id)).all()

    assert len(set(people)) == 2


def test_a_letter_sets_quotation_marks_inside_the_title_right(app: Flask) -> None:
    make.make_entry(make_contest(), make_user(), "received", title="“Ngày thứ Bảy vì dân” ở Nguyễn Nghiêm")

    letter = db.session.scalars(select(Letter)).first()

    assert "“‘Ngày thứ Bảy vì dân’ ở Nguyễn Nghiêm”" in letter.text

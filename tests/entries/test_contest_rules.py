"""Rules that look at more than one work, with rows: through whom, places, likeness, earlier instalments, amendments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from contest.database import db, transaction
from contest.entries import services
from contest.entries.models import Entry
from contest.entries.refusals import ChannelClosed, FindingsBlock, NotRepresented
from contest.regulations import consequences, schema
from tests.makers import entries as make
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.regulations import make_contest, preset_text

TOLD = ('rules = ["works_per_author"]', 'rules = ["works_per_author"]\ntable = "limits"')
ENTRANTS = "[entrants]\n"
LIMITS = "max_instalments = 5\n"


def told(limits: str = "", entrants: str = "") -> tuple[tuple[str, str], ...]:
    """Words to replace in the default regulation: further settings, and the table that tells them."""
    return ((ENTRANTS, ENTRANTS + entrants), (LIMITS, LIMITS + limits), TOLD)


def rules_of(entry: Entry) -> dict[str, str]:
    return {f.rule: f.severity for f in services.findings_of(entry) if f.severity != "fine"}


def start(contest: Any, by: Any, through: Any = None) -> Entry:
    with transaction():
        return services.start_entry(
            contest,
            category="BAO_IN",
            title="Giữ rừng",
            start_key=f"của {by.id}",
            by=by,
            now=make.receipt_hour(contest),
            through=through,
        )


# Through whom


def test_an_author_alone_sends_only_where_authors_may(app: Flask) -> None:
    contest = make_contest(replacements=told(entrants='through = ["outlet"]\n'))

    with pytest.raises(ChannelClosed):
        start(contest, make_user())


def test_a_representative_sends_for_their_unit_and_for_no_other(app: Flask) -> None:
    contest = make_contest(replacements=told(entrants='through = ["outlet", "branch"]\n'))
    own, other, branch = make_outlet(), make_outlet("Báo Bình Định"), make_outlet("Chi hội Ba Tơ", "branch")
    sender = make_member(contest, "outlet", outlet=own)

    assert start(contest, sender, own).sender == own
    with pytest.raises(NotRepresented):
        start(contest, make_user(), own)
    with pytest.raises(NotRepresented):
        start(contest, make_member(contest, "outlet", outlet=branch), other)


def test_a_branch_sends_only_where_branches_may(app: Flask) -> None:
    contest = make_contest(replacements=told(entrants='through = ["author", "outlet"]\n'))
    branch = make_outlet("Chi hội Ba Tơ", "branch")

    with pytest.raises(ChannelClosed):
        start(contest, make_member(contest, "outlet", outlet=branch), branch)


def test_a_branch_prints_nothing(app: Flask) -> None:
    contest, branch = make_contest(), make_outlet("Chi hội Ba Tơ", "branch")

    draft = make.make_draft(contest, make_user(), instalments=[make.instalment(outlet_id=branch.id)])

    assert rules_of(draft)["licensed_outlet"] == "warns"


def test_the_places_of_a_newsroom_are_counted_over_all_who_send(app: Flask) -> None:
    contest = make_contest(replacements=told(entrants="works_per_unit = 2\n"))
    make.the_outlet()
    for _ in range(2):
        make.make_entry(contest, make_user(), "received")

    elsewhere = make.make_draft(
        contest, make_user(), instalments=[make.instalment(outlet_id=make_outlet("Báo Bình Định").id)]
    )

    assert rules_of(make.make_draft(contest, make_user()))["works_per_unit"] == "blocks"
    assert "works_per_unit" not in rules_of(elsewhere)


def test_a_branch_takes_places_of_its_own(app: Flask) -> None:
    contest = make_contest(replacements=told(entrants="works_per_unit = 1\n"))
    branch = make_outlet("Chi hội Ba Tơ", "branch")
    make_outlet()
    make.make_entry(contest, make_user(), "received", instalments=[make.instalment(outlet_id=branch.id + 1)])
    sent = make.make_draft(
        contest, make_member(contest, "outlet", outlet=branch), instalments=[make.instalment(outlet_id=branch.id + 1)]
    )

    assert rules_of(sent)["works_per_unit"] == "blocks"
    with transaction():
        sent.sender = branch
    assert "works_per_unit" not in rules_of(sent)


def test_twenty_tabs_cannot_get_past_the_places_of_a_unit(app: Flask) -> None:
    contest = make_contest(replacements=told(entrants="works_per_unit = 2\n"))
    make.the_outlet()
    drafts = [make.make_draft(contest, make_user()).id for _ in range(12)]
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
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(send, drafts)) == 2


# Likeness


def test_the_same_file_in_two_dossiers_is_the_same_text(app: Flask) -> None:
    contest = make_contest()
    first = make.make_entry(contest, make_user(), "received")
    page = first.files[0]
    second = make.make_draft(contest, make_user(), files=False)
    with transaction():
        blob = db.session.get_one(make.storage.Blob, page.sha256)
        now = make.receipt_hour(contest)
        services.attach(second, page.slot, blob, "trang.pdf", begun_at=now, by=second.owner, now=now)

    assert rules_of(second)["one_category"] == "blocks"


def test_a_paper_that_only_the_secretariat_reads_may_belong_to_several_works(app: Flask) -> None:
    contest = make_contest()
    first, second = (make.make_draft(contest, make_user()) for _ in range(2))
    proof = make.make_attachment(first, "minh_chung")
    with transaction():
        services.submit(first, by=first.owner, now=make.receipt_hour(contest))
    with transaction():
        blob = db.session.get_one(make.storage.Blob, proof.sha256)
        now = make.receipt_hour(contest)
        services.attach(second, "minh_chung", blob, "giấy.pdf", begun_at=now, by=second.owner, now=now)

    assert "one_category" not in rules_of(second)


def test_one_topic_in_two_categories_is_seen_by_the_people(app: Flask) -> None:
    contest = make_contest(replacements=told('same_topic = "refuse"\n'))
    author = make.byline()
    make.make_entry(contest, make_user(), "received", bylines=[author])

    other = make.make_draft(contest, make_user(), "BAO_DIEN_TU", bylines=[author])

    assert rules_of(other)["same_topic"] == "blocks"
    assert "same_topic" not in rules_of(make.make_draft(contest, make_user(), bylines=[author]))


# Limits by role


def test_roles_and_genres_of_other_works_are_counted(app: Flask) -> None:
    roles = 'by_role = [{roles = ["Tác giả ảnh"], works = 3}]\nbonus = [{genres = ["phong_su"]}]\n'
    contest = make_contest(replacements=(("works_per_author = 5", "works_per_author = 1"), *told(roles)))
    photographer, writer = make.byline(role="Tác giả ảnh"), make.byline(role="Tác giả bài viết")
    for _ in range(2):
        make.make_entry(contest, make_user(), "received", genre="ghi_chep", bylines=[photographer])
    make.make_entry(contest, make_user(), "received", genre="ghi_chep", bylines=[writer])

    def severity(line: dict[str, Any], genre: str) -> str | None:
        return rules_of(make.make_draft(contest, make_user(), genre=genre, bylines=[line])).get("works_per_author")

    assert severity(photographer, "ghi_chep") is None
    assert severity(writer, "ghi_chep") == "blocks"
    assert severity(writer, "phong_su") is None
    assert severity(photographer | {"role": "Tác giả bài viết"}, "ghi_chep") is None


# Earlier instalments


def test_an_instalment_entered_in_another_contest_does_not_come_along(app: Flask) -> None:
    old = make_contest(replacements=(("first = 2021-01-01", "first = 2015-01-01"),))
    contest = make_contest(replacements=told('earlier_instalments = "merge"\n'))
    early = make.instalment(published_on="2020-12-01", url="https://bao.example/1.htm")
    fresh = make.instalment(published_on="2020-12-08", url="https://bao.example/2.htm")
    inside = make.instalment(url="https://bao.example/3.htm")
    make.make_entry(old, make_user(), "received", title="Loạt bài", instalments=[early])

    again = make.make_draft(contest, make_user(), instalments=[early | {"url": ""}, inside])
    other = make.make_draft(contest, make_user(), instalments=[fresh, inside])

    assert rules_of(again)["window_share"] == "blocks"
    assert "window_share" not in rules_of(other)


# What an amendment would change


def test_an_amendment_names_the_works_that_it_lets_fail_or_pass(app: Flask) -> None:
    contest = make_contest()
    author = make.byline()
    for _ in range(2):
        make.make_entry(contest, make_user(), "received", bylines=[author])
    other = make.make_entry(contest, make_user(), "accepted")
    before, after = (
        contest.regulation,
        schema.parse(preset_text("quang_ngai_2025", ("works_per_author = 5", "works_per_author = 1"))),
    )

    forth = consequences.consequences(contest.id, before, after)
    back = consequences.consequences(contest.id, after, before)

    assert [(line.code, line.failing, line.passing) for line in forth] == [
        ("BI-0001", ("works_per_author",), ()),
        ("BI-0002", ("works_per_author",), ()),
    ]
    assert [(line.code, line.failing, line.passing) for line in back] == [
        ("BI-0001", (), ("works_per_author",)),
        ("BI-0002", (), ("works_per_author",)),
    ]
    assert other.shown_code not in {line.code for line in forth}
    assert all(after.cite(rule) for line in forth for rule in line.failing)


def test_an_amendment_that_changes_nothing_names_nobody(app: Flask) -> None:
    contest = make_contest()
    make.make_entry(contest, make_user(), "received")

    assert consequences.consequences(contest.id, contest.regulation, contest.regulation) == ()


def test_asking_what_an_amendment_would_change_costs_the_same_for_more_works(app: Flask, statements: Any) -> None:
    contest = make_contest()
    regulation = contest.regulation

    def ask() -> None:
        db.session.expire_all()
        consequences.consequences(contest.id, regulation, regulation)

    make.make_entry(contest, make_user(), "received")
    few = statements(ask)
    for _ in range(5):
        make.make_entry(contest, make_user(), "received", bylines=[make.byline(), make.byline(lead=False)])

    assert statements(ask) == few

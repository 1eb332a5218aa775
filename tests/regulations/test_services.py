"""Beginning a contest, drafting and adopting its regulation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from contest import audit
from contest.audit.models import AuditLine
from contest.clock import ZONE
from contest.database import db
from contest.regulations import queries, services, usage
from contest.regulations.models import NotAdopted, RegulationVersion, Stage
from contest.regulations.problems import RegulationInvalid
from tests.makers.regulations import make_contest

NOW = datetime(2025, 8, 10, 10, 24, tzinfo=ZONE)
DECISION = {
    "decision_number": "02-QĐ/BTC",
    "decision_date": date(2025, 8, 9),
    "signer": "Phạm Trường Giang",
    "by": None,
}


def draft(contest, old, new):
    contest.draft_text = contest.draft_text.replace(old, new)


def test_a_contest_from_the_preset_has_its_regulation_in_force(app):
    contest = make_contest()

    assert contest.version.number == 1
    assert contest.stage == Stage.RUNNING
    assert contest.regulation.cite("publication_window") == "khoản 1 Điều 6"
    assert contest.regulation.slug == contest.slug


def test_a_contest_before_its_regulation_has_none(app):
    contest = make_contest(adopted=False)

    assert contest.stage == Stage.SETUP
    with pytest.raises(NotAdopted):
        _ = contest.regulation


def test_a_contest_carries_its_own_name_into_the_draft(app):
    contest = make_contest(name="Giải báo chí Trà Khúc", short_name="Trà Khúc", slug="tra-khuc")

    assert (contest.regulation.name, contest.regulation.short_name) == ("Giải báo chí Trà Khúc", "Trà Khúc")


def test_two_contests_cannot_share_an_address(app):
    make_contest(slug="dan-van-kheo")

    with pytest.raises(services.SlugTaken):
        make_contest(slug="dan-van-kheo")


def test_the_newest_contest_with_a_regulation_is_the_current_one(app):
    make_contest(now=NOW)
    newer = make_contest(now=NOW + timedelta(days=1))
    make_contest(now=NOW + timedelta(days=2), adopted=False)

    assert queries.current_contest() is newer


def test_an_empty_instance_has_no_current_contest(app):
    assert queries.current_contest() is None


def test_an_amendment_is_the_next_version_and_the_old_one_stays(app):
    contest = make_contest()
    first = contest.version
    draft(contest, "works_per_author = 5", "works_per_author = 3")

    second = services.adopt(contest, now=NOW, **DECISION)

    assert (first.number, second.number) == (1, 2)
    assert contest.regulation.limits.works_per_author == 3
    assert first.regulation.limits.works_per_author == 5
    assert [version.number for version in queries.versions(contest)] == [2, 1]


def test_adopting_names_the_hash_in_the_audit_log(app):
    contest = make_contest()

    line = db.session.scalars(db.select(AuditLine).filter_by(action="regulation.adopted")).one()
    assert line.details["sha256"] == contest.version.sha256
    assert line.about == "regulation:1"
    assert "Giang" not in str(line.details)
    assert audit.verify(contest.id) is None


def test_the_same_text_is_not_adopted_twice(app):
    contest = make_contest()

    with pytest.raises(services.NothingToAdopt):
        services.adopt(contest, now=NOW, **DECISION)


def test_a_broken_draft_is_not_adopted(app):
    contest = make_contest()
    draft(contest, "floor = 90", "floor = 190")

    with pytest.raises(RegulationInvalid) as refusal:
        services.adopt(contest, now=NOW, **DECISION)

    assert [problem.path for problem in refusal.value.problems] == ["prizes[A].floor"]
    assert db.session.scalar(db.select(db.func.count(RegulationVersion.id))) == 1


def test_an_amendment_does_not_drop_a_code_in_use(app, monkeypatch):
    monkeypatch.setattr(usage, "_sources", {"a room": lambda contest_id: ["genre:toa_dam"]})
    contest = make_contest()
    draft(contest, 'code = "toa_dam"', 'code = "dam_thoai"')
    draft(contest, '"toa_dam"', '"dam_thoai"')

    with pytest.raises(RegulationInvalid) as refusal:
        services.adopt(contest, now=NOW, **DECISION)

    assert [problem.path for problem in refusal.value.problems] == ["genres"]


def test_the_deadline_moves_only_forward(app):
    contest = make_contest()
    draft(contest, "closes = 2025-08-15}", "closes = 2025-08-12}")

    with pytest.raises(RegulationInvalid) as refusal:
        services.adopt(contest, now=NOW, **DECISION)

    assert [problem.path for problem in refusal.value.problems] == ["calendar.receipt.closes"]


def test_a_decision_is_not_dated_tomorrow(app):
    contest = make_contest()
    draft(contest, "works_per_author = 5", "works_per_author = 3")

    with pytest.raises(services.DecisionInTheFuture):
        services.adopt(contest, now=NOW, **{**DECISION, "decision_date": date(2025, 8, 11)})


def test_a_draft_that_changed_since_it_was_read_is_not_adopted(app):
    contest = make_contest()
    version = contest.draft_version
    services.save_draft_values(contest, {"limits.works_per_author": 3}, draft_version=version, by=None, now=NOW)

    with pytest.raises(services.DraftChanged):
        services.adopt(contest, now=NOW, draft_version=version, **DECISION)


def test_two_editors_do_not_overwrite_each_other(app):
    contest = make_contest()
    version = contest.draft_version
    text = contest.draft_text
    services.save_draft_text(contest, text + "# một\n", draft_version=version, by=None, now=NOW)

    with pytest.raises(services.DraftChanged):
        services.save_draft_text(contest, text + "# hai\n", draft_version=version, by=None, now=NOW)

    assert contest.draft_text.endswith("# một\n")


def test_a_draft_may_be_wrong_but_not_unreadable(app):
    contest = make_contest()
    version = contest.draft_version

    services.save_draft_text(contest, "format = 3\n", draft_version=version, by=None, now=NOW)
    with pytest.raises(RegulationInvalid):
        services.save_draft_text(contest, "format = ", draft_version=version + 1, by=None, now=NOW)

    assert contest.draft_text == "format = 3\n"


def test_saving_the_same_draft_is_no_act(app):
    contest = make_contest()
    version = contest.draft_version

    services.save_draft_text(contest, contest.draft_text, draft_version=version, by=None, now=NOW)

    assert contest.draft_version == version
    assert db.session.scalar(db.select(AuditLine).filter_by(action="regulation.drafted")) is None


def test_a_value_whose_table_is_gone_is_refused(app):
    contest = make_contest()
    contest.draft_text = "format = 1\n"

    with pytest.raises(services.PlaceMissing):
        services.save_draft_values(
            contest,
            {"calendar.decision_on": date(2025, 10, 7)},
            draft_version=contest.draft_version,
            by=None,
            now=NOW,
        )


def test_rooms_that_announce_themselves_are_asked_for_codes(app, monkeypatch):
    monkeypatch.setattr(usage, "_sources", {})

    @usage.source
    def codes_of_a_room(contest_id):
        return {f"category:{contest_id}"}

    assert usage.codes_in_use(7) == {"category:7"}


def test_the_text_of_a_version_is_not_read_for_every_request(app):
    contest = make_contest()
    assert contest.regulation.format == 1
    slug = contest.slug
    db.session.expire_all()
    statements = []
    db.event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    assert queries.contest_by_slug(slug).regulation.format == 1
    assert len(statements) == 1

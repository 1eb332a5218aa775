"""Nobody learns what they must not: every role, every interest, every address, every search.

Whoever has an interest in a work hears nothing of it at all, and before a round is sealed nobody hears what others
marked. One file, because the world that it asks takes long to build.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from contest import clock
from contest.accounts.models import User
from contest.ballots.models import PaperBatch
from contest.database import db
from contest.entries.models import Entry
from contest.interests.kinds import Kind
from contest.interests.services import declare
from contest.judging.models import Assignment, JurorNote, Round, ScoreSheet
from contest.regulations.models import Contest
from contest.web.text import fold
from tests.leaks.asking import HARMLESS, KINDS, SECRETS, Question, answered, drawn, everything, questions, tie
from tests.leaks.changes import CHANGES, Change, happen
from tests.leaks.secret import COMMENT, Place, tells
from tests.makers.accounts import make_member, make_user
from tests.tampering import tampering
from tests.world import ROLES

TIES = [(ROLES[number % len(ROLES)], kind) for number, kind in enumerate(KINDS)]
"""Every kind and every role; ``--long`` asks for all with all."""

PARTS = 8
"""Into how many parts the addresses are divided, one of which is asked for with each tie; ``--long`` asks for all."""

TELLING = {
    "screening_office.works",
    "screening_office.dossier",
    "screening_office.differences",
    "screening_office.original",
    "judging.desk",
    "judging.sheet",
    "judging.recuse",
    "judging.ballot",
    "judging.work",
    "judging_office.assignments",
    "judging_office.work",
    "operations_office.letters",
    "operations_office.letter",
    "results_office.award_list",
    "results_office.round_page",
    "results_office.tie",
    "results_office.why",
    "certificates_office.index",
    "delivery_office.single",
    "home_office.exemplars",
}
"""Pages that tell of a secret work: if they did not, the rest would prove nothing."""


OF_THE_ASKING = frozenset({"privacy_office.openings"})
"""Pages that tell what was read in the contest: also what was read a moment ago, by the test itself."""
OF_THE_SENDER = frozenset({"home_office.overview"})
"""Pages that lead whoever sent a work to their own pages about it."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try some ties, or all."""
    if "kind" in metafunc.fixturenames:
        every = [(role, kind) for role in ROLES for kind in KINDS]
        metafunc.parametrize(("role", "kind"), every if metafunc.config.getoption("--long") else TIES)


@pytest.fixture
def share(request: pytest.FixtureRequest, built: Place) -> list[Question]:
    """The addresses that a test asks for: with each tie another part, and every kind of page once."""
    asked = everything(built)
    if request.config.getoption("--long"):
        return asked
    turn = TIES.index((request.getfixturevalue("role"), request.getfixturevalue("kind")))
    return [question for place, question in enumerate(asked) if place % PARTS == turn % PARTS]


def test_every_argument_of_an_address_is_known_to_name_a_work_or_not(built: Place) -> None:
    unknown = {
        argument: rule.endpoint
        for rule in built.world.app.url_map.iter_rules()
        for argument in rule.arguments
        if argument not in HARMLESS and argument not in SECRETS
    }

    assert unknown == {}


def test_whoever_has_no_interest_finds_the_secret_works(built: Place) -> None:
    told = set()
    for question in everything(built):
        for role in ("secretary", "juror", "chair"):
            if question.endpoint in TELLING - told and words_heard(built, role, question):
                told.add(question.endpoint)

    assert TELLING - told == set()


def words_heard(place: Place, person: str, question: Question) -> list[str]:
    """Which words of a secret work somebody hears at an address."""
    answer = answered(place.world, person, "GET", question.path)
    return tells(answer.body + answer.head, place.secrets[question.slug].words)


def test_somebody_with_an_interest_hears_of_the_work_nowhere(
    place: Place, share: list[Question], role: str, kind: Kind
) -> None:
    tie(place, role, kind)
    heard, betrayed = [], []
    for question in share:
        answer = answered(place.world, role, "GET", question.path)
        words = tells(answer.body + answer.head, place.secrets[question.slug].words)
        if words or answer.status >= 500:
            heard.append(f"{question.path} answers {answer.status} and tells {words}")
        if question.control is not None and answer != answered(place.world, role, "GET", question.control):
            betrayed.append(f"{question.path} answers {answer.status}, and not what {question.control} answers")

    assert (heard, betrayed) == ([], [])


def test_nothing_that_becomes_of_the_work_changes_what_they_read(
    place: Place, share: list[Question], role: str, kind: Kind
) -> None:
    tie(place, role, kind)
    changing = OF_THE_ASKING | (OF_THE_SENDER if kind is Kind.own_entry else frozenset())
    asked = [question.path for question in share if question.endpoint not in changing]
    before = {path: answered(place.world, role, "GET", path) for path in asked}

    happen(place, CHANGES)

    assert [path for path, answer in before.items() if answered(place.world, role, "GET", path) != answer] == []


@pytest.mark.parametrize("role", ROLES)
def test_what_they_send_about_the_work_is_answered_as_if_there_were_none(place: Place, role: str) -> None:
    tie(place, role, Kind.declared)
    before, betrayed = place.world.changed(), []
    for question in questions(place, "POST"):
        answer = answered(place.world, role, "POST", question.path)
        if answer != answered(place.world, role, "POST", question.control or ""):
            betrayed.append(f"{question.path} answers {answer.status}")

    assert (betrayed, place.world.changed()) == ([], before)


def test_no_document_that_is_drawn_tells_them_of_the_work(place: Place) -> None:
    tie(place, "organizer", Kind.declared)

    told = [question.path for question in drawn(place) if words_heard(place, "organizer", question)]

    assert told == []


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    roles=st.sets(st.sampled_from(ROLES), min_size=1),
    kind=st.sampled_from(KINDS),
    changes=st.sets(st.sampled_from(CHANGES), min_size=1),
    data=st.data(),
)
def test_no_random_person_with_an_interest_hears_of_it(
    built: Place, askable: list[Question], roles: set[str], kind: Kind, changes: set[Change], data: st.DataObject
) -> None:
    world = built.world
    asked = data.draw(st.lists(st.sampled_from(askable), min_size=1, max_size=8, unique=True))
    try:
        come_in(built, roles, {question.slug for question in asked})
        tie(built, "somebody", kind)
        before = [answered(world, "somebody", "GET", question.path) for question in asked]
        happen(built, sorted(changes, key=CHANGES.index))

        assert [words_heard(built, "somebody", question) for question in asked] == [[] for _ in asked]
        assert [answered(world, "somebody", "GET", question.path) for question in asked] == before
    finally:
        world.restore()


def come_in(place: Place, roles: set[str], slugs: set[str]) -> None:
    """Let somebody nobody knows yet work in some contests."""
    world = place.world
    with world.app.app_context():
        user = make_user("aido@toasoan.example", "Ai Đó")
        for contest in db.session.query(Contest).where(Contest.slug.in_(slugs)):
            for role in sorted(roles):
                make_member(contest, role, user=user)
        world.people["somebody"] = user.id
        world.let_in("somebody", db.session.get(User, user.id))


def test_a_file_of_paper_sheets_is_not_there_for_whoever_may_not_hear_of_a_work_in_it(place: Place) -> None:
    world = place.world
    path = f"/{world.slugs['judging']}/ban-thu-ky/phieu-giay/{world.places['paper_batch']}"
    opened = answered(world, "secretary", "GET", path).status

    with world.app.app_context():
        batch = db.session.get_one(PaperBatch, world.places["paper_batch"])
        code = batch.tables[0][1][1][1][0]
        work = db.session.query(Entry).filter_by(contest_id=batch.contest_id, code=code).one()
        user = db.session.get_one(User, world.people["secretary"])
        declare(user, work, by=user, now=clock.now())
        db.session.commit()

    assert (opened, answered(world, "secretary", "GET", path).status) == (200, 404)


@pytest.fixture
def pages(built: Place) -> list[Question]:
    """Every page of a contest whose round is open."""
    return [question for question in everything(built) if question.slug == built.world.slugs["judging"]]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_others_marked_and_wrote_nor_anything_else_when_it_is_another_mark(
    place: Place, pages: list[Question], role: str
) -> None:
    before = {question.path: answered(place.world, role, "GET", question.path) for question in pages}
    told = [path for path, answer in before.items() if tells(answer.body, {fold(COMMENT)})]

    mark_otherwise(place, role)

    assert [path for path, answer in before.items() if answered(place.world, role, "GET", path) != answer] == []
    assert role == "juror" or told == []  # the juror's own draft says the same words


@pytest.mark.parametrize("role", ["juror", "chair"])
def test_a_juror_does_not_even_learn_how_many_others_have_marked(
    place: Place, pages: list[Question], role: str
) -> None:
    asked = [question for question in pages if question.endpoint.partition(".")[0] == "judging"]
    before = {question.path: answered(place.world, role, "GET", question.path) for question in asked}

    take_back(place, role)

    assert [path for path, answer in before.items() if answered(place.world, role, "GET", path) != answer] == []


def sheets_of_others(place: Place, reader: str) -> list[Assignment]:
    """The assignments in the open round that are not the reader's."""
    wanted = select(Assignment).join(Assignment.round).where(Assignment.juror_id != place.world.people[reader])
    return list(db.session.scalars(wanted.where(Round.sealed_at.is_(None), Round.contest_id == contest_id(place))))


def contest_id(place: Place) -> int:
    return place.secrets[place.world.slugs["judging"]].contest_id


def mark_otherwise(place: Place, reader: str) -> None:
    """Let everybody else have marked a step lower, and have typed and noted something else."""
    with place.world.app.app_context(), tampering():
        for assignment in sheets_of_others(place, reader):
            rubric = assignment.round.rubric(assignment.entry.category)
            for sheet in assignment.sheets:
                sheet.marks = {rule.code: sheet.marks[rule.code] - rule.step for rule in rubric}
                sheet.comment = "Một lời nhận xét khác."
            if assignment.draft is not None:
                assignment.draft.marks, assignment.draft.comment = {rubric[0].code: "3"}, "Đang nghĩ lại."
            kept = {"assignment_id": assignment.id, "version": 1, "updated_at": assignment.assigned_at}
            db.session.add(JurorNote(text="Xem lại đoạn cuối.", **kept))


def take_back(place: Place, reader: str) -> None:
    """Let nobody else have sent anything."""
    with place.world.app.app_context(), tampering():
        for assignment in sheets_of_others(place, reader):
            assignment.sent_at = None
            for sheet in list(assignment.sheets):
                db.session.delete(sheet)
        db.session.flush()
        assert db.session.scalars(select(ScoreSheet.id)).first() is not None

"""The public proof of a contest whose regulation opens the scores, from the rows to the file."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contest import clock
from contest.accounts.models import Outlet, Person, User
from contest.database import db, transaction
from contest.entries.models import Byline, EntryState, Instalment
from contest.judging.models import Round, ScoreSheet
from contest.proof.bundle import public_files
from contest.regulations import services as regulations
from contest.regulations.models import Contest, Stage
from contest.results import queries, services
from contest.results.commands.recounting import recount
from contest.results.models import RecordedAct
from contest.results.recount import computing, layout, opening, packing, writing
from tests.makers.accounts import make_member, make_user
from tests.makers.judging import declare, make_assignment, make_round, make_sheet
from tests.makers.regulations import make_contest
from tests.makers.results import FIVE, after, make_judged_round, make_prepared, make_published, make_sealed, make_works

CLOSED = "[certificate]\n"
OPEN = "[gates]\nopen_scores = true\n\n[certificate]\n"
COMMENT = "Bài viết công phu, nhân vật sống động"
ADDRESS = "/dan-van-kheo/chung-minh"
SENTENCE = "điểm và phiếu bầu được công bố không kèm tên giám khảo"


def make_open() -> Contest:
    """A contest whose regulation opens the scores."""
    return make_contest(replacements=((CLOSED, OPEN),))


def taken(visitor: Any, place: Path) -> Path:
    """Download the public proof."""
    answer = visitor.get(f"{ADDRESS}/goi.zip")
    assert answer.status_code == 200
    packed = place / "proof.zip"
    packed.write_bytes(answer.data)
    return packed


def names(packed: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(packed)).namelist())


@pytest.fixture
def published(app: Any) -> Contest:
    """Published, after one juror corrected a sheet and another stepped back from a work."""
    contest = make_open()
    organizer = make_member(contest, "organizer")
    round_, entries = make_judged_round(contest, *((share,) * 7 for share in (92, 86, 80, 74, 70)))
    first, second, *_ = queries.assignments_on(round_, entries[0].code)
    sheet = make_sheet(first, 90, reason="Chép nhầm")
    assert sheet.comment is not None
    second.recused_at = after(contest)
    second.recusal_reason = "Tác giả là người thân"
    entries[3].state = EntryState.WITHDRAWN
    db.session.commit()
    with transaction():
        services.seal_round(round_, by=organizer, now=after(contest))
    decision = make_prepared(contest, by=organizer)
    with transaction():
        services.publish(contest, by=organizer, now=decision.at + timedelta(hours=1))
    return contest


def test_anybody_computes_the_published_result_again(published, browser, tmp_path):
    packed = taken(browser(None), tmp_path)

    done = computing.recount(packed)

    assert computing.proof(packed) is None
    assert done.differences == ()
    assert done.has_result
    assert sum(done.withheld.values()) > 0
    told = CliRunner().invoke(recount, [str(packed)])
    assert told.exit_code == 0
    assert "phiếu đã cam kết không có trong gói" in told.output


def test_the_marks_are_those_that_were_sent(published, browser, tmp_path):
    done = computing.recount(taken(browser(None), tmp_path))
    frozen = queries.contents_of(published).rounds[-1].material
    told = done.contents.rounds[-1].material

    assert told.sheets
    for entry, sheets in told.sheets.items():
        sent = {(each.juror, each.revision): dict(each.marks) for each in frozen.sheets[entry] if not each.left_out}
        assert {(each.juror, each.revision): dict(each.marks) for each in sheets} == sent


def test_nobody_is_named_in_it(published, browser, tmp_path):
    with zipfile.ZipFile(taken(browser(None), tmp_path)) as packed:
        told = b"".join(packed.read(name) for name in packed.namelist() if not name.endswith(".toml")).decode()

    people = {word for person in db.session.query(User) for word in (person.name, person.email)}
    people |= {person.name for person in db.session.query(Person)}
    people |= {word for line in db.session.query(Byline) for word in (line.name, line.pen_names, line.unit)}
    newsrooms = {outlet.name for outlet in db.session.query(Outlet)}
    newsrooms |= {line.outlet for line in db.session.query(Instalment)}
    assert people
    assert newsrooms
    assert sorted(word for word in people | newsrooms if word and word in told) == []
    assert "Chép nhầm" not in told
    assert "người thân" not in told
    assert layout.LOG not in names(Path(packed.filename).read_bytes())


def test_nothing_is_opened_before_the_publication(app, browser):
    contest = make_open()
    organizer = make_member(contest, "organizer")
    make_sealed(contest=contest, by=organizer)
    make_prepared(contest, by=organizer)
    visitor = browser(None)

    assert not queries.scores_are_open(contest)
    assert queries.from_open_scores(contest, lambda contents: b"all") is None
    assert visitor.get(f"{ADDRESS}/goi.zip").status_code == 404
    visitor.get(ADDRESS)
    assert "ở đây có tệp chứa điểm không kèm tên giám khảo" in visitor.text


def test_a_result_that_is_back_on_its_way_closes_the_scores(published):
    assert queries.scores_are_open(published)

    published.stage = Stage.PROPOSED

    assert not queries.scores_are_open(published)


def test_without_the_setting_the_public_proof_is_what_it_was(app, browser):
    contest, _publication = make_published()
    expected = packing.pack(public_files(contest, queries.proof_of(contest)))
    visitor = browser(None)

    assert visitor.get(f"{ADDRESS}/goi.zip").data == expected
    assert names(expected) == {layout.COMMITMENTS, layout.README, layout.REGULATION}
    visitor.get(ADDRESS)
    assert "không có tên người và điểm" in visitor.text
    assert "Bằng chứng công khai có điểm" not in visitor.text


@pytest.mark.parametrize(("before", "afterwards"), [(CLOSED, OPEN), (OPEN, CLOSED)])
def test_an_amendment_opens_nothing_that_was_marked_before_it_and_may_close(app, browser, before, afterwards):
    contest = make_contest(replacements=((CLOSED, before),))
    organizer = make_member(contest, "organizer")
    round_, _entries = make_judged_round(contest, *FIVE)
    with transaction():
        contest.draft_text = contest.draft_text.replace(before, afterwards)
        regulations.adopt(
            contest,
            decision_number="02-TL/BTC",
            decision_date=after(contest).date(),
            signer="Phạm Trường Giang",
            by=organizer,
            now=after(contest),
        )
        services.seal_round(round_, by=organizer, now=after(contest))
    decision = make_prepared(contest, by=organizer)
    with transaction():
        services.publish(contest, by=organizer, now=decision.at + timedelta(hours=1))

    assert contest.regulation.gates.open_scores == (afterwards == OPEN)
    assert not queries.opens_scores(contest)
    assert names(browser(None).get(f"{ADDRESS}/goi.zip").data).isdisjoint({layout.SHEETS.file, layout.RESULT})


def test_the_page_says_that_the_file_has_scores(published, browser):
    visitor = browser(None)
    visitor.get(ADDRESS)

    assert "Bằng chứng công khai có điểm (ZIP)" in visitor.text
    assert "không có tên người và điểm" not in visitor.text


@pytest.mark.parametrize("replacement", [CLOSED, OPEN])
def test_jurors_are_told_before_they_mark_where_scores_are_opened(app, browser, replacement):
    contest = make_contest(replacements=((CLOSED, replacement),))
    juror, owner = make_member(contest, "juror"), make_user()
    round_ = make_round(contest)
    (entry,) = make_works(contest, owner, 1)
    assignment = make_assignment(round_, entry, juror, declared=False)
    clock.set_to(round_.window().opens + timedelta(hours=1))
    visitor = browser(juror)

    declaration = visitor.get(f"/dan-van-kheo/ban-cham/xung-dot-loi-ich?vong={round_.code}").text
    with transaction():
        declare(round_, juror)
    desk = visitor.get(f"/dan-van-kheo/ban-cham?vong={round_.code}").text
    sheet = visitor.get(f"/dan-van-kheo/ban-cham/{assignment.id}").text

    assert "Phiếu chấm" in sheet
    for page in (declaration, desk, sheet):
        assert (SENTENCE in page) == (replacement == OPEN)


def test_no_public_page_says_under_which_pseudonym_somebody_marked(published, browser):
    visitor = browser(None)
    jurors = {
        given.juror.subject
        for given in queries.assignments_on(db.session.query(Round).filter_by(code="chung_khao").one(), "BI-0001")
    }
    pages = [
        visitor.get(f"/dan-van-kheo{path}") for path in ("/", "/ket-qua", "/ket-qua.json", "/chung-minh", "/the-le")
    ]

    assert jurors
    for page in pages:
        assert page.status_code == 200
        assert [subject for subject in jurors if subject in page.text] == []


def test_nobody_of_the_world_is_named_in_its_scores_and_they_compute_again(world, tmp_path):
    with world.app.app_context():
        contest = db.session.scalars(db.select(Contest).filter_by(slug=world.slugs["published"])).one()
        files = writing.files(opening.opened(queries.contents_of(contest)), "")
        told = b"".join(content for name, content in files.items() if not name.endswith(".toml")).decode()
        words = {word for person in db.session.query(User) for word in (person.name, person.email)}
        words |= {word for person in db.session.query(Person) for word in (person.name, person.email, person.phone)}
        words |= {outlet.name for outlet in db.session.query(Outlet)}
        words |= {line.outlet for line in db.session.query(Instalment)}
        words |= {word for line in db.session.query(Byline) for word in (line.name, line.pen_names, line.unit)}
        words |= {sheet.comment for sheet in db.session.query(ScoreSheet)}
        words |= {act.reason for act in db.session.query(RecordedAct)}

    assert sorted(word for word in words if word and word in told) == []
    packed = tmp_path / "bundle.zip"
    packed.write_bytes(packing.pack(files))
    assert computing.recount(packed).differences == ()

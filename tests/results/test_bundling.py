"""What is written of a contest in the rows recounts byte for byte, whatever happens to the rows afterwards."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from contest import clock
from contest.accounts.models import Outlet, User
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries.models import EntryState
from contest.judging.models import Round
from contest.results import queries, services
from contest.results.models import RoundResult
from contest.results.recount import computing, layout, packing, writing
from tests.makers.accounts import make_member
from tests.makers.judging import make_sheet
from tests.makers.regulations import make_contest
from tests.makers.results import after, make_judged_round, make_sealed
from tests.tampering import tampering

ROOT = Path(__file__).parent.parent.parent


def recounted(tmp_path: Path, contest: Any) -> computing.Recount:
    contents = queries.contents_of(contest)
    assert contents is not None
    place = tmp_path / "bundle.zip"
    place.write_bytes(packing.pack(writing.files(contents)))
    return computing.recount(place)


def test_a_sealed_contest_recounts_byte_for_byte(app, tmp_path):
    contest, _entries = make_sealed()

    done = recounted(tmp_path, contest)

    assert done.differences == ()
    assert done.has_result


def test_a_corrected_sheet_and_one_of_a_juror_who_stepped_back_are_in_it(app, tmp_path):
    contest = make_contest()
    organizer = make_member(contest, "organizer")
    round_, entries = make_judged_round(contest, (92,) * 7, (86,) * 7)
    first, second, *_ = queries.assignments_on(round_, entries[0].code)
    make_sheet(first, 90, reason="Chép nhầm")
    second.recused_at = after(contest)
    db.session.commit()
    with transaction():
        services.seal_round(round_, by=organizer, now=after(contest))

    done = recounted(tmp_path, contest)
    sheets = writing.files(done.contents)[layout.SHEETS.file].decode()

    assert done.differences == ()
    assert any(",1,0," in row and first.juror.subject in row for row in sheets.splitlines())
    assert any(",recused," in row and second.juror.subject in row for row in sheets.splitlines())


def test_what_happens_after_the_sealing_reaches_no_bundle(app, tmp_path):
    contest, entries = make_sealed()
    before = writing.files(queries.contents_of(contest))
    entries[0].state = EntryState.WITHDRAWN
    for outlet in db.session.query(Outlet):
        outlet.name = "Báo khác"
    db.session.commit()

    assert writing.files(queries.contents_of(contest)) == before


def test_a_result_changed_in_the_rows_is_named(app, tmp_path):
    contest, _entries = make_sealed()
    result = db.session.query(RoundResult).one()
    changed = json.loads(json.dumps(result.result))
    changed["groups"][0]["lines"][0]["place"] = 7
    with tampering():
        result.result = changed

    places = [difference.place for difference in recounted(tmp_path, contest).differences]

    assert any(place.endswith(".place") for place in places)


def test_nothing_sealed_is_no_bundle(app):
    assert queries.contents_of(make_contest()) is None


def test_a_bundle_holds_no_name_and_no_address(app):
    contest, _entries = make_sealed()
    files = writing.files(queries.contents_of(contest))
    told = b"".join(content for name, content in files.items() if not name.endswith(".toml"))
    people = list(db.session.query(User))

    assert people
    for person in people:
        assert person.email.encode() not in told
        assert person.name.encode() not in told


def test_the_shell_writes_a_bundle_and_its_line_in_the_log(app, tmp_path):
    make_sealed()
    place = tmp_path / "out.zip"

    done = app.test_cli_runner().invoke(args=["bundle", str(place)])

    assert done.exit_code == 0
    assert "hashes.txt" in zipfile.ZipFile(io.BytesIO(place.read_bytes())).namelist()
    assert db.session.query(AuditLine).filter_by(action="results.bundled").count() == 1


def test_the_log_goes_with_the_bundle_and_a_line_that_was_altered_is_named(app, tmp_path):
    """(A7)"""
    make_sealed()
    folder = tmp_path / "folder"
    assert app.test_cli_runner().invoke(args=["bundle", str(tmp_path / "out.zip")]).exit_code == 0
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        packed.extractall(folder)
    log = (folder / "log.jsonl").read_text("utf-8")
    told = [json.loads(line)["hash"] for line in log.splitlines()]
    assert told == db.session.scalars(select(AuditLine.hash).filter_by(chain=1).order_by(AuditLine.number)).all()[:-1]
    assert [one for one in computing.recount(folder).differences if "log" in one.place] == []

    for altered in (log.replace('"round.sealed"', '"round.opened"'), "".join(log.splitlines(keepends=True)[1:])):
        (folder / "log.jsonl").write_text(altered, "utf-8")
        (folder / "hashes.txt").unlink(missing_ok=True)
        places = [one.place for one in computing.recount(folder).differences]
        assert [place for place in places if place.startswith("log.jsonl: [")] != []


def test_no_log_goes_with_a_bundle_while_a_round_is_open(app, tmp_path):
    """Its lines name hashes of sheets, by which marks could be guessed. (A4)"""
    contest, _ = make_sealed()
    db.session.add(Round(contest_id=contest.id, code="khac", version_id=contest.version_id, opened_at=clock.now()))
    db.session.commit()

    assert app.test_cli_runner().invoke(args=["bundle", str(tmp_path / "out.zip")]).exit_code == 0

    assert "log.jsonl" not in zipfile.ZipFile(tmp_path / "out.zip").namelist()


def test_the_shell_refuses_a_contest_in_which_nothing_is_sealed(app, tmp_path):
    make_contest()

    done = app.test_cli_runner().invoke(args=["bundle", str(tmp_path / "out.zip")])

    assert done.exit_code == 1
    assert not (tmp_path / "out.zip").exists()


@pytest.fixture
def bundle(app: Any, tmp_path: Path) -> Path:
    contest, _ = make_sealed()
    place = tmp_path / "bundle.zip"
    place.write_bytes(packing.pack(writing.files(queries.contents_of(contest))))
    return place


def shell(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in an empty folder, where it could leave an instance behind."""
    return subprocess.run(
        [sys.executable, "-m", "contest", "recount", *arguments],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(ROOT), "CONTEST_INSTANCE": str(place / "instance")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_shell_recounts_without_making_an_instance(bundle, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()

    done = shell(empty, str(bundle), "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["agrees"] is True
    assert list(empty.iterdir()) == []


def test_the_shell_prints_the_result_of_a_folder_without_one_and_names_what_differs(bundle, tmp_path):
    empty, folder = tmp_path / "empty", tmp_path / "folder"
    empty.mkdir()
    with zipfile.ZipFile(bundle) as packed:
        packed.extractall(folder)
    expected = (folder / "result.json").read_text("utf-8")
    (folder / "result.json").unlink()
    (folder / "README").write_text("khác", "utf-8")

    done = shell(empty, str(folder))

    assert done.returncode == 1
    assert done.stdout == expected
    assert "hashes.txt: README" in done.stderr


def test_the_shell_says_where_a_bundle_cannot_be_read(tmp_path):
    done = shell(tmp_path, str(tmp_path / "nothing.zip"))

    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "nothing.zip" in done.stderr

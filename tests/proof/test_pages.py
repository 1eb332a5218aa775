"""The log as people read it, receipts, and the public proof."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from contest.audit.details import NAMES
from contest.audit.models import AuditLine
from contest.audit.sentences import SENTENCES
from contest.database import db
from contest.proof import office, telling
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.recount import computing
from tests.world import World


@pytest.fixture
def published(world: World) -> str:
    return f"/{world.slugs['published']}"


def test_every_act_that_was_ever_done_in_the_world_has_a_sentence(world):
    with world.app.app_context():
        done = set(db.session.scalars(select(AuditLine.action).distinct()))

    assert sorted(done - SENTENCES.keys()) == []


def test_the_log_is_searched_by_act_and_says_who_did_it(world, published):
    """The log of a sealed round shows to observers who sealed it. (A7)"""
    observer = world.browser("observer")
    observer.get(f"{published}/ban-thu-ky/nhat-ky?viec=round.sealed&kiem-tra=1")

    rows = [row.get_text(" ", strip=True) for row in observer.soup.select("tbody tr")]
    assert rows
    assert all("chốt vòng chấm" in row for row in rows)
    assert "mọi dòng đều khớp" in observer.soup.get_text()


def test_the_table_of_the_log_names_its_columns_for_what_they_hold(world, published):
    head = (
        world.browser("observer").get(f"{published}/ban-thu-ky/nhat-ky?viec=round.sealed&dang=csv").text.splitlines()[0]
    )

    assert head.lstrip("\ufeff").startswith("Dòng,Lúc,Người thực hiện,Nội dung,")


def test_the_regulation_stands_in_the_log_before_the_first_sheet(world):
    """Rules cannot be fitted to marks: their hash is older than any of them. (A7)"""
    with world.app.app_context():
        lines = db.session.execute(select(AuditLine.chain, AuditLine.number, AuditLine.action)).all()
        adopted = {line.chain: line.number for line in reversed(lines) if line.action == "regulation.adopted"}
        sheets = [line for line in lines if line.action.startswith("score_sheet.")]

    assert all(adopted[line.chain] < line.number for line in sheets)


def test_a_receipt_is_found_on_the_public_page_and_a_wrong_one_is_not(world, published):
    with world.app.app_context():
        contest = db.session.scalars(select(Contest).filter_by(slug=world.slugs["published"])).one()
        leaf = next(iter(results.newest_commitments(contest).values())).leaves[0]
    stranger = world.browser("anonymous")

    stranger.get(f"{published}/chung-minh?ma={leaf}")
    assert "nằm trong số phiếu" in stranger.soup.select_one("[role=status]").get_text()
    stranger.get(f"{published}/chung-minh?ma={'0' * 64}")
    assert "Không vòng nào" in stranger.soup.select_one("[role=status]").get_text()


def test_the_public_proof_gives_its_commitments_again_and_names_nobody(world, published, tmp_path):
    """Anybody can check what was published, with neither database nor network. (F5)"""
    stranger = world.browser("anonymous")
    packed = tmp_path / "proof.zip"
    packed.write_bytes(stranger.get(f"{published}/chung-minh/goi.zip").data)

    proof = computing.proof(packed)

    assert proof.differences == ()
    assert set(proof.commitments) == {"contest", "rounds", "salts"}
    assert proof.commitments["salts"] == {}


def test_a_line_says_before_and_after_and_why():
    details = {"before": "juror", "after": "chair", "reason": "Thay người", "sha256": "a" * 64, "note": 3}

    assert telling.change(details) == ("juror", "chair")
    assert telling.why(details) == "Thay người"
    assert telling.facts(details) == [("Hash (SHA-256)", "aaaaaaaaaaaa…"), ("Note no.", "3")]


def test_every_detail_that_was_ever_written_in_the_world_has_a_name(world):
    with world.app.app_context():
        lines = db.session.scalars(select(AuditLine.details))
        written = {name for details in lines for name in details}

    assert sorted(written - NAMES.keys() - {*telling.WHY, *telling.BEFORE, *telling.AFTER}) == []


def test_no_hash_of_a_sheet_is_told_before_its_round_is_sealed(world):
    """From such a hash the marks could be guessed. (A5)"""
    details = {"round": "so_khao", "entry": "BI-0001", "revision": 1, "sha256": "b" * 64}
    line = AuditLine(action="score_sheet.submitted", details=details, hash="c" * 64)
    imported = AuditLine(action="ballots.imported", details={"file": "b" * 64, "new": 2}, hash="c" * 64)

    with world.app.test_request_context():
        told = office.facts_of(line, {"so_khao": "Vòng sơ khảo"}, {"so_khao"})
        assert told == [("Vòng", "Vòng sơ khảo"), ("Tác phẩm", "BI-0001"), ("Phiên bản", "1")]
        assert [value for _name, value in office.facts_of(imported, {}, {"so_khao"})] == ["2"]
        assert ("Mã băm (SHA-256)", "bbbbbbbbbbbb…") in office.facts_of(line, {}, {"chung_khao"})


def test_whatever_a_line_of_the_world_is_about_is_said_in_words(world):
    with world.app.test_request_context():
        abouts = set(db.session.scalars(select(AuditLine.about).where(AuditLine.chain != 0).distinct()))
        told = {about: telling.thing(about) for about in abouts if not about.startswith(("user:", "assignment:"))}

    assert [about for about, words in told.items() if ":" in words or (words == about and about)] == []

"""A bundle computes to the same bytes anywhere, and what was changed in it is named."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from contest.regulations import schema
from contest.results.recount import computing, layout, packing, reading, writing
from contest.results.recount.contents import Contents
from tests.results import bundles


def rehashed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with hashes that fit, as somebody would leave them who changes one and hides it."""
    frozen = {line[66:]: line[:64] for line in files[layout.HASHES].decode().splitlines() if "#" in line}
    return files | {
        layout.HASHES: writing.hashes(files, {name.partition("#")[2]: known for name, known in frozen.items()})
    }


def places(tmp_path: Path, files: dict[str, bytes]) -> list[str]:
    return [each.place for each in computing.recount(bundles.folder(tmp_path, files)).differences]


@pytest.fixture(scope="module")
def everything() -> Contents:
    return bundles.with_every_act()


@pytest.fixture
def files(everything: Contents) -> dict[str, bytes]:
    return writing.files(everything)


def test_a_contest_with_every_kind_of_act_recounts_byte_for_byte(tmp_path, everything):
    done = computing.recount(bundles.zipped(tmp_path, everything))

    assert done.differences == ()
    assert done.result == writing.files(everything)[layout.RESULT]


def test_every_kind_of_act_has_decided_something(everything):
    first, last = everything.result["rounds"]
    lines = {line["entry"]: line for group in first["groups"] + last["groups"] for line in group["lines"]}
    before = {line["entry"]: line for group in first["groups"] for line in group["lines"]}

    assert before["BI-0002"]["accepted"] == 2
    assert "flagged" in before["BI-0003"]["passed"]
    assert [bonus["bonus"] for bonus in before["BDT-0002"]["bonus"]] == ["clip"]
    assert any(sheet["third"] for sheet in lines["BI-0002"]["sheets"])
    assert [winner["subject"] for winner in last["thematic"][0]["winners"]] == ["BI-0002"]
    assert lines["BI-0005"]["settled"] == 2
    assert lines["BI-0005"]["place"] + 1 == lines["BI-0003"]["place"]
    assert last["special"][0]["winners"]
    assert last["collective"][0]["winners"]
    assert first["out"] == last["out"] == {"BDT-0006": "withdrawn"}


def test_a_contest_decided_by_a_secret_vote_recounts_byte_for_byte(tmp_path):
    done = computing.recount(bundles.zipped(tmp_path, bundles.voted()))

    assert done.differences == ()
    assert any(group["tiers"] for group in json.loads(done.result)["rounds"][-1]["groups"])


def test_papers_on_a_prize_may_say_what_its_vote_was_amended_to_after_the_opening(tmp_path, everything):
    def by_approval(document):
        bundles.with_every_rule(document)
        document["special_prizes"][0]["vote"] = {"kind": "approval", "most": 2}

    opened_under = bundles.regulation_text(by_approval)
    first, last = everything.rounds
    last = replace(
        last,
        material=replace(last.material, regulation=schema.parse(opened_under)),
        regulation=schema.fingerprint(opened_under),
    )
    contents = bundles.sealed(first, last, texts=(*everything.texts.values(), opened_under))

    assert computing.recount(bundles.zipped(tmp_path, contents)).differences == ()


def test_the_same_contest_makes_the_same_zip(everything):
    assert packing.pack(writing.files(everything)) == packing.pack(writing.files(bundles.with_every_act()))


def test_neither_the_order_of_rows_nor_of_files_changes_a_bundle(everything):
    chance = random.Random(3)

    def shuffled(items):
        items = list(items)
        chance.shuffle(items)
        return tuple(items)

    mixed = replace(
        everything,
        rounds=tuple(
            replace(
                each,
                assignments=shuffled(each.assignments),
                material=replace(
                    each.material,
                    works=shuffled(each.material.works),
                    members=shuffled(each.material.members),
                    ballots=shuffled(each.material.ballots),
                    acts=shuffled(each.material.acts),
                    accepted_works=shuffled(each.material.accepted_works),
                    sheets={entry: shuffled(each.material.sheets[entry]) for entry in shuffled(each.material.sheets)},
                ),
            )
            for each in everything.rounds
        ),
    )

    assert writing.files(mixed) == writing.files(everything)
    assert computing.compute(mixed) == everything.result


def test_what_is_read_is_what_was_written(everything, files):
    read = reading.read(files)

    assert writing.files(replace(read, result=everything.result, rounds=tuple(
        replace(each, sha256=sealed.sha256) for each, sealed in zip(read.rounds, everything.rounds, strict=True)
    ))) == files  # fmt: skip


def test_a_bundle_names_no_person(files):
    kept = b"".join(content for name, content in files.items() if name.endswith((".csv", ".json")))

    assert "Đinh Thị Mai".encode() not in kept
    assert b"@" not in kept


def test_hashes_are_those_that_sha256sum_knows(files):
    lines = dict(reversed(line.split("  ")) for line in files[layout.HASHES].decode().splitlines())

    assert {name: known for name, known in lines.items() if "#" not in name} == {
        name: sha256(content).hexdigest() for name, content in files.items() if name != layout.HASHES
    }
    assert (
        lines["result.json#so_khao"]
        == sha256(
            json.dumps(
                json.loads(files[layout.RESULT])["rounds"][0], sort_keys=True, ensure_ascii=False, separators=(",", ":")
            ).encode()
        ).hexdigest()
    )


def test_a_changed_mark_is_named_with_its_sheet_its_file_and_what_it_changes(tmp_path, files):
    line = next(line for line in files["sheets.csv"].split(b"\n") if b"chung_khao,BI-0003,bi-juror-1," in line)
    changed = line[: line.rindex(b",")] + b",1000"

    found = places(tmp_path, files | {"sheets.csv": files["sheets.csv"].replace(line, changed)})

    assert "sheets.csv: [chung_khao][BI-0003][bi-juror-1][1].sha256" in found
    assert "hashes.txt: sheets.csv" in found
    assert "hashes.txt: result.json#chung_khao" in found
    assert "result.json: rounds[chung_khao].groups[BAO_IN].lines[BI-0003].mean" in found


def test_a_changed_mark_is_named_although_every_hash_of_a_file_was_made_again(tmp_path, files):
    line = next(line for line in files["sheets.csv"].split(b"\n") if b"so_khao,BI-0005,bi-juror-2," in line)
    changed = line[: line.rindex(b",")] + b",100"

    found = places(tmp_path, rehashed(files | {"sheets.csv": files["sheets.csv"].replace(line, changed)}))

    assert "hashes.txt: sheets.csv" not in found
    assert "sheets.csv: [so_khao][BI-0005][bi-juror-2][1].sha256" in found
    assert "result.json: rounds[so_khao].groups[BAO_IN].lines[BI-0005].lowest" in found


def test_a_dropped_sheet_is_named(tmp_path, files):
    rows = files["sheets.csv"].split(b"\n")
    kept = b"\n".join(row for row in rows if not row.startswith(b"chung_khao,BI-0003,bi-juror-1,"))

    found = places(tmp_path, rehashed(files | {"sheets.csv": kept}))

    assert "result.json: rounds[chung_khao].groups[BAO_IN].lines[BI-0003].sheets[bi-juror-1]" in found


def test_two_acts_that_changed_places_are_named(tmp_path, files):
    acts = files["acts.csv"].replace(b"chung_khao,4,", b"chung_khao,x,").replace(b"chung_khao,5,", b"chung_khao,4,")
    acts = acts.replace(b"chung_khao,x,", b"chung_khao,5,")
    head, *rows = acts.decode().splitlines()
    acts = "\n".join([head, *sorted(rows), ""]).encode()

    found = places(tmp_path, rehashed(files | {"acts.csv": acts}))

    assert any(place.startswith("result.json: rounds[chung_khao].thematic[TRE].act") for place in found)


def test_a_dropped_ballot_is_named(tmp_path, files):
    rows = files["votes.csv"].split(b"\n")
    kept = b"\n".join(row for row in rows if b",bdt-juror-1," not in row)

    found = places(tmp_path, rehashed(files | {"votes.csv": kept}))

    assert any(place.startswith("result.json: rounds[chung_khao].votes[#1].ballots[#1].cast") for place in found)


def test_a_result_that_was_changed_is_named_at_its_place(tmp_path, files):
    result = json.loads(files[layout.RESULT])
    line = result["rounds"][1]["groups"][0]["lines"][0]
    line["place"] = 9
    changed = writing.result(result)

    found = computing.recount(bundles.folder(tmp_path, rehashed(files | {layout.RESULT: changed}))).differences

    place = f"result.json: rounds[chung_khao].groups[BAO_IN].lines[{line['entry']}].place"
    assert [(each.place, each.expected, each.found) for each in found] == [(place, 1, 9)]


def test_a_result_written_in_another_form_is_not_the_same_byte_for_byte(tmp_path, files):
    spaced = json.dumps(json.loads(files[layout.RESULT]), sort_keys=True, ensure_ascii=False).encode()

    assert places(tmp_path, rehashed(files | {layout.RESULT: spaced})) == [
        "hashes.txt: result.json", "result.json"
    ] or places(tmp_path, rehashed(files | {layout.RESULT: spaced})) == ["result.json"]  # fmt: skip


def test_a_bundle_without_hashes_is_not_taken_for_whole(tmp_path, files):
    del files[layout.HASHES]

    assert places(tmp_path, files) == ["hashes.txt"]


def test_a_file_that_hashes_name_and_nobody_finds_is_named(tmp_path, files):
    del files[layout.README]

    assert places(tmp_path, files) == ["hashes.txt: README"]


def test_a_folder_without_a_result_gives_the_result(tmp_path, everything, files):
    expected = files.pop(layout.RESULT)

    done = computing.recount(bundles.folder(tmp_path, files))

    assert not done.has_result
    assert done.result == expected
    assert done.differences == ()


def test_a_sheet_is_hashed_as_the_jury_room_hashes_it():
    from datetime import UTC, datetime

    from contest.judging import sheets
    from contest.results.recount.contents import Sent
    from contest.results.tally import Sheet

    at = datetime(2025, 9, 1, 8, 30, tzinfo=UTC)
    content = sheets.Content({"dung": 1750, "hay": 900}, "Chân thật")
    theirs = sheets.fingerprint(
        content, round_code="so_khao", entry="BI-0001", juror="j", revision=2, submitted_at=at, typed_by="s"
    )

    sent = Sent(at.isoformat(timespec="microseconds"), sha256("Chân thật".encode()).hexdigest(), "s")

    assert computing.sheet_fingerprint("so_khao", "BI-0001", Sheet("j", content.marks, revision=2), sent) == theirs

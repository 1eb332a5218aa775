"""The parts of the regulation as forms with rows, through a browser."""

from __future__ import annotations

import pytest

from contest.database import db
from contest.regulations import presets, queries, schema
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest

BASE = "/dvk/ban-thu-ky/the-le"
WHOLE = ("/gioi-han", "/loai-hinh", "/vong-cham", "/phieu-cham", "/giai-thuong", "/giai-khac", "/cong-bo")
LISTED = {"/ho-so": "categories", "/vong-cham": "rounds", "/phieu-cham": "rubrics"}
READ = ("/lich", "/van-ban")


@pytest.fixture
def organizer(app, browser):
    return browser(make_member(make_contest(slug="dvk", adopted=False), "organizer"))


def contest():
    db.session.expire_all()
    return queries.contest_by_slug("dvk")


def drafted():
    return schema.parse(contest().draft_text)


def every_page(text):
    regulation = schema.parse(text)
    for path, listed in LISTED.items():
        yield from (f"{path}/{number}" for number in range(1, len(getattr(regulation, listed)) + 1))
    yield from (*WHOLE, *READ)


@pytest.mark.parametrize("preset", presets.NAMES)
def test_a_form_opened_and_saved_unchanged_leaves_the_document_as_it_was(app, browser, preset):
    one = make_contest(preset, slug="dvk", adopted=False)
    organizer = browser(make_member(one, "organizer"))
    before = contest().draft_text

    for page in every_page(before):
        sent = organizer.post_form(BASE + page, {}, button=None if page in READ else "do=save")
        assert (page, sent.status_code) == (page, 303)
        assert (page, contest().draft_text) == (page, before)
    assert contest().draft_version == 1


@pytest.mark.parametrize("preset", presets.NAMES)
def test_every_row_can_be_taken_down_and_up_again(app, browser, preset):
    one = make_contest(preset, slug="dvk", adopted=False)
    organizer = browser(make_member(one, "organizer"))
    organizer.get(f"{BASE}/giai-thuong")

    assert organizer.send({}, button="do=down:prizes-0").status_code == 200
    assert organizer.send({}, button="do=up:prizes-1").status_code == 200
    assert organizer.send({}, button="do=save").status_code == 303
    assert contest().draft_version == 1


def test_one_number_changes_one_line(organizer):
    before = contest().draft_text
    organizer.post_form(f"{BASE}/giai-thuong", {"prizes-0-money-amount": "20.000.000"}, button="do=save")

    changed = [
        (old, new) for old, new in zip(before.split("\n"), contest().draft_text.split("\n"), strict=True) if old != new
    ]
    assert changed == [("money = 15_000_000", "money = 20_000_000")]


def test_a_row_is_added_keeping_what_was_typed_and_saved_with_a_code_of_its_own(organizer):
    organizer.get(f"{BASE}/giai-thuong")
    organizer.send({"prizes-3-name": "Giải Tư"}, button="do=add:prizes")

    assert organizer.soup.find(id="prizes-3-name")["value"] == "Giải Tư"
    assert organizer.soup.find(id="prizes-4-name")["value"] == ""
    assert "Lỗi:" not in organizer.text
    sent = organizer.send(
        {"prizes-4-name": "Giải Triển vọng", "prizes-4-quota": "2", "prizes-4-money-amount": "2.000.000 đ"},
        button="do=save",
    )

    assert sent.status_code == 303
    added = drafted().prizes[-1]
    assert (added.code, added.name, added.quota, added.money.amount) == ("TRIEN_VO", "Giải Triển vọng", 2, 2_000_000)


def test_a_row_left_out_and_one_moved_are_written_so(organizer):
    organizer.get(f"{BASE}/phieu-cham/1")
    before = [criterion.code for criterion in drafted().rubrics[0].criteria]
    organizer.send({}, button="do=remove:criteria-1")
    organizer.send({}, button="do=down:criteria-0")
    organizer.send({"criteria-0-maximum": "25,5"}, button="do=save")

    organizer.get(f"{BASE}/toan-van")
    text = contest().draft_text
    codes = [line for line in text[text.index("[[rubrics]]") :].split("\n") if line.startswith("code")][1:5]
    assert codes == [f'code = "{code}"' for code in (before[2], before[0], before[3], before[4])]
    assert "maximum = 25.5" in text


def test_rows_within_rows_come_and_go(organizer):
    organizer.get(f"{BASE}/phieu-cham/1")
    organizer.send({}, button="do=remove:criteria-0-guidance-2")
    organizer.send({}, button="do=up:criteria-0-guidance-1")
    organizer.send({}, button="do=add:criteria-0-guidance")
    organizer.send(
        {
            "criteria-0-guidance-2-low": "0",
            "criteria-0-guidance-2-high": "11,5",
            "criteria-0-guidance-2-text": "Lạc đề",
        },
        button="do=save",
    )

    assert '{low = 0, high = 11.5, text = "Lạc đề"},' in contest().draft_text


def test_the_first_button_is_saving_so_that_enter_saves(organizer):
    organizer.get(f"{BASE}/giai-thuong")

    assert organizer.form("do").find("button")["value"] == "save"


@pytest.mark.parametrize(
    ("page", "name", "typed", "sentence"),
    [
        ("/giai-thuong", "prizes-0-floor", "cao", "Hãy ghi số điểm"),
        ("/giai-thuong", "prizes-0-floor", "90,123", "Hãy ghi số điểm"),
        ("/giai-thuong", "prizes-0-quota", "-1", "Hãy ghi một số nguyên"),
        ("/giai-thuong", "prizes-0-quota", "0", "Từ 1 đến 10000."),
        ("/giai-thuong", "prizes-0-money-amount", "15 triệu", "Hãy ghi số tiền"),
        ("/giai-thuong", "prizes-0-money-multiple", "0/0", "Hãy ghi hệ số"),
        ("/giai-thuong", "prizes-0-name", "", "Hãy điền mục này."),
        ("/gioi-han", "limits-window_share", "3/2", "Hãy ghi tỷ lệ"),
        ("/gioi-han", "limits-window_share", "1/0", "Hãy ghi tỷ lệ"),
        ("/gioi-han", "limits-max_instalments", "", "Hãy điền mục này."),
        ("/loai-hinh", "categories-0-prefix_", "bi", "chữ cái in hoa không dấu"),
        ("/ho-so/1", "slots-0-max_megabytes", "99999999", "Hãy ghi một số nguyên"),
        ("/phieu-cham/1", "criteria-0-weight", "nhiều", "Hãy ghi hệ số"),
        ("/vong-cham", "rounds-0-opens", "31/11/2025", "không có trong lịch"),
        ("/vong-cham/1", "discrepancy-limit", "xa", "Hãy ghi số điểm"),
    ],
)
def test_what_cannot_be_read_gets_its_sentence_at_the_field_and_stays_typed(organizer, page, name, typed, sentence):
    sent = organizer.post_form(BASE + page, {name: typed}, button="do=save")

    assert sent.status_code == 422
    assert sentence in organizer.soup.find(id=f"e-{name}").get_text()
    assert organizer.soup.find(id=name)["value"] == typed
    assert organizer.soup.find("a", href=f"#{name}")
    assert contest().draft_version == 1


def test_a_contradiction_is_saved_and_shown_at_its_field(organizer):
    sent = organizer.post_form(f"{BASE}/giai-thuong", {"prizes-0-floor": "190"}, button="do=save")

    assert sent.status_code == 303
    assert organizer.get(sent.headers["Location"]).status_code == 200
    assert organizer.soup.find(id="e-prizes-0-floor")


def test_the_preview_reads_what_is_typed_and_keeps_nothing(organizer):
    organizer.get(f"{BASE}/gioi-han")
    sent = organizer.send({"limits-works_per_author": "7"}, button="do=preview")

    assert sent.status_code == 200
    assert "không quá 07 tác phẩm dự thi" in organizer.text
    assert organizer.soup.find(id="limits-works_per_author")["value"] == "7"
    assert contest().draft_version == 1


def test_a_script_gets_the_preview_alone_and_what_would_change(app, browser):
    organizer = browser(make_member(make_contest(slug="dvk"), "organizer"))
    organizer.get(f"{BASE}/gioi-han")
    fetched = {"headers": {"Accept": "application/json"}}
    sent = organizer.send({"limits-works_per_author": "7"}, button="do=preview", **fetched)

    assert sent.status_code == 200
    assert "không quá 07 tác phẩm dự thi" in sent.json["preview"]
    assert "1 thay đổi so với phiên bản 1" in sent.json["changes"]
    organizer.get(f"{BASE}/gioi-han")
    sent = organizer.send({"limits-window_share": "x"}, button="do=preview", **fetched)
    assert "preview" not in sent.json
    assert "Hãy ghi tỷ lệ" in sent.json["unfinished"]


def test_somebody_elses_saving_is_not_overwritten(organizer):
    organizer.get(f"{BASE}/giai-thuong")
    opened = organizer.response
    organizer.post_form(f"{BASE}/gioi-han", {"limits-works_per_author": "7"}, button="do=save")
    organizer.response = opened

    sent = organizer.send({"prizes-0-name": "Giải Nhất"}, button="do=save")

    assert sent.status_code == 422
    assert "Người khác đã lưu bản thảo" in organizer.text
    assert organizer.soup.find(id="prizes-0-name")["value"] == "Giải Nhất"


def test_a_vote_a_multiple_of_the_base_salary_and_a_pooled_contest_are_written_by_forms_alone(organizer):
    organizer.get(f"{BASE}/giai-thuong")
    organizer.send({}, button="do=add:base_salary-amounts")
    sent = organizer.send(
        {
            "prizes-0-money-amount": "",
            "prizes-0-money-multiple": "10",
            "awarding-scope": "pooled",
            "base_salary-on": "06/10/2025",
            "base_salary-amounts-0-since": "01/07/2024",
            "base_salary-amounts-0-amount": "2.340.000",
        },
        button="do=save",
    )
    assert sent.status_code == 303
    sent = organizer.post_form(
        f"{BASE}/vong-cham/2", {"aggregation-kind": "trimmed", "aggregation-when_at_least": "7"}, button="do=save"
    )
    assert sent.status_code == 303
    sent = organizer.post_form(
        f"{BASE}/vong-cham/1",
        {"advancement-share": "", "advancement-top": "10", "advancement-floor": "70"},
        button="do=save",
    )
    assert sent.status_code == 303

    text = contest().draft_text
    assert 'scope = "pooled"' in text
    assert "money = {multiple = 10}" in text
    assert 'aggregation = {kind = "trimmed", drop = 1, when_at_least = 7}' in text
    assert 'advancement = {kind = "combination", top = 10, floor = 70}' in text


def test_a_table_that_was_emptied_is_left_out(organizer):
    before = contest().draft_text
    organizer.get(f"{BASE}/cong-bo")
    organizer.send({"carry_on-top": "3"}, button="do=save")
    assert "[carry_on]\ntop = 3\n" in contest().draft_text
    organizer.post_form(f"{BASE}/cong-bo", {"carry_on-top": ""}, button="do=save")

    assert contest().draft_text == before


@pytest.mark.parametrize("page", [*WHOLE, "/ho-so/1", "/vong-cham/2", "/phieu-cham/1"])
def test_secretaries_and_observers_read_and_see_no_button(app, browser, page):
    one = make_contest(slug="dvk")

    for role in ("secretary", "observer"):
        reader = browser(make_member(one, role))
        assert reader.get(BASE + page).status_code == 200
        assert reader.soup.find("main").find("fieldset", disabled=True)
        assert "Lưu vào bản thảo" not in [button.get_text() for button in reader.soup.select(".form-end button")]
        assert reader.soup.find("a", href=f"{BASE}/ban-hanh") is None
    assert browser(make_member(one, "juror")).get(BASE + page).status_code == 404


def test_items_that_are_not_there_are_not_found(organizer):
    for page in ("/ho-so/99", "/vong-cham/0", "/phieu-cham/5"):
        assert organizer.get(BASE + page).status_code == 404


@pytest.mark.parametrize(
    "hostile",
    [
        "format = 1",
        'rounds = "x"\nprizes = 1\ncategories = {a = 1}\nlimits = []',
        "rounds = [1]\nprizes = [[1]]\nrubrics = [{criteria = 1}]",
        "[[rounds]]\ncode = 1\nvote = 3\npanels = {}\nadvancement = []\nrubrics = [1]\ntie_breaks = [1, {}]",
        "[[rounds]]\n[[rounds.panels]]\ncategories = [1]\n[rounds.vote]\nkind = 7\n[rounds.aggregation]\nkind = []",
        "[[prizes]]\nmoney = true\nquotas = {'a b' = 1, data = 2}\n[awarding]\nscope = 'groups'\ngroups = 5",
        "[[categories]]\ncode = 'data'\ngenres = 'x'\n[[categories.slots]]\nkinds = 5\n[[genres]]\ncode = 'errors'",
        "[[special_prizes]]\nvote = {quorum = 1}\n[[collective_prizes]]\npoints_per_prize = {meta = 1}",
    ],
)
def test_a_draft_of_strange_shape_breaks_no_page(organizer, hostile):
    assert organizer.post_form(f"{BASE}/toan-van", {"text": hostile}).status_code == 303

    for page in (*WHOLE, "/ho-so", "/ho-so/1", "/vong-cham/1", "/phieu-cham/1"):
        assert organizer.get(BASE + page).status_code in (200, 404)
        if organizer.response.status_code == 200 and organizer.soup.find("main").find("form"):
            for act in ("do=save", "do=preview"):
                assert organizer.send({}, button=act).status_code in (200, 303, 422)
                organizer.get(BASE + page)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("do", "remove:prizes-999"),
        ("do", "up:prizes"),
        ("do", "add:csrf_token"),
        ("do", "add:" + "x" * 5000),
        ("prizes-²-name", "x"),
        ("prizes-" + "9" * 5000 + "-name", "x"),
        ("prizes-0-at", "9" * 400),
        ("prizes-1-at", "0"),
        ("prizes-0-at", "-1"),
        ("prizes-77-at", "2"),
    ],
)
def test_what_no_form_sends_breaks_nothing(organizer, name, typed):
    organizer.get(f"{BASE}/giai-thuong")

    sent = organizer.send({"do": "save", name: typed})

    assert sent.status_code in (200, 303, 422)

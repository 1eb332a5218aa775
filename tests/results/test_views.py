import pytest

from contest import clock
from contest.database import db, transaction
from contest.results import queries, services
from tests.makers import results as makers
from tests.makers.accounts import make_member, make_user
from tests.makers.regulations import make_contest

ROOM = "/dan-van-kheo"


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def organizer(contest):
    return make_member(contest, "organizer")


def test_before_anything_is_posted_the_notice_says_when_the_decision_comes(contest, browser):
    visitor = browser()

    assert visitor.get(f"{ROOM}/niem-yet").status_code == 200
    assert "06/10/2025" in visitor.text


def test_nobody_learns_the_list_from_a_public_page_before_it_is_posted(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    makers.make_approved(contest, by=organizer)
    visitor = browser()

    for path in ("ket-qua", "niem-yet", "ket-qua/BI-0001", "ket-qua.pdf"):
        visitor.get(f"{ROOM}/{path}")
        assert "Giữ nước đầu nguồn" not in visitor.text
        assert "Giải A" not in visitor.text


def test_the_notice_shows_titles_names_and_tiers_and_neither_money_nor_marks(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    makers.make_posted(contest, by=organizer)
    visitor = browser()

    visitor.get(f"{ROOM}/niem-yet")

    assert "Giữ nước đầu nguồn sông Re 1" in visitor.text
    assert "Đinh Thị Mai (Mai Trà)" in visitor.text
    assert "Giải A" in visitor.text
    assert "15.000.000" not in visitor.text
    assert "91" not in visitor.soup.find("main").get_text().replace("2021", "")


def test_the_notice_comes_down_with_the_decision_and_the_results_wait_for_the_publication(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    makers.make_prepared(contest, by=organizer)
    visitor = browser()

    for path in ("niem-yet", "ket-qua"):
        visitor.get(f"{ROOM}/{path}")
        assert "Giữ nước đầu nguồn" not in visitor.text


def test_the_notice_leads_to_the_results_once_they_are_public(contest, browser):
    makers.make_published(contest=contest)
    visitor = browser()

    assert visitor.get(f"{ROOM}/niem-yet").headers["Location"].endswith("/ket-qua")


@pytest.mark.parametrize("path", ["", "/vong/chung_khao", "/danh-sach", "/danh-sach.pdf", "/danh-sach?dang=xlsx"])
def test_the_office_pages_are_shut_to_strangers_authors_and_jurors(contest, organizer, browser, path):
    makers.make_sealed(contest=contest, by=organizer)
    makers.make_proposed(contest, by=organizer)
    address = f"{ROOM}/ban-thu-ky/ket-qua{path}"

    assert browser().get(address).status_code == 302
    assert browser(make_user()).get(address).status_code == 404
    assert browser(make_member(contest, "juror")).get(address).status_code == 404
    for role in ("secretary", "observer", "chair", "organizer"):
        assert browser(make_member(contest, role)).get(address).status_code == 200


def test_before_sealing_staff_see_what_is_flagged_and_no_mark_at_all(contest, organizer, browser):
    makers.make_judged_round(contest, (92, 92, 92, 92, 60), (70,) * 4)
    clock.set_to(makers.after(contest))
    staff = browser(organizer)

    staff.get(f"{ROOM}/ban-thu-ky/ket-qua/vong/chung_khao")

    main = staff.soup.find("main").get_text(" ")
    assert "BI-0001" in main
    assert "BI-0002" in main
    assert not {"91", "89,5", "60", "59,5", "92", "70", "69,5", "Giám khảo"} & set(main.replace(".", " ").split())


def test_after_sealing_the_standings_tell_why(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    staff = browser(make_member(contest, "observer"))

    staff.get(f"{ROOM}/ban-thu-ky/ket-qua/vong/chung_khao")

    why = [" ".join(each.get_text(" ").split()) for each in staff.soup.select("details.why")]
    assert len(why) == 5
    assert "Giám khảo A (chủ trì)" in why[0]
    assert "Giải A" in why[0]
    assert "90 điểm" in why[0]
    assert staff.soup.select("details.why table")[0].find("tfoot").get_text(" ").split()[-1].startswith("91")


def test_the_way_to_the_wall_says_who_took_each_step_and_when(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    staff = browser(make_member(contest, "observer"))

    staff.get(f"{ROOM}/ban-thu-ky/ket-qua")

    headings = [each.get_text() for each in staff.soup.select("th[scope=col]")]
    assert headings.count("Ai thực hiện, lúc nào") == 2


def test_the_seal_page_lists_every_blocker_and_offers_no_button(contest, organizer, browser):
    makers.make_judged_round(contest, (92, 92, 92, 92, 60), (70,) * 4)
    clock.set_to(makers.after(contest))
    staff = browser(organizer)

    staff.get(f"{ROOM}/ban-thu-ky/ket-qua/vong/chung_khao/niem-phong")

    assert len(staff.soup.select("main .finding.block")) == 2
    assert not staff.soup.select("main form")


def test_the_way_is_walked_through_the_pages_from_the_tie_to_the_publication(contest, organizer, browser):
    _, entries = makers.make_judged_round(contest, (92,) * 5, (92,) * 5, (75,) * 5)
    clock.set_to(makers.after(contest))
    staff, office = browser(organizer), f"{ROOM}/ban-thu-ky/ket-qua"
    first, second = entries[0].code, entries[1].code

    tie = f"{office}/vong/chung_khao/dong-diem/{first}"
    names = {code: "place_" + code.replace("-", "_") for code in (first, second)}
    refused = staff.post_form(tie, {names[first]: 1, names[second]: 1, "reason": "Phát hiện mới hơn."})
    assert refused.status_code == 422
    assert "Phát hiện mới hơn." in staff.text
    assert staff.post_form(tie, {names[first]: 2, names[second]: 1, "reason": ""}).status_code == 422
    done = staff.post_form(tie, {names[first]: 2, names[second]: 1, "reason": "Phát hiện mới hơn."})
    assert done.status_code == 303

    assert staff.post_form(f"{office}/vong/chung_khao/niem-phong").status_code == 303
    assert staff.post_form(f"{office}/de-xuat").status_code == 303
    staff.get(f"{office}/danh-sach")
    assert [row.get_text() for row in staff.soup.select("tbody .t")][:2] == [entries[1].title, entries[0].title]
    assert "15.000.000 ₫" in staff.text

    assert staff.post_form(f"{office}/phe-duyet", {"body": ""}).status_code == 422
    assert staff.post_form(f"{office}/phe-duyet", {"body": "Ban Tổ chức"}).status_code == 303
    assert staff.post_form(f"{office}/niem-yet").status_code == 303
    assert staff.get(f"{office}/quyet-dinh").status_code == 200
    assert not staff.soup.select("main form")  # the posting has not ended

    posting = queries.newest_posting(contest)
    clock.set_to(makers.later(posting))
    staff = browser(organizer)  # two weeks later the session is over
    assert staff.post_form(f"{office}/quyet-dinh", {"number": ""}).status_code == 422
    early = staff.post_form(f"{office}/quyet-dinh", {"number": "127", "decided_on": posting.until.isoformat()})
    assert early.status_code == 422
    assert staff.post_form(f"{office}/quyet-dinh", {"number": "127-QĐ/BTGDVTU"}).status_code == 303
    assert staff.get(f"{office}/cong-bo").status_code == 200
    assert not staff.soup.select("main form")  # certificates are not prepared
    with transaction():
        services.mark_prepared(contest, certificates=3, by=organizer, now=clock.now())
    assert staff.post_form(f"{office}/cong-bo").status_code == 303

    assert browser().get(f"{ROOM}/ket-qua").status_code == 200
    staff.get(office)
    assert staff.soup.select(".state.ok")


def test_a_discrepancy_is_settled_through_its_page_by_a_remark(contest, organizer, browser):
    round_, entries = makers.make_judged_round(contest, (92, 92, 92, 92, 60))
    clock.set_to(makers.after(contest))
    staff = browser(organizer)
    page = f"{ROOM}/ban-thu-ky/ket-qua/vong/chung_khao/chenh-lech/{entries[0].code}"
    asked = queries.assignments_on(round_, entries[0].code)[4].id

    assert staff.post_form(page, {"reason": "Chênh quá 20 điểm"}).status_code == 422
    assert staff.post_form(page, {"choice": "remark", "reason": "Chênh"}).status_code == 422
    assert (
        staff.post_form(page, {"choice": "remark", "reason": "Chênh", "until": "2025-09-20T17:00"}).status_code == 422
    )
    for never in ("0001-01-01T00:00", "9999-12-31T23:59"):
        typed = {"choice": "remark", "reason": "Chênh", "until": never, "jurors": [asked]}
        assert staff.post_form(page, typed).status_code == 422
    done = staff.post_form(
        page, {"choice": "remark", "reason": "Chênh", "until": "2025-09-20T17:00", "jurors": [asked]}
    )
    assert done.status_code == 303
    staff.get(f"{ROOM}/ban-thu-ky/ket-qua/vong/chung_khao")
    assert "17:00, 20/09/2025" in staff.text


def test_who_only_reads_cannot_act_and_who_acts_does_so_within_their_role(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    office = f"{ROOM}/ban-thu-ky/ket-qua"

    assert browser(make_member(contest, "observer")).get(f"{office}/de-xuat").status_code == 403
    assert browser(make_member(contest, "secretary")).get(f"{office}/quyet-dinh").status_code == 403
    assert browser(make_member(contest, "chair")).get(f"{office}/de-xuat").status_code == 200


def test_the_top_half_is_sent_on_through_its_page(contest, organizer, browser):
    round_, _ = makers.make_judged_round(contest, (90,) * 3, (80,) * 3, (60,) * 3, code="so_khao")
    now = makers.after(contest, "so_khao")
    clock.set_to(now)
    with transaction():
        services.seal_round(round_, by=organizer, now=now)
    staff = browser(organizer)
    page = f"{ROOM}/ban-thu-ky/ket-qua/vong/so_khao/vao-vong-sau"

    assert staff.post_form(page).status_code == 303
    assert staff.post_form(page).status_code == 422  # works go on once


def test_a_page_for_an_unknown_round_or_work_is_not_found(contest, organizer, browser):
    makers.make_judged_round(contest, (92,) * 5)
    staff, office = browser(organizer), f"{ROOM}/ban-thu-ky/ket-qua"

    for path in (
        "vong/khong_co",
        "vong/chung_khao/chenh-lech/BI-0001",
        "vong/chung_khao/dong-diem/BI-0001",
        "vong/chung_khao/vao-vong-sau",
        "danh-sach",
    ):
        assert staff.get(f"{office}/{path}").status_code == 404


def test_standings_and_public_results_ask_the_database_as_often_for_many_works_as_for_few(contest, browser):
    asked: list[str] = []
    engine = db.engine
    db.event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    pages = {f"{ROOM}/ban-thu-ky/ket-qua/vong/chung_khao": [], f"{ROOM}/ket-qua": []}
    other = make_contest()
    makers.make_published(*makers.FIVE[:2], contest=contest)
    makers.make_published(*makers.FIVE, *((share,) * 5 for share in (80, 72, 69, 66, 63, 58)), contest=other)

    for held in (contest, other):
        staff = browser(make_member(held, "observer"))
        for page, counts in pages.items():
            address = page.replace(ROOM, f"/{held.slug}")
            assert staff.get(address).status_code == 200
            asked.clear()
            staff.get(address)
            counts.append(len(asked))

    assert all(few == many <= 12 for few, many in pages.values()), pages


def test_a_contest_without_a_regulation_has_no_results_yet_and_no_broken_page(app, browser):
    contest = make_contest(adopted=False)
    staff = browser(make_member(contest, "organizer"))

    assert staff.get(f"/{contest.slug}/ket-qua").status_code == 404
    assert staff.get(f"/{contest.slug}/niem-yet").status_code == 200
    assert staff.get(f"/{contest.slug}/ban-thu-ky/ket-qua").status_code == 404
    assert staff.get("/khong-co/ban-thu-ky/ket-qua").status_code == 404


def test_hostile_and_overlong_words_are_refused_at_their_field_and_change_nothing(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    makers.make_proposed(contest, by=organizer)
    clock.set_to(makers.after(contest))
    staff, page = browser(organizer), f"{ROOM}/ban-thu-ky/ket-qua/phe-duyet"

    for typed in (
        {"body": "x" * 201},
        {"body": "BTC", "held_on": "31/02/2025"},
        {"body": "BTC", "held_on": "2099-01-01"},
        {"body": "BTC", "number": "9" * 61},
        {"body": "BTC", "note": "x" * 1001},
    ):
        assert staff.post_form(page, typed).status_code == 422
        assert staff.soup.select(".has-error")
        assert contest.stage == "proposed"

    assert staff.post_form(page, {"body": "<script>alert(1)</script>", "number": "=1+1"}).status_code == 303
    staff.get(f"{ROOM}/ban-thu-ky/ket-qua")
    assert "<script>alert" not in staff.response.get_data(as_text=True)

"""Whoever chairs a panel, a juror and nothing more, settles what is open about the works of that panel."""

import pytest

from contest import clock
from contest.results import queries
from contest.results.models import ActKind
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.judging import make_panel
from tests.makers.regulations import make_contest

DESK = "/dan-van-kheo/ban-cham/tieu-ban/vong/chung_khao"


@pytest.fixture
def contest(app):
    return make_contest()


def test_the_chair_of_a_panel_sees_what_is_open_about_its_works_and_no_mark(contest, browser):
    jurors = makers.make_jurors(contest, 5)
    makers.make_judged_round(contest, (92, 92, 92, 92, 60), (70,) * 5, jurors=jurors)
    clock.set_to(makers.after(contest))
    chair = browser(jurors[0])

    assert chair.get(DESK).status_code == 200
    main = chair.soup.find("main").get_text(" ")
    assert "BI-0001" in main
    assert not {"92", "91", "60", "70"} & set(main.split())


def test_the_chair_of_a_panel_settles_a_discrepancy_of_its_works(contest, browser):
    jurors = makers.make_jurors(contest, 5)
    makers.make_judged_round(contest, (92, 92, 92, 92, 60), jurors=jurors)
    clock.set_to(makers.after(contest))

    done = browser(jurors[0]).post_form(f"{DESK}/chenh-lech/BI-0001", {"choice": "accept", "reason": "Đã trao đổi."})

    assert done.status_code == 303
    (act,) = queries.acts_of(contest, ActKind.DISCREPANCY_ACCEPTED)
    assert act.by_id == jurors[0].id


def test_the_chair_of_a_panel_orders_its_equal_works(contest, browser):
    jurors = makers.make_jurors(contest, 5)
    makers.make_judged_round(contest, (92,) * 5, (92,) * 5, jurors=jurors)
    clock.set_to(makers.after(contest))

    done = browser(jurors[0]).post_form(
        f"{DESK}/dong-diem/BI-0001", {"place_BI_0001": 2, "place_BI_0002": 1, "reason": "Phát hiện mới hơn."}
    )

    assert done.status_code == 303
    assert queries.acts_of(contest, ActKind.TIE_SETTLED)[0].choice["order"] == ["BI-0002", "BI-0001"]


def test_other_jurors_and_the_chair_of_another_panel_find_no_such_page(contest, browser):
    jurors = makers.make_jurors(contest, 5)
    round_, _ = makers.make_judged_round(contest, (92, 92, 92, 92, 60), jurors=jurors)
    elsewhere = make_member(contest, "juror")
    make_panel(round_, [elsewhere], "TRUYEN_HINH")
    clock.set_to(makers.after(contest))

    for person in (jurors[1], elsewhere, make_member(contest, "secretary")):
        assert browser(person).get(f"{DESK}/chenh-lech/BI-0001").status_code == 404
    assert browser(jurors[0]).get("/dan-van-kheo/ban-thu-ky/ket-qua").status_code == 404

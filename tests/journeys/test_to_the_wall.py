"""From the last sealed round to the wall by the forms that people fill in, and a prize that is taken back afterwards.

Each step is a function of its own, taken in its order; none can be taken before the one above it.
"""

from __future__ import annotations

from datetime import timedelta

from contest import clock, jobs
from contest.results import queries
from tests.makers.accounts import make_member
from tests.makers.results import after, later, make_sealed

OFFICE = "/dan-van-kheo/ban-thu-ky"
RESULTS = f"{OFFICE}/ket-qua"


def propose(staff, contest):
    """The council proposes what follows from the sealed result."""
    return staff.post_form(f"{RESULTS}/de-xuat")


def approve(staff, contest):
    """The committee approves the list."""
    return staff.post_form(f"{RESULTS}/phe-duyet", {"number": "12-BB/BTC"})


def post(staff, contest):
    """The list is hung; complaints arrive while it hangs."""
    return staff.post_form(f"{RESULTS}/niem-yet")


def decide(staff, contest):
    """The decision is recorded."""
    return staff.post_form(f"{RESULTS}/quyet-dinh", {"number": "127-QĐ/BTGDVTU"})


def prepare(staff, contest):
    """Certificates get their numbers and are drawn."""
    page = f"{OFFICE}/giay-chung-nhan"
    staff.post_form(page, action=f"{page}/chuan-bi")
    answer = staff.post_form(page, action=f"{page}/ve")
    while jobs.work_once():
        pass
    return answer


def publish(staff, contest):
    """Everybody may know."""
    return staff.post_form(f"{RESULTS}/cong-bo")


STEPS = [propose, approve, post, decide, prepare, publish]
PAGES = ["de-xuat", "phe-duyet", "niem-yet", "quyet-dinh", None, "cong-bo"]


def test_a_list_goes_to_the_wall_step_by_step_and_a_revoked_prize_is_told_by_its_certificate(app, browser):
    contest, _ = make_sealed()
    organizer = make_member(contest, "organizer")
    clock.set_to(after(contest) + timedelta(hours=8))
    anybody = browser()

    for number, step in enumerate(STEPS):
        staff = browser(organizer)
        for page in PAGES[number + 1 :]:
            if page is not None:  # what comes later says what it waits for, and offers no form
                staff.get(f"{RESULTS}/{page}")
                assert staff.soup.select("main form[method=post]") == [], (step.__name__, page)
        assert anybody.get("/dan-van-kheo/ket-qua/BI-0001").status_code == 404, step.__name__
        assert step(staff, contest).status_code == 303, step.__name__
        if step is post:
            anybody.get("/dan-van-kheo/niem-yet")
            assert "sông Re 1" in anybody.text
            posting = queries.newest_posting(contest)
            assert f"{posting.until:%d/%m/%Y}" in anybody.text
            staff.get(f"{RESULTS}/quyet-dinh")
            assert staff.soup.select("main form[method=post]") == []  # not while it hangs
            clock.set_to(later(posting))

    assert anybody.get("/dan-van-kheo/ket-qua/BI-0001").status_code == 200
    staff = browser(organizer)
    staff.get(f"{OFFICE}/giay-chung-nhan")
    code = staff.soup.select_one("code.hash").get_text(strip=True)
    staff.get(f"{OFFICE}/thu-hoi-giai")
    address = next(link["href"] for link in staff.soup.select("tbody a") if link["href"].endswith("/thu-hoi"))
    assert anybody.get(f"/tra-cuu/{code}").status_code == 200
    assert "đã bị thu hồi" not in anybody.text

    answer = staff.post_form(address, {"number": "140-QĐ/BTGDVTU", "reason": "Đăng lại bài đã công bố."})

    assert answer.status_code == 303
    anybody.get(f"/tra-cuu/{code}")
    assert "đã bị thu hồi" in anybody.text
    assert "140-QĐ/BTGDVTU" in anybody.text
    assert anybody.get("/dan-van-kheo/ket-qua/BI-0001").status_code == 404

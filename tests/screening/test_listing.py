"""What the address of the list asks for."""

import pytest

from contest.entries.models import EntryState
from contest.screening.listing import Filters, Order, Trouble


def test_an_empty_address_asks_for_everything_newest_first():
    assert Filters.read({}) == Filters(xep=Order.NEWEST)
    assert Filters.read({}).address() == {}


@pytest.mark.parametrize(
    "hostile",
    [
        {"xep": "id; drop table entry"},
        {"trang-thai": "draft"},
        {"co-quan": "1 or 1=1"},
        {"co-quan": "٣"},
        {"vuong-mac": "tat-ca"},
        {"xep": "draft"},
    ],
)
def test_what_is_not_on_the_lists_asks_for_nothing(hostile):
    assert Filters.read(hostile) == Filters()


def test_an_address_reads_back_as_what_it_was_written_from():
    filters = Filters(q="sông Re", trang_thai="hop-le", loai="BAO_IN", co_quan=3, vuong_mac=Trouble.WARNED)

    assert Filters.read(filters.address()) == filters


def test_a_state_is_a_word_of_the_address():
    assert Filters.read({"trang-thai": "can-bo-sung"}).state is EntryState.RETURNED


def test_asking_for_the_same_column_again_turns_the_order_round():
    by_title = Filters().sorted_by("ten")

    assert by_title.xep is Order.TITLE
    assert by_title.sorted_by("ten").xep is Order.TITLE_DOWN
    assert by_title.sorted_by("ten").sorted_by("ten").xep is Order.TITLE


def test_the_column_of_dates_starts_with_the_newest():
    assert Filters(xep=Order.CODE).sorted_by("nhan").xep is Order.NEWEST
    assert Filters().sorted_by("nhan").xep is Order.OLDEST


def test_changing_the_state_forgets_the_search_and_keeps_the_order():
    filters = Filters(q="sông", xep=Order.CODE).in_state("bi-loai")

    assert filters == Filters(trang_thai="bi-loai", xep=Order.CODE)

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.regulations.prizes import BaseSalary, PrizeMoney
from contest.results.money import payment, totals

SALARY = BaseSalary.model_construct(
    on=date(2017, 6, 21),
    amounts=tuple(
        type("Step", (), {"since": since, "amount": amount})
        for since, amount in ((date(2016, 5, 1), 1_210_000), (date(2017, 7, 1), 1_300_000))
    ),
)


def test_an_amount_is_paid_as_it_stands():
    assert payment(PrizeMoney(amount=15_000_000), None).amount == 15_000_000


def test_a_multiple_is_of_the_base_salary_on_the_day_that_counts():
    """Ten times the base salary of 1,210,000 đồng, as in the IX press prize of Quảng Ngãi (2017)."""
    paid = payment(PrizeMoney(multiple=10), SALARY)

    assert (paid.amount, paid.multiple) == (12_100_000, 10)


def test_a_thing_is_listed_with_its_worth_and_not_paid_out():
    paid = payment(PrizeMoney(in_kind="Một chuyến đi", worth=130_000_000), None)

    assert (paid.amount, paid.in_kind, paid.worth) == (0, "Một chuyến đi", 130_000_000)


def test_money_is_never_rounded():
    with pytest.raises(ValueError, match="whole"):
        payment(PrizeMoney(multiple="1/3"), SALARY)
    with pytest.raises(ValueError, match="base salary"):
        payment(PrizeMoney(multiple=1), None)


moneys = st.one_of(
    st.builds(PrizeMoney, amount=st.integers(0, 10**12)),
    st.builds(PrizeMoney, multiple=st.integers(1, 100)),
    st.builds(PrizeMoney, in_kind=st.just("Một chiếc xe"), worth=st.integers(0, 10**9), amount=st.integers(0, 10**9)),
)
prizes = st.dictionaries(st.sampled_from(["A", "B", "C", "KK", "DB"]), moneys)


@given(prizes, st.dictionaries(st.sampled_from(["A", "B", "C", "KK", "DB"]), st.integers(0, 1000)))
def test_money_adds_up_to_the_dong(prizes, given):
    added = totals(prizes, given, SALARY)

    one_by_one = worth = Fraction()
    for code, count in given.items():
        for _ in range(count if code in prizes else 0):
            one_by_one += (prizes[code].amount or 0) + (prizes[code].multiple or 0) * 1_210_000
            worth += prizes[code].worth or 0
    assert (added.total, added.worth) == (one_by_one, worth)
    assert sum(each.total for each in added.spent) == added.total
    assert [each.prize for each in added.spent] == list(prizes)

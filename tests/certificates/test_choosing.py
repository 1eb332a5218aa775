"""Which template draws a certificate."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from contest.certificates.choosing import TemplateKind, choose, taken_by

GROUP, INDIVIDUAL, BOTH = TemplateKind
TIERS = ["A", "B", "C"]


@dataclass(frozen=True)
class Template:
    name: str
    kind: TemplateKind = BOTH
    tiers: list[str] = field(default_factory=list)


templates = st.lists(
    st.builds(
        Template, st.text(max_size=3), st.sampled_from(TemplateKind), st.lists(st.sampled_from(TIERS), unique=True)
    ),
    max_size=8,
)
tiers, kinds = st.sampled_from([*TIERS, "KK"]), st.sampled_from([GROUP, INDIVIDUAL])


def kept(offered):
    """The templates that are taken in one by one, each unless it meets another."""
    taken = []
    for each in offered:
        if taken_by(each, taken) is None:
            taken.append(each)
    return taken


def test_the_most_specific_template_wins():
    everything, of_groups = Template("all"), Template("groups", GROUP)
    of_first, of_first_groups = Template("A", tiers=["A"]), Template("A groups", GROUP, ["A"])
    every = [everything, of_groups, of_first, of_first_groups]

    assert choose(every, tier="A", kind=GROUP) is of_first_groups
    assert choose(every, tier="A", kind=INDIVIDUAL) is of_first
    assert choose(every, tier="B", kind=GROUP) is of_groups
    assert choose(every, tier="B", kind=INDIVIDUAL) is everything
    assert choose([of_first], tier="B", kind=GROUP) is None


@given(templates, tiers, kinds, st.randoms())
def test_what_is_chosen_does_not_depend_on_the_order(offered, tier, kind, random):
    taken = kept(offered)
    shuffled = random.sample(taken, len(taken))

    assert choose(shuffled, tier=tier, kind=kind) is choose(taken, tier=tier, kind=kind)


@given(templates, tiers, kinds)
def test_what_is_chosen_is_meant_for_the_certificate_and_nothing_says_so_more_exactly(offered, tier, kind):
    meant = [each for each in offered if tier in (each.tiers or [tier]) and each.kind in (BOTH, kind)]

    chosen = choose(offered, tier=tier, kind=kind)

    assert (chosen is None) == (not meant)
    if chosen is not None:
        assert chosen in meant
        assert not any(each.tiers and not chosen.tiers for each in meant)
        same = [each for each in meant if bool(each.tiers) == bool(chosen.tiers)]
        assert chosen.kind != BOTH or all(each.kind == BOTH for each in same)


def test_two_templates_for_the_same_certificates_meet():
    first = Template("first", GROUP, ["A", "B"])

    assert taken_by(Template("second", GROUP, ["B"]), [first]) is first
    assert taken_by(Template("third", GROUP), [first]) is None
    assert taken_by(Template("fourth", INDIVIDUAL, ["A"]), [first]) is None
    assert taken_by(Template("fifth"), [Template("sixth")]) is not None

"""Designs: values that are kept as JSON, and refused where they could not be drawn."""

import json

import pytest

from contest.certificates.design import AREAS, HOUSE, Box, Design, DesignUnusable


def test_a_design_is_read_back_from_json_as_it_was():
    design = Design.default().with_zone("award", box=Box(30, 80, 200, 12), colour="#004400", sizes=(30.0, 20.0))

    assert Design.of(json.loads(json.dumps(design.document()))) == design


def test_whatever_a_document_leaves_out_is_as_in_the_look_of_the_house():
    assert Design.of({}) == Design.default()
    assert Design.of({"zones": {"who": {"align": "left"}}}).zones["names"] == HOUSE["names"]


def test_every_part_has_a_place_of_its_own_or_stands_in_an_area():
    stacked = {part for parts in AREAS.values() for part in parts}

    assert {name for name, zone in HOUSE.items() if zone.box is None} == stacked


@pytest.mark.parametrize(
    ("document", "zone", "what"),
    [
        ({"paper": "A5"}, "design", "paper"),
        ({"border": "gold"}, "design", "border"),
        ({"background": "../../etc/passwd"}, "design", "background"),
        ({"script": 1}, "design", "script"),
        ({"zones": []}, "design", "zones"),
        ({"zones": {"seal": {}}}, "seal", "zone"),
        ({"zones": {"award": {"box": [0, 0, 400, 20]}}}, "award", "box"),
        ({"zones": {"award": {"box": [0, 0, float("nan"), 20]}}}, "award", "box"),
        ({"zones": {"qr": {"box": [0, 0, 12, 12]}}}, "qr", "box"),
        ({"zones": {"qr": {"box": None}}}, "qr", "box"),
        ({"zones": {"award": {"sizes": []}}}, "award", "sizes"),
        ({"zones": {"award": {"sizes": [400]}}}, "award", "sizes"),
        ({"zones": {"award": {"sizes": ["27"]}}}, "award", "sizes"),
        ({"zones": {"award": {"family": "Comic Sans"}}}, "award", "family"),
        ({"zones": {"award": {"align": "justify"}}}, "award", "align"),
        ({"zones": {"award": {"colour": "red"}}}, "award", "colour"),
        ({"zones": {"names": {"shown": False}}}, "names", "shown"),
        ({"zones": {"award": {"rotate": 3}}}, "award", "rotate"),
    ],
)
def test_a_design_that_cannot_be_drawn_is_refused_at_its_part(document, zone, what):
    with pytest.raises(DesignUnusable) as refusal:
        Design.of(document)

    assert refusal.value.parameters == {"zone": zone, "what": what}

"""The design of a template as people type it: millimetres, points and choices for every part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
)
from wtforms.validators import NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ColorInput, ListWidget, TextInput

from contest.certificates.choosing import KIND_LABELS, TemplateKind
from contest.certificates.design import (
    ALIGNMENTS,
    AREA_OF,
    AREAS,
    BORDERS,
    FAMILIES,
    HEIGHT,
    HOUSE,
    LARGEST,
    LOWEST,
    MOST_SIZES,
    NARROWEST,
    NEEDED,
    SMALLEST,
    SQUARE_AT_LEAST,
    WIDTH,
    Box,
    Design,
    Zone,
)
from contest.errors import N_
from contest.web.forms import Form, Length

PARTS: Mapping[str, str] = {
    "issuing": N_("Issuing body"),
    "nation": N_("Party or State"),
    "middle": N_("Middle block"),
    "organiser": N_("Organising committee"),
    "title": N_("Title of the certificate"),
    "ornament": N_("Ornament under the title"),
    "lead": N_("Line before the names"),
    "names": N_("Names"),
    "unit": N_("Unit"),
    "award": N_("Prize"),
    "category": N_("Category and genre"),
    "work": N_("Title of the work"),
    "record": N_("Block of the register"),
    "decision": N_("Decision"),
    "register": N_("Register number"),
    "code": N_("Code and address"),
    "qr": N_("Square code"),
    "sign": N_("Block of the signature"),
    "place": N_("Place and date"),
    "power": N_("Title of the signer"),
    "who": N_("Name of the signer"),
}
GROUPS = (
    (N_("Head of the sheet"), ("issuing", "nation")),
    (N_("Middle of the sheet"), ("middle", *AREAS["middle"])),
    (N_("Register and codes"), ("record", *AREAS["record"], "qr")),
    (N_("Signature"), ("sign", *AREAS["sign"])),
)
SIDES = {"left": N_("On the left"), "center": N_("In the centre"), "right": N_("On the right")}
LYING = {"A4": N_("A4, lying"), "A3": N_("A3, lying")}
FRAMES = {"house": N_("The frame of the house"), "none": N_("No frame")}
BOX = ("x", "y", "width", "height")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,3})?")


class BoxesField(SelectMultipleField):
    """Several of some choices, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NumberText(Field):
    """A number as people write it, with a comma or a point."""

    widget = TextInput()
    data: float | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return written(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        :raise ValueError: for what is no number of millimetres
        """
        self.data = _number(valuelist[0]) if valuelist else None
        if self.data is None:
            raise ValueError(_("Type a number of millimetres, such as 25 or 22,5."))


class SizesText(Field):
    """Sizes in points, the preferred one first, separated by semicolons."""

    widget = TextInput()
    data: tuple[float, ...] | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "; ".join(map(written, self.data or ()))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        :raise ValueError: for what is no list of sizes that can be printed
        """
        typed = valuelist[0] if valuelist else ""
        sizes = [_number(part) for part in re.split(r"[;\s]+", typed[:200].strip("; "))]
        good = [size for size in sizes if size is not None and SMALLEST <= size <= LARGEST]
        if len(good) != len(sizes) or len(good) > MOST_SIZES:
            self.data = None
            raise ValueError(
                _(
                    "Type one to %(most)s sizes between %(smallest)s and %(largest)s points, the preferred one first: "
                    "34; 30; 26.",
                    most=MOST_SIZES,
                    smallest=int(SMALLEST),
                    largest=int(LARGEST),
                )
            )
        self.data = tuple(good)


def written(number: float) -> str:
    """Write a number as the form shows it."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _offered(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, _l(label)) for value, label in choices]


class DesignForm(Form):
    """A template: its name, for which certificates it is, and how every part stands."""

    name = StringField(
        _l("Name of the template"),
        [Length(max=100, message=_l("The name is longer than 100 characters. Shorten it."))],
    )
    kind = SelectField(
        _l("Copies"), choices=_offered((kind.value, KIND_LABELS[kind]) for kind in reversed(TemplateKind))
    )
    tiers = BoxesField(_l("Prizes"), description=_l("None ticked: all prizes."))
    paper = SelectField(_l("Paper"), choices=_offered(LYING.items()))
    border = SelectField(_l("Frame"), choices=_offered((border, FRAMES[border]) for border in BORDERS))
    background = HiddenField()
    background_file = FileField(_l("Picture or page under everything"))
    background_page = IntegerField(
        _l("Page of the PDF"),
        [Optional(), NumberRange(1, 2000, _l("Type the number of a page, from 1 to 2.000."))],
        default=1,
    )
    no_background = BooleanField(_l("Take the background away"))
    version = HiddenField()
    save = SubmitField(_l("Save"))

    def validate_name(self, field: Field) -> None:
        """Ask for a name where the template is to be kept; to look at it none is needed."""
        if self.save.data and not field.data:
            raise ValidationError(_("Give the template a name."))

    def offer(self, prizes: Iterable[tuple[str, str]]) -> None:
        """Offer the prizes of the contest, and those that the template names already."""
        self.tiers.choices = [SelectChoice(code, name) for code, name in prizes]

    def fill(self, design: Design, standing: Mapping[str, Box]) -> None:
        """Show a design.

        :param standing: where the parts that have no box of their own come to stand
        """
        self.paper.data, self.border.data = design.paper, design.border
        for part, zone in design.zones.items():
            box = zone.box or standing.get(part) or design.box(part)
            for side in BOX:
                self[f"{part}_{side}"].data = round(getattr(box, side), 2)
            given = {"own": zone.box is not None, "sizes": zone.sizes, "family": zone.family, "align": zone.align}
            for key, value in {**given, "colour": zone.colour, "shown": zone.shown}.items():
                if f"{part}_{key}" in self:
                    self[f"{part}_{key}"].data = value

    def part(self, part: str) -> dict[str, Field]:
        """Give the fields of a part by what they say."""
        return {key: self[f"{part}_{key}"] for key in (*BOX, *EXTRAS) if f"{part}_{key}" in self}

    def sides(self, part: str) -> list[float]:
        """Give the numbers of a part's box as they stand in the form, nought for what is no number."""
        return [self[f"{part}_{side}"].data or 0.0 for side in BOX]

    def has_box(self, part: str) -> bool:
        """Say whether a part stands in a box of its own."""
        return part not in AREA_OF or bool(self[f"{part}_own"].data)

    def place_of(self, part: str) -> str:
        """Name the field at which it is said that words do not fit into a part."""
        return f"{part}_sizes" if HOUSE[part].sizes else f"{part}_height"

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and that each box lies on the sheet."""
        fine = super().validate(extra_validators)
        return all([fine, *(self._check_box(part) for part in HOUSE if self.has_box(part))])

    def _check_box(self, part: str) -> bool:
        x, y, width, height = (self[f"{part}_{side}"] for side in BOX)
        if any(side.data is None or side.errors for side in (x, y, width, height)):
            return False
        narrowest, lowest = (SQUARE_AT_LEAST, SQUARE_AT_LEAST) if part == "qr" else (NARROWEST, LOWEST)
        said = False
        for start, side, least, whole in ((x, width, narrowest, WIDTH), (y, height, lowest, HEIGHT)):
            if not 0 <= start.data <= whole - least:
                sentence = _(
                    "Type a number from 0 to %(most)s, so that it stands on the sheet.", most=int(whole - least)
                )
                start.errors, said = [*start.errors, sentence], True
            elif not least <= side.data <= whole - start.data + 0.01:
                most = written(whole - start.data)
                sentence = _("Type a number from %(least)s to %(most)s here.", least=int(least), most=most)
                side.errors, said = [*side.errors, sentence], True
        return not said

    def design(self, background: str | None) -> Design:
        """Give what was typed as a design.

        :param background: SHA-256 of the picture under everything
        """
        zones = {part: self._zone(part).document() for part in HOUSE}
        return Design.of(
            {"paper": self.paper.data, "border": self.border.data, "background": background, "zones": zones}
        )

    def _zone(self, part: str) -> Zone:
        def said(key: str, otherwise: Any) -> Any:
            return self[f"{part}_{key}"].data if f"{part}_{key}" in self else otherwise

        house = HOUSE[part]
        box = Box(*(self[f"{part}_{side}"].data for side in BOX)) if self.has_box(part) else None
        typed = (said("sizes", house.sizes), said("family", house.family), said("align", house.align))
        return Zone(box, *typed, said("colour", house.colour), said("shown", True))


EXTRAS = ("own", "sizes", "family", "align", "colour", "shown")


def _part_fields(part: str) -> Iterator[tuple[str, Any]]:
    """Name and make the fields of one part, those that mean something for it."""
    labels = (_l("From the left (mm)"), _l("From the top (mm)"), _l("Width (mm)"), _l("Height (mm)"))
    if part in AREA_OF:
        yield "own", BooleanField(_l("In a place of its own"))
    for side, label in zip(BOX, labels, strict=True):
        yield side, NumberText(label)
    if HOUSE[part].sizes:
        yield "sizes", SizesText(_l("Sizes (points)"))
        yield "family", SelectField(_l("Font"), choices=[SelectChoice(family, family) for family in FAMILIES])
        yield (
            "align",
            SelectField(_l("Lines stand"), choices=_offered((side, SIDES[side]) for side in ALIGNMENTS)),
        )
        yield "colour", StringField(_l("Colour"), [Length(max=7), _is_colour], widget=ColorInput())
    if part not in NEEDED and part not in AREAS:
        yield "shown", BooleanField(_l("Is printed"))


def _is_colour(form: Form, field: Field) -> None:
    if not re.fullmatch("#[0-9a-f]{6}", field.data or ""):
        raise ValidationError(_("Choose a colour, written as # and six digits: #8f1d1a."))


for _part in HOUSE:
    for _key, _field in _part_fields(_part):
        setattr(DesignForm, f"{_part}_{_key}", _field)

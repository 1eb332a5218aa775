"""From a page to the bytes of a document: tagged for screen readers (PDF/UA-1), fonts inside, the same bytes each time.

What is read out stands in the order of the page, each line a piece of marked content of its own; ornaments are
artifacts. The structure knows the lines, the letters know what they stand for, and nothing depends on the hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from xml.sax.saxutils import escape

from contest.printing.pages.backdrop import Backdrop
from contest.printing.pages.letters import UNITS, Letters, Style, letters
from contest.printing.pages.objects import Objects, number, numbers, text
from contest.printing.pages.page import Figure, Line, Page, Paragraph, Placed, Rectangle
from contest.printing.pages.stamps import Stamp

POINTS = 0.75  # to a pixel
STAMP = "/Stamp"  # how the names of forms begin that are the same in other documents
ABOVE = 16  # of a rule, where its two rectangles begin
DOTS = 8  # of a figure to one of its squares: finer than a printer needs, so that smoothing does no harm
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n'
    '<?xpacket end="r"?>'
)
TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    "{letters}endcmap CMapName currentdict /CMap defineresource pop end end"
)
MOST_IN_A_BLOCK = 100  # letters in one block of such a table


def write(page: Page) -> bytes:
    """Write a page as a document of its own."""
    return _Writer(page).written()


@dataclass
class _Used:
    """A style used on the page, its glyphs and what they stand for."""

    name: str
    letters: Letters
    texts: dict[int, str] = field(default_factory=dict)


class _Writer:
    """The objects of one document, growing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.objects = Objects()
        self.sheet = self.objects.reserve()
        self.whole = self.objects.reserve()  # the element of the structure that holds all others
        self.fonts: dict[Style, _Used] = {}
        self.forms: dict[str, int] = {}
        self.operators: list[str] = []
        self.marked: list[int] = []  # elements of the structure, by the number of their marked content

    def written(self) -> bytes:
        """Write everything."""
        page, objects = self.page, self.objects
        scale = POINTS * page.enlargement
        width, height = page.width * scale, page.height * scale
        self.operators.append(f"{numbers(scale, 0, 0, -scale, 0, height)} cm")
        if page.backdrop is not None:
            self._backdrop(page.backdrop)
        for ornament in page.ornaments:
            self._ornament(ornament)
        structure = self._structure()
        content = objects.stream("\n".join(self.operators).encode("ascii"))
        fonts = "".join(f"/{used.name} {self._font(used)} 0 R" for used in self.fonts.values())
        forms = "".join(f"{name} {form} 0 R" for name, form in self.forms.items())
        pages = objects.add(f"<</Type/Pages/Count 1/Kids[{self.sheet} 0 R]>>")
        objects.put(
            self.sheet,
            f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {numbers(width, height)}]/Tabs/S/StructParents 0"
            f"/Contents {content} 0 R/Resources<</Font<<{fonts}>>/XObject<<{forms}>>>>>>",
        )
        metadata = objects.stream(XMP.format(title=escape(page.title)).encode(), "/Type/Metadata/Subtype/XML")
        root = objects.add(
            f"<</Type/Catalog/Pages {pages} 0 R/Metadata {metadata} 0 R/StructTreeRoot {structure} 0 R/Lang(vi)"
            "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>>>"
        )
        return objects.written(root=root, about=objects.add(f"<</Title {text(page.title)}>>"))

    def _backdrop(self, backdrop: Backdrop) -> None:
        name = f"{STAMP}{backdrop.identity}"
        self.forms[name] = self.objects.stream(
            backdrop.content,
            f"/Type/XObject/Subtype/Image/Width {backdrop.width}/Height {backdrop.height}"
            "/ColorSpace/DeviceRGB/BitsPerComponent 8",
            packed_as="DCTDecode",
        )
        place = numbers(self.page.width, 0, 0, -self.page.height, 0, self.page.height)
        self.operators.append(f"/Artifact BMC q {place} cm {name} Do Q EMC")

    def _ornament(self, ornament: Placed | Rectangle) -> None:
        self.operators.append("/Artifact BMC")
        if isinstance(ornament, Rectangle):
            x, y, wide, high = ornament.x, ornament.y, ornament.width, ornament.height
            corners = ((x + wide, y + high), (x, y + high), (x, y), (x + wide, y))
            clip = " l ".join(numbers(*corner) for corner in corners).replace(" l", " m", 1)
            outer, inner = (numbers(x, y - ABOVE, wide, ABOVE + tall) for tall in (high, 0))
            # As WeasyPrint draws the border of a box: the clip is smoothed too, so that a rule is a shade paler at its
            # edges than a filled rectangle, and is not moved to whole dots as some viewers do with those.
            self.operators.append(f"q {clip} l W* n {_colour(ornament.colour)} {inner} re {outer} re f* Q")
        else:
            place = numbers(ornament.scale, 0, 0, ornament.scale, ornament.x, ornament.y)
            self.operators.append(f"q {place} cm {self._form(ornament.stamp)} Do Q")
        self.operators.append("EMC")

    def _form(self, stamp: Stamp) -> str:
        name = f"{STAMP}{stamp.identity}"
        if name not in self.forms:
            entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {numbers(stamp.width, stamp.height)}]/Resources<<>>"
            self.forms[name] = self.objects.stream(stamp.content, entries, packed_as="FlateDecode")
        return name

    def _structure(self) -> int:
        """Write the content, and the tree that says what is what."""
        root = self.objects.reserve()
        elements = []
        for part in self.page.content:
            element = self.objects.reserve()
            said = self._figure(part, element) if isinstance(part, Figure) else self._paragraph(part, element)
            self.objects.put(element, f"<</Type/StructElem/P {self.whole} 0 R/Pg {self.sheet} 0 R{said}>>")
            elements.append(element)
        kids = " ".join(f"{element} 0 R" for element in elements)
        marked = " ".join(f"{element} 0 R" for element in self.marked)
        self.objects.put(self.whole, f"<</Type/StructElem/S/Document/P {root} 0 R/K[{kids}]>>")
        self.objects.put(
            root, f"<</Type/StructTreeRoot/K {self.whole} 0 R/ParentTree<</Nums[0[{marked}]]>>/ParentTreeNextKey 1>>"
        )
        return root

    def _begin(self, tag: str, element: int, said: str = "") -> int:
        place = len(self.marked)
        self.marked.append(element)
        self.operators.append(f"/{tag}<</MCID {place}{said}>>BDC")
        return place

    def _paragraph(self, paragraph: Paragraph, element: int) -> str:
        last = len(paragraph.lines) - 1
        places = [
            self._line(paragraph.tag, line, element, number < last) for number, line in enumerate(paragraph.lines)
        ]
        return f"/S/{paragraph.tag}/K[{' '.join(map(str, places))}]"

    def _line(self, tag: str, line: Line, element: int, goes_on: bool) -> int:
        shown, x, ambiguous = [], line.x, False
        for run in line.runs:
            used = self._use(run.style)
            shaped = used.letters.shape(run.text, run.size, run.spacing)
            for glyph, stands_for in shaped.texts:
                ambiguous |= used.texts.setdefault(glyph, stands_for) != stands_for
            place, size = numbers(x + run.margin, line.y), number(int(run.size * UNITS) / UNITS)
            shown.append(f"{_colour(run.colour)} BT 1 0 0 -1 {place} Tm /{used.name} {size} Tf {shaped.shown}")
            x += shaped.width + 2 * run.margin
        if goes_on:  # with a space that nobody sees: read aloud, the last word stays apart from the next line
            blank = used.letters.shape(" ", run.size)
            used.texts |= dict(blank.texts)
            shown[-1] += f" {blank.shown}"
        # Two letters that look the same share a glyph; then the line says itself what it is.
        said = f"/ActualText {text(line.text)}" if ambiguous else ""
        place_in_structure = self._begin(tag, element, said)
        self.operators += [f"{run_shown} ET" for run_shown in shown]
        self.operators.append("EMC")
        return place_in_structure

    def _figure(self, figure: Figure, element: int) -> str:
        scale, height = POINTS * self.page.enlargement, self.page.height
        image = self.objects.stream(
            b"".join(row * DOTS for row in figure.rows),
            f"/Type/XObject/Subtype/Image/Width {len(figure.rows[0]) * 8}/Height {len(figure.rows) * DOTS}"
            "/ColorSpace/DeviceGray/BitsPerComponent 1",
        )
        self.forms["/Figure"] = image
        bottom = figure.y + figure.height
        box = (figure.x, height - bottom, figure.x + figure.width, height - figure.y)
        place = self._begin("Figure", element)
        self.operators += [f"q {numbers(figure.width, 0, 0, -figure.height, figure.x, bottom)} cm /Figure Do Q", "EMC"]
        return (
            f"/S/Figure/K[{place}]/Alt {text(figure.alt)}"
            f"/A<</O/Layout/Placement/Block/BBox[{numbers(*(side * scale for side in box))}]>>"
        )

    def _use(self, style: Style) -> _Used:
        if style not in self.fonts:
            self.fonts[style] = _Used(f"F{len(self.fonts)}", letters(style))
        return self.fonts[style]

    def _font(self, used: _Used) -> int:
        """Embed a font, cut down to the glyphs used; they keep the numbers of the whole font in the content."""
        add, font = self.objects.stream, used.letters
        glyphs, style = sorted(used.texts), font.style
        content, places = font.cut(frozenset(glyphs))
        mapped = bytearray(2 * glyphs[-1] + 2)
        for glyph in glyphs:
            mapped[2 * glyph : 2 * glyph + 2] = places[glyph].to_bytes(2, "big")
        file, to_glyph = add(content, f"/Length1 {len(content)}"), add(bytes(mapped))
        to_unicode = add(_to_unicode(used.texts).encode("ascii"))
        name, slanted = _font_name(style, content), style.slant == "italic"
        descriptor = self.objects.add(
            f"<</Type/FontDescriptor/FontName{name}/Flags {68 if slanted else 4}/FontBBox[{numbers(*font.box)}]"
            f"/ItalicAngle {-12 if slanted else 0}/Ascent {round(font.ascender * 1000 / font.em)}"
            f"/Descent {round(font.descender * 1000 / font.em)}/CapHeight {round(font.ascender * 650 / font.em)}"
            f"/StemV 80/FontFile2 {file} 0 R>>"
        )
        widths = "".join(f"{glyph}[{font.advance(glyph)}]" for glyph in glyphs)
        descendant = self.objects.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}/FontDescriptor {descriptor} 0 R/W[{widths}]"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap {to_glyph} 0 R>>"
        )
        return self.objects.add(
            f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
            f"/ToUnicode {to_unicode} 0 R>>"
        )


def _font_name(style: Style, content: bytes) -> str:
    """Name a font that was cut down: six letters that no other cut has, the family, the style."""
    tag = "".join(chr(65 + byte % 26) for byte in sha256(content).digest()[:6])
    slanted = "-Italic" if style.slant == "italic" else ""
    return f"/{tag}+{style.family.replace(' ', '-')}-{style.weight}{slanted}"


def _to_unicode(texts: dict[int, str]) -> str:
    pairs = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>\n" for glyph, text in sorted(texts.items())]
    return TO_UNICODE.format(letters="".join(_blocks(pairs)))


def _blocks(pairs: list[str]) -> Iterator[str]:
    for start in range(0, len(pairs), MOST_IN_A_BLOCK):
        block = pairs[start : start + MOST_IN_A_BLOCK]
        yield f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n"


@cache
def _colour(colour: str) -> str:
    return numbers(*(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))) + " rg"

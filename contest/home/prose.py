"""Text that organizers write: a little Markdown, and HTML that can hold nothing else.

The writer may use paragraphs, emphasis, lists, links, quotations and two levels of headings. What they type as HTML
stays text; the result is cleaned once more, so that a fault of the parser opens no door.
"""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}
SCHEMES = {"http", "https", "mailto"}
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}

_reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence", "html_block", "html_inline"])


def render(text: str) -> Markup:
    """Turn what an organizer wrote into HTML that may stand in a page."""
    tokens = _reader.parse(text)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    html = _reader.renderer.render(tokens, _reader.options, {})
    return Markup(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener"))  # noqa: S704 - cleaned in this line

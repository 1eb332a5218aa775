"""What is wrong with a page for people who read it otherwise: WCAG 2.2 A and AA, narrow screens, scripts that fail."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = f"""() => axe.run({{
  runOnly: {RULES}, resultTypes: ["violations"],
}}).then((result) => result.violations)"""
WIDE, NARROW, NARROWEST = 1440, 390, 320
HEIGHT = 900

_axe = Axe()


def kind_of_page(path: str) -> str:
    """Name the kind of page behind an address: that of one work is like that of another."""
    return re.sub(r"[\w.-]{40,}|[A-Z][A-Z0-9_-]{2,}|\d+", "0", path)


def flaws(page: Page, *, long: bool = False) -> list[str]:
    """List what is wrong with an open page, at the width of a desk and at those of telephones.

    Asking a page by every rule takes seconds, and on a telephone it is the same page: whether it fits is always looked
    at there, the rules only with ``--long``.

    :param long: ask by every rule on a telephone as well
    """
    found = []
    for width in (WIDE, NARROW, NARROWEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"at {width} px: {flaw}" for flaw in _overflow(page)]
        if width == WIDE or (long and width == NARROW):
            found += [f"at {width} px: {flaw}" for flaw in _violations(page)]
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return found


def _violations(page: Page) -> list[str]:
    """List the rules that a page breaks, each with the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe.axe_script)
    violations: list[dict[str, Any]] = page.evaluate(LOOK)
    return [
        f"{violation['id']}: {violation['help']}: " + "; ".join(str(node["html"])[:160] for node in nodes[:3])
        for violation in violations
        if (nodes := violation["nodes"])
    ]


def _overflow(page: Page) -> list[str]:
    """Say by how much a page is wider than its window, and what sticks out."""
    excess: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if excess <= 0:
        return []
    widest: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")]
          .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
          .slice(0, 3).map((element) => element.outerHTML.slice(0, 120))"""
    )
    return [f"{excess} px wider than the window: " + "; ".join(widest)]

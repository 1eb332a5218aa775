"""A person's browser without a screen: opens pages, fills in the real form, sends it with its hidden fields."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextvars import Context
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask, has_app_context
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from contest.database import db


class Browser:
    """One person at one computer."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.response: TestResponse | None = None

    def request(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send a request in an empty context.

        A test client would borrow the test's open application context, and with it ``g`` and the session: the second
        person would be served as the first.
        """
        self.response = Context().run(self.client.open, path, method=method, **{"buffered": True} | options)
        if has_app_context():
            db.session.rollback()
        return self.response

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.request("GET", path, **options)

    @property
    def soup(self) -> BeautifulSoup:
        """The page in front of the person."""
        assert self.response is not None, "no page is open"
        return BeautifulSoup(self.response.get_data(as_text=True), "html.parser")

    @property
    def text(self) -> str:
        """The words of the page, with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    def form(self, button: str | None = None, action: str | None = None) -> Tag:
        """Find the form that has a field or button of this name (or this action), else the form of the main part."""
        soup = self.soup
        main = soup.find("main") or soup
        forms = [form for form in main.find_all("form") if form.get("method", "get").lower() == "post"]
        if action is not None:
            forms = [form for form in forms if form.get("action", "").endswith(action)]
        if button is not None:
            forms = [form for form in forms if form.find(attrs={"name": button})]
        assert forms, f"no form for {button or action or 'posting'} on {self.response.request.path}"
        return forms[0]

    def fill(self, form: Tag) -> MultiDict[str, Any]:
        """Read what a form would send if nothing were typed."""
        values: MultiDict[str, Any] = MultiDict()
        for field in form.find_all(["input", "textarea", "select"]):
            name, kind = field.get("name"), field.get("type", "text")
            if not name or field.has_attr("disabled") or kind in ("submit", "button", "file", "image"):
                continue
            if field.name == "textarea":
                values.add(name, field.get_text().replace("\r\n", "\n").removeprefix("\n"))
            elif field.name == "select":
                options = field.find_all("option")
                chosen = [option for option in options if option.has_attr("selected")] or options[:1]
                for option in chosen:
                    values.add(name, option.get("value", option.get_text()))
            elif kind not in ("checkbox", "radio") or field.has_attr("checked"):
                values.add(name, field.get("value", "on" if kind in ("checkbox", "radio") else ""))
        return values

    def send(
        self,
        fields: Mapping[str, Any] | None = None,
        *,
        button: str | None = None,
        action: str | None = None,
        files: Mapping[str, tuple[bytes, str]] | None = None,
        **options: Any,
    ) -> TestResponse:
        """Fill in the open page's form and press its button.

        :param fields: what the person types, by field name; None leaves a field out, a list sends it several times
        :param button: name of the button pressed, as ``name`` or ``name=value``
        :param files: content and file name by field name
        """
        name, _, value = (button or "").partition("=")
        form = self.form(name or None, action)
        values = self.fill(form)
        for key, typed in (fields or {}).items():
            values.poplist(key)
            if isinstance(typed, (list, tuple)):
                values.setlist(key, [str(one) for one in typed])
            elif typed is not None:
                values[key] = str(typed)
        if name:
            pressed = form.find(["button", "input"], attrs={"name": name, "value": value or True})
            values[name] = value or (pressed.get("value", "") if pressed else "")
        for key, (content, filename) in (files or {}).items():
            values[key] = (io.BytesIO(content), filename)
        assert self.response is not None
        path = form.get("action") or self.response.request.full_path
        content_type = "multipart/form-data" if files or form.get("enctype") == "multipart/form-data" else None
        return self.request("POST", path, data=values, content_type=content_type, **options)

    def post_form(self, path: str, fields: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
        """Open a page, fill in its form and send it."""
        opened = self.get(path)
        assert opened.status_code == 200, f"{path} answered {opened.status_code}"
        return self.send(fields, **options)

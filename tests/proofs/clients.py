"""People without a browser at a real server: each signs in for real, asks until there is an answer, and notes it."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from random import Random
from urllib.parse import urlencode

from bs4 import BeautifulSoup

PATIENCE = 60  # seconds within which a server that was killed must answer again
FORM = "application/x-www-form-urlencoded"
BETWEEN = (502, 504)
"""What a proxy says when the server behind it broke off: nobody knows what became of the question."""

Fields = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    location: str = ""


class ClientAtWork(threading.Thread):
    """Somebody who works without pause until told to stop, whatever happens to the server.

    :param busy: what the server answers when it is to be asked again
    :ivar interruptions: how often there was no answer, and the question was asked again
    :ivar problem: why the work ended before its time
    """

    def __init__(self, port: int, email: str, password: str, *, busy: tuple[int, ...] = BETWEEN) -> None:
        super().__init__(name=email, daemon=True)
        self.interruptions = 0
        self.problem: str | None = None
        self._port, self._email, self._password = port, email, password
        self._busy = busy
        self._random = Random(email)
        self._cookies: dict[str, str] = {}
        self._connection: HTTPConnection | None = None
        self._stopping = threading.Event()

    @property
    def confirmed(self) -> int:
        """How many acts were confirmed."""
        raise NotImplementedError

    def finish(self) -> None:
        """Finish the act that was begun, and stop."""
        self._stopping.set()

    def run(self) -> None:
        """Work."""
        try:
            self._sign_in()
            while not self._stopping.is_set():
                self._work_on()
        except Exception as error:
            self.problem = f"{self._email}: {error!r}"
        finally:
            self._hang_up()

    def _work_on(self) -> None:
        """Do one round of what such people do."""
        raise NotImplementedError

    def _sign_in(self) -> None:
        page = self._ask("GET", "/dang-nhap")
        typed = self._form(page) | {"email": self._email, "password": self._password}
        answer = self._ask("POST", "/dang-nhap", urlencode(typed), FORM)
        assert answer.status == 303, f"signing in was answered with {answer.status}"

    # What a browser does

    def _ask(
        self, method: str, path: str, body: str | bytes | None = None, kind: str = "", headers: Fields | None = None
    ) -> Answer:
        """Ask until there is an answer: whoever got none does not know what became of the question, and asks again."""
        end = time.monotonic() + PATIENCE
        sent = {**(headers or {}), "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if kind:
            sent["Content-Type"] = kind
        while True:
            try:
                answer = self._ask_once(method, path, body, sent)
                if answer.status not in self._busy:
                    return answer
            except (OSError, HTTPException):
                self._hang_up()
            self.interruptions += 1
            assert time.monotonic() < end, f"no answer from {path} for {PATIENCE} seconds"
            time.sleep(0.1)

    def _ask_once(self, method: str, path: str, body: str | bytes | None, headers: Fields) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("localhost", self._port, timeout=PATIENCE)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection.request(method, path, body.encode() if isinstance(body, str) else body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        self._take_cookies(response)
        return Answer(response.status, text, response.headers.get("Location", ""))

    def _take_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _form(self, page: Answer) -> Fields:
        """Read the hidden fields of the first form of the content."""
        form = BeautifulSoup(page.text, "html.parser").select_one("main form[method=post]")
        assert form is not None, f"there is no form in an answer {page.status}"
        return {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden][name]")}

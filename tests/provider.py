"""A provider of OpenID Connect, as an office has one: idpyoidc behind a server of its own, with a person signed in."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from idpyoidc.server import Server
from idpyoidc.server.user_authn.user import UserAuthnMethod

CLIENT, SECRET = "cuoc-thi", "bí mật: của/chúng+tôi".encode().hex()
PASSWORD_ALONE = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"


class Here(UserAuthnMethod):
    """The person who is signed in at the provider, whatever browser asks."""

    sub = "tra"
    since = 0

    def authenticated_as(self, *_arguments: Any, **_values: Any) -> tuple[dict[str, str], int]:
        """Say who it is, and since when."""
        return {"uid": Here.sub}, Here.since


class Provider:
    """A provider at an address of its own.

    :ivar people: what it knows of each person
    :ivar asks_again: whether it has people sign in again when that is asked for
    :ivar is_broken: whether it answers with faults of its own
    :ivar says: what it says of itself beside what is so
    :ivar asked: paths that were asked for
    """

    def __init__(self, back: str) -> None:
        self.asks_again, self.is_broken = True, False
        self.says: dict[str, str] = {}
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("localhost", 0), _handler(self))
        self.issuer = f"http://localhost:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.op = Server(_configuration(self.issuer))
        self.people: dict[str, dict[str, Any]] = self.op.context.userinfo.db
        self.op.context.cdb[CLIENT] = {
            "client_secret": SECRET,
            "redirect_uris": [(back, "")],
            "token_endpoint_auth_method": "client_secret_basic",
            "response_types_supported": ["code"],
            "allowed_scopes": ["openid", "email"],
        }
        self.op.keyjar.add_symmetric(CLIENT, SECRET)

    def __enter__(self) -> Provider:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Answer no more."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def sign_in(self, sub: str = "tra", *, seconds_ago: int = 0) -> None:
        """Have a person signed in here."""
        Here.sub, Here.since = sub, int(time.time()) - seconds_ago

    def answer(self, method: str, path: str, headers: dict[str, str], body: str) -> tuple[int, str, str]:
        """Answer a request: status, where a browser is sent or the kind of the content, and the content."""
        parts = urlsplit(path)
        self.asked.append(parts.path)
        if self.is_broken:
            return 500, "text/plain", "a fault"
        if parts.path == "/jwks.json":
            return 200, "application/json", json.dumps(self.op.keyjar.export_jwks(""))
        name = {
            "/.well-known/openid-configuration": "provider_config",
            "/authorization": "authorization",
            "/token": "token",
            "/userinfo": "userinfo",
        }[parts.path]
        return self._processed(name, dict(parse_qsl(body if method == "POST" else parts.query)), headers, path)

    def _processed(self, name: str, sent: dict[str, str], headers: dict[str, str], path: str) -> tuple[int, str, str]:
        endpoint = self.op.endpoint[name]
        if sent.pop("prompt", "") == "login" and self.asks_again:
            self.sign_in(Here.sub)  # its form was filled in, and the request goes on without asking once more
        info = {"headers": headers, "url": self.issuer + path}
        request = endpoint.parse_request(sent, http_info=info)
        if "error" in request:
            return 400, "application/json", request.to_json()
        arguments = endpoint.process_request(request, http_info=info)
        if "error" in arguments:
            return 400, "application/json", json.dumps(dict(arguments))
        if name == "authorization":  # the library takes the present moment for that of the sign-in
            grant = self.op.context.session_manager[arguments["session_id"]]
            grant.authentication_event["authn_time"] = Here.since
        said = endpoint.do_response(request=request, **arguments)
        if name == "authorization":
            return 302, said["response"], ""
        if name == "provider_config":
            return 200, "application/json", json.dumps(json.loads(said["response"]) | self.says)
        return 200, "application/json", said["response"]


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, kind, content = provider.answer(self.command, self.path, headers, body)
            self.send_response(status)
            self.send_header("Location" if status == 302 else "Content-Type", kind)
            self.send_header("Content-Length", str(len(content.encode())))
            self.end_headers()
            self.wfile.write(content.encode())

        do_POST = do_GET

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    return Door


def _configuration(issuer: str) -> dict[str, Any]:
    oidc = "idpyoidc.server.oidc"
    key = {"crypt_conf": {"kwargs": {"password": b"sixteen bytes...", "salt": b"and sixteen more", "iterations": 1}}}
    return {
        "issuer": issuer,
        "key_conf": {"key_defs": [{"type": "EC", "crv": "P-256", "use": ["sig"]}]},
        "preference": {"id_token_signing_alg_values_supported": ["ES256"]},
        "token_handler_args": {
            "code": {"lifetime": 600, "kwargs": key},
            "token": {"class": "idpyoidc.server.token.jwt_token.JWTToken", "kwargs": {"lifetime": 600}},
            "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": {"lifetime": 300}},
        },
        "session_params": {"encrypter": key["crypt_conf"]},
        "endpoint": {
            "provider_config": {
                "path": ".well-known/openid-configuration",
                "class": f"{oidc}.provider_config.ProviderConfiguration",
                "kwargs": {},
            },
            "authorization": {"path": "authorization", "class": f"{oidc}.authorization.Authorization", "kwargs": {}},
            "token": {
                "path": "token",
                "class": f"{oidc}.token.Token",
                "kwargs": {"client_authn_method": ["client_secret_basic"]},
            },
            "userinfo": {"path": "userinfo", "class": f"{oidc}.userinfo.UserInfo", "kwargs": {}},
        },
        "keys": {"uri_path": "jwks.json", "key_defs": []},
        "userinfo": {"class": "idpyoidc.server.user_info.UserInfo", "kwargs": {"db": {}}},
        "authentication": {"here": {"acr": PASSWORD_ALONE, "class": Here, "kwargs": {}}},
        "add_ons": {
            "pkce": {
                "function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
                "kwargs": {"essential": True, "code_challenge_method": "S256"},
            }
        },
    }

"""A real nginx in front of servers, with the configuration that docs/deployment.md prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from tests.postbox import free_port
from tests.supervised import printed

MOMENT = "/etc/nginx/contest/contest-moment.html"
AROUND = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {printed}
}}
"""


class Proxy:
    """One running nginx without a certificate, before two servers."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        self.url = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, ports: Sequence[int]) -> Proxy:
        """Start before the servers at these two ports."""
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program, "nginx is missing; see CHECK_PACKAGES in the Makefile"
        (self.folder / Path(MOMENT).name).write_text(printed(MOMENT), "utf-8")
        user = "user root;" if os.getuid() == 0 else ""
        written = AROUND.format(user=user, folder=self.folder, printed=self._configuration(ports))
        (self.folder / "nginx.conf").write_text(written, "utf-8")
        words = [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;"]
        self._process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()  # noqa: S310 - our own
                return self
            except urllib.error.HTTPError:
                return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("nginx did not start:\n" + (self.folder / "error.log").read_text())

    def _configuration(self, ports: Sequence[int]) -> str:
        text = printed("/etc/nginx/conf.d/contest.conf")
        for shown, port in zip(("127.0.0.1:8001", "127.0.0.1:8002"), ports, strict=True):
            text = text.replace(shown, f"127.0.0.1:{port}")
        text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        text = text.replace("X-Forwarded-Proto https", "X-Forwarded-Proto http")
        text = text.replace("server_name giaibaochi.example;", "server_name localhost;")
        text = text.replace(str(Path(MOMENT).parent), str(self.folder))
        return re.sub(r"^ *ssl_.*\n", "", text, flags=re.M)

    def stop(self) -> None:
        """Stop at once."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

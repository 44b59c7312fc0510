"""A whole administration on this machine: its sign-in, a certificate, nginx before two processes of the program."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import quote

import httpx
import oidc_provider_mock
import trustme
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

HOME = Path(__file__).parents[2]
HOST = "localhost"


SECRET = "0123456789abcdef0123456789abcdef"
"""What cookies are signed with here."""


@dataclass(frozen=True)
class Administration:
    """Where the running program is found, where its people sign in, its own ports, and the folder of its logs."""

    address: str
    provider: str
    ports: tuple[int, ...]
    folder: Path


def free_port() -> int:
    """Give a port of this machine that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def waited_for(port: int, seconds: float = 30) -> None:
    """Wait until something listens at a port of this machine."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextmanager
def provider(lasting: timedelta = timedelta(hours=1), port: int = 0) -> Iterator[str]:
    """Run a sign-in of an administration on loopback; gives its address."""
    with oidc_provider_mock.run_server_in_thread(port, access_token_max_age=lasting) as server:
        yield f"http://{HOST}:{server.server_port}"


@contextmanager
def proxy(folder: Path, ports: tuple[int, ...]) -> Iterator[int]:
    """Run nginx with the configuration that ``deploy/`` ships, on ports and with a certificate of this test."""
    plain, secure = free_port(), free_port()
    certificate = trustme.CA().issue_cert(HOST)
    chain, key = folder / "fullchain.pem", folder / "key.pem"
    chain.write_bytes(b"".join(pem.bytes() for pem in certificate.cert_chain_pems))
    key.write_bytes(certificate.private_key_pem.bytes())
    shipped = (HOME / "deploy" / "nginx.conf").read_text("utf-8")
    replaced = {
        "    server 127.0.0.1:8501;": "\n".join(f"    server 127.0.0.1:{port};" for port in ports),
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "biodiversity.example.org": HOST,
        "/etc/ssl/cbi/fullchain.pem": str(chain),
        "/etc/ssl/cbi/key.pem": str(key),
        "/var/log/nginx/cbi.log": str(folder / "access.log"),
    }
    for old, new in replaced.items():
        assert old in shipped, old
        shipped = shipped.replace(old, new)
    (folder / "cbi.conf").write_text(shipped, "utf-8")
    user = "user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""  # the folder is for its owner only
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\n  client_body_temp_path {folder}/body;\n  proxy_temp_path {folder}/proxy;\n"
        f"  fastcgi_temp_path {folder}/f;\n  uwsgi_temp_path {folder}/u;\n  scgi_temp_path {folder}/s;\n"
        f"  include {folder}/cbi.conf;\n}}\n",
        "utf-8",
    )
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    with subprocess.Popen([str(nginx), "-p", str(folder), "-c", str(folder / "nginx.conf")]) as process:
        try:
            waited_for(secure)
            yield secure
        finally:
            process.terminate()


@contextmanager
def serving(port: int, environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``python -m cbi serve`` as a server would; its log goes into a file."""
    command = [sys.executable, "-m", "cbi", "serve", "--port", str(port)]
    with (
        log.open("ab") as lines,
        subprocess.Popen(
            command, cwd=HOME, env={**os.environ, **environment}, stdout=lines, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            waited_for(port)
            yield process
        finally:
            process.terminate()


@contextmanager
def administration(folder: Path, database: str, processes: int = 2, **settings: str) -> Iterator[Administration]:
    """Run the whole of it: the sign-in, processes of the program on a database, and nginx before them.

    ``settings`` are environment variables of the program.
    """
    ports = tuple(free_port() for _ in range(processes))
    with ExitStack() as running:
        signs_in = running.enter_context(provider())
        secure = running.enter_context(proxy(folder, ports))
        address = f"https://{HOST}:{secure}"
        environment = {
            "CBI_DATABASE": database,
            "CBI_PUBLIC_ADDRESS": address,
            "CBI_OIDC_METADATA": f"{signs_in}/.well-known/openid-configuration",
            "CBI_OIDC_CLIENT_ID": "cbi",
            "CBI_OIDC_CLIENT_SECRET": "the provider takes any",
            "CBI_COOKIE_SECRET": SECRET,
            **settings,
        }
        for port in ports:
            running.enter_context(serving(port, environment, folder / f"{port}.log"))
        yield Administration(address, signs_in, ports, folder)


def known_person(provider: str, subject: str, address: str, name: str, *, verified: bool = True) -> None:
    """Let the sign-in know a person, as an administration's own would."""
    claims = {"email": address, "name": name, "email_verified": verified}
    httpx.put(f"{provider}/users/{quote(subject)}", json=claims).raise_for_status()


def signed_cookie(there: Administration, subject: str, since: datetime, secret: str = SECRET) -> str:
    """Make what a browser keeps of a person who signed in at a moment, signed with a secret."""
    claims = {
        "origin": there.address,
        "is_logged_in": True,
        "provider": "default",
        "iss": there.provider,
        "sub": subject,
        "email": f"{subject}@libo.example".casefold(),
        "email_verified": True,
        "name": subject,
        "iat": int(since.timestamp()),
    }
    return create_signed_value(secret, USER_COOKIE_NAME, json.dumps(claims)).decode()


def sign_in(page: Any, there: Administration, subject: str) -> None:
    """Sign a person in with a browser, from the page that asks for it on."""
    page.goto(there.address)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: str(url).startswith(there.provider))
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(lambda url: str(url).startswith(there.address))


@contextmanager
def postgresql() -> Iterator[tuple[str, Callable[[str], None]]]:
    """Run a PostgreSQL of its own; gives its address, and a function that it takes ``halt`` and ``resume`` from."""
    folder = mkdtemp(prefix="cbi-postgresql-")  # where the server's own user may go
    Path(folder).chmod(0o755)

    def tell(what: str) -> None:
        subprocess.run([str(HOME / ".ci" / "postgresql"), what, folder], check=True, capture_output=True)

    script = [str(HOME / ".ci" / "postgresql"), "start", folder]
    address = subprocess.run(script, check=True, capture_output=True, text=True).stdout.strip()
    try:
        yield address, tell
    finally:
        tell("stop")

"""A whole administration on this machine: its sign-in, a certificate, nginx before two processes of the program."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import oidc_provider_mock
import trustme

HOME = Path(__file__).parents[2]
HOST = "localhost"


@dataclass(frozen=True)
class Administration:
    """Where the running program is found, and where its people sign in."""

    address: str
    provider: str
    ports: tuple[int, ...]


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
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
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

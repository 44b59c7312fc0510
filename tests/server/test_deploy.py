"""What a server installs, and what is told of it: the document, the unit, the containers and the code say the same."""

import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from cbi.commands import ROOM_OF
from cbi.serving.settings import VARIABLES

HOME = Path(__file__).parents[2]
DOCUMENTS = [HOME / "README.md", *sorted((HOME / "docs").glob("*.md"))]
DOCUMENT = (HOME / "docs" / "server.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
UNIT = (HOME / "deploy" / "cbi@.service").read_text("utf-8")
NGINX = (HOME / "deploy" / "nginx.conf").read_text("utf-8")
COMPOSE = yaml.safe_load((HOME / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (HOME / "Dockerfile").read_text("utf-8")


def set_lines(file: Path) -> dict[str, str]:
    """Read the lines of a file that set a variable."""
    lines = file.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def commands_of(text: str) -> list[str]:
    """Part what a shell is given into its single commands."""
    return [one.strip() for line in text.splitlines() for one in line.split("&&") if one.strip()]


def words_of(command: str) -> list[str]:
    """Give what follows ``-m cbi`` or ``deploy/cbi`` in a command."""
    words = shlex.split(command)
    at = words.index("cbi") if "cbi" in words else words.index("/srv/cbi/app/deploy/cbi")
    return words[at + 1 :]


def test_there_are_ten_commands_and_the_image_is_built_from_them():
    section = DOCUMENT.partition("## Ten commands")[2].partition("\n## ")[0]
    assert re.findall(r"^\*\*(\d+)\.\*\*", section, re.MULTILINE) == [str(number) for number in range(1, 11)]
    told = {one for block in BLOCKS for one in commands_of(block)}
    built = [one for run in re.findall(r"^RUN (.*)", DOCKERFILE, re.MULTILINE) for one in commands_of(run)]
    assert len(built) >= 6
    assert [one for one in built if one not in told] == ["rm -rf /var/lib/apt/lists/*"]  # only there to save room


def test_the_table_of_settings_holds_what_the_code_reads_and_nothing_else():
    table = set(re.findall(r"^\| `(CBI_[A-Z_]+)` \|", DOCUMENT, re.MULTILINE))
    sources = [HOME / "app.py", *(HOME / "cbi").rglob("*.py")]
    read = {name for file in sources for name in re.findall(r"[\"'](CBI_[A-Z_]+)[\"']", file.read_text("utf-8"))}
    assert table == read
    assert set(VARIABLES) < table


def test_the_file_of_settings_names_those_of_the_sign_in_and_the_database_and_holds_no_secret():
    found = set_lines(HOME / "deploy" / "cbi.env")
    assert set(found) == {*VARIABLES, "CBI_DATABASE"}
    assert {name for name, value in found.items() if not value} == {"CBI_OIDC_CLIENT_SECRET", "CBI_COOKIE_SECRET"}
    assert found["CBI_PUBLIC_ADDRESS"].removeprefix("https://") in NGINX


def test_commands_of_the_program_exist_wherever_they_are_named():
    unit = re.findall(r"^ExecStart=(.*)", UNIT, re.MULTILINE)
    image = [" ".join(yaml.safe_load(words)) for words in re.findall(r"CMD (\[.*\])", DOCKERFILE)]
    told = [one for block in BLOCKS for one in commands_of(block) if "-m cbi" in one or "deploy/cbi " in one]
    assert (len(unit), len(image)) == (1, 2) and len(told) > 10
    for command in (*unit, *image, *told):
        assert words_of(command)[0] in ROOM_OF, command


def test_the_unit_runs_the_program_where_the_document_installs_it_with_its_settings():
    installed = {word for block in BLOCKS for word in shlex.split(block, comments=True)}
    assert "WorkingDirectory=/srv/cbi/app\n" in UNIT and "/srv/cbi/app" in installed
    assert "EnvironmentFile=/etc/cbi.env\n" in UNIT and "/etc/cbi.env" in installed
    assert "User=cbi\n" in UNIT
    port = re.search(r"enable --now cbi@(\d+)", DOCUMENT)
    assert port and f"server 127.0.0.1:{port[1]};" in NGINX


@pytest.mark.skipif(os.name != "posix", reason="a script for Linux")
def test_the_command_line_of_the_server_is_a_sound_script_that_may_be_run():
    script = HOME / "deploy" / "cbi"
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", str(script)], check=True)


def test_nginx_lets_through_what_the_program_may_refuse_in_words():
    settings = tomllib.loads((HOME / ".streamlit" / "config.toml").read_text("utf-8"))["server"]
    limit = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert limit and int(limit[1]) > settings["maxUploadSize"]
    assert f"| {limit[1]} MB |" in DOCUMENT and f"| {settings['maxUploadSize']} MB |" in DOCUMENT
    assert settings["enableAgentApi"] is False


def test_in_compose_only_the_proxy_is_reached_and_nothing_secret_is_written_down():
    services = COMPOSE["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True} and services["database"]["networks"] == ["inside"]
    assert services["program"]["env_file"] == "/etc/cbi.env"
    assert services["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    mounted = [volume.partition(":")[0] for volume in services["proxy"]["volumes"] if volume.startswith(".")]
    assert mounted == ["./deploy/nginx.conf"]
    replaced = re.findall(r"s/([^/]+)/", services["proxy"]["command"][2])
    assert replaced and all(one in NGINX for one in replaced)


def test_the_image_takes_only_what_the_program_needs_and_is_not_root():
    taken = (HOME / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in taken
    wanted = {line[1:] for line in taken if line.startswith("!")}
    assert wanted == {".streamlit/config.toml", "app.py", "cbi", "data/demo", "indicators", "requirements.txt"}
    assert all((HOME / name).exists() for name in wanted)
    assert re.search(r"^USER cbi$", DOCKERFILE, re.MULTILINE)
    assert ".streamlit/secrets.toml" in (HOME / ".gitignore").read_text("utf-8").splitlines()


def anchor(title: str) -> str:
    """Give the anchor under which a heading is found."""
    return re.sub(r"[^\w -]", "", title.casefold()).replace(" ", "-")


@pytest.mark.parametrize(
    "document", [HOME / "README.md", *sorted((HOME / "docs").glob("*.md"))], ids=lambda one: one.name
)
def test_links_between_documents_lead_somewhere(document):
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (document.parent / unquote(parts.path)).resolve() if parts.path else document
        assert target.exists(), link
        if parts.fragment:
            titles = re.findall(r"^#+ (.*)", target.read_text("utf-8"), re.MULTILINE)
            assert parts.fragment in [anchor(title) for title in titles], link

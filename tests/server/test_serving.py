"""Starting a server: what is unsafe or half set is refused before anything listens."""

import json
import logging
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cbi.commands import serving as commands
from cbi.serving import logs
from cbi.serving.launching import SERVED, streamlit_command
from cbi.serving.reach import came_from_this_machine, everybody_may_write, is_loopback
from cbi.serving.settings import SettingError, SignIn, secrets_of, sign_in_of, sign_in_of_file

WHOLE = {
    "CBI_PUBLIC_ADDRESS": "https://biodiversity.example.org",
    "CBI_OIDC_METADATA": "https://login.example.org/.well-known/openid-configuration",
    "CBI_OIDC_CLIENT_ID": "cbi",
    "CBI_OIDC_CLIENT_SECRET": "from the sign-in",
    "CBI_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
}


def test_a_whole_sign_in_is_taken():
    found = sign_in_of(WHOLE)
    assert found is not None
    assert (found.host, found.client_id) == ("biodiversity.example.org", "cbi")


def test_nothing_set_is_no_sign_in():
    assert sign_in_of({"HOME": "/root", "CBI_COOKIE_SECRET": " "}) is None


@pytest.mark.parametrize("left_out", WHOLE)
def test_a_sign_in_that_is_set_in_part_is_refused_by_name(left_out):
    with pytest.raises(SettingError, match=left_out):
        sign_in_of({name: value for name, value in WHOLE.items() if name != left_out})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CBI_PUBLIC_ADDRESS", "http://biodiversity.example.org"),  # not encrypted
        ("CBI_PUBLIC_ADDRESS", "biodiversity.example.org"),  # no address
        ("CBI_OIDC_METADATA", "http://login.example.org/.well-known/openid-configuration"),
        ("CBI_OIDC_METADATA", "file:///etc/passwd"),
        ("CBI_COOKIE_SECRET", "change-me"),  # nine characters
        ("CBI_COOKIE_SECRET", "0" * 40),  # easily guessed
    ],
)
def test_an_unsafe_setting_is_refused_with_what_was_found(name, value):
    with pytest.raises(SettingError, match=name):
        sign_in_of({**WHOLE, name: value})


def test_on_this_very_machine_the_address_need_not_be_encrypted():
    assert sign_in_of({**WHOLE, "CBI_PUBLIC_ADDRESS": "http://localhost:8501"}) is not None


def test_secrets_are_handed_to_the_program_as_they_are():
    sign_in = SignIn("https://a.example", "https://b.example/m", "cbi", "s\"\\\n'", "x" * 40)
    assert secrets_of(sign_in) == {
        "auth": {
            "redirect_uri": "https://a.example/oauth2callback",
            "server_metadata_url": "https://b.example/m",
            "client_id": "cbi",
            "client_secret": "s\"\\\n'",
            "cookie_secret": "x" * 40,
        }
    }


def test_a_file_of_secrets_that_cannot_be_read_does_not_open_the_door(tmp_path):
    file = tmp_path / "secrets.toml"
    assert sign_in_of_file(file) is None
    file.write_text("[auth\nclient_id=")
    with pytest.raises(SettingError, match="cannot be read"):
        sign_in_of_file(file)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.7", False),
        ("biodiversity.example.org", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_which_address_is_this_machine(host, own):
    assert is_loopback(host) is own


@pytest.mark.parametrize(
    ("headers", "sender", "here"),
    [
        ({"Host": "localhost:8501"}, None, True),
        ({"Host": "127.0.0.1:8501"}, "127.0.0.1", True),
        ({"Host": "biodiversity.example.org"}, None, False),  # a name that somebody else lets point here
        ({"Host": "localhost:8501", "X-Forwarded-For": "10.0.0.9"}, None, False),  # through a proxy
        ({"Host": "localhost:8501"}, "10.0.0.9", False),
        ({}, None, False),
    ],
)
def test_a_visit_from_elsewhere_is_told_from_one_on_this_machine(headers, sender, here):
    assert came_from_this_machine(headers, sender) is here


def test_only_the_plain_words_open_the_program_to_everybody():
    assert everybody_may_write({"CBI_WITHOUT_SIGN_IN": "Everybody on the network may write"})
    assert not everybody_may_write({"CBI_WITHOUT_SIGN_IN": "1"})
    assert not everybody_may_write({})


@pytest.fixture
def started(monkeypatch, tmp_path) -> list[list[str]]:
    """Collect what would be started, in place of starting it."""
    found: list[list[str]] = []
    monkeypatch.setattr(commands.os, "execv", lambda _, words: found.append(words))
    monkeypatch.setattr(commands.os, "chdir", lambda _: None)
    monkeypatch.setattr(commands, "SECRETS", tmp_path / "none.toml")
    for name in ("CBI_LOG", "CBI_SIGN_IN"):  # what it sets for the server ends with the test
        monkeypatch.setenv(name, "")
    for name in [one for one in os.environ if one.startswith("CBI_") and one not in ("CBI_LOG", "CBI_SIGN_IN")]:
        monkeypatch.delenv(name, raising=False)
    return found


def test_serve_listens_to_the_network_only_with_a_sign_in_or_when_it_is_meant(started, monkeypatch):
    run = CliRunner().invoke
    refused = run(commands.commands, ["serve", "--address", "0.0.0.0"])
    assert refused.exit_code == 2
    assert "Nobody signs in here" in refused.output and not started
    chinese = run(commands.commands, ["serve", "--address", "0.0.0.0", "--language", "zh_Hans"])
    assert "没有设置登录" in chinese.output
    assert run(commands.commands, ["serve"]).exit_code == 0
    monkeypatch.setenv("CBI_WITHOUT_SIGN_IN", "everybody on the network may write")
    assert run(commands.commands, ["serve", "--address", "0.0.0.0"]).exit_code == 0
    assert [next(word for word in words if word.startswith("--server.address")) for words in started] == [
        "--server.address=127.0.0.1",
        "--server.address=0.0.0.0",
    ]


def test_serve_names_no_secret_among_the_words_of_a_command_and_starts_the_guarded_app(started, monkeypatch):
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    assert CliRunner().invoke(commands.commands, ["serve"]).exit_code == 0
    (words,) = started
    assert "--server.allowedHosts=biodiversity.example.org" in words
    assert str(SERVED) in words
    assert not any(WHOLE["CBI_OIDC_CLIENT_SECRET"] in word or WHOLE["CBI_COOKIE_SECRET"] in word for word in words)


def test_with_a_sign_in_it_listens_to_the_network_only_behind_a_proxy_with_tls(started, monkeypatch):
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    refused = CliRunner().invoke(commands.commands, ["serve", "--address", "0.0.0.0"])
    assert refused.exit_code == 2
    assert "without encryption" in refused.output and "CBI_BEHIND_PROXY" in refused.output and not started
    monkeypatch.setenv("CBI_BEHIND_PROXY", "a proxy with TLS stands before it")
    assert CliRunner().invoke(commands.commands, ["serve", "--address", "0.0.0.0"]).exit_code == 0


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CBI_SIGN_IN_HOURS", "a day", "a number of hours above 0 and up to 168"),
        ("CBI_SIGN_IN_HOURS", "0", "a number of hours above 0 and up to 168"),
        ("CBI_SIGN_IN_HOURS", "nan", "a number of hours above 0 and up to 168"),
        ("CBI_OIDC_ADDRESSES_ARE_VERIFIED", "true", "only “yes” says something"),
        ("CBI_BEHIND_PROXY", "1", "a proxy with TLS stands before it"),
        ("CBI_WITHOUT_SIGN_IN", "1", "everybody on the network may write"),
        ("CBI_WITHOUT_SIGN_IN", "everybody on the network may write", "Both a sign-in and CBI_WITHOUT_SIGN_IN"),
        ("CBI_SIGNIN_HOURS", "8", "Was CBI_SIGN_IN_HOURS meant?"),
        ("CBI_DATABSE", "x", "Was CBI_DATABASE meant?"),
        ("CBI_PUBLIC_ADDRESS", "https://example.org/cbi", "leave out “/cbi”"),
        ("CBI_OIDC_METADATA", "https://login.example.org/realms/city", "/.well-known/openid-configuration"),
    ],
)
def test_a_setting_that_would_not_do_what_it_seems_to_is_refused(started, monkeypatch, name, value, told):
    for one, usual in WHOLE.items():
        monkeypatch.setenv(one, usual)
    monkeypatch.setenv(name, value)
    refused = CliRunner().invoke(commands.commands, ["serve"])
    assert refused.exit_code == 2 and not started
    assert name in refused.output and told in refused.output


@pytest.mark.parametrize("name", ["CBI_TEST_POSTGRESQL", "CBI_THOROUGH", "CBIX"])
def test_variables_of_others_are_left_alone(started, monkeypatch, name):
    monkeypatch.setenv(name, "1")
    assert CliRunner().invoke(commands.commands, ["serve"]).exit_code == 0


def test_the_command_names_the_app_that_is_there():
    words = streamlit_command("127.0.0.1", 8501)
    assert Path(words[words.index("run") + 1]).is_file()


@pytest.fixture
def log(caplog):
    logs.install()
    yield lambda: [json.loads(record.getMessage()) for record in caplog.records]
    logs.uninstall()


def test_the_log_keeps_what_happened_and_nothing_that_a_person_typed(log):
    logs.event("sign_in_refused", reason="unknown")
    logging.getLogger("streamlit").warning("Mei Yang typed 586.9 into %s", "natural_area")
    try:
        raise ValueError("586.9 by mei@libo.example")
    except ValueError:
        logging.getLogger("streamlit").exception("Uncaught error of mei@libo.example")
    first, second, third = log()
    assert (first["event"], first["reason"], first["logger"]) == ("sign_in_refused", "unknown", "cbi")
    assert second["at"].startswith("test_serving.py:")
    assert third["error"] == "ValueError"
    assert "test_the_log_keeps" in third["through"][-1]
    assert not any(word in json.dumps(log()) for word in ("Mei", "mei@", "586.9", "natural_area"))

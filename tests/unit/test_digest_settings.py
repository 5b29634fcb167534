import os
from datetime import time, timedelta
from pathlib import Path
from typing import get_args

import pytest

from briefing.data.digest import CatchUp, Empty, Policy
from briefing.edges.settings_file import _shown, describe, load
from briefing.errors import ConfigError
from briefing.mail_settings import DigestSettings
from briefing.text.phrases import languages

SMTP = """[smtp]
host = "mail.salm.example"
sender = "Salm Briefing <desk@Salm.example>"
"""
DIGEST = """[[digest]]
name = "salm"
schedule = "07:00 Europe/London"
sources = ["news/"]
recipients = ["ada@salm.example"]
"""


@pytest.fixture(autouse=True)
def write(monkeypatch, tmp_path):
    """Writes the project's file, in a folder where nothing else is set."""
    for name in os.environ:
        if name.startswith(("BRIEFING_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return (tmp_path / "briefing.toml").write_text


def message():
    with pytest.raises(ConfigError) as caught:
        load()
    return str(caught.value)


def test_a_digest_has_defaults_for_all_but_what_only_its_owner_knows(write):
    write(SMTP + DIGEST)
    settings = load().settings
    (digest,) = settings.digest
    assert (digest.called, digest.template, digest.reach) == ("salm", "digest", timedelta(days=1))
    assert (digest.timetable.at, digest.timetable.zone) == (time(7), "Europe/London")
    assert len(digest.timetable.weekdays) == 7
    assert digest.most_late is None
    assert (digest.empty, digest.catch_up, digest.policy) == (
        Empty.SKIP, CatchUp.LATEST, Policy.RESEND,
    )  # fmt: skip
    assert (settings.smtp.tls, settings.smtp.effective_port) == ("starttls", 587)


@pytest.mark.parametrize(
    ("days", "chosen"),
    [
        ('"mon-fri"', ("mon", "tue", "wed", "thu", "fri")),
        ('"Sat, sunday"', ("sat", "sun")),
        ('["sat-mon", "Wed"]', ("mon", "wed", "sat", "sun")),
    ],
)
def test_weekdays_are_names_and_spans(write, days, chosen):
    write(f"{SMTP}{DIGEST}weekdays = {days}")
    assert load().settings.digest[0].weekdays == chosen


FEEDS = """[[feeds]]
name = "wire"
url = "https://a.example/feed"
[[feeds]]
url = "https://b.example/feed"
"""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SMTP + 'tls = "none"', "'smtp.tls' in 'briefing.toml', line 4, is 'none': only a server"),
        (SMTP + 'tls = "ssl"', "'smtp.tls' in 'briefing.toml', line 4, is 'ssl': it should be"),
        (SMTP + 'password = "x"', "'smtp.password' stands in 'briefing.toml', line 4, but a secre"),
        (SMTP + "prot = 25", "key 'smtp.prot' in 'briefing.toml', line 4. Did you mean 'smtp.port"),
        ('[smtp]\nhost = "::1"\ntls = "none"\npassword_file = "p"\nuser = "x"', "nobody logs in"),
        ('[smtp]\nsender = "a\\nb <a@b.example>"', "'smtp.sender' in 'briefing.toml', line 2, is"),
        ('[smtp]\nsender = "desk"', "it should look like 'name@host.example', in ASCII."),
        ('[subscribers]\nurl = "http://x.example"', "line 2, is 'http://x.example': it should loo"),
        ('[subscribers]\nsecret = "x"', "Set BRIEFING_SUBSCRIBERS__SECRET, and take the key out"),
        (DIGEST.replace("07:00", "7"), "'digest[1].schedule' in 'briefing.toml', line 3, is '7 Eu"),
        (DIGEST.replace("London", "Lodnon"), "did you mean 'Europe/London'"),
        (DIGEST.replace("Europe/London", "Nowhere"), "there is no time zone 'Nowhere'"),
        (DIGEST + 'weekdays = ["someday"]', "'digest[1].weekdays' in 'briefing.toml', line 6, is"),
        (DIGEST + 'max_late = "soon"', "line 6, is 'soon': it should be a span of time, such as"),
        (DIGEST + 'policy = "drop"', "'digest[1].policy' in 'briefing.toml', line 6, is 'drop'"),
        (DIGEST + "polizy = 1", "'digest[1].polizy' in 'briefing.toml', line 6. Did you mean 'pol"),
        (DIGEST.replace("salm\"", "Salm!\""), "'digest[1].name' in 'briefing.toml', line 2, is"),
        (DIGEST + DIGEST, "'digest[2].name' in 'briefing.toml', line 7, cannot be used: another"),
        ('[[digest]]\nname = "salm"', "'digest[1].schedule' in 'briefing.toml', line 1, is missin"),
        (DIGEST.replace("sources", "#"), "'digest[1]' in 'briefing.toml', line 1, cannot be used:"),
        (DIGEST.replace("recipients", "#"), "no `recipients`, and `subscribers` is not true."),
        (DIGEST + 'profile = "smal"\n[profiles.small]', "no profile 'smal', which 'digest[1].prof"
         "ile' in 'briefing.toml', line 6 asks for; there are: 'small'. Did you mean 'small'?"),
        (DIGEST + DIGEST.replace('salm"', 'b"', 1) + 'profile = "x"', "'digest[2].profile' in 'brie"
         "fing.toml', line 11 asks for; there are: none. Write [profiles.x]."),
        (FEEDS + DIGEST.replace("sources", "fetch = true\nfeeds = ['wir']\n#"), "no feed 'wir', w"
         "hich 'digest[1].feeds' in 'briefing.toml', line 10 asks for; there are: 'wire', 'https://"
         "b.example/feed'. Did you mean 'wire'?"),
        (DIGEST + "feeds = ['wire']", "it names `feeds`, and `fetch` is not true."),
        (DIGEST + "headings = 'it'", "digest[1].headings' in 'briefing.toml', line 6, is 'it': it"),
        (DIGEST + 'title = "a\\nb"', "it should be one line without control characters."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_file_key_and_line(write, text, complaint):
    write(text)
    assert complaint in message()


def test_an_address_that_cannot_be_used_is_not_repeated(write):
    write(DIGEST.replace("ada@salm.example", 'bo@salm.example", "ada\\r\\nBcc: x@y.example'))
    assert "'digest[1].recipients' in 'briefing.toml', line 5, is not usable" in message()
    assert "recipient 2 is no address" in message()
    assert "y.example" not in message()
    assert "bo@" not in message()


def test_without_tls_only_this_machine_is_spoken_to(write):
    write('[smtp]\nhost = "127.0.0.1"\ntls = "none"')
    assert load().settings.smtp.effective_port == 25


def test_the_password_comes_from_the_environment_and_is_not_shown(write, monkeypatch):
    write(SMTP + 'user = "desk"')
    monkeypatch.setenv("BRIEFING_SMTP__PASSWORD", "swordfish")
    configuration = load()
    assert configuration.settings.smtp.password.get_secret_value() == "swordfish"
    shown = {row.key: row.value for row in describe(configuration)}
    assert shown["smtp.password"] == "**********"


def test_an_address_twice_is_one_recipient(write):
    write(DIGEST.replace('"ada@salm.example"', '"ada@salm.example", "Ada@SALM.example"'))
    assert load().settings.digest[0].recipients == ("Ada@salm.example",)


def test_the_readme_lists_every_key_of_a_digest_with_its_default():
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    table = readme.partition("| key of a `[[digest]]` | default | |\n|---|---|---|\n")[2]
    cells = [line.split("|")[1:3] for line in table.partition("\n\n")[0].splitlines()]
    listed = {key.strip(" `"): default.strip(" `") for key, default in cells}
    defaults = {
        name: "" if field.is_required() else _shown(field.default)
        for name, field in DigestSettings.model_fields.items()
    }
    assert listed == defaults


def test_a_digest_may_name_its_feeds_and_the_language_of_its_headings(write):
    both = "['wire', 'https://b.example/feed']"
    write(FEEDS + DIGEST.replace("sources", f"fetch = true\nfeeds = {both}\n#") + "headings = 'ar'")
    (digest,) = load().settings.digest
    assert digest.feeds == ("wire", "https://b.example/feed")
    assert digest.headings == "ar"


def test_there_are_headings_in_each_language_that_a_digest_may_name(write):
    assert get_args(DigestSettings.model_fields["headings"].annotation) == languages()

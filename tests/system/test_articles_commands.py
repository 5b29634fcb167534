"""`briefing articles …` and `briefing generate --library`, as a person runs them."""

import json

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.errors import BriefingError

EXAMPLES = "examples/visit"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs a command over a library of the test; gives what it printed, and its exit code."""
    monkeypatch.setenv("BRIEFING_LIBRARY__URL", f"sqlite:///{tmp_path}/library.sqlite3")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def invoke(*arguments):
        result = CliRunner().invoke(app, arguments)
        if isinstance(result.exception, BriefingError):
            return str(result.exception), result.exception.exit_code
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result.stdout, result.exit_code

    return invoke


def test_imports_once_and_lists_the_newest_first(run):
    assert run("articles", "import", EXAMPLES) == ("6 new, 0 changed, 0 known\n", 0)
    assert run("articles", "import", EXAMPLES) == ("0 new, 0 changed, 6 known\n", 0)
    lines = run("articles", "list")[0].splitlines()
    days = [line.split("  ")[1] for line in lines]
    assert len(lines) == 6
    assert days == sorted(days, reverse=True)
    assert len(run("articles", "list", "-n", "2", "--about", "gas tariff")[0].splitlines()) == 2


def test_shows_and_forgets_an_article_by_the_start_of_its_id(run):
    run("articles", "import", EXAMPLES)
    first = json.loads(run("articles", "list", "--json")[0])[0]
    shown = json.loads(run("articles", "show", first["id"][:8], "--json")[0])
    assert shown["sha256"] == first["sha256"]
    assert shown["text"] in run("articles", "show", first["id"])[0]
    assert run("articles", "forget", first["id"], "--dry-run") == ("would forget 1 articles\n", 0)
    assert run("articles", "forget", first["id"]) == ("forgot 1 articles\n", 0)
    assert run("articles", "show", first["id"])[1] == 4
    assert run("articles", "import", EXAMPLES)[0] == "1 new, 0 changed, 5 known\n"


def test_forgetting_needs_something_named(run):
    message, code = run("articles", "forget")
    assert (message[:17], code) == ("nothing to forget", 2)


def test_an_unusable_file_is_left_out_and_the_rest_kept(run, tmp_path):
    (tmp_path / "a.txt").write_text("The talks began on Monday in Salm.")
    (tmp_path / "b.txt").write_text("\n \n")
    assert run("articles", "import", str(tmp_path)) == ("1 new, 0 changed, 0 known\n", 5)


def test_forgets_what_is_older_than_the_settings_keep(run, monkeypatch):
    from datetime import timedelta

    from briefing.edges import clock

    run("articles", "import", EXAMPLES)
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setenv("BRIEFING_LIBRARY__RETENTION_DAYS", "30")
    run("articles", "import", f"{EXAMPLES}/1-ministry-release.txt")
    assert run("articles", "list") == ("", 0)


def test_a_briefing_of_the_library_is_that_of_its_articles(run):
    run("articles", "import", EXAMPLES)
    text, code = run("generate", "--library", "--about", "D'Avelle tariff", "--format", "json")
    assert code == 0
    paths = {entry["path"] for entry in json.loads(text)["articles"]}
    assert paths
    assert all(path.startswith(EXAMPLES) for path in paths)


def test_paths_and_the_library_are_taken_together(run):
    run("articles", "import", f"{EXAMPLES}/1-ministry-release.txt")
    other = f"{EXAMPLES}/2-kaldrin-courier.txt"
    text, _ = run("generate", other, "--library", "--format", "json")
    assert len(json.loads(text)["articles"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        ((), "no articles are named", 2),
        ((EXAMPLES, "--since", "24h"), "Add `--library`", 2),
        ((EXAMPLES, "--about", "x"), "Add `--library`", 2),
        (("--library",), "the library holds no article. See", 4),
        (("--library", "--about", "x", "--since", "2d"), "no article about 'x' since '2d'.", 4),
        (("--library", "--since", "soon"), "Give an age such as 24h", 2),
    ],
)
def test_what_cannot_be_meant_is_refused(run, arguments, said, code):
    message, ended = run("generate", *arguments)
    assert said in message
    assert ended == code


def test_more_articles_than_the_limit_are_left_out_and_said(run, monkeypatch):
    run("articles", "import", EXAMPLES)
    monkeypatch.setenv("BRIEFING_LIMITS__FILES", "3")
    text, code = run("generate", "--library", "--format", "json")
    assert (len(json.loads(text)["articles"]), code) == (3, 5)

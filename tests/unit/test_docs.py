"""The pages, the schemas and the Makefile against the code that they tell of."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.core import TyperGroup
from typer.main import get_group

from briefing import checking, pipeline
from briefing.cli.main import app
from briefing.data.reason import Reason
from briefing.data.verification import Claim
from briefing.edges.settings_file import Configuration, describe, load
from briefing.settings import Settings
from briefing.steps.render import Form, render
from docs import build

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]


@pytest.fixture(scope="module")
def run():
    """A finished run over the example articles."""
    return build.example()


@pytest.fixture(scope="module")
def verdicts(run):
    """Verdicts on one sentence that its sources bear out in other words, and on one they do not."""
    claims = [
        Claim(id="1", text="D'Avelle reached Kaldrin on Monday afternoon."),
        Claim(id="2", text="Nobody has ever seen the 40 ships of Admiral Quent."),
    ]
    return checking.verify_claims(claims, run.story.articles)


def rows(page, head):
    """The first two cells of each row of the table under `head`, without backticks."""
    table = page.partition(head)[2].partition("\n\n")[0]
    cells = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("|")]
    return {first.strip(" `"): second.strip(" `") for first, second in cells}


def schema(name):
    return json.loads((ROOT / "docs" / name).read_text("utf-8"))


def commands(command, path=()):
    yield path, command
    if isinstance(command, TyperGroup):
        for name, one in command.commands.items():
            yield from commands(one, (*path, name))


def test_what_is_made_from_the_code_is_up_to_date():
    assert list(build.old()) == [], "run `make docs`"


def test_a_line_of_a_quoted_block_stays_in_it_where_it_is_broken():
    block = "> - **D1** date: " + "one word and another " * 12
    shown = build.excerpt(f"# Visit\n\n{block}\n").split("\n\n")[1].splitlines()
    assert len(shown) > 2
    assert all(line.startswith("> ") for line in shown)


def test_the_excerpt_in_the_readme_has_the_footnotes_that_it_points_at():
    excerpt = README.partition("<!-- excerpt -->")[2].partition("<!-- /excerpt -->")[0]
    notes = set(re.findall(r"^(\[\^\d+\]):", excerpt, re.M))
    assert notes
    assert notes == set(re.findall(r"\[\^\d+\](?!:)", excerpt))


@pytest.mark.parametrize(("path", "command"), list(commands(get_group(app))))
def test_every_command_and_option_stands_on_its_page(path, command):
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    head = " ".join(("briefing", *path))
    own = re.search(rf"^#+ {head}\n(.*?)(?=^#|\Z)", page, re.M | re.S)[1]
    for parameter in command.params:
        is_option = parameter.param_type_name == "option"
        for name in parameter.opts if is_option else [parameter.metavar]:
            assert re.search(rf"`[^`]*{re.escape(name)}(?!\w)[^`]*`: \w", own), name


def test_the_readme_lists_every_setting_with_its_default():
    listed = rows(README, "| key | default | |\n|---|---|---|\n")
    defaults = describe(Configuration(settings=Settings(), origins={}))
    assert listed == {row.key: row.value for row in defaults}


def test_the_readme_explains_every_check(verdicts):
    explained = rows(README, "| check | holds when |\n|---|---|\n")
    made = [check.name for sentence in verdicts.sentences for check in sentence.checks]
    assert list(explained) == ["ids", *dict.fromkeys(made)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_of_make_that_a_page_names_is_there(page):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.* ## ", makefile, re.M)
    named = re.findall(r"(?:^\$ |`)(?:[A-Z_]+=\S+ )?make ([a-z-]+)", page.read_text("utf-8"), re.M)
    assert set(named) <= set(targets)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_json_of_a_briefing_is_valid(run):
    check = Draft202012Validator(
        schema("briefing.schema.json"), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    check.check_schema(check.schema)
    check.validate(json.loads(render(run.briefing, form=Form.JSON)))


def test_the_json_of_verdicts_is_valid(verdicts):
    check = Draft202012Validator(schema("verification.schema.json"))
    check.check_schema(check.schema)
    check.validate(json.loads(verdicts.model_dump_json()))


def test_the_design_gives_every_module_a_floor():
    design = (ROOT / "docs" / "design.md").read_text("utf-8")
    modules = [*(ROOT / "briefing").glob("[a-z]*.py"), *(ROOT / "briefing").glob("*/__init__.py")]
    names = [f"{m.parent.name}/" if m.name == "__init__.py" else m.name for m in modules]
    assert [name for name in names if name not in design] == []


@pytest.mark.parametrize("code", list(Reason))
def test_the_guide_to_the_json_lists_every_reason_code(code):
    assert f"`{code}`" in (ROOT / "docs" / "json.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["briefing.schema.json", "verification.schema.json"])
def test_the_guide_to_the_json_names_every_field(name):
    guide = (ROOT / "docs" / "json.md").read_text("utf-8")
    known = schema(name)
    fields = {
        field for part in (known, *known["$defs"].values()) for field in part.get("properties", ())
    }
    assert {field for field in fields if not re.search(rf"`{field}(\[\])?`", guide)} == set()


def test_the_guide_to_the_json_finds_every_quotation_in_a_saved_run(run, tmp_path, monkeypatch):
    example = re.search(
        r"```python\n(.*?)```", (ROOT / "docs" / "json.md").read_text("utf-8"), re.S
    )
    for name, text in pipeline.saved(run).items():
        file = tmp_path / "run" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    found = {}
    exec(example[1], found)
    assert found["cited"]


def test_the_profiles_on_the_page_of_models_can_be_used(tmp_path):
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    file = tmp_path / "briefing.toml"
    file.write_text(re.search(r"```toml\n(.*?)```", page, re.S)[1], "utf-8")
    settings = load(config=str(file)).settings
    assert len(settings.profiles) == 8
    assert settings.model_of("draft").name == "gpt-5-mini"
    assert settings.model_of("repair").base_url == "http://127.0.0.1:8000/v1"

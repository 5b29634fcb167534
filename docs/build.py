"""Make what the code itself can tell: the command line's page, the schemas, README's excerpt.

`python docs/build.py` writes what is old. With `--check` it writes nothing, names what is old,
and exits 1.
"""

import argparse
import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from typer.core import TyperArgument, TyperCommand, TyperGroup

from briefing import pipeline
from briefing.cli import servers, wiring
from briefing.cli.main import app
from briefing.data.briefing import Briefing
from briefing.data.document import Document
from briefing.data.grouping import Grouping
from briefing.data.verification import Verification
from briefing.drafters import ExtractiveDrafter
from briefing.pipeline import Assignment, Run
from briefing.settings import Settings
from briefing.steps.render import Form, render

ROOT = Path(__file__).parents[1]
_EXAMPLES = "examples/visit"
_EXCERPT = re.compile(r"(?<=<!-- excerpt -->\n```markdown\n).*?(?=```\n<!-- /excerpt -->)", re.S)
_MOST_LINES = {"Bottom line": 2, "Check before you use this": 1, "Differences resolved": 1}
"""How many lines of a section README shows; of every other section none."""


def pages() -> dict[str, str]:
    """Return every file that is made from the code, by its path from the root."""
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = excerpt(render(example().briefing, form=Form.MD))
    return {
        "docs/cli.md": _cli_page(),
        "docs/briefing.schema.json": _schema("briefing.schema.json", Briefing),
        "docs/groups.schema.json": _schema("groups.schema.json", Grouping),
        "docs/verification.schema.json": _schema("verification.schema.json", Verification),
        "README.md": _EXCERPT.sub(lambda _: shown, readme),
    }


def old() -> dict[str, str]:
    """Return those of `pages` that do not read so on disk."""
    return {path: text for path, text in pages().items() if _on_disk(path) != text}


def _on_disk(path: str) -> str | None:
    file = ROOT / path
    return file.read_text("utf-8") if file.exists() else None


def _cli_page() -> str:
    note = "<!-- Made from the app by `make docs`. The words stand in briefing/cli/. -->\n\n"
    return note + "\n".join(_command(typer.main.get_group(app), "briefing"))


def _command(command: TyperCommand | TyperGroup, path: str) -> Iterator[str]:
    """Yield what `--help` tells of a command and of those below it, whatever the width."""
    context = typer.Context(command)
    arguments: dict[str, str] = {}
    options: dict[str, str] = {}
    for parameter in command.get_params(context):
        if isinstance(parameter, TyperArgument):
            arguments[str(parameter.metavar)] = parameter.help or ""
        elif record := parameter.get_help_record(context):
            names, text = record
            options[names] = text
    below = dict(_below(command))
    usage = [path, "[OPTIONS]", *arguments, *(["COMMAND"] if below else [])]
    yield f"{'#' * len(path.split())} {path}\n"
    yield f"```console\n$ {' '.join(usage)}\n```\n"
    for text in filter(None, (command.help, command.epilog)):
        yield re.sub(r"^Example: (.*)$", r"Example: `\1`", text.strip(), flags=re.M) + "\n"
    yield from _list("Commands", {name: one.help or "" for name, one in below.items()})
    yield from _list("Arguments", arguments)
    yield from _list("Options", options)
    for name, one in below.items():
        yield from _command(one, f"{path} {name}")


def _below(command: TyperCommand | TyperGroup) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    if isinstance(command, TyperGroup):
        for name, one in command.commands.items():
            assert isinstance(one, TyperCommand | TyperGroup)
            yield name, one


def _list(title: str, entries: dict[str, str]) -> Iterator[str]:
    if entries:
        firsts = {name: text.strip().partition("\n")[0] for name, text in entries.items()}
        lines = (f"- `{name}`: {' '.join(text.split())}\n" for name, text in firsts.items())
        yield f"{title}:\n\n{''.join(lines)}"


class _SchemaOfOutput(GenerateJsonSchema):
    """Every field is there in what is written, and needs no title that repeats its name."""

    def field_is_required(self, *_: object, **__: object) -> bool:
        return True

    def field_title_should_be_set(self, *_: object) -> bool:
        return False


def _schema(name: str, model: type[BaseModel]) -> str:
    made = model.model_json_schema(mode="serialization", schema_generator=_SchemaOfOutput)
    head = {"$schema": _SchemaOfOutput.schema_dialect, "$id": name, "title": model.__name__}
    return json.dumps(head | made, indent=2, ensure_ascii=False) + "\n"


def example() -> Run:
    """Brief the example articles as `briefing generate` does where nothing is set."""
    settings = Settings()
    documents = [
        Document(source=f"{_EXAMPLES}/{file.name}", text=file.read_text("utf-8"))
        for file in sorted((ROOT / _EXAMPLES).glob("*.txt"))
    ]
    articles, _ = pipeline.clean_all(documents, max_chars=settings.limits.article_chars)
    assignment = Assignment(
        template=wiring.templates(settings.draft.template)(articles),
        focus=None,
        budget_tokens=settings.draft.budget_tokens,
        drafter=ExtractiveDrafter(),
        count=servers.token_counter(settings.model),
    )
    return pipeline.generate(articles, assignment)


def excerpt(markdown: str) -> str:
    """Return the top of a briefing, a few more lines, their footnotes, and … for all else."""
    body, *footnotes = re.split(r"\n(?=\[\^\d+\]:)", markdown)
    top, *sections = body.split("\n## ")
    parts = [top.strip()]
    for title, _, text in (section.partition("\n") for section in sections):
        lines = re.findall(r"^- .*", text, re.M)
        shown = lines[: _MOST_LINES.get(title, 0)]
        if shown:
            parts.append("\n".join([f"## {title}\n", *shown]))
        if shown != lines and parts[-1] != "…":
            parts.append("…")
    marks = re.findall(r"\[\^\d+\]", "".join(parts))
    parts.append("\n".join(note.strip() for note in footnotes if note.split(":")[0] in marks))
    return "\n".join(_wrapped("\n\n".join(parts).split("\n"))) + "\n"


def _wrapped(lines: Iterable[str]) -> Iterator[str]:
    """Break long lines, as Markdown may be broken without a change of meaning."""
    for line in lines:
        quoted = "> " if line.startswith("> ") else ""
        indent = quoted + ("  " if line.removeprefix(quoted).startswith(("- ", "[^")) else "")
        yield textwrap.fill(line, 96, subsequent_indent=indent, break_on_hyphens=False)


def main() -> None:
    """Write what is old, or with `--check` only say so."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if any is old")
    only_check = parser.parse_args().check
    found = old()
    if only_check and found:
        parser.exit(1, f"out of date: {', '.join(found)}. Run `make docs`.\n")
    for path, text in found.items():
        (ROOT / path).write_text(text, "utf-8")


if __name__ == "__main__":
    main()

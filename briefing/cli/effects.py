"""Options that have no effect beside the others: refused, not passed over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Needs:
    """An option, and what it needs to have an effect."""

    option: str
    is_given: bool
    can_act: bool
    remedy: str
    """What to do about it: the end of a sentence, then another."""


def check(options: Iterable[Needs]) -> None:
    """Make sure that each option that is given can have an effect.

    Raises:
        ConfigError: One cannot; the first is named.
    """
    for one in options:
        if one.is_given and not one.can_act:
            raise ConfigError(f"`{one.option}` {one.remedy}")


def of_pages(
    *,
    batch: bool,
    batch_wait: float | None,
    mix_languages: bool,
    is_sorted: bool,
    fetch_pages: bool,
    has_files: bool,
    headings: str | None,
    is_json: bool,
) -> Iterator[Needs]:
    """Yield what `generate` can be given that has no effect on what it reads, sorts or prints."""
    yield Needs(
        "--batch-wait",
        batch_wait is not None,
        batch,
        "says how long to wait for a batch. Add `--batch`.",
    )
    yield Needs(
        "--mix-languages",
        mix_languages,
        is_sorted,
        "goes with `--group` or `--all`: without these all articles are one story.",
    )
    yield Needs(
        "--fetch-pages",
        fetch_pages,
        has_files,
        "is for saved feeds among the files, and none is named. `briefing fetch` brings the pages "
        "of feeds into the library.",
    )
    yield Needs(
        "--headings",
        headings is not None,
        not is_json,
        "is for a page: the JSON is the same in every language. `briefing show --headings` prints "
        "it so.",
    )


def of_models(
    *,
    has_model: bool,
    record: str | None,
    base_url: str | None,
    parts: int | None,
    prompts: str | None,
) -> Iterator[Needs]:
    """Yield what `generate` can be given that has no effect where no model is asked."""
    for option, value in (
        ("--record", record),
        ("--base-url", base_url),
        ("--parts", parts),
        ("--prompts", prompts),
    ):
        yield Needs(
            option,
            value is not None,
            has_model,
            "needs a model, and none is asked. Name one with `--model`, or leave it out.",
        )

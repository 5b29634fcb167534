"""Options that several commands take."""

from typing import Annotated

import typer

About = Annotated[
    str | None,
    typer.Option(
        "--about", help="With --library: only articles that have these words.", metavar="WORDS"
    ),
]
Apart = Annotated[
    list[str] | None,
    typer.Option("--apart", help="Articles of different stories; repeatable.", metavar="A,B"),
]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", help="Of an OpenAI-compatible server.", metavar="URL")
]
Budget = Annotated[
    int | None,
    typer.Option(
        "--budget", help="Most tokens of source text for one call.", min=1, metavar="TOKENS"
    ),
]
Config = Annotated[str | None, typer.Option("--config", help="Settings file.", metavar="FILE")]
Confirmed = Annotated[
    bool, typer.Option("--confirmed", help="They have said yes elsewhere; no mail asks them.")
]
Day = Annotated[
    str | None,
    typer.Option("--date", help="The edition of this day; today's otherwise.", metavar="DATE"),
]
DigestName = Annotated[str, typer.Argument(metavar="NAME", help="Which digest.")]
FetchPages = Annotated[
    bool,
    typer.Option("--fetch-pages", help="Ask the web for the pages of summaries in saved feeds."),
]
Focus = Annotated[
    str | None, typer.Option("--focus", help="What the reader asks about.", metavar="TEXT")
]
FromLibrary = Annotated[bool, typer.Option("--library", help="Take articles from the library too.")]
Headings = Annotated[
    str | None,
    typer.Option(
        "--headings",
        help="Language of headings, labels and dates: ar, de, en or fr.",
        metavar="CODE",
    ),
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--lang", help="Only articles in this language; repeatable.", metavar="CODE"),
]
MixLanguages = Annotated[
    bool, typer.Option("--mix-languages", help="Let articles in different languages be one story.")
]
OnlyDigest = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Only this digest; all otherwise.")
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="File to write instead of stdout.", metavar="FILE"),
]
Parts = Annotated[
    int | None,
    typer.Option(
        "--parts", help="Most calls for a story that is too large for one.", min=1, max=64
    ),
]
Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH...", help="Files, folders or patterns; - for stdin."),
]
Profile = Annotated[
    str | None, typer.Option("--profile", help="A model under [profiles.NAME].", metavar="NAME")
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        help="Only articles of this age at most, or from this day on.",
        metavar="24h|7d|DATE",
    ),
]
Together = Annotated[
    list[str] | None,
    typer.Option("--together", help="Articles that are one story; repeatable.", metavar="A,B"),
]
Until = Annotated[
    str | None,
    typer.Option("--until", help="Only articles of this day and earlier.", metavar="DATE"),
]

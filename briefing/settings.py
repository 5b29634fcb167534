"""What a user can set, with its default. `edges.settings_file` finds and reads the values."""

import re
from collections.abc import Iterable
from datetime import time, timedelta
from difflib import get_close_matches
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from briefing.data.address import Mailbox, checked_address
from briefing.data.digest import WEEKDAYS, CatchUp, Empty, Policy, Schedule

EXTRACTIVE = "extractive"
"""The model name that means none: sentences are taken from the articles themselves."""

_DAY_S = 86_400
_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
_AGE = re.compile(r"(\d{1,5})\s*(m|h|d|w)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}


class _Table(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )


class ModelSettings(_Table):
    """Which model drafts, where it answers, and how patiently it is asked."""

    name: str = Field(default=EXTRACTIVE, min_length=1)
    """As the endpoint knows it. A key or an address alone does not choose a model."""

    base_url: str | None = None
    """Of an OpenAI-compatible endpoint. None: OpenAI's own, where there is a key."""

    api_key: SecretStr | None = None
    """Only ever from the environment."""

    timeout_s: float = Field(default=120, gt=0, le=_DAY_S)
    """For one call in all, with its retries."""

    tries: int = Field(default=4, ge=1, le=100)
    max_reply_bytes: int = Field(default=256 * 1024, gt=0)

    prompt_usd_per_million: float | None = Field(default=None, ge=0)
    """Price of a million tokens sent. None: no cost is stated."""

    completion_usd_per_million: float | None = Field(default=None, ge=0)
    """Price of a million tokens received. None: no cost is stated."""

    @property
    def is_extractive(self) -> bool:
        """No model is called."""
        return self.name == EXTRACTIVE

    @property
    def has_endpoint(self) -> bool:
        """Something says where a model answers: a key (OpenAI's own) or an address."""
        return self.api_key is not None or self.base_url is not None

    def cost_usd(self, prompt_tokens: int, completion_tokens: int) -> float | None:
        """Return the price of so many tokens, or None where no price is set."""
        if self.prompt_usd_per_million is None or self.completion_usd_per_million is None:
            return None
        return (
            prompt_tokens * self.prompt_usd_per_million
            + completion_tokens * self.completion_usd_per_million
        ) / 1_000_000

    @field_validator("base_url")
    @classmethod
    def _is_a_plain_address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        try:
            parts = urlsplit(address)
            is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address or not _is_plain(address):
            raise ValueError("it should look like 'https://host/v1'")
        if parts.username is not None or parts.password is not None:
            raise ValueError("it should hold no user name or password; set OPENAI_API_KEY")
        return address

    @field_validator("api_key")
    @classmethod
    def _can_travel_in_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not _is_plain(key.get_secret_value()):
            raise ValueError("it should be letters, digits and signs, without a space")
        return key


class DraftSettings(_Table):
    """What is drafted, from how much evidence."""

    template: str = Field(default="visit", min_length=1)
    budget_tokens: int = Field(default=6_000, gt=0)
    """Most tokens of evidence that one drafting call is given."""


class LimitSettings(_Table):
    """How much is read. An article cannot change a limit; the user can raise each."""

    file_bytes: int = Field(default=5 * 1024 * 1024, gt=0)
    """Of a file with one text: plain text, a page, a mail."""

    container_bytes: int = Field(default=20 * 1024 * 1024, gt=0)
    """Of a PDF, a feed, a mailbox, a list, an archive; and of what comes out of an archive."""

    article_chars: int = Field(default=200_000, gt=0)
    files: int = Field(default=2_000, gt=0)
    entries: int = Field(default=2_000, gt=0)
    """Articles, mails or files in one file."""

    unpack_ratio: int = Field(default=200, gt=0)
    """How many times its size an archive may unpack to."""

    unpack_depth: int = Field(default=2, ge=0, le=10)
    """Archives inside archives."""

    parse_s: float = Field(default=8, gt=0, le=_DAY_S)
    """For one document, in the process of its own that reads it."""

    input_s: float = Field(default=300, gt=0, le=_DAY_S)
    """For one file with all the documents in it."""

    parse_memory_bytes: int = Field(default=300 * 1024 * 1024, ge=128 * 1024 * 1024)
    """Address space of that process."""


class LibrarySettings(_Table):
    """Where articles are kept, and for how long."""

    url: str | None = None
    """`sqlite:///FILE` or `postgresql://USER@HOST/NAME`. None: a file in the user's data folder."""

    retention_days: int | None = Field(default=None, ge=1, le=100_000)
    """Articles added longer ago are forgotten when new ones come. None: all are kept."""

    @field_validator("url")
    @classmethod
    def _names_a_database(cls, url: str | None) -> str | None:
        if url is None or (url.startswith("sqlite:///") and len(url) > len("sqlite:///")):
            return url
        try:
            parts = urlsplit(url)
            is_server = parts.scheme == "postgresql" and len(parts.path) > 1 and parts.port != 0
        except ValueError:
            is_server = False
        if not is_server:
            raise ValueError(
                "it should look like 'sqlite:///FILE' or 'postgresql://USER@HOST/NAME'"
            )
        if parts.password is not None or "password" in parts.query.lower():
            raise ValueError("it should hold no password; set PGPASSWORD or write ~/.pgpass")
        return url


class FeedSettings(_Table):
    """One feed that `briefing fetch` follows."""

    url: str
    name: str = ""
    """What to call it in the report; its address unless given."""

    @field_validator("url")
    @classmethod
    def _is_on_the_web(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            raise ValueError("it should look like 'https://host/feed'")
        return url


class FetchSettings(_Table):
    """What may be fetched from the web, how much of it, and how politely."""

    timeout_s: float = Field(default=30, gt=0, le=_DAY_S)
    """For one address in all, redirects and robots.txt included, polite pauses not."""

    raw_bytes: int = Field(default=5 * 1024 * 1024, gt=0)
    """Of all that comes over the line for one request."""

    decoded_bytes: int = Field(default=20 * 1024 * 1024, gt=0)
    """Of a page when it is unpacked."""

    redirects: int = Field(default=5, ge=0, le=20)
    ports: tuple[Annotated[int, Field(ge=1, le=65_535)], ...] = Field(
        default=(80, 443), min_length=1
    )
    allow_private_hosts: tuple[str, ...] = ()
    """Hosts of an intranet, as they stand in an address; no page from outside leads there."""

    delay_s: float = Field(default=1, ge=0, le=3_600)
    """Between two visits to one host; its robots.txt may ask for more."""

    robots: bool = True
    """A robots.txt is obeyed."""

    @field_validator("ports", "allow_private_hosts", mode="before")
    @classmethod
    def _may_be_one_line(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value


class SmtpSettings(_Table):
    """The server that takes mail from here, and as whom."""

    host: str | None = None
    port: int | None = Field(default=None, ge=1, le=65_535)
    """None: 587 with STARTTLS, 465 with implicit TLS, 25 without."""

    tls: Literal["starttls", "implicit", "none"] = "starttls"
    ca_file: str | None = None
    """Certificates to trust in place of the machine's, for a server of your own."""

    password: SecretStr | None = None
    """Only ever from the environment."""

    password_file: str | None = None
    """A file with the password and nothing else."""

    user: str | None = None
    sender: str | None = None
    """`Name <name@host.example>`; its domain is in each Message-ID."""

    timeout_s: float = Field(default=60, gt=0, le=3_600)
    """For one reply, but for the last."""

    final_timeout_s: float = Field(default=600, gt=0, le=3_600)
    """For the reply after a message (RFC 5321, 4.5.3.2.6): giving up early makes duplicates."""

    @property
    def effective_port(self) -> int:
        """The port to connect to."""
        return self.port or _PORTS[self.tls]

    @field_validator("tls")
    @classmethod
    def _is_encrypted_on_the_way(cls, tls: str, info: ValidationInfo) -> str:
        host = info.data.get("host")
        if tls == "none" and host is not None and not _is_loopback(host):
            raise ValueError("only a server on this machine may be spoken to without TLS")
        return tls

    @field_validator("user")
    @classmethod
    def _can_log_in(cls, user: str | None, info: ValidationInfo) -> str | None:
        if user is None:
            return None
        if info.data.get("tls") == "none":
            raise ValueError("without TLS nobody logs in; take the key out, or set `smtp.tls`")
        if info.data.get("password") is None and info.data.get("password_file") is None:
            raise ValueError(
                "there is no password for it; set BRIEFING_SMTP__PASSWORD or `smtp.password_file`"
            )
        return user

    @field_validator("sender")
    @classmethod
    def _is_a_sender(cls, sender: str | None) -> str | None:
        if sender is not None:
            Mailbox.parse(sender)
        return sender


class SubscriberSettings(_Table):
    """Where subscribers confirm and unsubscribe, and what signs their links."""

    url: str | None = None
    """Where `briefing digest web` is reached from outside. None: mails have no link, and whoever
    wants to unsubscribe answers."""

    secret: SecretStr | None = None
    """Only ever from the environment."""

    secret_file: str | None = None

    @field_validator("url")
    @classmethod
    def _is_safe_in_a_header(cls, url: str | None) -> str | None:
        if url is None:
            return None
        try:
            parts = urlsplit(url)
            is_address = parts.scheme == "https" and parts.hostname and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address or not _is_plain(url) or set('<>"?#') & set(url) or len(url) > 500:
            raise ValueError("it should look like 'https://host/path'")
        return url.rstrip("/")


class DigestSettings(_Table):
    """One daily digest."""

    name: str = Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")
    """What commands, headers and the outbox call it."""

    title: str = Field(default="", max_length=80)
    """What its readers call it; its name unless given."""

    schedule: str
    """`07:00 Europe/London`."""

    weekdays: tuple[str, ...] = WEEKDAYS
    sources: tuple[str, ...] = ()
    """Files and folders, saved feeds among them."""

    library: bool = False
    """Articles of the library too."""

    about: str = ""
    """Of the library, only articles that have these words."""

    fetch: bool = False
    """What is new in the [[feeds]] is brought into the library first."""

    since: str = "24h"
    """How old an article may be, or older where the last edition is."""

    focus: str | None = None
    template: str = Field(default="digest", min_length=1)
    stories: int = Field(default=8, ge=1, le=50)
    """Most stories."""

    recipients: tuple[str, ...] = ()
    subscribers: bool = False
    """To all who have subscribed, besides the recipients."""

    empty: Empty = Empty.SKIP
    catch_up: CatchUp = CatchUp.LATEST
    max_late: str | None = None
    """Later than this an edition is not made. None: 12h, or 31d with `catch_up = "all"`."""

    policy: Policy = Policy.RESEND

    @property
    def called(self) -> str:
        """Its title, or else its name."""
        return self.title or self.name

    @property
    def timetable(self) -> Schedule:
        """When it is due."""
        at, _, zone = self.schedule.partition(" ")
        return Schedule(at=time.fromisoformat(at), zone=zone.strip(), weekdays=self.weekdays)

    @property
    def most_late(self) -> timedelta | None:
        """`max_late` as a span of time."""
        return None if self.max_late is None else _age(self.max_late)

    @property
    def reach(self) -> timedelta:
        """`since` as a span of time."""
        return _age(self.since)

    @field_validator("title")
    @classmethod
    def _is_one_line(cls, title: str) -> str:
        if title and not title.isprintable():
            raise ValueError("it should be one line without control characters")
        return title

    @field_validator("schedule")
    @classmethod
    def _is_a_time_in_a_zone(cls, schedule: str) -> str:
        at, _, zone = (" ".join(schedule.split())).partition(" ")
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at) or not zone:
            raise ValueError("it should look like '07:00 Europe/London'")
        zones = available_timezones()
        if zone not in zones:
            near = get_close_matches(zone, sorted(zones), n=1)
            hint = f"did you mean {near[0]!r}" if near else "it should be like 'Europe/London'"
            raise ValueError(f"there is no time zone {zone!r}; {hint}")
        return f"{at} {zone}"

    @field_validator("weekdays", mode="before")
    @classmethod
    def _are_days(cls, days: object) -> object:
        if isinstance(days, str):
            days = [part for part in re.split(r"[\s,]+", days) if part]
        if not isinstance(days, (list, tuple)):
            return days
        chosen = {day for word in days for day in _days(str(word).lower())}
        if not chosen:
            raise ValueError("it should name a day")
        return tuple(day for day in WEEKDAYS if day in chosen)

    @field_validator("recipients")
    @classmethod
    def _are_addresses(cls, recipients: tuple[str, ...]) -> tuple[str, ...]:
        addresses = []
        for number, recipient in enumerate(recipients, start=1):
            try:
                addresses.append(checked_address(recipient))
            except ValueError as error:
                # Not the address itself: what an error says may end in a log.
                raise ValueError(f"recipient {number} is no address; {error}") from error
        return tuple({address.lower(): address for address in addresses}.values())

    @field_validator("max_late", "since")
    @classmethod
    def _is_an_age(cls, age: str | None) -> str | None:
        if age is not None:
            _age(age)
        return age

    @model_validator(mode="after")
    def _leads_from_somewhere_to_somebody(self) -> "DigestSettings":
        if not self.sources and not self.library and not self.fetch:
            raise ValueError("it has no `sources`, and neither `library` nor `fetch` is true")
        if not self.recipients and not self.subscribers:
            raise ValueError("it has no `recipients`, and `subscribers` is not true")
        return self


class Settings(_Table):
    """All that can be set: a table each, as in `briefing.toml`."""

    model: ModelSettings = ModelSettings()
    draft: DraftSettings = DraftSettings()
    limits: LimitSettings = LimitSettings()
    fetch: FetchSettings = FetchSettings()
    library: LibrarySettings = LibrarySettings()
    feeds: tuple[FeedSettings, ...] = ()
    """Each a [[feeds]] of its own."""

    smtp: SmtpSettings = SmtpSettings()
    subscribers: SubscriberSettings = SubscriberSettings()
    digest: tuple[DigestSettings, ...] = ()
    """Each a [[digest]] of its own."""

    @field_validator("digest")
    @classmethod
    def _have_names_of_their_own(
        cls, digests: tuple[DigestSettings, ...]
    ) -> tuple[DigestSettings, ...]:
        names = [one.name for one in digests]
        for number, name in enumerate(names):
            if name in names[:number]:
                raise PydanticCustomError(
                    "same_name", "another [[digest]] has this name", {"entry": number}
                )
        return digests


def _is_plain(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _age(words: str) -> timedelta:
    found = _AGE.fullmatch(words.strip())
    if not found:
        raise ValueError("it should be a span of time, such as 90m, 12h, 3d or 2w")
    return timedelta(minutes=int(found[1]) * _MINUTES[found[2]])


def _days(word: str) -> Iterable[str]:
    """Return the days that `mon`, `Monday` or `mon-fri` means; a span may go round the week."""
    first, dash, last = (part.strip()[:3] for part in word.partition("-"))
    if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
        raise ValueError("it should hold days such as 'mon' or 'mon-fri'")
    if not dash:
        return [first]
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return (WEEKDAYS + WEEKDAYS)[start : end + 1 + 7 * (end < start)]

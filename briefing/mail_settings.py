"""What a user can set of digests: the mail server, the subscribers, and each digest."""

import re
from collections.abc import Iterable
from datetime import time, timedelta
from difflib import get_close_matches
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from briefing.data.address import Mailbox, checked_address
from briefing.data.digest import WEEKDAYS, CatchUp, Empty, Policy, Schedule
from briefing.settings_table import Table, is_plain

_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
_AGE = re.compile(r"(\d{1,5})\s*(m|h|d|w)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}


class SmtpSettings(Table):
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

    return_path: str | None = None
    """Address that bounces go to, and mails that unsubscribe. None: the sender's."""

    timeout_s: float = Field(default=60, gt=0, le=3_600)
    """For one reply, but for the last."""

    final_timeout_s: float = Field(default=600, gt=0, le=3_600)
    """For the reply after a message (RFC 5321, 4.5.3.2.6): giving up early makes duplicates."""

    @property
    def effective_port(self) -> int:
        """The port to connect to."""
        return self.port or _PORTS[self.tls]

    @property
    def effective_return_path(self) -> str | None:
        """The address of the envelope; None where no sender is set."""
        if self.return_path is not None or self.sender is None:
            return self.return_path
        return Mailbox.parse(self.sender).address

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
        return user

    @field_validator("sender")
    @classmethod
    def _is_a_sender(cls, sender: str | None) -> str | None:
        if sender is not None:
            Mailbox.parse(sender)
        return sender

    @field_validator("return_path")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        return None if address is None else checked_address(address)


class SubscriberSettings(Table):
    """Where subscribers confirm and unsubscribe, and what signs their links."""

    url: str | None = None
    """Where `briefing digest web` is reached from outside. None: mails have no link, and whoever
    wants to unsubscribe answers."""

    secret: SecretStr | None = None
    """Only ever from the environment."""

    secret_file: str | None = None

    @property
    def has_secret(self) -> bool:
        """Requests can be signed."""
        return self.secret is not None or self.secret_file is not None

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
        if not is_address or not is_plain(url) or set('<>"?#') & set(url) or len(url) > 500:
            raise ValueError("it should look like 'https://host/path'")
        return url.rstrip("/")


class DigestSettings(Table):
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

    feeds: tuple[str, ...] = ()
    """With `fetch`, only these [[feeds]], by name or address. Empty: all of them."""

    since: str = "24h"
    """How old an article may be, or older where the last edition is."""

    focus: str | None = None
    profile: str | None = None
    """The [profiles.NAME] that drafts it, whatever [steps] says. None: as every run."""

    headings: Literal["ar", "de", "en", "fr"] = "en"
    """Language of headings, labels and dates in its mails; sentences stay as they are."""

    template: str = Field(default="digest", min_length=1)
    stories: int = Field(default=8, ge=1, le=50)
    """Most stories."""

    batch: bool = False
    """Its model is asked by the provider's Batch API: cheaper, and within a day."""

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
        if self.feeds and not self.fetch:
            raise ValueError("it names `feeds`, and `fetch` is not true")
        if not self.recipients and not self.subscribers:
            raise ValueError("it has no `recipients`, and `subscribers` is not true")
        return self


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

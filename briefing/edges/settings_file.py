"""Finds the settings: in the environment, the project's file, the user's file."""

import os
import reprlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_config_path
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from briefing.edges.files import Unreadable, first_bytes
from briefing.edges.named_variables import add_named
from briefing.edges.setting import Setting
from briefing.errors import ConfigError
from briefing.mail_settings import DigestSettings
from briefing.settings import FeedSettings, ModelSettings, Settings

FILE_NAME = "briefing.toml"
DEFAULT = "default"
COMMAND_LINE = "command line"

_MAX_BYTES = 1024 * 1024
_PREFIX = "BRIEFING_"
_FILE_VARIABLE = "BRIEFING_CONFIG"

_TABLES: dict[str, type[BaseModel]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type)
}
_LISTS: dict[str, type[BaseModel]] = {"feeds": FeedSettings, "digest": DigestSettings}
"""What there may be several of, each a [[table]] of its own; from a file only."""

_GROUPS: dict[str, type[BaseModel]] = {"profiles": ModelSettings}
"""What there may be several of, each a [table.NAME]; from a file only."""

KEYS = tuple(f"{table}.{name}" for table, fields in _TABLES.items() for name in fields.model_fields)
"""Every key that can be set, as `table.name`."""

_SECRETS = {
    "model.api_key": "OPENAI_API_KEY",
    "smtp.password": "BRIEFING_SMTP__PASSWORD",
    "subscribers.secret": "BRIEFING_SUBSCRIBERS__SECRET",
}
"""What may come from the environment only, and the variable it is known by."""

_FILE_ONLY = {"model.headers", "model.extra_body"}
"""Tables of their own, which no single line can hold."""

VARIABLES: Mapping[str, str] = {
    "OPENAI_API_KEY": "model.api_key",
    "OPENAI_BASE_URL": "model.base_url",
    "BRIEFING_MODEL": "model.name",
    "BRIEFING_PROFILE": "steps.profile",
} | {f"{_PREFIX}{key.upper().replace('.', '__')}": key for key in KEYS if key not in _FILE_ONLY}
"""The environment variables that set something, and the key each sets; the later wins."""


class Row(NamedTuple):
    """One setting as a person may see it."""

    key: str
    value: str
    """Empty where nothing is set; a secret is not shown."""

    origin: str
    """A file, an environment variable, `command line` or `default`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The settings of one run, and where each came from."""

    settings: Settings
    origins: Mapping[str, str]
    """Of the keys that were set: the file, the variable, or `command line`."""


def load(
    *, config: str | None = None, overrides: Mapping[str, object] | None = None
) -> Configuration:
    """Return what is set, each key from the first place that has it.

    The places, in order: `overrides` (by key, `model.name`; None is no value), the
    environment, `briefing.toml` in the working folder, `briefing.toml` in the user's
    configuration folder. `config`, or else the variable BRIEFING_CONFIG, names a file that is
    read in place of these two. An environment variable that is empty counts as not set.

    Raises:
        ConfigError: A file cannot be read, a key is unknown, or a value is not usable.
    """
    config = config or os.environ.get(_FILE_VARIABLE)
    found: dict[str, Setting] = {}
    # From the weakest place to the strongest: the later takes the former's place.
    for file in _files(config):
        found |= {setting.key: setting for setting in _from_file(file)}
    found |= {setting.key: setting for setting in _from_environment()}
    for key, value in (overrides or {}).items():
        _check_key(key, repr(COMMAND_LINE))
        if value is not None:
            found[key] = Setting(key, value, COMMAND_LINE)
    add_named(found)
    settings = _validated(found)
    _check_profiles(settings, found)
    _check_feeds(settings, found)
    return Configuration(
        settings=settings,
        origins={key: setting.origin for key, setting in found.items()},
    )


def describe(configuration: Configuration) -> tuple[Row, ...]:
    """Return every setting with its value and origin, in the order of the tables."""
    rows = []
    for key in KEYS:
        table, name = key.split(".")
        value = getattr(getattr(configuration.settings, table), name)
        rows.append(Row(key, _shown(value), configuration.origins.get(key, DEFAULT)))
    for group in _GROUPS:
        for name, one in getattr(configuration.settings, group).items():
            place = f"{group}.{name}"
            rows += [
                Row(f"{place}.{key}", _shown(getattr(one, key)), configuration.origins[place])
                for key in type(one).model_fields
                if key in one.model_fields_set and key != "api_key"
            ]
    for name in _LISTS:
        for number, one in enumerate(getattr(configuration.settings, name), start=1):
            given = one.model_dump(exclude_defaults=True)
            rows += [
                Row(f"{name}[{number}].{key}", _shown(value), configuration.origins[name])
                for key, value in given.items()
            ]
    return tuple(rows)


def _shown(value: object) -> str:
    """Return a value as it could be set, or the stars as which a secret reads."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):  # Its values may be secret.
        return ", ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _files(config: str | None) -> Iterator[Path]:
    if config:
        yield Path(config)
        return
    usual = (user_config_path("briefing", appauthor=False) / FILE_NAME, Path(FILE_NAME))
    yield from (file for file in usual if os.path.lexists(file))


def _from_file(file: Path) -> Iterator[Setting]:
    text, document = _document(file)
    for name, value in document.items():
        table = Setting(name, value, str(file), text)
        if name in _LISTS:
            yield table
            continue
        if name in _GROUPS:
            yield from _group(table)
            continue
        if name not in _TABLES:
            raise _unknown(name, table.place(name))
        if not isinstance(value, dict):
            raise ConfigError(
                f"{name!r} in {table.place(name)} is a table. Write [{name}] on a line of its own, "
                "and its keys below."
            )
        for inner, setting in value.items():
            key = f"{name}.{inner}"
            place = table.place(name, inner) if key not in KEYS or key in _SECRETS else ""
            _check_key(key, place)
            if key in _SECRETS:
                raise ConfigError(
                    f"{key!r} stands in {place.rstrip(',')}, but a secret is taken from the "
                    f"environment only. Set {_SECRETS[key]}, and take the key out of the file."
                )
            yield Setting(key, setting, str(file), text)


def _group(group: Setting) -> Iterator[Setting]:
    """Yield each [group.NAME] as one setting: a nearer file has its own, whole."""
    name, value = group.key, group.value
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise ConfigError(
            f"{name!r} in {group.place(name)} holds tables. Write [{name}.NAME] on a line of its "
            "own for each, and its keys below."
        )
    for inner, table in value.items():
        if "api_key" in table:
            place = group.place(name, inner, "api_key")
            raise ConfigError(
                f"'{name}.{inner}.api_key' stands in {place.rstrip(',')}, but a secret is taken "
                "from the environment only. Name its variable in `api_key_env`, and take the key "
                "out."
            )
        yield group._replace(key=f"{name}.{inner}", value=dict(table))


def _check_profiles(settings: Settings, found: Mapping[str, Setting]) -> None:
    for step in type(settings.steps).model_fields:
        name = getattr(settings.steps, step)
        if name is not None and name not in settings.profiles:
            raise _no_profile(name, found[f"steps.{step}"].place("steps", step), settings)
    for number, digest in enumerate(settings.digest):
        if digest.profile is not None and digest.profile not in settings.profiles:
            place = found["digest"].place("digest", number, "profile")
            key = f"digest[{number + 1}].profile"
            raise _no_profile(digest.profile, f"{key!r} in {place}", settings)


def _check_feeds(settings: Settings, found: Mapping[str, Setting]) -> None:
    """Make sure that each feed that a digest names is one of the [[feeds]]."""
    known = [name for feed in settings.feeds for name in (feed.name, feed.url) if name]
    for number, digest in enumerate(settings.digest):
        for name in digest.feeds:
            if name in known:
                continue
            place = found["digest"].place("digest", number, "feeds").rstrip(",")
            key = f"digest[{number + 1}].feeds"
            near = _nearest(name, known)
            listed = ", ".join(repr(one.name or one.url) for one in settings.feeds) or "none"
            remedy = f"Did you mean {near!r}?" if near else "Write [[feeds]] for it."
            raise ConfigError(
                f"no feed {name!r}, which {key!r} in {place} asks for; there are: {listed}. "
                f"{remedy}"
            )


def _no_profile(name: str, place: str, settings: Settings) -> ConfigError:
    near = _nearest(name, list(settings.profiles))
    known = ", ".join(map(repr, settings.profiles)) or "none"
    remedy = f"Did you mean {near!r}?" if near else f"Write [profiles.{name}]."
    return ConfigError(
        f"no profile {name!r}, which {place.rstrip(',')} asks for; there are: {known}. {remedy}"
    )


def _document(file: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of a file, and what it says."""
    subject = f"settings file {str(file)!r}"
    try:
        content = first_bytes(file, _MAX_BYTES + 1)
    except Unreadable as error:
        raise ConfigError(f"cannot read {subject}: {error}") from error
    if len(content) > _MAX_BYTES:
        raise ConfigError(f"{subject} is larger than {_MAX_BYTES:,} bytes. Is it the right one?")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{subject} is not UTF-8 at line {line}. Save it as UTF-8.") from error
    except ValueError as error:
        raise ConfigError(f"{subject} is not valid TOML: {error}. Correct it there.") from error
    except RecursionError:
        raise ConfigError(
            f"{subject} is nested too deeply. Write tables of plain values."
        ) from None


def _from_environment() -> Iterator[Setting]:
    for variable in os.environ:
        known = variable in VARIABLES or variable == _FILE_VARIABLE
        if variable.startswith(_PREFIX) and not known:
            # Without the prefix, which all have and which would make any two alike.
            ours = [name for name in (*VARIABLES, _FILE_VARIABLE) if name.startswith(_PREFIX)]
            bare = _nearest(variable[len(_PREFIX) :], [name[len(_PREFIX) :] for name in ours])
            near = bare and _PREFIX + bare
            # Others may have variables of this prefix; one that is near to ours is a slip.
            if near or "__" in variable:
                raise ConfigError(
                    f"unknown environment variable {variable!r}. "
                    + (f"Did you mean {near}?" if near else "Unset it.")
                )
    for variable, key in VARIABLES.items():
        value = os.environ.get(variable, "").strip()
        if value:
            yield Setting(key, value, variable)


def _check_key(key: str, place: str) -> None:
    if key not in KEYS:
        raise _unknown(key, place)


def _unknown(key: str, place: str) -> ConfigError:
    near = _nearest(key, [*KEYS, *_TABLES, *_LISTS, *_GROUPS])
    remedy = f"Did you mean {near!r}?" if near else f"Known keys: {', '.join(KEYS)}."
    return ConfigError(f"unknown key {key!r} in {place.rstrip(',')}. {remedy}")


def _nearest(name: str, known: list[str]) -> str | None:
    # A key in the wrong table, or in none, is near to the one that ends alike.
    by_end = {key.rpartition(".")[2]: key for key in known}
    whole = get_close_matches(name, known, n=1, cutoff=0.7)
    end = get_close_matches(name.rpartition(".")[2], by_end, n=1, cutoff=0.7)
    return whole[0] if whole else by_end[end[0]] if end else None


def _validated(found: Mapping[str, Setting]) -> Settings:
    tree: dict[str, Any] = {}
    for setting in found.values():
        table, _, name = setting.key.partition(".")
        if name:
            tree.setdefault(table, {})[name] = setting.value
        else:
            tree[table] = setting.value
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"][0] in _LISTS:
            raise _unusable_entry(found[str(first["loc"][0])], first) from error
        if first["loc"][0] in _GROUPS:
            setting = found[".".join(map(str, first["loc"][:2]))]
            raise _unusable_field(setting, first) from error
        raise _unusable(found[".".join(map(str, first["loc"][:2]))], first) from error


def _unusable_entry(setting: Setting, error: ErrorDetails) -> ConfigError:
    name, *within = map(str, error["loc"])
    if error["type"] == "same_name":
        number = int(error["ctx"]["entry"])
        place = setting.place(name, number, "name")
        key = f"{name}[{number + 1}].name"
        return ConfigError(f"{key!r} in {place} cannot be used: {error['msg']}.")
    if not within or not within[0].isdecimal() or error["type"] == "model_type":
        return ConfigError(
            f"{name!r} in {setting.place(name)} is a list of tables. Write [[{name}]] on a line of "
            "its own for each, and its keys below."
        )
    number = int(within[0])
    entry = setting.value[number]
    if len(within) == 1:
        place = setting.place(name, number)
        ours = error.get("ctx", {}).get("error") or "its keys do not go together"
        return ConfigError(f"'{name}[{number + 1}]' in {place} cannot be used: {ours}.")
    key = f"{name}[{number + 1}].{within[1]}"
    place = setting.place(name, number, within[1])
    if error["type"] == "missing":
        return ConfigError(f"{key!r} in {place} is missing. Write it there.")
    if error["type"] == "extra_forbidden":
        near = _nearest(within[1], list(_LISTS[name].model_fields))
        known = ", ".join(_LISTS[name].model_fields)
        remedy = f"Did you mean {near!r}?" if near else f"Known keys: {known}."
        return ConfigError(f"unknown key {key!r} in {place.rstrip(',')}. {remedy}")
    return _unusable_value(key, entry[within[1]], place, error)


def _unusable_field(setting: Setting, error: ErrorDetails) -> ConfigError:
    """Return what is wrong with one key of a [table.NAME]."""
    group, inner = setting.key.split(".", maxsplit=1)
    name = str(error["loc"][2])
    key = f"{setting.key}.{name}"
    place = setting.place(group, inner, name)
    if error["type"] == "extra_forbidden":
        known = [field for field in _GROUPS[group].model_fields if field != "api_key"]
        near = _nearest(name, known)
        remedy = f"Did you mean {near!r}?" if near else f"Known keys: {', '.join(known)}."
        return ConfigError(f"unknown key {key!r} in {place.rstrip(',')}. {remedy}")
    return _unusable_value(key, setting.value[name], place, error)


def _unusable(setting: Setting, error: ErrorDetails) -> ConfigError:
    place = setting.place(*setting.key.split("."))
    return _unusable_value(setting.key, setting.value, place, error)


def _unusable_value(key: str, given: object, place: str, error: ErrorDetails) -> ConfigError:
    ours = error.get("ctx", {}).get("error")
    theirs = error["msg"].partition(",")[0].replace("Input", "it", 1).replace("String", "it", 1)
    # An address with an @ may hold a password, or be somebody's.
    is_secret = key in _SECRETS or key.endswith((".api_key", ".headers")) or "@" in str(given)
    value = "not usable" if is_secret else reprlib.repr(given)
    return ConfigError(f"{key!r} in {place} is {value}: {ours or theirs}.")

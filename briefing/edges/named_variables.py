"""Keys and headers of model servers that stand in variables, which the settings name."""

import os

from briefing.edges.setting import Setting
from briefing.errors import ConfigError

_FROM_VARIABLE = "env:"
"""Begins the value of a header that stands in a variable."""


def add_named(found: dict[str, Setting]) -> None:
    """Put keys and headers from the variables that the settings name among what was found.

    Raises:
        ConfigError: The variable of a header is not set.
    """
    named = found.get("model.api_key_env")
    if named is not None:
        found.pop("model.api_key", None)
        if key := _variable(named.value):
            found["model.api_key"] = Setting("model.api_key", key, str(named.value))
    headers = found.get("model.headers")
    if headers is not None:
        found["model.headers"] = headers._replace(value=_filled(headers.value, headers))
    for key, setting in list(found.items()):
        if not key.startswith("profiles."):
            continue
        table = dict(setting.value)
        # The key of one server is nobody else's business.
        variable = table.get("api_key_env") or (None if "base_url" in table else "OPENAI_API_KEY")
        if secret := _variable(variable):
            table["api_key"] = secret
        if "headers" in table:
            table["headers"] = _filled(table["headers"], setting)
        found[key] = setting._replace(value=table)


def _variable(name: object) -> str:
    return os.environ.get(name, "").strip() if isinstance(name, str) else ""


def _filled(headers: object, setting: Setting) -> object:
    """Return headers with the values of the variables that they name."""
    if not isinstance(headers, dict):
        return headers
    filled = {}
    for name, value in headers.items():
        if isinstance(value, str) and value.startswith(_FROM_VARIABLE):
            variable = value.removeprefix(_FROM_VARIABLE)
            value = _variable(variable)
            if not value:
                path = setting.key.removesuffix(".headers").split(".", maxsplit=1)
                raise ConfigError(
                    f"{setting.key!r} in {setting.place(*path, 'headers', name)} takes the header "
                    f"{name!r} from {variable!r}, which is not set. Set it."
                )
        filled[name] = value
    return filled

"""Short news briefings in which every sentence is checked against quoted spans of its sources."""

from typing import TYPE_CHECKING, Any

from briefing.version import __version__

if TYPE_CHECKING:
    from briefing.api import assert_supported, verify

__all__ = ["__version__", "assert_supported", "verify"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- whatever is exported
    """Return what `briefing.api` exports, which is loaded only when it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from briefing import api

    return getattr(api, name)

"""Signs the links by which a subscriber confirms, pauses and unsubscribes, and reads them."""

import base64
import hmac
import re
from hashlib import sha256

from briefing.data.subscriber import Deed

_LETTERS = {Deed.CONFIRM: "c", Deed.PAUSE: "p", Deed.RESUME: "r", Deed.UNSUBSCRIBE: "u"}
_TOKEN = re.compile(r"([cpru])([0-9a-f]{24})([A-Za-z0-9_-]{27})")
_BYTES = 20
FEWEST_SECRET_CHARS = 16


def token(deed: Deed, subscriber: str, secret: str) -> str:
    """Return what lets whoever has it do one deed for one subscriber.

    It says nothing of the address, so that it may stand in the log of a web server.
    """
    said = _LETTERS[deed] + subscriber
    return said + _signature(said, secret)


def read(text: str, secret: str) -> tuple[Deed, str] | None:
    """Return the deed and the subscriber's id; None where it was not signed here."""
    found = _TOKEN.fullmatch(text)
    if found is None:
        return None
    said = found[1] + found[2]
    if not hmac.compare_digest(_signature(said, secret), found[3]):
        return None
    deed = next(deed for deed, letter in _LETTERS.items() if letter == found[1])
    return deed, found[2]


def _signature(said: str, secret: str) -> str:
    made = hmac.new(secret.encode(), f"briefing:{said}".encode(), sha256).digest()[:_BYTES]
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

"""An address of mail, in the one form that is let into a header or an envelope."""

import re
from dataclasses import dataclass

_MOST_CHARS = 254
"""RFC 5321, 4.5.3.1.3, less the angle brackets."""

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>\s*")


def checked_address(text: str) -> str:
    """Return an address such as `ada@salm.example`, its domain in lower case.

    Comments, quoted names and letters beyond ASCII are not taken: each would need a server that
    can do more than mail needs.

    Raises:
        ValueError: It is none.
    """
    address = text.strip()
    if len(address) > _MOST_CHARS or not _ADDRESS.fullmatch(address):
        raise ValueError("it should look like 'name@host.example', in ASCII")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def masked(address: str) -> str:
    """Return an address so that its owner would know it and nobody else: `a…@salm.example`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A sender: a name for people, and an address."""

    name: str
    address: str

    @classmethod
    def parse(cls, text: str) -> "Mailbox":
        """Return what `Name <name@host.example>` or a bare address says.

        Raises:
            ValueError: It is neither.
        """
        found = _NAMED.fullmatch(text)
        if found is None:
            return cls("", checked_address(text))
        name = found["name"].strip('"').strip()
        if not name.isprintable():
            raise ValueError("the name should be on one line, without control characters")
        return cls(name, checked_address(found["address"]))

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]

"""Who wants a digest, and the only ways in which that changes."""

from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    """What a subscriber has last said."""

    PENDING = "pending"
    """Somebody gave the address; its owner has not said yes."""

    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "unsubscribed"
    """Kept, so that nobody puts the address back but its owner."""


class Deed(StrEnum):
    """What can be asked for; the word is part of what signs a link."""

    CONFIRM = "confirm"
    PAUSE = "pause"
    RESUME = "resume"
    UNSUBSCRIBE = "unsubscribe"


_AFTER = {
    (Deed.CONFIRM, Wish.PENDING): Wish.ACTIVE,
    (Deed.CONFIRM, Wish.ACTIVE): Wish.ACTIVE,
    (Deed.PAUSE, Wish.ACTIVE): Wish.PAUSED,
    (Deed.PAUSE, Wish.PAUSED): Wish.PAUSED,
    (Deed.RESUME, Wish.PAUSED): Wish.ACTIVE,
    (Deed.RESUME, Wish.ACTIVE): Wish.ACTIVE,
}


def after(deed: Deed, wish: Wish) -> Wish | None:
    """Return the wish after a deed; None where it changes nothing that it may change.

    Whoever has unsubscribed stays so, whatever old link is followed: only a new subscription,
    confirmed by a new mail, leads back.
    """
    if deed is Deed.UNSUBSCRIBE:
        return Wish.GONE
    return _AFTER.get((deed, wish))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One address that one digest goes to, or went to."""

    id: str
    """Random, and all that a link says of them. A new subscription has a new one."""

    digest: str
    address: str
    wish: Wish
    is_listed: bool = False
    """Named in the settings, by whoever answers for them."""

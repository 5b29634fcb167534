"""Asks the machine's resolver for TXT records, with `pip install 'briefing[dns]'`."""

import dns.exception
import dns.resolver

from briefing.errors import DeliveryError

_WITHIN_S = 5.0


def txt(name: str) -> tuple[str, ...]:
    """Return the TXT records of a name, the pieces of each joined (RFC 7208, 3.3).

    Raises:
        DeliveryError: The resolver does not say.
    """
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=_WITHIN_S)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except (dns.exception.DNSException, OSError) as error:
        raise DeliveryError(
            f"DNS does not say what {name} has: {type(error).__name__}. Try again later."
        ) from error
    return tuple(b"".join(one.strings).decode("utf-8", "replace") for one in answer)

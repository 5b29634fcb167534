"""Says whether the domain of a sender lets others believe its mails: SPF, DKIM and DMARC.

It reads records, and proves nothing: whether a server passes SPF is decided by its address, which
nobody here knows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Look = Callable[[str], tuple[str, ...]]
"""The TXT records of a name, each whole; none where there are none."""

_MOST_LOOKUPS = 10
"""RFC 7208, 4.6.4: a record that needs more is an error to who reads it."""

_COSTLY = re.compile(r"[-+~?]?(?:include:|a\b|mx\b|ptr\b|exists:)|redirect=", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is known of one of the three."""

    what: str
    name: str
    """Where its record stands in DNS."""

    is_ok: bool | None
    """None: nobody looked, or it is for its owner to judge."""

    found: str
    advice: str = ""


def findings(
    sender: str, envelope: str, *, selector: str | None, look: Look | None
) -> Iterator[Finding]:
    """Yield what is to be known of mails from one domain.

    Args:
        sender: The domain of From.
        envelope: That of the address that bounces go to, which SPF is about.
        selector: Of the DKIM key; the mail server's own choice.
        look: None: say only where to look.
    """
    yield _spf(envelope, look)
    yield _dkim(sender, selector, look)
    yield _dmarc(sender, look)
    if not _is_within(envelope, sender):
        yield Finding(
            what="alignment",
            name=envelope,
            is_ok=None,
            found=f"bounces go to {envelope}, mails come from {sender}: SPF of the one says "
            "nothing for the other, so DMARC rests on DKIM alone",
        )


def _spf(domain: str, look: Look | None) -> Finding:
    def told(is_ok: bool | None, found: str, advice: str = "") -> Finding:
        return Finding(what="SPF", name=domain, is_ok=is_ok, found=found, advice=advice)

    if look is None:
        return told(None, f"see TXT of {domain}: v=spf1 …, which has to name your mail server")
    records = [one for one in look(domain) if re.match(r"v=spf1(?: |$)", one, re.I)]
    if len(records) != 1:
        found = f"{len(records)} records at {domain}; one it has to be"
        return told(False, found, f'At {domain}: TXT "v=spf1 mx -all", with what sends for you.')
    (record,) = records
    terms = record.split()[1:]
    costly = sum(bool(_COSTLY.match(term)) for term in terms)
    everybody = next((term for term in terms if term.lower() in {"all", "+all"}), None)
    if everybody:
        return told(False, f"{record}: it lets everybody send", "End it with -all or ~all.")
    if costly > _MOST_LOOKUPS:
        return told(False, f"{record}: {costly} lookups, over the limit of {_MOST_LOOKUPS}")
    is_closed = any(re.match(r"[-~]all$|redirect=", term, re.I) for term in terms)
    advice = "" if is_closed else "End it with -all or ~all, or it forbids nobody."
    return told(is_closed or None, record, advice)


def _dkim(domain: str, selector: str | None, look: Look | None) -> Finding:
    name = f"{selector or 'SELECTOR'}._domainkey.{domain}"

    def told(is_ok: bool | None, found: str, advice: str = "") -> Finding:
        return Finding(what="DKIM", name=name, is_ok=is_ok, found=found, advice=advice)

    if look is None or selector is None:
        return told(
            None,
            f"see TXT of {name}: v=DKIM1 …; your mail server signs, and knows its selector",
            "" if look is None else "With `--dkim-selector` it is looked at.",
        )
    keys = [_tags(one) for one in look(name)]
    if len(keys) != 1 or "p" not in keys[0]:
        return told(False, f"no key at {name}", "Publish the key that your mail server signs with.")
    if not keys[0]["p"]:
        return told(False, f"the key at {name} is revoked", "Publish the one that is in use.")
    return told(True, f"a key at {name}")


def _dmarc(domain: str, look: Look | None) -> Finding:
    name = f"_dmarc.{domain}"

    def told(is_ok: bool | None, found: str, advice: str = "") -> Finding:
        return Finding(what="DMARC", name=name, is_ok=is_ok, found=found, advice=advice)

    if look is None:
        return told(None, f"see TXT of {name}: v=DMARC1; p=quarantine …")
    # A parent's record holds for what is below it (RFC 7489, 6.6.3, without its list of suffixes).
    labels = domain.split(".")
    for at in range(max(1, len(labels) - 1)):
        above = f"_dmarc.{'.'.join(labels[at:])}"
        records = [one for one in look(above) if re.match(r"v=DMARC1\s*(;|$)", one)]
        if len(records) > 1:
            return told(False, f"{len(records)} records at {above}; one it has to be")
        if records:
            tags = _tags(records[0])
            policy = (tags.get("sp") if at else None) or tags.get("p", "")
            if policy.lower() not in {"none", "quarantine", "reject"}:
                return told(False, f"{records[0]}: no policy", "Write p=quarantine or p=reject.")
            is_weak = policy.lower() == "none"
            advice = "p=none only reports; p=quarantine or p=reject protects." if is_weak else ""
            return told(None if is_weak else True, f"{records[0]} at {above}", advice)
    return told(False, f"no record at {name}", f'At {name}: TXT "v=DMARC1; p=quarantine".')


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}


def _is_within(one: str, other: str) -> bool:
    """Say whether one domain is the other or stands above or below it: relaxed alignment."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")

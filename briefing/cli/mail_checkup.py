"""What `briefing doctor` says of the domain that digests come from."""

from collections.abc import Iterator

from briefing.cli.checkup import Row
from briefing.data.address import Mailbox
from briefing.digest.domain import Look, findings
from briefing.errors import ConfigError, DeliveryError
from briefing.mail_settings import SmtpSettings


def mail_rows(smtp: SmtpSettings, *, selector: str | None, has_dns: bool) -> tuple[Row, ...]:
    """Return the findings about the sender; none where none is set.

    Raises:
        ConfigError: DNS is to be asked, and the package for it is missing.
    """
    if smtp.sender is None or smtp.effective_return_path is None:
        if has_dns:
            raise ConfigError("`--dns` looks at the domain of `smtp.sender`, which is not set.")
        return ()
    return tuple(
        _rows(
            Mailbox.parse(smtp.sender).domain,
            smtp.effective_return_path.rpartition("@")[2],
            selector,
            _resolver() if has_dns else None,
        )
    )


def _rows(sender: str, envelope: str, selector: str | None, look: Look | None) -> Iterator[Row]:
    try:
        for one in findings(sender, envelope, selector=selector, look=look):
            yield Row(what=f"mail: {one.what}", is_ok=one.is_ok, found=one.found, advice=one.advice)
    except DeliveryError as error:
        yield Row(what="mail: DNS", is_ok=None, found=str(error))


def _resolver() -> Look:
    try:
        from briefing.edges.dns_text import txt
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"`--dns` needs the package {error.name!r}. Run: pip install 'briefing[dns]'"
        ) from error
    return txt

"""`briefing digest web`: the pages that subscribers' links lead to."""

import signal
import socket
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import options

if TYPE_CHECKING:
    from briefing.data.subscriber import Deed, Wish


def web_command(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on.", metavar="HOST")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", help="Port to listen on.", min=0, max=65_535)
    ] = 8086,
    config: options.Config = None,
) -> None:
    """Serve the pages on which subscribers confirm, pause and unsubscribe.

    Behind a proxy that speaks TLS, at `subscribers.url`. Opening a page changes nothing; its button
    does, and so does the unsubscribe button of mail programs (RFC 8058). Needs
    `pip install 'briefing[web]'`. Exit codes: 0 stopped, 2 settings.

    Example: briefing digest web --port 8086
    """
    from briefing.cli import post
    from briefing.digest import consent
    from briefing.edges import settings_file
    from briefing.errors import ConfigError

    try:
        import uvicorn

        from briefing.edges.subscribe_web import application
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"the pages need the package {error.name!r}. Run: pip install 'briefing[web]'"
        ) from error
    configuration = settings_file.load(config=config)
    settings = configuration.settings
    secret = post.secret(settings.subscribers)
    titles = {digest.name: digest.called for digest in settings.digest}
    with post.opened(configuration) as opened:

        def look(deed: "Deed", token: str) -> str | None:
            found = consent.read(token, secret)
            if found is None or found[0] is not deed:
                return None
            reader = opened.readers.get(found[1])
            return titles.get(reader.digest, reader.digest) if reader else None

        def act(deed: "Deed", token: str) -> "Wish | None":
            found = consent.read(token, secret)
            if found is None or found[0] is not deed:
                return None
            return opened.readers.change(found[1], deed)

        def turn(token: str, deed: "Deed") -> str:
            found = consent.read(token, secret)
            assert found is not None, "a page is shown to a token that was read"
            return consent.token(deed, found[1], secret)

        pages = uvicorn.Config(application(look, act, turn), access_log=False, log_level="warning")
        with closing(_listening(host, port)) as listener:
            # It raises the signal that ended it once more, for whoever embeds it.
            signal.signal(signal.SIGTERM, lambda *_: None)
            with suppress(KeyboardInterrupt):
                uvicorn.Server(pages).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that a port that is taken is told in our words."""
    from briefing.errors import ConfigError

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = str(error.strerror).partition(" (")[0]  # Python says the address once more.
        raise ConfigError(
            f"cannot listen on {host}:{port}: {why}. Choose another host or port."
        ) from error

"""The pages on which subscribers confirm, pause and unsubscribe.

Opening a page changes nothing: mail programs and virus scanners open every link there is. Only a
POST acts, from the button on the page or from the mail program itself (RFC 8058).
"""

from collections.abc import Awaitable, Callable
from html import escape

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from briefing.data.subscriber import Deed, Wish

Look = Callable[[Deed, str], str | None]
"""What is called a subscription, by the deed and token of a link; None where there is none."""

Act = Callable[[Deed, str], Wish | None]
"""Do the deed of a link; None where it cannot be done."""

Turn = Callable[[str, Deed], str]
"""The token of another deed of whoever has this one."""

_ASKED = {
    Deed.CONFIRM: "Do you want {title} by mail, every day that it appears?",
    Deed.PAUSE: "Shall {title} stop coming until you say otherwise?",
    Deed.RESUME: "Shall {title} come again?",
    Deed.UNSUBSCRIBE: "Shall {title} no longer be sent to you?",
}
_BUTTONS = {
    Deed.CONFIRM: "Yes, subscribe",
    Deed.PAUSE: "Pause",
    Deed.RESUME: "Resume",
    Deed.UNSUBSCRIBE: "Unsubscribe",
}
_DONE = {
    Wish.ACTIVE: "Done: it comes with the next edition.",
    Wish.PAUSED: "Done: nothing comes until you resume.",
    Wish.GONE: "Done: you get no more of it.",
    Wish.PENDING: "Nothing has changed.",
}
_GONE = "This link is no longer of use, or it was cut off. Take the one of a newer mail."
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title>
<style>body {{ font: 18px/1.5 system-ui, sans-serif; max-width: 30em; margin: 3em auto;
padding: 0 1em; color-scheme: light dark; }} button {{ font: inherit; padding: .5em 1em; }}</style>
</head><body><main><h1>{title}</h1><p>{words}</p>{form}</main></body></html>
"""


_INSTEAD = {
    Deed.UNSUBSCRIBE: (Deed.PAUSE, "Only pause it"),
    Deed.PAUSE: (Deed.UNSUBSCRIBE, "Unsubscribe for good"),
}
"""What a page offers besides its button."""

_AFTERWARDS = {Wish.PAUSED: (Deed.RESUME, "Resume")}


def application(look: Look, act: Act, turn: Turn) -> Starlette:
    """Return the pages, to be served behind a proxy that speaks TLS."""
    routes = [Route("/health", _health)]
    routes += [
        Route(f"/{deed}/{{token}}", _page_of(deed, look, act, turn), methods=["GET", "POST"])
        for deed in Deed
    ]
    return Starlette(routes=routes)


def _page_of(
    deed: Deed, look: Look, act: Act, turn: Turn
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        token = request.path_params["token"]
        title = await run_in_threadpool(look, deed, token)
        if title is None:
            return _page("Not found", _GONE, status=404)
        if request.method != "POST":
            button = f'<form method="post"><button>{_BUTTONS[deed]}</button></form>'
            way = _way(_INSTEAD.get(deed), token, turn)
            return _page(title, _ASKED[deed].format(title=title), form=button + way)
        # What a mail program sends along says nothing that the link does not.
        wish = await run_in_threadpool(act, deed, token)
        if wish is None:
            return _page(title, _GONE, status=404)
        return _page(title, _DONE[wish], form=_way(_AFTERWARDS.get(wish), token, turn))

    return answer


def _way(other: tuple[Deed, str] | None, token: str, turn: Turn) -> str:
    """Return a link to the page of another deed; it is relative, for a proxy may add a path."""
    if other is None:
        return ""
    deed, words = other
    return f'<p><a href="../{deed}/{escape(turn(token, deed))}">{words}</a></p>'


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _page(title: str, words: str, *, form: str = "", status: int = 200) -> Response:
    page = _PAGE.format(title=escape(title), words=escape(words), form=form)
    return HTMLResponse(page, status_code=status, headers=_HEADERS)

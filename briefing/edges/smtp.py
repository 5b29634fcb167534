"""Hands letters to a mail server, and says how far each came.

Nothing goes out in the clear but to this machine, no password before TLS, and a letter's body not
before the caller has noted that it goes.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

from briefing.data.digest import Letter, Receipt, Stage
from briefing.errors import ConfigError, DeliveryError
from briefing.mail_settings import SmtpSettings

_TEXT_CHARS = 200
_REPLY_BYTES = 64 * 1024
_NOT_IMPLEMENTED = 502
_TOO_LARGE = 552
_ADDRESS = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")


class Smtp:
    """A mail server; it keeps the port `digest.sending.Mailer`.

    One connection serves letter after letter; one that breaks is made anew for the next.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        """Take where the server is and what it is told.

        Raises:
            ConfigError: No host, no sender, or no password of the user is set, or a file that the
                settings name is unusable.
        """
        if settings.host is None or settings.sender is None:
            raise ConfigError(
                "no mail server is set. Write `host` and `sender` under [smtp] in briefing.toml."
            )
        self._settings = settings
        self._host = settings.host
        self._sender = settings.effective_return_path
        self._password = _password(settings)
        self._context = _context(settings)
        self._open: _Conversation | None = None

    def send(self, letter: Letter, *, before_body: Callable[[], bool]) -> Receipt | None:
        """Hand a letter over, and return the server's last word.

        `before_body` is called when the server waits for the message and none of it has gone
        out. Where it says False nothing goes out, and None is returned.
        """
        try:
            return self._sent(letter, before_body)
        except _BrokenOffError as broken:
            self._drop()
            return broken.receipt
        except BaseException:
            self._drop()
            raise

    def check(self) -> None:
        """Go as far as a letter goes before its sender is named.

        Raises:
            DeliveryError: The server is not there, or does not have us.
        """
        try:
            self._connected()
        except _BrokenOffError as broken:
            receipt = broken.receipt
            raise DeliveryError(
                f"{self._host}: {receipt.stage}: {receipt.code or ''} {receipt.text}".strip()
            ) from broken
        finally:
            self.close()

    def close(self) -> None:
        """Say goodbye."""
        if self._open is not None:
            with suppress(_BrokenOffError):
                self._open.say(Stage.CONNECT, "QUIT", min(5, self._settings.timeout_s))
            self._drop()

    def _sent(self, letter: Letter, before_body: Callable[[], bool]) -> Receipt | None:
        server = self._connected()
        within_s = self._settings.timeout_s
        size = ""
        if server.takes("size"):
            size = f" SIZE={len(letter.message)}"
            if 0 < server.most_bytes < len(letter.message):
                text = f"the server takes {server.most_bytes:,} bytes, not {len(letter.message):,}"
                return Receipt(stage=Stage.SENDER, code=_TOO_LARGE, text=text)
        for stage, command in (
            (Stage.SENDER, f"MAIL FROM:<{self._sender}>{size}"),
            (Stage.RECIPIENT, f"RCPT TO:<{letter.recipient}>"),
        ):
            receipt = server.say(stage, command, within_s)
            if receipt.code not in {250, 251, 252}:
                return self._refused(receipt)
        receipt = server.say(Stage.DATA, "DATA", within_s)
        if receipt.code != 354:
            return self._refused(receipt)
        if not before_body():
            self._drop()  # The server waits for a message: only hanging up tells it that none is.
            return None
        return server.hand_over(letter.message, self._settings.final_timeout_s)

    def _refused(self, receipt: Receipt) -> Receipt:
        """Bring the connection back to where the next letter can begin, or end it."""
        assert self._open is not None
        is_open = False
        if receipt.code is not None and receipt.code // 100 in {4, 5} and receipt.code != 421:
            with suppress(_BrokenOffError):
                reset = self._open.say(receipt.stage, "RSET", self._settings.timeout_s)
                is_open = reset.code == 250
        if not is_open:
            self._drop()
        return receipt

    def _connected(self) -> "_Conversation":
        if self._open is None:
            server = _Conversation(self._settings, self._host, self._context)
            self._open = server
            server.begin(self._settings.user, self._password)
        return self._open

    def _drop(self) -> None:
        if self._open is not None:
            self._open.hang_up()
            self._open = None


class _BrokenOffError(Exception):
    """The conversation cannot go on."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.text)
        self.receipt = receipt


class _Conversation(smtplib.SMTP):
    """One connection. Each reply has a time limit as a whole, however it trickles."""

    def __init__(self, settings: SmtpSettings, host: str, context: ssl.SSLContext) -> None:
        name = socket.gethostname()
        # Without a host smtplib does not connect yet.
        super().__init__(local_hostname=name if "." in name else "[127.0.0.1]")
        self._settings = settings
        self._host = host
        self._context = context
        self._ahead = b""
        self._until = 0.0
        self._text = ""

    def begin(self, user: str | None, password: str | None) -> None:
        """Connect, greet, encrypt and log in, as the settings say."""
        settings = self._settings
        within_s = settings.timeout_s
        with _at(Stage.CONNECT):
            self.sock = socket.create_connection((self._host, settings.effective_port), within_s)
        if settings.tls == "implicit":
            self._encrypt()
        self._expect(Stage.GREETING, 220, self._reply(Stage.GREETING, within_s))
        self._hello()
        if settings.tls == "starttls":
            if not self.takes("starttls"):
                text = "the server offers no STARTTLS. Check `smtp.host`, `port` and `tls`"
                raise _BrokenOffError(Receipt(stage=Stage.TLS, code=_NOT_IMPLEMENTED, text=text))
            self._expect(Stage.TLS, 220, self.say(Stage.TLS, "STARTTLS", within_s))
            # What came before TLS, offers and replies alike, may be anybody's (RFC 3207, 4.2).
            self._ahead = b""
            self._encrypt()
            self._hello()
        if user is not None and password is not None:
            self._log_in(user, password)

    def takes(self, extension: str) -> bool:
        """Say whether the server offers an extension."""
        return bool(self.has_extn(extension))

    @property
    def most_bytes(self) -> int:
        """The largest message that the server says it takes; 0: it does not say."""
        said = str(self.esmtp_features.get("size", "")).strip()
        return int(said) if said.isdecimal() else 0

    def say(self, stage: Stage, command: str, within_s: float) -> Receipt:
        """Give a command, and return the reply."""
        with _at(stage):
            self._limit(within_s)
            self.putcmd(command)
        return self._reply(stage, within_s)

    def hand_over(self, message: bytes, within_s: float) -> Receipt:
        """Send a message to its end, and return what the server says of it."""
        dotted = re.sub(rb"(?m)^\.", b"..", message)
        end = b".\r\n" if dotted.endswith(b"\r\n") else b"\r\n.\r\n"
        with _at(Stage.BODY):
            self._limit(within_s)
            self.send(dotted + end)
        return self._reply(Stage.BODY, within_s)

    def hang_up(self) -> None:
        """Close the connection without a word."""
        smtplib.SMTP.close(self)

    def getreply(self) -> tuple[int, bytes]:
        """Return code and text of a reply, within the time that is left for it."""
        lines: list[bytes] = []
        while True:
            line = self._line()
            if not re.match(rb"[2-5]\d\d[ \r\n-]", line):
                raise OSError("the server does not speak SMTP")
            lines.append(line[4:].strip())
            if sum(map(len, lines)) > _REPLY_BYTES or len(lines) > 200:
                raise OSError("a reply without end")
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(lines)

    def _line(self) -> bytes:
        while b"\n" not in self._ahead:
            if len(self._ahead) > _REPLY_BYTES:
                raise OSError("a reply without end")
            assert self.sock is not None
            left_s = self._until - monotonic()
            if left_s <= 0:
                raise TimeoutError
            self.sock.settimeout(left_s)
            more = self.sock.recv(4096)
            if not more:
                raise OSError("the server closed the connection")
            self._ahead += more
        line, _, self._ahead = self._ahead.partition(b"\n")
        return line + b"\n"

    def _limit(self, within_s: float) -> None:
        self._until = monotonic() + within_s
        if self.sock is not None:
            self.sock.settimeout(within_s)

    def _reply(self, stage: Stage, within_s: float) -> Receipt:
        with _at(stage):
            self._limit(within_s)
            code, said = self.getreply()
        return Receipt(stage=stage, code=code, text=_plain(said))

    def _hello(self) -> None:
        with _at(Stage.HELLO):
            self._limit(self._settings.timeout_s)
            code, said = self.ehlo()
        self._expect(Stage.HELLO, 250, Receipt(stage=Stage.HELLO, code=code, text=_plain(said)))

    def _encrypt(self) -> None:
        with _at(Stage.TLS):
            self._limit(self._settings.timeout_s)
            assert self.sock is not None
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self._host)

    def _log_in(self, user: str, password: str) -> None:
        assert isinstance(self.sock, ssl.SSLSocket), "no password before TLS"
        with _at(Stage.LOGIN):
            self._limit(self._settings.timeout_s)
            try:
                self.login(user, password)
            except smtplib.SMTPAuthenticationError as error:
                receipt = Receipt(
                    stage=Stage.LOGIN, code=error.smtp_code, text=_plain(error.smtp_error)
                )
                raise _BrokenOffError(receipt) from error
            except smtplib.SMTPServerDisconnected:
                raise
            except smtplib.SMTPException as error:
                text = "the server offers no login that we know. Check `user` under [smtp]"
                receipt = Receipt(stage=Stage.LOGIN, code=_NOT_IMPLEMENTED, text=text)
                raise _BrokenOffError(receipt) from error

    @staticmethod
    def _expect(stage: Stage, code: int, receipt: Receipt) -> None:
        if receipt.code != code:
            raise _BrokenOffError(receipt)


@contextmanager
def _at(stage: Stage) -> Iterator[None]:
    """Turn whatever breaks the conversation here into how far it came."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        text = _plain(error.verify_message)
        raise _BrokenOffError(Receipt(stage=Stage.CERTIFICATE, text=text)) from error
    except TimeoutError as error:
        raise _BrokenOffError(Receipt(stage=stage, text="no reply in time")) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise _BrokenOffError(Receipt(stage=stage, text=_plain(str(error)))) from error


def _password(settings: SmtpSettings) -> str | None:
    if settings.user is None:
        return None
    if settings.password is not None:
        return settings.password.get_secret_value()
    file = settings.password_file
    if file is None:  # Only what sends needs one, so the settings do not ask for it.
        raise ConfigError(
            f"there is no password for `smtp.user`, {settings.user!r}. "
            "Set BRIEFING_SMTP__PASSWORD or `smtp.password_file`."
        )
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ConfigError(
            f"cannot read the password of the mail server from {file!r}. "
            "Correct `smtp.password_file`."
        ) from error


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(
            f"cannot read certificates from {settings.ca_file!r}. Correct `smtp.ca_file`."
        ) from error


def _plain(said: Any) -> str:  # noqa: ANN401 -- bytes or text, as smtplib has it
    """Return a server's words on one line, with nothing that acts and nobody's address."""
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return _ADDRESS.sub("(address)", text)[:_TEXT_CHARS]

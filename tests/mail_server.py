"""Mail servers on loopback: a whole one, and one that says at each verb what a test wrote down."""

import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from briefing.mail_settings import SmtpSettings

USER, PASSWORD = "desk", "swordfish-7"
SENDER = "Salm Briefing <desk@salm.example>"


@dataclass
class Mailroom:
    """What a server on loopback has taken, and where it is."""

    port: int = 0
    taken: list = field(default_factory=list)
    """Pairs of a recipient and the bytes of a message."""

    clear: bytearray = field(default_factory=bytearray)
    """All that came in before TLS."""

    verbs: list = field(default_factory=list)
    senders: set = field(default_factory=set)
    """Of envelopes."""

    def settings(self, **more):
        values = {
            "host": "localhost",
            "port": self.port,
            "sender": SENDER,
            "tls": "none",
            "timeout_s": 5,
            "final_timeout_s": 5,
        }
        return SmtpSettings(**values | more)


class _Handler:
    def __init__(self, room):
        self.room = room

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.room.taken += [(one, envelope.original_content) for one in envelope.rcpt_tos]
        self.room.senders.add(envelope.mail_from)
        return "250 taken"


def _authenticate(server, session, envelope, mechanism, data):
    known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=known)


@contextmanager
def aiosmtpd_server(*, tls=None, context=None, login=False):
    """A whole mail server, by `tls` as the settings name it."""
    room = Mailroom()
    options = {}
    if login:
        # With implicit TLS aiosmtpd does not see that there is TLS, and warns of what it demands.
        is_seen = tls == "starttls"
        options = {"authenticator": _authenticate}
        options |= {"auth_require_tls": is_seen, "auth_required": is_seen}
    if tls == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    controller = Controller(
        _Handler(room),
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=context if tls == "implicit" else None,
        **options,
    )
    controller.start()
    room.port = controller.port
    try:
        yield room
    finally:
        controller.stop()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Certificates:
    """A certificate for localhost, and the file of the authority that signed it."""

    server: ssl.SSLContext
    ca_file: str


def certificates(folder: Path, *, name="localhost"):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    file = folder / f"ca-{name}.pem"
    authority.cert_pem.write_to_path(file)
    return Certificates(context, str(file))


DROP, HANG, GARBLE, DRIP = "drop", "hang", "garble", "drip"
_USUAL = {
    "greeting": "220 salm.example",
    "EHLO": "250-salm.example\r\n250-SIZE 5000000\r\n250 AUTH PLAIN",
    "STARTTLS": "220 go on",
    "AUTH": "235 welcome",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "body": "250 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


@contextmanager
def scripted_server(script=None, *, context=None, implicit=False):
    """A server that answers as usual, but for what `script` says of some verbs.

    A value of `script` is a reply, or DROP, HANG, GARBLE or DRIP; a list of them is used up one
    by one, and then the usual reply follows.
    """
    room = Mailroom()
    script = {
        verb: list(said) if isinstance(said, list) else said
        for verb, said in (script or {}).items()
    }
    listener = socket.create_server(("127.0.0.1", 0))
    room.port = listener.getsockname()[1]
    ending = threading.Event()

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            talk = _Talk(connection, script, room, context, ending)
            threading.Thread(target=talk.run, args=(implicit,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield room
    finally:
        ending.set()
        # Closing alone does not wake up who accepts.
        with socket.socket() as waker:
            listener.close()
            waker.settimeout(0.1)
            waker.connect_ex(("127.0.0.1", room.port))


class _OverError(Exception):
    """The script ends the conversation here."""


class _Talk:
    """One conversation of the scripted server."""

    def __init__(self, connection, script, room, context, ending):
        self.connection = connection
        self.script = script
        self.room = room
        self.context = context
        self.ending = ending
        self.ahead = b""

    def run(self, implicit):
        try:
            if implicit:
                self.encrypt()
            self.answer("greeting")
            while line := self.line():
                self.follow(line)
        except (OSError, _OverError):
            pass
        finally:
            self.connection.close()

    def follow(self, line):
        verb = line.split(b" ")[0].split(b":")[0].strip().decode("ascii", "replace").upper()
        self.room.verbs.append(verb)
        said = self.answer(verb)
        if verb == "STARTTLS" and said.startswith("220"):
            self.encrypt()
        if verb == "RCPT":
            self.recipient = line.partition(b"<")[2].partition(b">")[0].decode()
        if verb == "DATA" and said.startswith("354"):
            if self.script.get("body") == "drop midway":
                self.connection.recv(10)
                raise _OverError
            body = b""
            while not body.endswith(b"\r\n.\r\n"):
                body += self.line()
            message = body[:-3].replace(b"\r\n..", b"\r\n.")
            if self.answer("body").startswith("250"):
                self.room.taken.append((self.recipient, message))
        if verb == "QUIT":
            raise _OverError

    def answer(self, verb):
        said = self.script.get(verb, _USUAL.get(verb, "500 what?"))
        if isinstance(said, list):
            said = said.pop(0) if said else _USUAL[verb]
        if said == "take and drop":
            self.room.taken.append((self.recipient, b""))
            raise _OverError
        if said == DROP:
            raise _OverError
        if said == HANG:
            self.ending.wait(30)
            raise _OverError
        if said == GARBLE:
            said = "<html>"
        if said == DRIP:
            while not self.ending.wait(0.05):
                self.connection.sendall(b"2")
            raise _OverError
        self.connection.sendall(f"{said}\r\n".encode())
        return said

    def encrypt(self):
        self.connection = self.context.wrap_socket(self.connection, server_side=True)

    def line(self):
        while b"\n" not in self.ahead:
            more = self.connection.recv(65536)
            if not more:
                return b""
            if not isinstance(self.connection, ssl.SSLSocket):
                self.room.clear += more
            self.ahead += more
        line, _, self.ahead = self.ahead.partition(b"\n")
        return line + b"\n"

"""Send the example's digest through Postfix, and read it back from Dovecot.

`python bench/real_servers.py`, as root and with Debian's `postfix` and `dovecot-imapd`, starts a
private pair of them in a temporary folder, on ports of its own; the machine's are left alone. One
letter goes to a reader by STARTTLS and AUTH, and is fetched by IMAP: it has to end in the bytes
that were queued. One goes to somebody who is gone: Postfix bounces it, and `briefing subscribers
mail` has to understand the bounce. The reader unsubscribes by the mail that List-Unsubscribe names.
A wrong password has to stop the run. It prints what it saw, with `--keep` it writes that to
bench/results/real_servers.json too, and it exits 1 where something differs.
"""

import argparse
import email
import imaplib
import json
import os
import platform
import pwd
import re
import smtplib
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from importlib.metadata import version
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import trustme

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results" / "real_servers.json"
DAY = "2031-04-03"
DESK, READER, GONE = "desk@salm.example", "ada@salm.example", "gone@salm.example"
_PASSWORD = "swordfish-7"
_MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {commands}
daemon_directory = {daemons}
shlib_directory = {shared}
meta_directory = {meta}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log/postfix.log
maillog_file_prefixes = {folder}
myhostname = mx.salm.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
virtual_mailbox_domains = salm.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {{{desk} = desk/}}, {{{reader} = ada/}}, {{{gone} = gone/}} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
transport_maps = inline:{{ {{{gone} = gone:}} }}
"""
_MASTER = """127.0.0.1:{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
gone unix - n n - - pipe user=nobody argv=/bin/sh -c {{exit 67}}
"""
_DOVECOT = """base_dir = {folder}/dovecot
state_dir = {folder}/state
log_path = {folder}/log/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = maildir:{folder}/mail/%n
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {auth}
  }}
}}
"""
_SETTINGS = """[smtp]
host = "localhost"
port = {smtp}
tls = "starttls"
ca_file = "{folder}/ca.pem"
user = "{desk}"
sender = "Salm Desk <{desk}>"
[library]
url = "sqlite:///{folder}/desk/library.sqlite3"
[[digest]]
name = "salm"
title = "Salm Briefing"
schedule = "07:00 Europe/London"
sources = ["{root}/examples/visit"]
since = "31d"
recipients = ["{reader}", "{gone}"]
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def called(*command: str, **more: object) -> str:
    """Return what a command prints; it has to end well."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, **more)
    return done.stdout.strip()


def until(found: Callable[[], object], what: str, within_s: float = 90) -> object:
    """Wait for something that is not nothing, and return it."""
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        if result := found():
            return result
        time.sleep(0.2)
    sys.exit(f"it does not come: {what}")


@contextmanager
def servers(folder: Path) -> Iterator[dict[str, int]]:
    """Lend a Postfix and a Dovecot that know each other; by name their ports."""
    nobody = pwd.getpwnam("nobody")
    ports = {name: free_port() for name in ("smtp", "imap", "auth")}
    values = {
        **ports, "folder": folder, "root": ROOT, "uid": nobody.pw_uid, "gid": nobody.pw_gid,
        "desk": DESK, "reader": READER, "gone": GONE, "password": _PASSWORD,
    }  # fmt: skip
    names = ("command_directory", "daemon_directory", "shlib_directory", "meta_directory")
    known = (called("postconf", "-dh", name) for name in names)
    values |= dict(zip(("commands", "daemons", "shared", "meta"), known, strict=True))
    for name in ("etc", "queue", "data", "log", "mail", "home", "desk", "dovecot", "state"):
        (folder / name).mkdir()
    folder.chmod(0o755)
    for name in ("mail", "home"):
        os.chown(folder / name, nobody.pw_uid, nobody.pw_gid)
    os.chown(folder / "data", pwd.getpwnam("postfix").pw_uid, -1)
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_pem.write_to_path(folder / "server.key")
    (folder / "server.key").chmod(0o600)
    chain = b"".join(blob.bytes() for blob in certificate.cert_chain_pems)
    (folder / "server.pem").write_bytes(chain)
    for name, text in (
        ("etc/main.cf", _MAIN), ("etc/master.cf", _MASTER), ("dovecot.conf", _DOVECOT),
        ("desk/briefing.toml", _SETTINGS),
    ):  # fmt: skip
        (folder / name).write_text(text.format(**values), "utf-8")
    called("dovecot", "-c", str(folder / "dovecot.conf"))
    try:
        called("postfix", "-c", str(folder / "etc"), "start", stderr=subprocess.DEVNULL)
        try:
            yield ports
        finally:
            called("postfix", "-c", str(folder / "etc"), "stop", stderr=subprocess.DEVNULL)
    finally:
        called("doveadm", "-c", str(folder / "dovecot.conf"), "stop")


def briefing(folder: Path, *arguments: str, password: str = _PASSWORD) -> tuple[int, str, str]:
    """Run the command; return its exit code, and what it says on stdout and stderr."""
    usual = {name: value for name, value in os.environ.items()
             if not name.startswith(("BRIEFING_", "OPENAI_"))}  # fmt: skip
    secrets = {"SMTP__PASSWORD": password, "SUBSCRIBERS__SECRET": "0123456789abcdef0123"}
    more = {f"BRIEFING_{name}": value for name, value in secrets.items()}
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=folder / "desk", env=usual | more | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def fetched(folder: Path, port: int) -> bytes:
    """Return the one mail of the reader, as IMAP gives it; nothing while there is none."""
    context = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    with imaplib.IMAP4("localhost", port, timeout=30) as box:
        box.starttls(context)
        box.login(READER, _PASSWORD)
        _, (number,) = box.select(readonly=True)
        if number != b"1":
            return b""
        _, ((_, content), *_) = box.fetch("1", "(BODY.PEEK[])")
        return content


def unsubscribe(folder: Path, port: int, letter: bytes) -> None:
    """Write the mail that the letter's header names, as a mail program would."""
    said = str(email.message_from_bytes(letter, policy=default)["List-Unsubscribe"])
    parts = urlsplit(re.search(r"<(mailto:[^>]+)>", said)[1])
    request = EmailMessage()
    request["From"], request["To"] = READER, parts.path
    request["Subject"] = parse_qs(parts.query)["subject"][0]
    request.set_content("")
    with smtplib.SMTP("localhost", port, timeout=60) as server:
        server.starttls(context=ssl.create_default_context(cafile=str(folder / "ca.pem")))
        server.login(READER, _PASSWORD)
        server.send_message(request)


def main() -> None:
    """Do it, and say what was as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write the results file")
    chosen = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("Postfix starts as root only.")
    os.environ["PATH"] += ":/usr/sbin"
    holds: dict[str, bool] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        with servers(folder) as ports:
            send = ("digest", "send", "salm", "--date", DAY)
            code, _, said = briefing(folder, *send, password="wrong")
            holds["a wrong password stops the run, and marks nobody"] = code == 1 and "AUTH" in said
            code, out, said = briefing(folder, *send)
            print(out + said, end="", file=sys.stderr)
            holds["both letters are taken, by STARTTLS and AUTH"] = (code, out) == (0, "2 sent\n")
            with closing(sqlite3.connect(folder / "desk" / "library.sqlite3")) as database:
                rows = database.execute("SELECT recipient, message FROM letters")
                queued = {to: zlib.decompress(message) for to, message in rows}
            arrived = until(lambda: fetched(folder, ports["imap"]), "the letter")
            head = arrived.removesuffix(queued[READER])
            holds["the letter ends in the bytes that were queued"] = head != arrived
            holds["before them are the servers' own headers"] = all(
                re.match(rb"(Return-Path|X-Original-To|Delivered-To|Received):|[ \t]", line)
                for line in head.splitlines()
            )
            holds["it came encrypted and logged in"] = b"ESMTPSA" in head
            ours, theirs = (
                email.message_from_bytes(one, policy=default) for one in (queued[READER], arrived)
            )
            for kind in ("plain", "html"):
                holds[f"its {kind} part is the same"] = (
                    ours.get_body((kind,)).get_content() == theirs.get_body((kind,)).get_content()
                )
            box = folder / "mail" / "desk" / "new"
            until(lambda: box.is_dir() and any(box.iterdir()), "the bounce")
            code, out, _ = briefing(folder, "subscribers", "mail", str(box.parent))
            holds["the bounce of Postfix is understood"] = (code, out) == (0, "1 bounced\n")
            code, out, _ = briefing(folder, "status")
            holds["the address is dead"] = "dead addresses, no longer written to: 1" in out
            unsubscribe(folder, ports["smtp"], arrived)
            until(lambda: len(list(box.iterdir())) == 2, "the mail to unsubscribe")
            code, out, _ = briefing(folder, "subscribers", "mail", str(box.parent))
            holds["the mail unsubscribes"] = out == "1 unsubscribed, 1 known already\n"
            code, out, _ = briefing(folder, "digest", "send", "salm", "--date", "2031-04-04")
            holds["nobody is left to send to"] = "sent" not in out
    result = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "postfix": called("postconf", "-dh", "mail_version"),
            "dovecot": called("dovecot", "--version"),
            "briefing": version("briefing"),
        },
        "letter_bytes": len(queued[READER]),
        "holds": holds,
    }
    print(json.dumps(result, indent=2))
    if chosen.keep:
        RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    sys.exit(not all(holds.values()))


if __name__ == "__main__":
    main()

"""Writes what makes a machine go round: systemd units, or a line of cron."""

import shlex
from collections.abc import Sequence

START = "systemctl --user daemon-reload && systemctl --user enable --now briefing-digest.timer"


def systemd(command: Sequence[str], folder: str) -> dict[str, str]:
    """Return a service and its timer, by file name.

    A tick that was slept through is made up for at once (`Persistent`); which editions are then
    made is the digest's own affair.
    """
    line = " ".join(map(_quoted, command))
    service = f"""\
[Unit]
Description=Send the daily digests that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={_escaped(folder)}
ExecStart={line}
# Done, but not all was sent: the log says what.
SuccessExitStatus=5
TimeoutStartSec=2h
"""
    timer = """\
[Unit]
Description=Look every quarter of an hour which digests are due

[Timer]
OnCalendar=*:0/15
RandomizedDelaySec=30
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {"briefing-digest.service": service, "briefing-digest.timer": timer}


def crontab(command: Sequence[str], folder: str) -> str:
    """Return a line for crontab, in which a percent sign would end the command."""
    words = f"cd {shlex.quote(folder)} && {shlex.join(command)}".replace("%", r"\%")
    return f"*/15 * * * * {words}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "%%")


def _quoted(word: str) -> str:
    escaped = _escaped(word).replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"' if any(char.isspace() for char in escaped) else escaped

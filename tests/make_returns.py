"""Mails that come back: requests to unsubscribe, and bounces as servers write them."""

from email.message import EmailMessage, Message, MIMEPart
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText


def request(subject, *, sender="ada@salm.example", **headers):
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "desk@salm.example"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Please.")
    return message.as_bytes()


def bounce(
    returned,
    *,
    status="5.1.1",
    action="failed",
    recipient="ada@salm.example",
    headers_only=True,
    original=None,
):
    """A delivery status notification (RFC 3464) about the letter of which `returned` is the head.

    `original` is the address that the letter was sent to, where the server says another.
    """
    report = MIMEMultipart("report", **{"report-type": "delivery-status"})
    report["From"] = "MAILER-DAEMON@mx.example"
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Auto-Submitted"] = "auto-replied"
    report["Return-Path"] = "<>"
    report.attach(MIMEText(f"I could not deliver your mail to <{recipient}>."))
    groups = Message(), Message()
    groups[0]["Reporting-MTA"] = "dns; mx.example"
    groups[1]["Final-Recipient"] = f"rfc822; {recipient}"
    if original:
        groups[1]["Original-Recipient"] = f"rfc822;{original}"
    groups[1]["Action"] = action
    groups[1]["Status"] = status
    groups[1]["Diagnostic-Code"] = f"smtp; 550 {status} <{recipient}> does not exist"
    told = MIMEBase("message", "delivery-status")
    told.set_payload(list(groups))
    report.attach(told)
    if headers_only:
        part = MIMEPart()
        part["Content-Type"] = "text/rfc822-headers"
        part.set_payload(returned.decode("ascii"))
    else:
        part = MIMEBase("message", "rfc822")
        inner = Message()
        for line in returned.decode("ascii").replace("\r\n ", " ").splitlines():
            name, _, value = line.partition(": ")
            inner[name] = value
        inner.set_payload("The talks began.")
        part.set_payload([inner])
    report.attach(part)
    return report.as_bytes()


def mailbox(*mails):
    return b"".join(b"From mx@mx.example Mon Apr  7 07:00:00 2031\n" + one + b"\n" for one in mails)

"""Small files of every kind, made here: no text of anybody else's."""

import gzip
import io
import zipfile

SENTENCES = (
    "The foreign minister of Maronde arrived in Port Salm on Monday for two days of talks.",
    "She will meet the prime minister on Tuesday, the ministry said in a statement.",
    "The two sides are to sign an agreement on rail freight, and to speak about gas.",
    "A spokesman said that no date had been set for the next round of the talks.",
)
TEXT = "\n\n".join(SENTENCES)


def page(*paragraphs, head="", title="Maronde opens talks in Port Salm", lang="en"):
    """A web page with a menu and a footer round the article."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs or SENTENCES * 2)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
        f"<article><h1>{title}</h1>{body}</article>"
        '<footer><p>Imprint</p><a href="/privacy">Privacy</a></footer></body></html>'
    ).encode()


def pdf(*pages):
    """A PDF with a text layer: pages of lines; a page of None holds nothing but a picture.

    A pair is a line and the size of its letters, which are of 10 points otherwise.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        at = len(objects) + 1
        kids.append(f"{at} 0 R")
        if lines is None:
            resources = f"/XObject << /I {at + 2} 0 R >>"
            stream = "/I Do"
        else:
            resources = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
            sized = [(line, 10) if isinstance(line, str) else line for line in lines]
            shown = " ".join(f"/F {size} Tf ({line}) Tj T*" for line, size in sized)
            stream = f"BT 24 TL 40 800 Td {shown} ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {at + 1} 0 R "
            f"/Resources << {resources} >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
        if lines is None:
            objects.append(
                "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                "/ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream"
            )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = "%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def mail(*parts, sender="Salm Courier <news@courier.example>", subject="Talks", more=""):
    """A mail; `parts` are pairs of a content type and a text."""
    head = (
        f"From: {sender}\r\nTo: reader@desk.example\r\nSubject: {subject}\r\n"
        f"Date: Tue, 06 Apr 2031 07:00:00 +0500\r\nMIME-Version: 1.0\r\n{more}"
    )
    parts = parts or (("text/plain", TEXT),)
    if len(parts) == 1:
        ((kind, text),) = parts
        return f"{head}Content-Type: {kind}; charset=utf-8\r\n\r\n{text}\r\n".encode()
    body = "".join(
        f"--cut\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in parts
    )
    kind = 'Content-Type: multipart/alternative; boundary="cut"'
    return f"{head}{kind}\r\n\r\n{body}--cut--\r\n".encode()


def mbox(*mails):
    """A mailbox of mails."""
    return b"".join(
        b"From courier@example Tue Apr  6 07:00:00 2031\n" + each.replace(b"\r\n", b"\n") + b"\n\n"
        for each in mails
    ).replace(b"\n\n\n", b"\n\n")


def rss(*items, head="<title>Salm Courier</title><language>en</language>", top=""):
    """An RSS feed of items, each the XML inside <item>."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{top}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel>{head}{inside}</channel></rss>"
    ).encode()


def zipped(files):
    """A ZIP archive of names and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def gzipped(content):
    """The content as a gzip, the same bytes each time."""
    return gzip.compress(content, mtime=0)

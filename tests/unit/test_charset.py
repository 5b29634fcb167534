import pytest

from briefing.edges.parse.charset import declares, decode, known
from briefing.errors import SourceError

RUSSIAN = "Министр иностранных дел прибыл в столицу с двухдневным визитом, сообщило агентство. " * 5  # noqa: RUF001


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec):
    assert decode("Café, 3 €".encode(codec)).text == "Café, 3 €"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_seen_by_its_nuls(codec):
    read = decode("The talks began in Zürich.".encode(codec))
    assert (read.text, read.damage) == ("The talks began in Zürich.", ())


def test_valid_utf_8_is_believed_before_a_label():
    assert decode("Zürich, café".encode(), declared="iso-8859-1").text == "Zürich, café"


def test_a_label_means_what_browsers_take_it_for():
    assert decode(b"\x93Yes\x94, \x80 5", declared="ISO-8859-1").text == "“Yes”, € 5"
    assert known("GB2312") == "gb18030"
    assert known("x-sjis") == "cp932"


def test_what_xml_and_html_declare_is_found():
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'
    assert declares(page.encode()) == "koi8-r"
    xml = '<?xml version="1.0" encoding="windows-1251"?><rss>Привет</rss>'
    assert decode(xml.encode("cp1251")).text == xml


@pytest.mark.parametrize(
    "name", ["zlib", "punycode", "unicode_escape", "utf-7", "rot13", "no-such", "a\0"]
)
def test_a_codec_that_is_no_charset_of_text_is_not_used(name):
    assert known(name) is None
    assert decode(b"caf\xe9", declared=name).text == "café"


def test_a_label_that_misreads_most_of_it_is_not_believed():
    assert "прибыл" in decode(RUSSIAN.encode("cp1251"), declared="euc-jp").text


def test_lines_of_two_encodings_are_read_each_in_its_own():
    content = "naïve\nZürich\n".encode() + b"caf\xe9\n"
    read = decode(content)
    assert read.text == "naïve\nZürich\ncafé\n"
    assert read.damage == ("1 of 4 lines are not UTF-8 and were read as windows-1252",)


def test_without_a_label_the_language_is_listened_to_and_the_guess_is_told():
    read = decode(RUSSIAN.encode("koi8-r"))
    assert read.text == RUSSIAN
    assert read.damage == ("it was read as koi8-r, a guess",)


def test_what_is_lost_is_counted():
    assert decode(b"\xef\xbb\xbfa\xff\xfeb").damage == ("2 bytes are no utf-8-sig and were lost",)


def test_a_binary_file_is_refused_and_a_stray_nul_is_not():
    text = "The talks began on Monday in the capital. " * 6 + "\x00"
    assert decode(text.encode()).text == text
    with pytest.raises(SourceError, match="it is a binary file"):
        decode(bytes(range(256)) * 50)

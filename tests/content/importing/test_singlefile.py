"""Web pages saved as a single file."""

from __future__ import annotations

from email import policy
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from bot.content.importing.reading import LARGEST_TEXT, read
from bot.content.importing.singlefile import MOST_BOUNDARIES, page_inside
from tests.content.importing.rereading import PAGES

HTML = (PAGES / "statement.html").read_text(encoding="utf-8")


def saved(html: str, charset: str = "utf-8") -> bytes:
    whole = MIMEMultipart("related", type="text/html")
    whole["From"] = "<Saved by a browser>"
    whole["Subject"] = "Kites for all"
    whole.attach(MIMEText(html, "html", charset))
    whole.attach(MIMEImage(b"\xff\xd8" * 1000, "jpeg"))
    return whole.as_bytes(policy=policy.SMTP)


@pytest.mark.parametrize("name", ["page.mhtml", "page", "page.txt"])
def test_it_is_the_page_that_is_inside(name: str) -> None:
    page, plain = read(saved(HTML), name), read(HTML.encode(), "page.html")
    assert page.format == "HTML"
    assert [line.text for line in page.lines] == [line.text for line in plain.lines]
    assert page.doubts == plain.doubts


def test_the_encoding_that_the_file_names_is_taken() -> None:
    page = read(saved("<p>ลมแรง</p>", "tis-620"), "page.mhtml")
    assert page.words == ("ลมแรง",)
    assert page.doubts == ()


def test_large_pictures_do_not_count_and_a_large_page_does() -> None:
    whole = MIMEMultipart("related")
    whole.attach(MIMEText("<p>words</p>", "html"))
    whole.attach(MIMEImage(bytes(LARGEST_TEXT), "jpeg"))
    assert read(whole.as_bytes(), "page.mhtml").words == ("words",)
    (doubt,) = read(saved("<p>" + "word " * (LARGEST_TEXT // 5 + 1)), "page.mhtml").doubts
    assert doubt.phrase
    assert doubt.phrase.key == "upload.too-large"


def test_parts_in_parts_without_end_are_not_followed() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
    nested = b"".join(
        b"--%d\nContent-Type: multipart/mixed; boundary=%d\n\n" % (n, n + 1)
        for n in range(MOST_BOUNDARIES * 50)
    )
    assert page_inside(head + nested) is None
    assert read(head + nested, "page.mhtml").format == "plain text"


@pytest.mark.parametrize(
    "rest", [b"", b"--a\n\n--a--", b"--a\nContent-Type: text/html; charset=none\n\n<p>x\n--a--"]
)
def test_a_broken_one_never_raises(rest: bytes) -> None:
    content = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + rest
    for end in range(len(content)):
        read(content[:end], "page.mhtml")

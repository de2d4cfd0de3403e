"""Page furniture: lines that belong to the web page and not to the text on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.content.importing.page import Block, Line

CONTACT = re.compile(
    r"^(?:for (?:more |further |any )?(?:inquir|enquir|information|details|queries|questions)"
    r"|contact(?: us)?:|contact us\b"
    r"|inquiries:|media contacts?\b|untuk (?:sebarang |setiap )?(?:pertanyaan|maklumat|informasi)|hubungi\b"
    r"|pertanyaan:|kontak:"
    r"|para sa (?:mga )?(?:katanungan|impormasyon)|para (?:más información|consultas)"
    r"|pour (?:toute question|plus d)"
    r"|liên hệ|ติดต่อ|للاستفسار|للتواصل)",
    re.IGNORECASE,
)
FORM = re.compile(
    r"(?:fill (?:out|in|up) (?:the|this|our|a) (?:\w+ )?form|(?:online|sign-?on|google) form\b|form (?:here"
    r"|below)\b|sign (?:on )?here\b"
    r"|click here|add your name|isi(?:kan)? borang|isi(?:lah)? formulir|mengisi (?:borang|formulir)"
    r"|klik (?:di sini|disini)"
    r"|borang di (?:sini|bawah)|formulir (?:ini|di bawah|berikut)|punan ang form|rellen(?:ar|e) el formulario"
    r"|remplir (?:le|ce) formulaire|điền (?:vào )?(?:mẫu|đơn)|กรอกแบบฟอร์ม|املأ الاستمارة)",
    re.IGNORECASE,
)
REPLIES = re.compile(
    r"^(?:leave a (?:reply|comment)|post a comment|\d+ (?:comments|responses|replies|thoughts on)"
    r"|comments?:?$|add a comment"
    r"|cancel reply|tinggalkan (?:balasan|komen|komentar)|mag-iwan ng tugon|deja una respuesta"
    r"|laisser un commentaire"
    r"|để lại|ใส่ความเห็น|اترك (?:ردا|تعليقا))",
    re.IGNORECASE,
)
SHARING = re.compile(
    r"^(?:share(?: this)?(?: post| article| page| on \w+)?:?|tweet|facebook|twitter|whatsapp|telegram"
    r"|e?mail|print|like this:?|loading\W*"
    r"|related(?: posts| articles)?:?|tags?:.*|categor(?:y|ies):.*|kongsi(?:kan)?:?|bagikan(?: ini)?:?"
    r"|read more|previous|next"
    r"|skip to (?:main )?content|menu|home|search|posted (?:on|by)\b.*|published (?:on|by)\b.*|by admin)$",
    re.IGNORECASE,
)
KINDS = {"contact line": CONTACT.match, "sign-on form line": FORM.search, "page button": SHARING.match}
LONG = 60
"""Words: a line with more of them is text, whatever words it holds."""
TAIL_SHARE = 0.4
"""A reply form with what follows it is never more of a page than this."""


def furniture(line: Line) -> str:
    """What a line is where it is clearly no part of the text, else ""."""
    if line.aside:
        return line.aside
    if len(line.words) > LONG:
        return ""
    return next((kind for kind, fits in KINDS.items() if fits(line.text)), "")


def is_caption(line: Line) -> bool:
    """Whether a line right under the title looks like the caption of a picture."""
    words = line.words
    return len(words) <= 8 and words[0][:1].islower() and line.text[-1] not in ".!?:;,"  # noqa: PLR2004


def tail_start(blocks: Sequence[Block]) -> int:
    """The index of the block where the reply form of a page begins, ``len(blocks)`` where it has none."""
    total = sum(len(line.words) for block in blocks for line in block)
    rest = total
    for index, block in enumerate(blocks):
        small = rest <= max(TAIL_SHARE * total, LONG)
        if small and index and len(block[0].words) <= 8 and REPLIES.match(block[0].text):  # noqa: PLR2004
            return index
        rest -= sum(len(line.words) for line in block)
    return len(blocks)

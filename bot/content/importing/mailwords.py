"""Kinds of words in a mail that asks for names on a list, in the languages in use. No name stands here."""

from __future__ import annotations

import re


def _either(listed: str) -> str:
    """A pattern for any of the phrases, which are apart by ``|`` or line ends."""
    return f"(?:{'|'.join(' '.join(line.split()) for line in listed.strip().splitlines())})"


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


NO_LETTER = r"(?![^\W\d_])"

HEADERS = _pattern(
    _either(
        r"""from|to|cc|bcc|subject|date|sent|reply-to
        dari|daripada|kepada|tarikh|tanggal|subjek|perihal|mula kay|para kay|petsa|paksa
        จาก|ถึง|เรื่อง|วันที่|de|para|asunto|fecha|enviado|à|objet|envoyé"""
    ),
    r"\s?:",
)
"""Lines above a mail."""
FORWARDED = _pattern(r"[-_=* ]*(?:begin forwarded|forwarded message|original message)|[-_=*]{3,}$")
QUOTED = _pattern(r"[>|]|(?:on|pada|el|le|am) .{5,200} ", _either("wrote|menulis|escribió|a écrit"), r"\s?:$")
SIGNATURE = _pattern(
    r"--\s?$|__+$|", _either("sent from|dihantar dari|dikirim dari|enviado desde|envoyé de"), " "
)
GREETING = _pattern(
    _either(
        r"""dear|hello|hi|hey|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern
        salam(?: (?:sejahtera|solidariti|hormat|juang))?|selamat (?:pagi|siang|sore|malam|tengah hari|petang)
        assalamu ?.?alaikum|apa khabar|halo|hai|yth\.?|kepada|yang (?:terhormat|dihormati)
        mahal na|kumusta|magandang (?:umaga|hapon|gabi|araw)|sa kinauukulan
        estimad[oa]s?|querid[oa]s?|hola|buen[oa]s (?:días|tardes|noches)
        cher(?:s|e|es)?|bonjour|bonsoir|salut|madame|monsieur|เรียน|สวัสดี"""
    ),
    NO_LETTER,
)
ADDRESSED = _pattern(
    _either("comrades?|friends|colleagues|kawan-kawan|kamerad|mga kasama|kasama|compañer[oa]s|camarades"),
    r"(?: all)?\s?[,!:.]*$",
)
"""Whole lines that greet."""
CLOSING = _pattern(
    _either(
        r"""(?:kind |best |warm |warmest |many )?(?:regards|wishes)|best|thanks|thank you|many thanks|cheers
        yours|sincerely|respectfully|fraternally|in (?:solidarity|struggle)|solidarity|comradely
        with (?:thanks|regards)|terima kasih|sekian|salam|hormat (?:kami|saya)|yang (?:benar|ikhlas)|wassalam
        maraming salamat|salamat|lubos na gumagalang|gumagalang|nagpapasalamat|sa pakikibaka
        (?:muchas )?gracias|saludos|un (?:saludo|abrazo)|atentamente|cordialmente|abrazos|en solidaridad
        merci(?! d['’e])|cordialement|bien à vous|salutations|amicalement|solidairement|en solidarité
        ขอบคุณ|ด้วยความ|ขอแสดงความนับถือ|สมานฉันท์"""
    ),
    NO_LETTER,
)
SPANISH = r"(?:añad|agreg|inclu|sum)(?!a\b)\w{1,5}"
ADD = _pattern(
    _either(
        rf"""\b(?:please|pls|kindly|can you|could you(?: please)?) (?:also )?(?:add|include|list)\b
        ^(?:and |also )?add\b
        \b(?:sila|tolong|mohon|harap|silakan) (?:di)?(?:tambah|masuk|serta|cantum|senarai)(?:kan)?\b
        \bpaki-? ?(?:dagdag|sama|lista|add|lagay)\b|\b(?:idagdag|isama) (?:po |ninyo )?(?:sa listahan )?ang\b
        (?:โปรด|กรุณา|ช่วย|รบกวน)(?:ช่วย)?(?:เพิ่ม|ใส่|ลง)(?:ชื่อ)?
        \bpor favor,? {SPANISH}\b|\b(?:favor de|pueden|podrían) {SPANISH}\b
        \bmerci d['’e] ?(?:bien vouloir )?(?:ajouter|inscrire|inclure)\b
        \b(?:veuillez|prière d['’e]) ?(?:bien vouloir )?(?:ajouter|inscrire|inclure)\b|\bajoutez\b"""
    )
)
"""What asks for somebody on the list."""
BEHALF = _pattern(
    _either(
        r"""\bon behalf of\b|\batas nama\b|\bbagi pihak\b|\bsa ngalan ng\b|ในนาม(?:ของ)?
        \ben nombre de\b|\bau nom de\b"""
    )
)
ACTS = _pattern(r",? ", _either(r"(?:i|we|kami|kita|saya|ako|nosotros|yo|nous|je)\b"), r"|\s+(?:เรา|ผม|ฉัน)")
"""Where the name behind "on behalf of" ends."""
GENERIC = re.compile(
    "^(?:[ :]|"
    + _either(
        r"""the|our|my|these|this|following|organi[sz]ations?|groups?|names?|of|also|us
        nama|pertubuhan|organisasi|kumpulan|kami|berikut|ini
        po|ang|si|sina|mga|organisasyon|samahan|pangalan|sumusunod|na|aming|ng
        a|la|el|las|los|organizaci[oó]n(?:es)?|colectivo|nuestra|siguientes?
        le|les|notre|nos|l['’]organisation|suivante?s?|organisations? suivantes?
        องค์กร|ชื่อ|ดังนี้|ต่อไปนี้"""
    )
    + "(?=[ :]|$))+"
)
"""What stands between the asking and a name, in small letters."""
TAIL = _pattern(
    r",? ?",
    _either(
        r"""\b(?:to|on|in|into|as|among) (?:the|your|our|this|an?) (?:list|statement|signator|endors|call).*
        \b(?:ke|di|pada|sebagai) ?(?:dalam )?(?:senarai|daftar|kenyataan|pernyataan|penandatangan|penyokong).*
        \b(?:sa|bilang) (?:mga )?(?:listahan|pahayag|lumagda).*
        (?:ใน|ลงใน|เข้า)(?:รายชื่อ|แถลงการณ์|รายการ).*
        \b(?:a|en) (?:la|el|los) (?:lista|declaraci|comunicado|firmantes).*
        \b(?:à|dans|sur|parmi) (?:la |le |les |l['’])(?:liste|déclaration|signataires|appel).*
        \b(?:please|thanks|thank you|too|as well|juga|naman)\W*|(?:ด้วย|ครับ|ค่ะ)\W*"""
    ),
    "$",
)
"""What stands behind a name: where it is to be put."""
FROM = _pattern(
    r",? ", _either(r"(?:from|based in|dari|daripada|mula sa|taga|desde|จาก) (?:the )?|(?=[\u0e00-\u0e7f]+$)")
)
"""What may stand before a country where no comma does; Thai sets a blank."""
SEPARATOR = _pattern(r" ?[,;] ?| ", _either("and|dan|serta|at|และ|y|et|&"), " ")

"""What the columns of a table are called, in the languages in use. Kinds of words only."""

from __future__ import annotations

from functools import lru_cache

from bot.campaign.lookalike import search_key
from bot.content.importing.lexicon import any_of

LONGEST_HEADING = 200
"""Characters: a web form writes its whole question above a column."""
LIKE_A_SENTENCE = 20
"""Words: with more of them it is no heading."""
ORGANISATION, NAME = "organisation", "name"

MEANINGS = {
    "contact": any_of(
        r"""e ?mails?|mails?|emel|surel|ratron|correo|correos|courriel|phone|phones|telephone|mobile|whatsapp
        signal|tel|telefon|telepon|telefono|nombor telefon|no hp|no tel|numero de telefono|numero de telephone
        contact (?:details?|number|information|info|address)|how (?:can|do) we (?:contact|reach) you
        อีเมล|อีเมล์|โทรศัพท์|เบอร์โทร|ติดต่อ"""
    ),
    "role": any_of(
        r"""role|position|designation|function|job title|title|jawatan|jabatan|posisi|peranan|peran
        tungkulin|posisyon|katungkulan|cargo|puesto|funcion|fonction|poste|ตำแหน่ง|หน้าที่"""
    ),
    "acronym": any_of(
        r"""acronym|acronyms|abbreviation|short name|short form|initials|singkatan|nama singkat|nama ringkas
        akronim|daglat|pinaikling pangalan|acronimo|siglas?|sigle|acronyme|ชื่อย่อ|อักษรย่อ|คำย่อ"""
    ),
    "original": any_of(
        r"""original|original (?:name|script|language)|native|native name|local (?:name|language|script)
        own (?:language|script)|nama asal|nama asli|bahasa asal|bahasa asli|orihinal|katutubong wika
        nombre original|idioma original|nom original|langue originale|ภาษาเดิม|ภาษาท้องถิ่น|ชื่อเดิม"""
    ),
    "representative": any_of(
        r"""representative|representatives|contact|contact person|person|signer|spokesperson
        your (?:full )?name|full name|first name|last name|surname|family name|wakil|nama wakil|perwakilan
        nama penuh|nama lengkap|nama anda|narahubung|kontak|orang (?:hubungan|kontak)|pegawai
        penama|kinatawan|buong pangalan|pangalan mo|pangalan ninyo|iyong pangalan|representante
        nombre completo|su nombre|tu nombre|apellidos?|persona|representante|persona de contacto
        representante legal|representant|representante|nom complet|votre nom|prenom|nom de famille|personne
        ผู้แทน|ตัวแทน|ผู้ประสานงาน|ชื่อผู้|ชื่อของคุณ|ชื่อ นามสกุล|ชื่อจริง"""
    ),
    "country": any_of(
        r"countr(?:y|ies)|nation|territory|negara|bansa|bayan|pais|paises|pays|nuoc|quoc gia|ประเทศ"
    ),
    ORGANISATION: any_of(
        r"""organi[sz]ations?|organi[sz]ational|orgs?|groups?|part(?:y|ies)|unions?|movements?|associations?
        network|collective|signator(?:y|ies)|endorsers?|name of (?:the |your )?(?:organi[sz]ation|group|party)
        organisasi|pertubuhan|persatuan|kumpulan|parti|partai|kesatuan|lembaga|kelompok|penandatangan
        organisasyon|samahan|kilusan|unyon|partido|grupo|lumagda|organizacion|organizaciones|colectivo
        colectiva|asociacion|sindicato|firmantes?|organisme|groupe|association|collectif|syndicat|signataires?
        to chuc|องค์กร|กลุ่ม|พรรค|สหภาพ|เครือข่าย|หน่วยงาน"""
    ),
    "place": any_of(
        r"""place|city|town|location|state|province|region|address|tempat|bandar|negeri|lokasi|kota|provinsi
        daerah|alamat|lugar|lungsod|lalawigan|ciudad|localidad|direccion|provincia|ville|lieu|adresse
        สถานที่|เมือง|จังหวัด|ที่อยู่"""
    ),
    NAME: any_of(r"names?|nama|pangalan|nombre|nombres|nom|noms|ten|ชื่อ"),
}
"""Kinds of columns in the order in which a heading is asked for them: "e-mail of your organisation"."""


@lru_cache(maxsize=1024)
def meaning(heading: str) -> str:
    """Which kind of column a heading announces (a key of ``MEANINGS``), "" where it says none."""
    key = search_key(heading[:LONGEST_HEADING])
    if len(heading) > LONGEST_HEADING or len(key.split()) > LIKE_A_SENTENCE:
        return ""
    return next((kind for kind, words in MEANINGS.items() if words.search(key)), "")

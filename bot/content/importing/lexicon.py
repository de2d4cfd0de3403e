"""Kinds of words that tell what a line is, in the languages in use.

Kinds only: no name of anybody stands here.
"""

from __future__ import annotations

import re


def any_of(listed: str) -> re.Pattern[str]:
    """Any of the phrases, which are apart by ``|`` or line ends, as whole words."""
    phrases = [" ".join(phrase.split()) for phrase in listed.replace("\n", "|").split("|")]
    apart = "|".join(phrase for phrase in phrases if phrase and not UNPARTED.search(phrase))
    unparted = "|".join(phrase for phrase in phrases if UNPARTED.search(phrase))
    return re.compile(rf"(?<!\w)(?:{apart})(?!\w)" + (f"|{unparted}" if unparted else ""), re.IGNORECASE)


UNPARTED = re.compile("[\u0e00-\u0e7f\u1000-\u109f]")
"""Thai and Burmese: they set no space between words."""

ROLE = any_of(
    r"""(?:co-?|vice-?|deputy )?(?:president|chair|chairman|chairwoman|chairperson|convenor|convener|leader)
    coordinator
    co-ordinator|secretary|secretaries|spokesperson|spokesman|spokeswoman|director|treasurer|member|head
    representative
    delegate|organi[sz]er|editor|founder|responsible for|officer|vice|mp|senator
    setiausaha|pengerusi|presiden|ketua|sekretaris|bendahari|bendahara|koordinator|penyelaras|jurucakap
    juru bicara
    timbalan|naib|wakil|anggota|ahli|kalihim|tagapangulo|pangulo|tagapagsalita|kasapi|koordineytor
    secretari[oa]|president[ea]|coordinador[a]?|portavoz|miembro|dirigente|vocer[oa]
    secrétaire|présidente?|porte-parole|coordinateur|coordinatrice|membre|responsable
    chủ tịch|bí thư|tổng thư ký|sekretär(?:in)?|vorsitzende[r]?|segretari[oa]|เลขาธิการ|ประธาน|ผู้แทน
    ဥက္ကဋ္ဌ|အတွင်းရေးမှူး|الأمين|الأمينة|رئيس|رئيسة|منسق"""
)
ORGAN = any_of(
    r"""secretariat|committee|bureau|department|commission|presidium|politburo|board|executive|leadership
    komite|komiti|jawatankuasa|sekretariat|dewan pimpinan|departemen|biro|pengurus|pucuk pimpinan|komisyon
    lupon
    comité|secretaría|secrétariat|departamento|comisión|comitato|ban chấp hành|ban thư ký
    คณะกรรมการ|ကော်မတီ|لجنة|أمانة"""
)
ORGANISATION = any_of(
    r"""party|union|unions|alliance|front|movement|network|federation|confederation|assembly
    organi[sz]ation|coalition
    collective|association|institute|centre|center|foundation|school|forum|council|campaign|society|club
    group|league
    international|internationale|workers|committee|initiative|platform
    parti|partai|partido|partito|partei|partij|partit|liga|barisan|gerakan|pergerakan|rangkaian|jaringan
    federasi
    persekutuan|konfederasi|organisasi|pertubuhan|persatuan|perserikatan|kesatuan|serikat|sarikat|gabungan
    koalisi
    aliansi|sekolah|yayasan|lembaga|himpunan|ikatan|kilusan|samahan|unyon|alyansa|sindicato|frente|movimiento
    movimento
    alianza|mouvement|syndicat|ligue|fédération|federación|asociación|réseau|red
    đảng|liên minh|công đoàn|พรรค|สหภาพ|กลุ่ม|เครือข่าย|ပါတီ|အဖွဲ့|حزب|اتحاد|حركة|شبكة|جبهة|منظمة"""
)
STANCE = any_of(
    r"""socialist|socialists|communist|communists|left|labour|labor|youth|women|students?
    progressive|democratic
    revolutionary|peoples?|people['’]s|peoples['’]|peasants?|farmers|sosialis|komunis|pekerja|buruh|rakyat
    mahasiswa
    kiri|tani|pemuda|wanita|perempuan|kabataan|manggagawa|magsasaka|socialista|comunista|socialiste
    communiste|popular
    anticapitaliste?|feminista?"""
)
EVENT = any_of(
    r"""congress|conference|convention|forum|festival|anniversary|kongres|konferensi|persidangan|muktamar
    konvensyen
    kongreso|kumperensya|congreso|conferencia|congrès|conférence|congresso|kongress|đại hội|hội nghị
    การประชุม|ညီလာခံ
    مؤتمر"""
)
TEXT_KIND = any_of(
    r"""statement|declaration|appeal|call|resolution|letter|petition|pledge|kenyataan|pernyataan|seruan
    deklarasi|surat
    pahayag|panawagan|declaración|llamamiento|déclaration|appel|tuyên bố|แถลงการณ์|ကြေညာချက်|بيان|نداء"""
)
MESSAGE = any_of(
    r"""messages?|greetings?|salutes?|pesan|mesej|ucapan|salam|sambutan|mensahe|pagbati|mensajes?|saludos?
    salutations?
    lời chào|thông điệp|สาร|သဝဏ်လွှာ|رسائل|تحيات"""
)
SIGNED = re.compile(
    r"^(?:signed by|signed|signatories|signatures|signatory organi[sz]ations|endorsed by|endorsers"
    r"|undersigned|supported by"
    r"|ditandatangani oleh|ditanda ?tangani|penandatangan|para penandatangan|disokong oleh|didukung oleh"
    r"|tertanda"
    r"|nilagdaan nina|nilagdaan ng|mga lumagda|signé par|signataires|firmado por|firmantes|firman|suscriben"
    r"|ký tên"
    r"|ลงชื่อ|ผู้ลงนาม|လက်မှတ်ရေးထိုးသူများ|الموقعون|التوقيعات)(?![a-z])[^.!?]{0,60}$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^(?:in solidarity|in struggle|yours|sincerely|fraternally|comradely|regards|respectfully|with |warm "
    r"|best |long live"
    r"|free |viva|vive|hidup|mabuhay|down with|hands off|salam|dear |dare to|en solidarité|en solidaridad"
    r"|merdeka|forward)",
    re.IGNORECASE,
)
PERSONS = any_of(
    "individuals|persons|individual signatories|individu|perseorangan|personas|individus|indibidwal"
)

"""Names: honest ones pass in every script, hostile ones are refused or unmasked, nothing raises."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.lookalike import REFUSALS, check_name, clean, graphemes, lookalike_key, search_key
from bot.campaign.refusal import Refusal

HONEST = (
    # Latin
    "#GegarAmerika", "DinDeng", "Praxis", "PEMBEBASAN", "Jentayu", "Sekolah Merdeka",
    "People’s Liberation Party",
    "Socialist Union (Perserikatan Sosialis)", "Europe solidaire sans frontières", "Vänsterpartiet",
    "Potere al Popolo!",
    "Die Linke", "Communist Party of India (Marxist-Leninist) Liberation", "350.org", "J. V. Rao",
    "J.V. Rao", "P.S.M.",
    "St. Petersburg Tenants’ Union", "Arbeiter*innen e.V.", "M. K.", "X", "Sukarno", "O’Connor & Sons",
    "¡Basta Ya!",
    "Ni una menos", "Women@Work", "Club 1917", "8 March Committee", "Papuan Student Alliance", "Łódź Women",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Nguyễn Thị Minh Khai", "Trần Đức Thảo", "Ọ̀ṣun Workers",
    "Ɛ̃́ʋɛ̃ Union",
    "Çalışan Emekçiler", "Ñandú", "Fraction “Left”", "Red/Green Alliance", "Ag+ Collective",
    "<3 Solidarity",
    # Thai
    "ดินแดง", "สังคมนิยมแรงงาน", "กลุ่มผู้หญิงเพื่อน้ำ", "พรรคแรงงาน", "ที่นี่ก็ได้",
    # Burmese
    "မြန်မာနိုင်ငံ အလုပ်သမား သမဂ္ဂ", "ကျွန်ုပ်တို့", "မြို့နယ် ကော်မတီ", "ဒေါ်အောင်ဆန်းစုကြည်",
    "သင်္ဘောသား",
    # Arabic, Urdu, Persian
    "حزب التحالف الشعبي الاشتراكي", "حَرَكَةُ التَّضَامُنِ", "مزدور کسان پارٹی", "حقوقِ خلق پارٹی",
    "می‌خواهیم", "اللّٰه",
    # Devanagari, Bengali, Tamil, Malayalam, Sinhala
    "नेपाल कम्युनिष्ट पार्टी (एकीकृत समाजवादी)", "क्षेत्रीय समिति", "ज़िंदगी",
    "বাংলাদেশের ওয়ার্কার্স পার্টি", "மலேசிய சோசலிச கட்சி",
    "മാർക്സിസ്റ്റ് പാർട്ടി", "ශ්‍රී ලංකා", "පෙරටුගාමී සමාජවාදී පක්ෂය",
    # Cyrillic, Greek, Armenian, Georgian, Hebrew
    "Социалистический альянс", "Єдність", "Αριστερά", "Հայաստան", "საქართველო", "חד״ש", "שׁוּבָה",
    # Chinese, Japanese, Korean, Khmer, Lao, Tibetan, Ethiopic
    "马来西亚社会主义党", "労働者の力", "노동자연대", "សហជីពកម្មករ", "ຊາວໜຸ່ມ", "བོད་ཀྱི་བུ་མོ",
    "የሠራተኞች ማኅበር",
)  # fmt: skip

REFUSED = {
    "name.empty": ("", "   ", "\u200b\u200d", "...", "!!!", "\u0301", "✓✓", "🚩", "\u3164", "\u2800"),
    "name.too-long": ("x" * 121, "ก" * 121, "word " * 1000, " " * 20_000),
    "name.link": (
        "https://example.test", "see http://a", "www.example", "t.me/join", "T.ME/x", "discord.gg/abc",
        "ｈｔｔｐｓ：／／x",
        "tg://user?id=1", "javascript:alert(1)", "mailto:a", "Party example.org/x", "join discord.com now",
    ),
    "name.mention": (
        "@everyone", "hello@everyone", "ask @admin", "＠admin", "a@b.example", "<@123>", "<#5>",
        "<@&7>", "<t:1>", "</sign:1>",
        "<:dove:1>", "<a:dove:1>", "<id:customize>",
    ),
    "name.start": (
        "=1+1", "+Alliance", "-2", "@ SUM(A1)", "＝cmd", "/start", "  =x", "\t=x", "\u202e=x", "\u200b+x",
    ),
    "name.marks": (
        "Z\u0301\u0302\u0303\u0304algo", "ก" + "็" * 3, "ก็็", "س" + "ًٌٍّ", "o" + "\u20dd" * 3,
        "க" + "்" * 9,
    ),
}  # fmt: skip

ATTACKS = (
    ("AMEK", "ΑΜΕΚ"), ("Praxis", "Рrахіs"), ("PRAXIS", "ΡRΑΧΙS"), ("Jentayu", "J\u200bentayu"),
    ("Jentayu", "J\u202eentayu"),
    ("Socialist Alliance", "Sociaİist Alliance"), ("Socialist Alliance", "SociaIist AIIiance"),
    ("Socialist", "S0cia1ist"),
    ("Gabungan Marhaen", "Gabungan Marhaen e.V."), ("Gabungan Marhaen", "Gabungan  Marhaen"),
    ("Marhaen", "rnarhaen"),
    ("Marhaen", "Mаrhаen"), ("DinDeng", "Din Deng"), ("DinDeng", "Ｄｉｎｄｅｎｇ"),
    ("DinDeng", "𝐃𝐢𝐧𝐃𝐞𝐧𝐠"), ("Die Linke", "Dìe Łinke"),
    ("Workers", "VVorkers"), ("PEMBEBASAN", "РЕМВЕВАЅАN"), ("PSM", "P.S.M."), ("PSM", "РЅМ"),
    ("Left", "Lеft"),
    ("Clan", "dan"), ("#GegarAmerika", "GegarAmerika"), ("Αριστερά", "Apιστεpά"), ("Вест", "Becт"),
    ("Vänster", "Vanster"),
    ("ดินแดง", "ดิน แดง"), ("حزب", "حـــزب"), ("حزب", "حِزْب"), ("پارٹی", "پارٹى"),
    ("Branch 1", "Branch １"), ("Branch 1", "Branch ๑"),
)  # fmt: skip

DIFFERENT = (
    ("Branch 1", "Branch 2"), ("Branch 1", "Branch 11"), ("Club 10", "Club 100"), ("PSM", "PRM"),
    ("PLM", "PSM"),
    ("Socialist Alliance", "Socialist Action"), ("Left Party", "Lift Party"), ("Praxis", "Prosix"),
    ("Nova", "Vova"),
    ("ดินแดง", "ดันแดง"), ("ดินแดง", "ดินดำ"), ("मजदूर", "मजदूरी"), ("မြို့", "မြေ"), ("حزب", "حرب"),
    ("Заря", "3aря"), ("Сибирь", "Cи6ирь"),
)  # fmt: skip

HOSTILE = (
    "\x00", "\ud800", "\udfff\ud800", "{0.__class__}", "%s%n", "<script>", "\u202e" * 500,
    "a\u0301" * 5000, "﷽" * 200, "💩" * 300,
    "\U000e0041" * 50, "\uffff", "\u202e\u202d\u2066\u2067", "ﬀﬁ", "İ", "ẞ", "\u0345", "\u1e9e",
    "a" * 100_000,
    "\n\r\t",
    "NULL", "'; drop table x", "1e309",
)  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_passes_as_it_is_written(name: str) -> None:
    assert check_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_passes_in_decomposed_form(name: str) -> None:
    assert check_name(unicodedata.normalize("NFD", name)) == unicodedata.normalize("NFC", name)


def test_the_honest_corpus_is_wide_and_no_two_of_its_names_are_confused() -> None:
    scripts = {unicodedata.name(letter).split()[0] for name in HONEST for letter in name if letter.isalpha()}
    assert len(HONEST) >= 60
    assert len(scripts) >= 15
    keys = [lookalike_key(name) for name in HONEST if name != "J.V. Rao"]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("phrase", "name"), [(phrase, name) for phrase, names in REFUSED.items() for name in names]
)
def test_a_hostile_name_is_refused_with_its_reason(phrase: str, name: str) -> None:
    refusal = check_name(name)
    assert isinstance(refusal, Refusal)
    assert refusal.phrase == phrase


def test_every_reason_is_listed_and_carries_what_its_phrase_needs() -> None:
    assert set(REFUSED) == set(REFUSALS)
    assert check_name("x" * 21, limit=20) == Refusal("name.too-long", {"limit": 20})
    assert check_name("=A1") == Refusal("name.start", {"start": "="})


def test_the_limit_counts_what_people_see() -> None:
    assert check_name("นี้" * 120) == "นี้" * 120
    assert check_name("e\u0301" * 120) == "é" * 120


def test_what_only_hides_is_taken_off() -> None:
    assert check_name("\u202eDin\u200bDeng\u00a0✅\n Thailand\u2069") == "DinDeng Thailand"
    assert clean("\ufeffa\u00a0\u2003b\r\nc\x00d") == "a b cd"
    assert clean("a\u200db \u200cc") == "ab c"


@pytest.mark.parametrize(("name", "attack"), ATTACKS)
def test_a_look_alike_has_the_same_key(name: str, attack: str) -> None:
    assert lookalike_key(name) == lookalike_key(attack)


@pytest.mark.parametrize(("name", "other"), DIFFERENT)
def test_another_name_has_another_key(name: str, other: str) -> None:
    assert lookalike_key(name) != lookalike_key(other)


@pytest.mark.parametrize("name", HONEST)
def test_case_never_changes_a_key(name: str) -> None:
    assert lookalike_key(name.casefold()) == lookalike_key(name)
    assert search_key(name.casefold()) == search_key(name)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  People’s   Liberation Party ", "peoples liberation party"),
        ("Marxist-Leninist", "marxist leninist"),
        ("P.S.M.", "psm"),
        ("J. V. Rao", "j v rao"),
        ("#GegarAmerika", "gegaramerika"),
        ("Vänsterpartiet", "vansterpartiet"),
        ("Europe solidaire sans frontières", "europe solidaire sans frontieres"),
        ("Đoàn Thanh niên", "doan thanh nien"),
        ("Straße ĳ", "strasse ij"),
        ("Branch ๑٢", "branch 12"),
        ("ที่นี่", "ที่นี่"),
        ("حِزْبُ العُمّال", "حزب العمال"),
        ("أحمد", "احمد"),
        ("مزدور کسان پارٹی", "مزدور كسان پارٹي"),
        ("می‌خواهیم", "ميخواهيم"),
        ("!!!", ""),
    ],
)
def test_words_to_search_by(text: str, key: str) -> None:
    assert search_key(text) == key
    assert search_key(key) == key


def test_graphemes_are_what_people_see() -> None:
    assert list(graphemes("ที่e\u0301👩‍🌾🇲🇾")) == ["ที่", "e\u0301", "👩‍🌾", "🇲🇾"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_raises(text: str) -> None:
    never_raises(text)


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_text_never_raises(text: str) -> None:
    never_raises(text)


@given(
    st.text(alphabet="aei ./@<-=+\u0301\u0e31\u0e49\u064b\u200c\u200d\u202e\u094d\u0915\u0627ﬀ", max_size=20)
)
def test_a_name_that_passed_passes_again_unchanged(text: str) -> None:
    name = check_name(text)
    if isinstance(name, str):
        assert check_name(name) == name


def never_raises(text: str) -> None:
    name = clean(text)
    assert clean(name) == name
    assert isinstance(check_name(text), str | Refusal)
    assert isinstance(lookalike_key(text) + search_key(text), str)
    assert "".join(graphemes(text)) == text

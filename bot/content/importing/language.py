"""Guessing the language of a text: by its script, then by the small words that every sentence needs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

SCRIPTS = {"th": "\u0e00-\u0e7f", "my": "\u1000-\u109f", "ar": "\u0600-\u06ff\u0750-\u077f"}
VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
SMALL_WORDS = {
    "en": "the of and to in is that for with we our are this on by be as from have",
    "ms": "yang dan di untuk dengan kami ini kepada oleh dalam ialah kerana boleh telah daripada bahawa"
    " parti kerajaan"
    " adalah mereka rakyat kongres tidak pada akan",
    "id": "yang dan di untuk dengan kami ini kepada oleh dalam karena bisa telah dari bahwa partai"
    " pemerintah adalah"
    " mereka rakyat kongres tidak pada akan",
    "fil": "ang ng sa mga na at ay para namin ito kami nang ating aming",
    "es": "el la los las de que y en un una por con para del se nuestro como es",
    "fr": "le la les de des et que en un une pour avec du dans nous est notre au",
}
ENOUGH = 5
"""So many small words at least, or it is a guess."""
SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A language code, and whether it is more than a guess."""

    language: str
    sure: bool


def guess(text: str) -> Guess:
    """The language of ``text``; English, unsure, where nothing speaks for any."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample)) or 1
    for language, script in SCRIPTS.items():
        if len(re.findall(f"[{script}]", sample)) > letters / 2:
            return Guess(language, sure=True)
    if len(VIETNAMESE.findall(sample)) > letters / 15:
        return Guess("vi", sure=True)
    return _by_small_words(sample)


def _by_small_words(sample: str) -> Guess:
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(words[w] for w in small.split()) for language, small in SMALL_WORDS.items()}
    (best, most), (_, second) = sorted(scores.items(), key=lambda pair: -pair[1])[:2]
    if most == 0:
        return Guess("en", sure=False)
    return Guess(best, sure=most >= ENOUGH and most > second)

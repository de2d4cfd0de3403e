from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.messages import Attachment, Key, Outgoing
from bot.dialog.text import Bold, Bullets, Heading, Italic, Link, Paragraph, Plain, Quote
from bot.platforms.console.codec import from_json, to_json
from tests.platforms.console.cards import HOSTILE, every_kind

some = partial(st.lists, max_size=2)

LINES = some(
    st.one_of(
        *(st.builds(kind, st.text()) for kind in (Plain, Bold, Italic)),
        st.builds(Link, st.text(), st.text()),
    ),
).map(tuple)
INNER = st.one_of(
    st.builds(Paragraph, some(LINES).map(tuple)),
    st.builds(Heading, LINES),
    st.builds(Bullets, some(LINES).map(tuple), st.none() | st.integers()),
)
BLOCKS = INNER | st.builds(Quote, some(INNER).map(tuple))
KEYS = st.builds(Key, st.text(), st.text(), st.text(), st.text())
MESSAGES = st.builds(
    Outgoing,
    some(BLOCKS).map(tuple),
    some(some(KEYS).map(tuple)).map(tuple),
    st.booleans(),
    st.none() | st.builds(Attachment, st.text(), st.binary(), st.text()),
    st.booleans(),
    some(st.text()).map(tuple),
)


@given(MESSAGES)
def test_a_message_comes_back_as_it_was(message: Outgoing) -> None:
    assert from_json(to_json(message)) == message


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_message_comes_back_as_it_was_and_is_kept_as_plain_ascii(text: str) -> None:
    kept = to_json(every_kind(text))
    assert from_json(kept) == every_kind(text)
    assert kept.isascii()


@pytest.mark.parametrize("kept", ['["x", []]', '["q", [["q", []]]]', '["p", [[["z", "text"]]]]'])
def test_what_is_no_message_is_an_error(kept: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_json(to_json(Outgoing(())).replace('"text": []', f'"text": [{kept}]'))

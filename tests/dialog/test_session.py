"""A session goes through JSON unchanged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.session import Session
from tests.dialog.examples import stored

words = st.text(st.characters(exclude_categories=()))
answers = st.one_of(st.none(), st.booleans(), words, st.lists(words))
sessions = st.builds(
    Session,
    id=words,
    person=words,
    dialog=words,
    subject=words,
    at=words,
    version=st.integers(1),
    answers=st.dictionaries(words, answers),
    changing=st.booleans(),
    given=st.lists(words).map(tuple),
)


@given(sessions)
def test_a_session_comes_back_from_a_store_as_it_was(session: Session) -> None:
    assert stored(session) == session

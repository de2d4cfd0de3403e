"""What we measure against: the same talk as python-telegram-bot's users write it.

``ConversationHandler`` with ``PicklePersistence``; every turn is on the disk before the next one begins. In
its favour: texts are short, nothing is checked, sealed, translated or recognised, and persistence writes one
file once a turn.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    Defaults,
    MessageHandler,
    PersistenceInput,
    PicklePersistence,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE

START, NAME, ACRONYM, COUNTRY, WHO, REVIEW = range(6)
STATE = Path(os.environ.get("BASELINE_STATE", "."))


class Durable(Application[Any, Any, Any, Any, Any, Any]):
    """An application that writes down each turn when it is done."""

    async def process_update(self, update: object) -> None:
        """One turn, then the disk."""
        await super().process_update(update)
        await self.update_persistence()
        if self.persistence:
            await self.persistence.flush()
        with (STATE / "talks").open("rb") as file:
            os.fsync(file.fileno())


def keys(*labels: str) -> InlineKeyboardMarkup:
    """One button a row."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label)] for label in labels])


def asking(text: str, then: int, *labels: str, keep: str = "") -> Any:  # noqa: ANN401  (a handler of the library)
    """A handler that keeps what was said, says this text with these buttons, and waits for the next words."""

    async def handle(update: Update, context: Context) -> int:
        if keep and update.message and context.user_data is not None:
            context.user_data[keep] = update.message.text
        await answer(update, text, *labels)
        return then

    return handle


async def answer(update: Update, text: str, *labels: str) -> None:
    """A press changes the card it stands on; words get a new card."""
    markup = keys(*labels)
    if update.callback_query:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text(text, reply_markup=markup)
    elif update.message:
        await update.message.reply_text(text, reply_markup=markup)


async def sign(update: Update, context: Context) -> int:
    """The end of the talk: the endorsement is stored, then the person is thanked."""
    kept, person = context.user_data or {}, update.effective_user
    with sqlite3.connect(STATE / "endorsements.sqlite") as store:
        store.execute(
            "INSERT INTO endorsements (person, name, country, who) VALUES (?, ?, ?, ?)",
            (person.id if person else 0, kept["name"], kept["country"], kept["who"]),
        )
    store.close()
    kept.clear()
    await answer(update, "Thank you. It is signed and will be published.", "My sign-on", "Home")
    return ConversationHandler.END


def talk() -> ConversationHandler[Any]:
    """The states and what leads from each to the next."""
    words = filters.TEXT & ~filters.COMMAND
    name = asking("Does it have an acronym?", ACRONYM, "Skip", "Back", "Cancel", keep="name")
    country = asking("Who signs for the organisation?", WHO, "Back", "Cancel", keep="country")
    review = asking(
        "This will be published:", REVIEW, "Sign and publish", "Change", "Back", "Cancel", keep="who"
    )
    opening = asking(
        "End the genocide. Who signs?", START, "Sign for an organisation", "Sign as a person", "Home"
    )
    return ConversationHandler(
        entry_points=[CommandHandler("start", opening)],
        states={
            START: [CallbackQueryHandler(asking("Which organisation?", NAME, "Back", "Cancel"))],
            NAME: [MessageHandler(words, name)],
            ACRONYM: [CallbackQueryHandler(asking("In which country is it?", COUNTRY, "Back", "Cancel"))],
            COUNTRY: [MessageHandler(words, country)],
            WHO: [MessageHandler(words, review)],
            REVIEW: [CallbackQueryHandler(sign)],
        },
        fallbacks=[],
        name="talk",
        persistent=True,
    )


def main() -> None:
    """Poll until SIGTERM."""
    with sqlite3.connect(STATE / "endorsements.sqlite") as store:
        store.execute("PRAGMA journal_mode=wal")
        store.execute("CREATE TABLE endorsements (person INTEGER, name TEXT, country TEXT, who TEXT)")
    kept = PersistenceInput(bot_data=False, chat_data=False, callback_data=False)
    persistence = PicklePersistence(STATE / "talks", store_data=kept, on_flush=True)
    address = os.environ["BASELINE_API"]
    application = (
        ApplicationBuilder()
        .application_class(Durable)
        .token(os.environ["BASELINE_TOKEN"])
        .base_url(f"{address}/bot")
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .persistence(persistence)
        .build()
    )
    application.add_handler(talk())
    application.run_polling()


if __name__ == "__main__":
    main()

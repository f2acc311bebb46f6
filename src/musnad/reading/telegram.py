"""Telegram Desktop's JSON export of a channel: each message is a report with its time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from musnad.errors import ReadError
from musnad.reading.options import Draft

_TITLE = 120


def is_export(value: dict[str, Any]) -> bool:
    """Whether a JSON object is an export of one chat, or of a whole account."""
    chats = value.get("chats")
    return _is_chat(value) or (isinstance(chats, dict) and isinstance(chats.get("list"), list))


def _is_chat(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("messages"), list) and "type" in value


def message_text(text: Any) -> str:
    """The text of a message: a string, or a list of strings and of pieces with a format (bold, link, mention)."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    pieces = (p if isinstance(p, str) else p.get("text") if isinstance(p, dict) else None for p in text)
    return "".join(p for p in pieces if isinstance(p, str))


def read_export(value: dict[str, Any], source: str) -> Iterator[Draft | ReadError]:
    """The messages of an export that have text. Service messages (joined, pinned) and bare pictures are passed over."""
    chats = [value] if _is_chat(value) else [c for c in value["chats"]["list"] if _is_chat(c)]
    for chat in chats:
        name, chat_id = chat.get("name"), chat.get("id")
        for i, message in enumerate(chat["messages"], 1):
            if not isinstance(message, dict):
                yield ReadError(f"{source}#{i}", "a message is a JSON object, not " + type(message).__name__)
                continue
            body = message_text(message.get("text"))
            if message.get("type", "message") != "message" or not body.strip():
                continue
            number = message.get("id", i)
            first = next(line.strip() for line in body.splitlines() if line.strip())
            date = message.get("date")
            yield Draft(
                source=f"{source}#{number}",
                body=body,
                title=first if len(first) <= _TITLE else first[:_TITLE].rsplit(" ", 1)[0] + " …",
                id=f"telegram-{chat_id}-{number}" if chat_id is not None else f"telegram-{number}",
                outlet=name if isinstance(name, str) and name else None,
                published=date if isinstance(date, str) else None,
            )

"""The memory of idempotency keys: six minutes, per app, errors too."""

import hashlib

from xero_sandbox.api import answers
from xero_sandbox.api.answers import Answer, Stopped
from xero_sandbox.store import Store

REMEMBERED_SECONDS = 6 * 60
KEY_LENGTH_MAX = 128


def fingerprint(*parts: bytes) -> str:
    """Return what two requests share only if they are the same."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def recall(store: Store, client_id: str, key: str, print_: str, at: float) -> Answer | None:
    """Return the answer given under this key in the last six minutes, or None.

    Refuses: Stopped with 400, for a key that is too long or was used with another request.
    """
    if len(key) > KEY_LENGTH_MAX:
        why = f"Idempotency Key must not be longer than {KEY_LENGTH_MAX} characters."
        raise Stopped(answers.exception(10, "ValidationException", why))
    oldest = at - REMEMBERED_SECONDS
    store.run("DELETE FROM remembered_answer WHERE answered_at <= ?", (oldest,))
    sql = "SELECT * FROM remembered_answer WHERE client_id = ? AND key = ?"
    row = store.row(sql, (client_id, key))
    if row is None:
        return None
    if row["fingerprint"] != print_:
        why = f"Idempotency Key {key} is used with a different request."
        raise Stopped(answers.exception(10, "ValidationException", why))
    return Answer(status=row["status"], content_type=row["content_type"], body=row["body"])


def remember(
    store: Store, client_id: str, key: str, print_: str, answer: Answer, *, at: float
) -> None:
    """Keep the answer under this key."""
    facts = (client_id, key, print_, answer.status, answer.content_type, answer.body, at)
    store.run("INSERT INTO remembered_answer VALUES (?, ?, ?, ?, ?, ?, ?)", facts)

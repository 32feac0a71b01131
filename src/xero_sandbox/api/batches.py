"""Many elements in one request: all or none, or, with summarizeErrors=false, each for itself."""

from collections.abc import Callable
from typing import Any

from xero_sandbox.api import answers
from xero_sandbox.api.answers import Answer
from xero_sandbox.api.calls import Call
from xero_sandbox.books.account_rules import Refused

Element = dict[str, Any]


def answered(
    call: Call, plural: str, deed: Callable[[Element], Element], echo: Callable[[Element], Element]
) -> Answer:
    """Do the deed for every element sent and answer in the way the call asked for."""
    each_for_itself = call.asked("summarizeErrors").lower() == "false"
    done: list[Element] = []
    failed: list[Element] = []
    with call.store.savepoint() as point:
        for element in call.elements(plural):
            try:
                done.append(
                    {
                        **deed(element),
                        **({"StatusAttributeString": "OK"} if each_for_itself else {}),
                    }
                )
            except Refused as refusal:
                told = answers.with_messages(echo(element), refusal.messages)
                failed.append(told)
                done.append({**told, "StatusAttributeString": "ERROR", "HasValidationErrors": True})
        if failed and not each_for_itself:
            point.undo()
            return answers.validation_failed(
                [{**one, "HasValidationErrors": True} for one in failed]
            )
    return call.envelope(plural, done)

"""Requests under a key: the same one again does nothing and is answered as the first was.

    @router.post("/receipts", auth=Bearer(Scope.RECEIPTS_WRITE), response={201: ReceiptOut})
    @idempotency.required
    def record_receipt(request: ApiRequest, payload: ReceiptIn) -> Status[ReceiptOut]: ...

The answer is kept by the door in the transaction of the deed. A request that was refused did nothing, so
nothing is kept of it, and the same request again is judged anew.
"""

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponse
from ninja.utils import contribute_operation_callback

from chancery.api import limits
from chancery.api.requests import ApiRequest
from chancery.practice import api_answers
from chancery.practice.api_answers import Answer, KeyedRequest

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_FORM = "1 to 255 visible ASCII characters, a new one for each new request, such as a UUID"
View = TypeVar("View", bound=Callable[..., Any])


def required(view: View) -> View:
    """Let an endpoint act only under a key. Every endpoint that moves money is marked so.

    Refuses: HeaderNotRight, StillRunning, KeyUsedForAnother.
    """
    return _keyed(view, is_required=True)


def optional(view: View) -> View:
    """Let an endpoint act under a key where the request brings one."""
    return _keyed(view, is_required=False)


def keep(request: ApiRequest, response: HttpResponse) -> None:
    """Write down the answer to a request under a key, once, in the transaction of what it did."""
    if request.keyed is None or response.status_code >= 400:  # noqa: PLR2004 - where refusals begin
        return
    answer = Answer(response.status_code, response.get("Location", ""), response.content.decode())
    api_answers.keep(request.keyed, answer, by=request.person, at=request.at)


def deed_key(request: ApiRequest) -> str:
    """Return the key to hand to the deed, which is then done once for longer than the answer is kept."""
    assert request.keyed is not None, "only an endpoint that requires a key asks"
    return api_answers.deed_key(request.keyed, by=request.person)


def _keyed(view: View, *, is_required: bool) -> View:
    @wraps(view)
    def keyed(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
        key = _key_of(request, is_required=is_required)
        if key is None:
            return view(request, *args, **kwargs)
        asked = _asked(request, key)
        before = api_answers.claim(asked, by=request.person)
        if before is not None:
            return _again(before)
        request.keyed = asked
        return view(request, *args, **kwargs)

    contribute_operation_callback(keyed, _describe(is_required=is_required))
    return keyed  # type: ignore[return-value]  # it takes and gives what the view does


def _key_of(request: ApiRequest, *, is_required: bool) -> str | None:
    key = request.headers.get(HEADER)
    if key is None and not is_required:
        return None
    if key is None:
        raise limits.HeaderNotRight(HEADER, f"Send the header {HEADER}: {_FORM}.")
    if not _KEY.fullmatch(key):
        raise limits.HeaderNotRight(HEADER, f"The header {HEADER} holds {_FORM}.")
    return key


def _asked(request: ApiRequest, key: str) -> KeyedRequest:
    """Return what the key stands for; the order of names and the spaces of the JSON do not count."""
    digest = hashlib.sha256(_canonical(request.body)).digest()
    return KeyedRequest(key, request.method or "", request.get_full_path(), digest)


def _canonical(body: bytes) -> bytes:
    try:
        return json.dumps(limits.read(body), sort_keys=True).encode()
    except ValueError:  # an endpoint that reads no body was sent one all the same
        return body


def _again(before: Answer) -> HttpResponse:
    answer = HttpResponse(before.body, status=before.status, content_type=limits.JSON)
    answer[REPLAYED] = "true"
    if before.location:
        answer["Location"] = before.location
    return answer


def _describe(*, is_required: bool) -> Callable[[Any], None]:
    """Return what adds the header to the description of an operation."""
    header = {
        "in": "header",
        "name": HEADER,
        "required": is_required,
        "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,255}$"},
        "description": f"{_FORM[0].upper()}{_FORM[1:]}. The same key and body again does nothing and "
        f"gets the first answer, with {REPLAYED}: true.",
    }

    def describe(operation: Any) -> None:
        operation.openapi_extra = {**(operation.openapi_extra or {}), "parameters": [header]}

    return describe

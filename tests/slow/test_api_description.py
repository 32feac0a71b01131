"""The API keeps to its description, whatever is sent: generated requests on a real, committing database.

All operations share one database, with Alice's records and her firm's client money in it, and a token of
every scope: a database for each would take most of the time. It is renewed at the end. A few requests of
each operation here; every edge of every part is tried by the proofs.
"""

from typing import Any

import pytest
from schemathesis import GenerationMode

from slow.generated_requests import STRICTER, Target, as_they_come, description

pytestmark = pytest.mark.slow

every_request = description(GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
fitting_requests = description(GenerationMode.POSITIVE)


@every_request.parametrize()  # type: ignore[untyped-decorator]  # its description is read at run time
@as_they_come(4)
def test_every_answer_is_as_described(case: Any, target: Target) -> None:
    case.call_and_validate(headers=target.headers, excluded_checks=STRICTER)


@fitting_requests.parametrize()  # type: ignore[untyped-decorator]  # its description is read at run time
@as_they_come(3)
def test_what_reaches_the_deeds_is_answered_as_described(case: Any, target: Target) -> None:
    target.aim(case)

    case.call_and_validate(headers=target.headers, excluded_checks=STRICTER)

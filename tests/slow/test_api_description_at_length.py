"""The API keeps to its description at length: every edge of every part of every request is tried."""

from typing import Any

import pytest
from schemathesis import GenerationMode

from slow.generated_requests import STRICTER, Target, as_they_come, description

pytestmark = pytest.mark.proof

every_request = description(GenerationMode.POSITIVE, GenerationMode.NEGATIVE, is_thorough=True)
fitting_requests = description(GenerationMode.POSITIVE)


@every_request.parametrize()  # type: ignore[untyped-decorator]  # its description is read at run time
@as_they_come(25)
def test_every_answer_is_as_described_at_length(case: Any, target: Target) -> None:
    case.call_and_validate(headers=target.headers, excluded_checks=STRICTER)


@fitting_requests.parametrize()  # type: ignore[untyped-decorator]  # its description is read at run time
@as_they_come(25)
def test_what_reaches_the_deeds_is_answered_as_described_at_length(
    case: Any, target: Target
) -> None:
    target.aim(case)

    case.call_and_validate(headers=target.headers, excluded_checks=STRICTER)

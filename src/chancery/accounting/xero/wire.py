"""Xero's shapes as they travel, read leniently: fields we do not know are kept, not refused."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

_TICKS = re.compile(r"^/Date\((-?\d+)([+-]\d{4})?\)/$")
_FRACTION = re.compile(r"\.(\d{6})\d+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotReadable(ValueError):
    """What came back is not what Xero documents."""


def instant(value: Any) -> Any:
    """Return the instant of any of Xero's date forms: ticks with or without an offset, or ISO text.

    The offset beside ticks is decoration: the ticks are UTC. ISO text without a zone is UTC, and its
    seven fraction digits are cut to six. Anything else is passed on for pydantic to refuse.
    """
    if not isinstance(value, str):
        return value
    if ticks := _TICKS.match(value):
        return _EPOCH + timedelta(milliseconds=int(ticks[1]))
    try:
        read = datetime.fromisoformat(_FRACTION.sub(r".\1", value))
    except ValueError:
        return value
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _day(value: Any) -> Any:
    read = instant(value)
    return read.date() if isinstance(read, datetime) else read


def _blank(value: Any) -> Any:
    return "" if value is None else value


Instant = Annotated[datetime, BeforeValidator(instant)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, BeforeValidator(_blank)]


class Wire(BaseModel):
    """A shape of Xero's: unknown fields are allowed, names are theirs."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Complaint(Wire):
    """One validation error or warning. Some answers say Description where others say Message."""

    Message: Text = ""
    Description: Text = ""

    def __str__(self) -> str:
        return self.Message or self.Description


class WireAccount(Wire):
    """One account of the chart."""

    AccountID: str
    Code: Text = ""
    Name: Text = ""
    Type: str
    Status: str = "ACTIVE"
    TaxType: Text = ""
    BankAccountNumber: Text = ""
    BankAccountType: Text = ""
    CurrencyCode: Text = ""
    EnablePaymentsToAccount: bool = False
    SystemAccount: Text = ""
    UpdatedDateUTC: Instant | None = None


class WireTaxRate(Wire):
    """One tax rate."""

    Name: str
    TaxType: str
    Status: str = "ACTIVE"
    EffectiveRate: Decimal = Decimal(0)
    CanApplyToLiabilities: bool = False


class WireOrganisation(Wire):
    """The organisation; lock dates are absent until they are set."""

    OrganisationID: str
    Name: str
    BaseCurrency: str
    CountryCode: str
    Timezone: Text = ""
    PeriodLockDate: Day | None = None
    EndOfYearLockDate: Day | None = None


class Accounts(Wire):
    """An answer that holds accounts."""

    Accounts: list[WireAccount]


class TaxRates(Wire):
    """An answer that holds tax rates."""

    TaxRates: list[WireTaxRate]


class Organisations(Wire):
    """An answer that holds the organisation."""

    Organisations: Annotated[list[WireOrganisation], Field(min_length=1)]


def parse(text: str) -> dict[str, Any]:
    """Return the JSON object of an answer, its figures as Decimal.

    Raises NotReadable for cut or foreign text.
    """
    try:
        body = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise NotReadable("not JSON") from error
    if not isinstance(body, dict):
        raise NotReadable("not a JSON object")
    return body


def complaints(body: dict[str, Any]) -> tuple[str, ...]:
    """Return every validation message of an answer, each once, in order.

    HTTP 200 is not success: with ``summarizeErrors=false`` the elements carry the errors.
    """
    found: dict[str, None] = {}
    for element in _elements(body):
        errors = element.get("ValidationErrors") or []
        found.update({_complaint(error): None for error in _listed(errors)})
    if not found and any(_is_refused(element) for element in _elements(body)):
        found[str(body.get("Message") or "Xero refused this without saying why.")] = None
    return tuple(message for message in found if message)


def _complaint(error: Any) -> str:
    """Return an error's words; one of another shape still says no, and what it holds is not repeated."""
    try:
        return str(Complaint.model_validate(error))
    except ValidationError:
        return "Xero refused this in words that cannot be read."


def _listed(errors: Any) -> list[Any]:
    return errors if isinstance(errors, list) else [errors]


def _is_refused(element: dict[str, Any]) -> bool:
    return (
        element.get("Type") == "ValidationException"
        or element.get("StatusAttributeString") == "ERROR"
        or element.get("HasValidationErrors") is True
    )


def _elements(body: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [value for value in body.values() if isinstance(value, list)]
    inner = [element for values in lists for element in values if isinstance(element, dict)]
    return [body, *inner]

"""Parts of requests that many endpoints share, each as narrow as what it stands for."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

NOT_NUL = r"^[^\x00]*$"
_DAY = 10


def _is_day(value: Any) -> Any:
    """Let a day be a text such as 2026-07-06 only: a number or an instant is never taken for one."""
    if isinstance(value, date) or (isinstance(value, str) and len(value) == _DAY):
        return value
    raise ValueError("a day is written as 2026-07-06")


Day = Annotated[date, BeforeValidator(_is_day)]
Version = Annotated[
    StrictInt,
    Field(
        ge=1, le=2**31 - 1, description="The version that was read; 409 when it has changed since"
    ),
]
FilterText = Annotated[str, Field(max_length=100, pattern=NOT_NUL)]


class Asked(BaseModel):
    """What a request brings: names that are not known are refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class NothingIn(Asked):
    """Nothing more is to be said: send {}."""


class Named(BaseModel):
    """Another record that is named, by its id and its name."""

    id: str
    name: str

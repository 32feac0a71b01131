"""Who the token acts as, and where."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router
from pydantic import BaseModel

from chancery.api.requests import ApiRequest, today
from chancery.api.tokens import Bearer

router = Router(tags=["me"])


class PersonOut(BaseModel):
    """The person that the token acts as."""

    id: UUID
    name: str
    email: str
    roles: list[str]


class FirmOut(BaseModel):
    """The firm that the person works in; ``today`` is its legal day."""

    id: UUID
    name: str
    country: str
    currency: str
    time_zone: str
    today: date


class TokenOut(BaseModel):
    """The token itself, but for its secret."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    is_read_only: bool
    expires_at: datetime | None


class MeOut(BaseModel):
    """Who asks."""

    person: PersonOut
    firm: FirmOut
    token: TokenOut


@router.get("/me", auth=Bearer(), response=MeOut, summary="Who the token acts as")
def read_me(request: ApiRequest) -> MeOut:
    """Answer with the token's person, their firm, and what the token is for."""
    person, firm, token = request.person, request.person.firm, request.token
    return MeOut(
        person=PersonOut(
            id=person.id, name=person.name, email=person.user.email, roles=sorted(person.roles)
        ),
        firm=FirmOut(
            id=firm.id,
            name=firm.name,
            country=firm.country,
            currency=firm.currency,
            time_zone=firm.time_zone,
            today=today(request),
        ),
        token=TokenOut(
            id=token.id,
            name=token.name,
            prefix=token.prefix,
            scopes=token.scopes,
            is_read_only=token.is_read_only,
            expires_at=token.expires_at,
        ),
    )

"""Numbers by which others know a contact: which kinds a country has, and whether one can be right.

Pure: shape and check digits only. Whether the number exists is for its register to say.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
_ACN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1)


def _abn_adds_up(number: str) -> bool:
    """Return whether eleven digits, the first less one, weigh a multiple of 89."""
    digits = [int(digit) for digit in number]
    digits[0] -= 1
    weighed = sum(digit * weight for digit, weight in zip(digits, _ABN_WEIGHTS, strict=True))
    return weighed % 89 == 0


def _acn_adds_up(number: str) -> bool:
    """Return whether the ninth digit complements the weighed sum of the first eight to ten."""
    digits = [int(digit) for digit in number]
    weighed = sum(digit * weight for digit, weight in zip(digits[:8], _ACN_WEIGHTS, strict=True))
    return (10 - weighed % 10) % 10 == digits[8]


def _nzbn_adds_up(number: str) -> bool:
    """Return whether thirteen digits carry the check digit of a GS1 location number."""
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number))
    return weighed % 10 == 0


def _bn_adds_up(number: str) -> bool:
    """Return whether the first nine digits pass the Luhn check."""
    total = 0
    for place, digit in enumerate(number[:9]):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - two digits are added up
    return total % 10 == 0


def _any(number: str) -> bool:
    """Return that the shape is all there is to check."""
    return bool(number)


@dataclass(frozen=True)
class IdentifierKind:
    """One kind of number: its name on the screen, its shape, its sum, and an example that is right."""

    code: str
    label: str
    shape: str
    example: str
    adds_up: Callable[[str], bool] = _any
    groups: tuple[int, ...] = ()
    is_of_companies: bool = False

    def shown(self, number: str) -> str:
        """Return the number as people write it, in its groups."""
        parts, rest = [], number
        for size in self.groups:
            parts.append(rest[:size])
            rest = rest[size:]
        return " ".join(part for part in [*parts, rest] if part)


_ABN = IdentifierKind(
    "abn", "Business number (ABN)", r"\d{11}", "51 824 753 556", _abn_adds_up, (2, 3, 3, 3)
)
_ACN = IdentifierKind(
    "acn",
    "Company number (ACN)",
    r"\d{9}",
    "004 085 616",
    _acn_adds_up,
    (3, 3, 3),
    is_of_companies=True,
)
_NZBN = IdentifierKind(
    "nzbn", "Business number (NZBN)", r"94\d{11}", "9429041535110", _nzbn_adds_up
)
_GB_COMPANY = IdentifierKind(
    "gb_company",
    "Company number (Companies House)",
    r"(?:\d{8}|[A-Z]{2}\d{6})",
    "00445790",
    is_of_companies=True,
)
_IE_COMPANY = IdentifierKind(
    "ie_company", "Company number (CRO)", r"\d{1,6}", "104547", is_of_companies=True
)
_EIN = IdentifierKind("ein", "Employer number (EIN)", r"\d{9}", "12-3456789")
_BN = IdentifierKind(
    "ca_bn", "Business number (BN)", r"\d{9}(?:[A-Z]{2}\d{4})?", "123456782", _bn_adds_up
)
_ZA_COMPANY = IdentifierKind(
    "za_company", "Registration number", r"\d{12}", "1923/005284/06", is_of_companies=True
)
_COMPANY = IdentifierKind(
    "company", "Company number", r"[0-9A-Z]{3,20}", "123456", is_of_companies=True
)

_OF_COUNTRY: dict[str, tuple[IdentifierKind, ...]] = {
    "AU": (_ABN, _ACN),
    "NZ": (_NZBN,),
    "GB": (_GB_COMPANY,),
    "IE": (_IE_COMPANY,),
    "US": (_EIN,),
    "CA": (_BN,),
    "ZA": (_ZA_COMPANY,),
}
_ALL = {kind.code: kind for kinds in [*_OF_COUNTRY.values(), (_COMPANY,)] for kind in kinds}


def kinds_in(country: str) -> tuple[IdentifierKind, ...]:
    """Return the kinds of number that a firm in this country asks for, the usual one first."""
    return _OF_COUNTRY.get(country, (_COMPANY,))


def kind(code: str) -> IdentifierKind:
    """Return a kind by its code, of whatever country."""
    return _ALL[code]


def every_kind() -> tuple[IdentifierKind, ...]:
    """Return the kinds of number of every country."""
    return tuple(_ALL.values())


def normal(number: str) -> str:
    """Return a number without the spaces, dots, dashes and slashes that people write in it."""
    return re.sub(r"[\s./\u2010-\u2015-]+", "", number).upper()


def is_right(code: str, number: str) -> bool:
    """Return whether a number in normal form has its kind's shape and its check digits add up."""
    asked = kind(code)
    return bool(re.fullmatch(asked.shape, number, re.ASCII)) and asked.adds_up(number)

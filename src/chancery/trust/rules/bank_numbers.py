"""Read the numbers of bank accounts as people write them, and say what is wrong with one.

A number has a normal form (to keep and compare) and a display form (to show). Reading is generous
about spaces and hyphens and strict about everything else; no bank is asked whether it exists.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Check = Literal[
    "bsb",
    "au_account",
    "sort_code",
    "gb_account",
    "routing_number",
    "us_account",
    "ca_institution",
    "ca_transit",
    "ca_account",
    "nz_account",
    "iban",
    "account_number",
]

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]+")
_IBAN_LENGTHS = range(15, 35)
_IRISH_IBAN = re.compile(r"IE[0-9]{2}[A-Z]{4}[0-9]{14}")


@dataclass(frozen=True)
class Reading:
    """A number as it was read: both forms when it is sound, findings when it is not."""

    check: Check
    normal: str
    display: str
    findings: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Tell whether nothing was found against the number."""
        return not self.findings


@dataclass(frozen=True)
class _Digits:
    """A number of digits only: its name in a sentence, its length, how it is shown."""

    name: str
    shortest: int
    longest: int
    show: Callable[[str], str] = str
    fault: Callable[[str], str | None] = lambda _digits: None

    def read(self, check: Check, text: str) -> Reading:
        """Read digits, with separators anywhere."""
        digits = _SEPARATORS.sub("", text)
        if not digits:
            return _refused(check, text, f"Enter {self.name[0].lower()}{self.name[1:]}.")
        if not re.fullmatch(r"[0-9]+", digits):
            return _refused(check, text, f"{self.name} has digits only.")
        if not self.shortest <= len(digits) <= self.longest:
            return _refused(check, text, f"{self.name} has {self._length}; this has {len(digits)}.")
        if fault := self.fault(digits):
            return _refused(check, text, fault)
        return Reading(check, digits, self.show(digits))

    @property
    def _length(self) -> str:
        if self.shortest == self.longest:
            return f"{self.longest} digits"
        return f"{self.shortest} to {self.longest} digits"


def _refused(check: Check, text: str, *findings: str) -> Reading:
    return Reading(check, "", text.strip(), findings)


def _grouped(size: int, mark: str) -> Callable[[str], str]:
    return lambda text: mark.join(text[start : start + size] for start in range(0, len(text), size))


def _australian(digits: str) -> str:
    """Show eight digits in fours and six or nine in threes; other lengths have no custom."""
    size = {6: 3, 8: 4, 9: 3}.get(len(digits), len(digits))
    return _grouped(size, " ")(digits)


def _routing_fault(digits: str) -> str | None:
    total = sum(int(digit) * weight for digit, weight in zip(digits, (3, 7, 1) * 3, strict=True))
    if total == 0 or total % 10:
        return "This routing number fails its check digit; read it again from a check."
    return None


_SHAPES: dict[Check, _Digits] = {
    "bsb": _Digits("A BSB", 6, 6, show=_grouped(3, "-")),
    "au_account": _Digits("An account number", 4, 9, show=_australian),
    "sort_code": _Digits("A sort code", 6, 6, show=_grouped(2, "-")),
    "gb_account": _Digits("An account number", 8, 8),
    "routing_number": _Digits("A routing number", 9, 9, fault=_routing_fault),
    "us_account": _Digits("An account number", 4, 17),
    "ca_institution": _Digits("An institution number", 3, 3),
    "ca_transit": _Digits("A transit number", 5, 5),
    "ca_account": _Digits("An account number", 7, 12),
    "account_number": _Digits("An account number", 4, 20),
}


def _new_zealand(text: str) -> Reading:
    """Read bank, branch, account and suffix; a suffix of two digits means the same with a nought."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    digits = "".join(parts)
    if not digits:
        return _refused("nz_account", text, "Enter an account number.")
    if not re.fullmatch(r"[0-9]+", digits):
        return _refused("nz_account", text, "An account number has digits only.")
    widths = (2, 4, 7, 3)
    if len(parts) == len(widths) and all(
        len(part) <= width for part, width in zip(parts, widths, strict=True)
    ):
        digits = "".join(part.zfill(width) for part, width in zip(parts, widths, strict=True))
    elif len(digits) == sum(widths) - 1:
        digits = digits[:13] + digits[13:].zfill(3)
    elif len(digits) != sum(widths):
        return _refused(
            "nz_account",
            text,
            "An account number has 2 digits of bank, 4 of branch, 7 of account and"
            f" 2 or 3 of suffix; this has {len(digits)} digits in all.",
        )
    suffix = digits[13:].removeprefix("0")
    shown = f"{digits[:2]}-{digits[2:6]}-{digits[6:13]}-{suffix}"
    return Reading("nz_account", digits, shown)


def _iban(text: str) -> Reading:
    """Read an IBAN of any country by its check digits, and an Irish one by its shape as well."""
    normal = _SEPARATORS.sub("", text).upper()
    if not normal:
        return _refused("iban", text, "Enter an IBAN.")
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", normal):
        return _refused(
            "iban", text, "An IBAN starts with two letters and two digits, then letters and digits."
        )
    if len(normal) not in _IBAN_LENGTHS:
        return _refused("iban", text, f"An IBAN has 15 to 34 characters; this has {len(normal)}.")
    findings = []
    if normal.startswith("IE") and not _IRISH_IBAN.fullmatch(normal):
        findings.append("An Irish IBAN is IE, 2 digits, 4 letters of the bank and 14 digits.")
    if int("".join(str(int(mark, 36)) for mark in normal[4:] + normal[:4])) % 97 != 1:
        findings.append("This IBAN fails its check digits; read it again from the bank.")
    if findings:
        return _refused("iban", text, *findings)
    return Reading("iban", normal, _grouped(4, " ")(normal))


def read(check: Check, text: str) -> Reading:
    """Return a number's normal and display form, or every finding against it."""
    if check == "nz_account":
        return _new_zealand(text)
    if check == "iban":
        return _iban(text)
    return _SHAPES[check].read(check, text)

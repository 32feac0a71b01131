"""Amounts in words, in English: a figure can be altered with one stroke, its words cannot."""

from babel.numbers import get_currency_name

from chancery.lib.money import Money, digits

# fmt: off
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
_SCALES = ("", " thousand", " million", " billion", " trillion", " quadrillion")
_HUNDRED, _THOUSAND, _TEENS_END = 100, 1000, 20
_PARTS = {
    "dollars": ("cent", "cents"),
    "euros": ("cent", "cents"),
    "rand": ("cent", "cents"),
    "pounds": ("penny", "pence"),
    "rupees": ("paisa", "paise"),
    "francs": ("centime", "centimes"),
    "shillings": ("cent", "cents"),
}
_OTHER_PARTS = {"LKR": ("cent", "cents"), "MUR": ("cent", "cents"), "SCR": ("cent", "cents")}
_OTHER_PARTS |= {"EGP": ("piastre", "piastres"), "LBP": ("piastre", "piastres")}


def in_words(amount: Money) -> str:
    """Return the amount as a receipt says it: ``Twelve dollars and five cents``.

    A currency whose smaller unit has no name here says its parts as ``05/100``.
    """
    assert amount.minor >= 0, "a receipt is for money that came in"
    unit = 10 ** digits(amount.currency)
    whole, part = divmod(amount.minor, unit)
    with_and = amount.currency != "USD"  # Americans keep "and" for the cents
    said = f"{_number(whole, with_and=with_and)} {_unit(amount.currency, whole)}"
    if part:
        said += f" and {_part(part, amount.currency, with_and=with_and)}"
    return said[0].upper() + said[1:]


def _unit(currency: str, count: int) -> str:
    """Return the currency's unit without its country: the code beside the figure names that."""
    name = get_currency_name(currency, count=count, locale="en")
    return name.split()[-1].lower()


def _part(part: int, currency: str, *, with_and: bool) -> str:
    names = _OTHER_PARTS.get(currency) or _PARTS.get(_unit(currency, 2))
    if not names or digits(currency) != 2:  # noqa: PLR2004 - a cent is a hundredth
        places = digits(currency)
        return f"{part:0{places}}/{10**places}"
    return f"{_number(part, with_and=with_and)} {names[part != 1]}"


def _number(number: int, *, with_and: bool) -> str:
    groups, rest = [], number
    while rest:
        rest, group = divmod(rest, _THOUSAND)
        groups.append(group)
    joint = " and " if with_and else " "
    said = [
        _hundreds(group, joint) + _SCALES[at]
        for at, group in reversed(list(enumerate(groups)))
        if group
    ]
    if with_and and len(said) > 1 and 0 < groups[0] < _HUNDRED:
        said[-1] = f"and {said[-1]}"
    return " ".join(said) or _SMALL[0]


def _hundreds(number: int, joint: str) -> str:
    hundreds, rest = divmod(number, _HUNDRED)
    said = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest >= _TEENS_END:
        tens, ones = divmod(rest, 10)
        said.append(_TENS[tens] + (f"-{_SMALL[ones]}" if ones else ""))
    elif rest:
        said.append(_SMALL[rest])
    return joint.join(said)

"""The language of `where`: comparisons, AND and OR, a few functions; read once, asked of each element."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

Test = Callable[[Mapping[str, Any]], Any]

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")
        |(?P<number>-?\d+(?:\.\d+)?)
        |(?P<sign>&&|\|\||==|!=|<>|>=|<=|[=<>(),])
        |(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*))""",
    re.VERBOSE,
)
LENGTH_MAX = 2_000
NESTED_MAX = 50
MS_DATE = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: bool(a == b),
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
    "<>": lambda a, b: bool(a != b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
}
METHODS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
}


class Unreadable(Exception):
    """The filter is not in the language, or asks for what does not exist."""


def read(text: str, known: Collection[str]) -> Test:
    """Read a filter over elements that have the known properties.

    Refuses: Unreadable.
    """
    if len(text) > LENGTH_MAX or text.count("(") > NESTED_MAX:
        raise Unreadable(f"A filter has at most {LENGTH_MAX} characters and {NESTED_MAX} brackets")
    reader = _Reader(_tokens(text), {name.lower(): name for name in known})
    test = reader.either()
    if reader.next_one:
        raise Unreadable(f"Syntax error at '{reader.next_one}'")
    return test


def _tokens(text: str) -> list[str]:
    found, place = [], 0
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if match is None:
            raise Unreadable(f"Syntax error '{text[place:].strip()[:1]}' (at index {place})")
        found.append(match.group().strip())
        place = match.end()
    if not found:
        raise Unreadable("Expression expected")
    return found


class _Reader:
    """Reads the tokens from left to right, one rule of the language in each method."""

    def __init__(self, tokens: list[str], known: dict[str, str]) -> None:
        self._tokens = tokens
        self._known = known

    @property
    def next_one(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _take(self, expected: str = "") -> str:
        if not self._tokens or (expected and self._tokens[0] != expected):
            raise Unreadable(f"'{expected}' expected" if expected else "Expression expected")
        return self._tokens.pop(0)

    def either(self) -> Test:
        tests = [self._both()]
        while self.next_one.upper() in {"OR", "||"}:
            self._take()
            tests.append(self._both())
        return lambda element: any(test(element) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self.next_one.upper() in {"AND", "&&"}:
            self._take()
            tests.append(self._one())
        return lambda element: all(test(element) for test in tests)

    def _one(self) -> Test:
        if self.next_one == "(":
            self._take("(")
            inner = self.either()
            self._take(")")
            return inner
        left = self._value()
        if self.next_one not in COMPARISONS:
            return lambda element: left(element) is True
        sign = self._take()
        right = self._value()
        return lambda element: _compared(sign, left(element), right(element))

    def _value(self) -> Test:
        token = self._take()
        if token.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", token[1:-1])
            return lambda _: text
        if re.fullmatch(r"-?\d+(?:\.\d+)?", token):
            number = float(token)
            return lambda _: number
        if token.lower() in {"true", "false", "null"}:
            constant = {"true": True, "false": False, "null": None}[token.lower()]
            return lambda _: constant
        if self.next_one == "(":
            return self._called(token)
        return self._property(token)

    def _called(self, name: str) -> Test:
        self._take("(")
        given: list[Any] = []
        while self.next_one != ")":
            given.append(self._value()({}))
            if self.next_one != ")":
                self._take(",")
        self._take(")")
        if name.lower() == "guid" and len(given) == 1:
            return lambda _: str(given[0]).lower()
        if name.lower() == "datetime":
            return _instant(given)
        return self._method(name, given)

    def _method(self, name: str, given: list[Any]) -> Test:
        of, _, method = name.rpartition(".")
        if method.lower() in {"tolower", "toupper"} and of and not given:
            subject = self._property(of)
            change = str.lower if method.lower() == "tolower" else str.upper
            return lambda element: _on_text(subject(element), change)
        if method.lower() not in METHODS or not of or len(given) != 1:
            raise Unreadable(f"No applicable method '{method}' exists")
        owner, test = self._property(of), METHODS[method.lower()]
        return lambda element: _on_text(owner(element), lambda text: test(text, str(given[0])))

    def _property(self, path: str) -> Test:
        first, *rest = path.split(".")
        if first.lower() not in self._known:
            raise Unreadable(f"No property or field '{first}' exists")
        names = [self._known[first.lower()], *rest]
        return lambda element: _found(element, names)


def _found(element: Any, names: list[str]) -> Any:
    for name in names:
        element = element.get(name) if isinstance(element, Mapping) else None
    match = MS_DATE.fullmatch(element) if isinstance(element, str) else None
    return float(match[1]) / 1000 if match else element


def _on_text(value: Any, change: Callable[[str], Any]) -> Any:
    return change(value) if isinstance(value, str) else None


def _instant(given: list[Any]) -> Test:
    try:
        at = datetime(*(int(part) for part in given), tzinfo=UTC).timestamp()  # type: ignore[arg-type,misc]  # 3 to 7 whole numbers
    except (TypeError, ValueError, OverflowError):
        raise Unreadable("DateTime needs a year, a month and a day") from None
    return lambda _: at


def _compared(sign: str, left: Any, right: Any) -> bool:
    if left is None or right is None:
        equal = left is right
        return {"==": equal, "=": equal, "!=": not equal, "<>": not equal}.get(sign, False)
    if isinstance(left, int) and not isinstance(left, bool):
        left = float(left)
    if type(left) is not type(right):
        raise Unreadable(f"Operator '{sign}' incompatible with operand types")
    return COMPARISONS[sign](left, right)

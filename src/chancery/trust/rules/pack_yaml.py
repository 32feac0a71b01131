"""Read a pack's YAML exactly as it was written.

YAML 1.1 guesses: ``no`` becomes false, ``2026-01-04`` a date, ``1.10`` a float, and a key given
twice silently wins over the first. A pack is law turned into data, so nothing here guesses: only
``true``, ``false``, ``null`` and whole decimal numbers are other than text.
"""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # pragma: no cover - only where PyYAML was built without libyaml
    from yaml import SafeLoader as _Base  # type: ignore[assignment] # same face, slower


class UnreadablePack(Exception):
    """A file is no YAML, or not of the kind that packs are written in."""


class _ExactLoader(_Base):
    """A safe loader that resolves four things and refuses a repeated key."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """Build a mapping; refuse a key that stands in it twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key “{key.value}” stands here twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_ExactLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)
_ExactLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null)?$"), ["n", ""])
_ExactLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)


def read(path: Path) -> dict[str, Any]:
    """Return the mapping that a file holds; raise UnreadablePack with the place of the fault."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_ExactLoader)  # noqa: S506 - a safe loader made stricter
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise UnreadablePack(" ".join(str(fault).split())) from fault
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise UnreadablePack("a mapping of names was expected")
    return found

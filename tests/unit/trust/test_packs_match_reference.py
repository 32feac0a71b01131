"""The packs were made from the project's reference on jurisdictions; nothing may be lost or bent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from chancery.trust.rules import pack_findings, packs
from chancery.trust.rules.pack_inheritance import flat

ROOT = Path(__file__).parents[3]
FOUND = [
    path
    for path in (up / "shared/reference/jurisdictions.yaml" for up in (ROOT.parent, *ROOT.parents))
    if path.exists()
]
NOT_VALUES = {"terms", "terms_override", "inheritance", "placeholder"}
SHORTENED = {("nz", "reconciliation.package")}  # a remark on the copy that was read is left out
KEPT = ("rule", "rule_to_check", "confidence", "basis", "note")

pytestmark = pytest.mark.skipif(not FOUND, reason="the reference stands beside a checkout only")


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    loaded = yaml.safe_load(FOUND[0].read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture(scope="module")
def shelf() -> pack_findings.Shelf:
    return pack_findings.read_all(packs.FOLDER)


def values(entry: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section, names in entry.items():
        if isinstance(names, dict) and section not in NOT_VALUES:
            yield from ((f"{section}.{name}", stated) for name, stated in names.items())


def test_every_entry_is_a_pack(reference: dict[str, Any], shelf: pack_findings.Shelf) -> None:
    assert shelf.files.keys() == reference["jurisdictions"].keys()


def test_every_value_is_carried_with_its_citation(
    reference: dict[str, Any], shelf: pack_findings.Shelf
) -> None:
    count = 0
    for code, entry in reference["jurisdictions"].items():
        carried = flat(shelf.files[code])
        assert carried.keys() == {path for path, _ in values(entry)}, code
        for path, stated in values(entry):
            count += 1
            ours = carried[path]
            assert (code, path) in SHORTENED or ours.value == stated["value"], (code, path)
            assert ours.source == tuple(stated["source"]), (code, path)
            for name in KEPT:
                assert getattr(ours, name) == stated.get(name), (code, path, name)

    assert count == 372


def test_every_word_regulator_and_parent_is_carried(
    reference: dict[str, Any], shelf: pack_findings.Shelf
) -> None:
    for code, entry in reference["jurisdictions"].items():
        ours = shelf.files[code]
        assert ours.terms == entry.get("terms", entry.get("terms_override", {})), code
        for name in ("extends", "regulator", "instrument", "country", "currency"):
            assert getattr(ours, name) == entry.get(name), (code, name)
        assert ours.status == entry.get("status", "base_template"), code
        cap = entry.get("inheritance", {}).get("confidence_cap")
        assert (ours.inheritance.confidence_cap if ours.inheritance else None) == cap, code


def test_every_source_is_the_one_that_was_read(
    reference: dict[str, Any], shelf: pack_findings.Shelf
) -> None:
    for identity, source in shelf.sources.items():
        assert source.model_dump(exclude_none=True) == reference["sources"][identity]


def test_a_typed_reading_stands_beside_what_the_reference_says_and_never_instead_of_it(
    reference: dict[str, Any], shelf: pack_findings.Shelf
) -> None:
    stated = {
        (code, path): value["value"]
        for code, entry in reference["jurisdictions"].items()
        for path, value in values(entry)
    }
    read = {
        (code, path)
        for code, file in shelf.files.items()
        for path, parameter in flat(file).items()
        if parameter.typed is not None
    }

    assert read
    assert all(stated[place] is not None for place in read)

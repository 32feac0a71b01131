import pytest

from chancery.practice import identifiers


@pytest.mark.parametrize("kind", identifiers.every_kind(), ids=lambda kind: str(kind.code))
def test_every_example_is_right_as_it_is_written(kind: identifiers.IdentifierKind) -> None:
    assert identifiers.is_right(kind.code, identifiers.normal(kind.example))


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("abn", "51824753557"),
        ("abn", "5182475355"),
        ("abn", "5182475355x"),
        ("acn", "004085617"),
        ("nzbn", "9429041535111"),
        ("nzbn", "9329041535110"),
        ("ca_bn", "123456783"),
        ("ca_bn", "123456782RT1"),
        ("gb_company", "A0445790"),
        ("ie_company", "1045471"),
        ("ein", "12345678"),
        ("abn", "٥١٨٢٤٧٥٣٥٥٦"),
    ],
)
def test_a_number_with_a_wrong_digit_or_shape_is_not_right(kind: str, wrong: str) -> None:
    assert not identifiers.is_right(kind, wrong)


def test_any_single_wrong_digit_of_a_business_number_is_noticed() -> None:
    right = "51824753556"

    for place, digit in enumerate(right):
        for other in set("0123456789") - {digit}:
            wrong = right[:place] + other + right[place + 1 :]
            assert not identifiers.is_right("abn", wrong), wrong


def test_a_number_is_compared_without_the_marks_that_people_write_in_it() -> None:
    assert identifiers.normal(" 12-345.678/x\u2009\u2013 ") == "12345678X"


def test_a_business_number_is_shown_in_its_groups() -> None:
    assert identifiers.kind("abn").shown("51824753556") == "51 824 753 556"


@pytest.mark.parametrize(
    ("country", "codes"),
    [("AU", ["abn", "acn"]), ("NZ", ["nzbn"]), ("GB", ["gb_company"]), ("FR", ["company"])],
)
def test_a_country_asks_for_its_own_numbers(country: str, codes: list[str]) -> None:
    assert codes == [kind.code for kind in identifiers.kinds_in(country)]

from chancery.practice.contact_details import Address, ContactDetails
from chancery.practice.models.contact import ContactKind


def test_a_persons_name_is_made_from_its_two_parts() -> None:
    entered = ContactDetails(kind=ContactKind.PERSON, given_name=" Ada ", family_name="de  Vries")

    assert entered.tidied().name == "Ada de Vries"


def test_a_company_keeps_no_given_name() -> None:
    entered = ContactDetails(name="Harbourside Bank", given_name="Ada")

    assert entered.tidied().given_name == ""


def test_what_is_empty_is_not_kept() -> None:
    entered = ContactDetails(
        name="Bank", addresses={"street": Address("  ")}, identifiers={"abn": " "}
    )

    assert (entered.tidied().addresses, entered.tidied().identifiers) == ({}, {})


def test_everything_wrong_is_said_at_once() -> None:
    entered = ContactDetails(
        kind=ContactKind.PERSON,
        email="nowhere",
        phone="0" * 41,
        identifiers={"abn": "1"},
        addresses={"street": Address(city="Sydney", postcode="9" * 17)},
    )

    problems = entered.tidied().problems()

    assert {problem.field for problem in problems} == {
        "family_name", "email", "phone", "abn", "street_lines", "street_postcode",
    }  # fmt: skip


def test_a_name_of_control_characters_only_is_no_name() -> None:
    entered = ContactDetails(name="\x00\u200b\n\t")

    assert [problem.field for problem in entered.tidied().problems()] == ["name"]


def test_a_sound_contact_has_no_problems() -> None:
    entered = ContactDetails(
        name="Harbourside Bank", email="Desk@Bank.example", identifiers={"abn": "51 824 753 556"}
    )

    assert entered.tidied().problems() == []
    assert entered.tidied().email == "desk@bank.example"

from typing import Any

import httpx2
import pytest

JANE = {"Name": "Jane Calloway", "ContactNumber": "C-1042", "EmailAddress": "jane@example.com"}
TAKEN = (
    "The contact name Jane Calloway is already assigned to another contact. "
    "The contact name must be unique across all active contacts."
)


def contacts(answer: httpx2.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return list(answer.json()["Contacts"])


def made(api: httpx2.Client, **more: Any) -> dict[str, Any]:
    (contact,) = contacts(api.put("/Contacts", json={**JANE, **more}))
    return contact


def messages(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 400, answer.text
    assert answer.json()["Type"] == "ValidationException"
    return [one["Message"] for one in answer.json()["Elements"][0]["ValidationErrors"]]


def test_contact_is_made_and_read_by_id_and_by_number(api: httpx2.Client) -> None:
    contact = made(api)

    assert contact["ContactStatus"] == "ACTIVE"
    assert [one["AddressType"] for one in contact["Addresses"]] == ["STREET", "POBOX"]
    for name in (contact["ContactID"], "C-1042"):
        assert contacts(api.get(f"/Contacts/{name}")) == [contact]


def test_unknown_contact_is_a_plain_text_404(api: httpx2.Client) -> None:
    answer = api.get("/Contacts/C-1")

    assert (answer.status_code, answer.text) == (
        404,
        "The resource you're looking for cannot be found",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"Name": "JANE calloway", "ContactNumber": "C-2"},
            TAKEN.replace("Jane Calloway", "JANE calloway"),
        ),
        ({"Name": "Other"}, "The contact number C-1042 is already assigned to another contact."),
        ({"Name": None, "ContactNumber": "C-2"}, "The contact name must be given."),
        (
            {"Name": "n" * 256, "ContactNumber": "C-2"},
            "Name must not be longer than 255 characters.",
        ),
        (
            {"Name": "Other", "ContactNumber": "9" * 51},
            "ContactNumber must not be longer than 50 characters.",
        ),
        (
            {"Name": "Other", "ContactNumber": "", "EmailAddress": "jane"},
            "Email address must be valid.",
        ),
    ],
)
def test_wrong_contact_is_refused_with_a_message(
    api: httpx2.Client, change: dict[str, str], message: str
) -> None:
    made(api)

    answer = api.put("/Contacts", json={**JANE, **change})

    assert messages(answer) == [message]
    assert len(contacts(api.get("/Contacts"))) == 1


def test_name_of_an_archived_contact_may_be_taken(api: httpx2.Client) -> None:
    first = made(api)
    api.post("/Contacts", json={"ContactID": first["ContactID"], "ContactStatus": "ARCHIVED"})

    assert made(api)["ContactID"] != first["ContactID"]


def test_archived_contact_cannot_come_back_under_a_name_that_is_taken(api: httpx2.Client) -> None:
    first = made(api)
    place = f"/Contacts/{first['ContactID']}"
    api.post(place, json={"ContactStatus": "ARCHIVED"})
    made(api, ContactNumber="C-2")

    assert messages(api.post(place, json={"ContactStatus": "ACTIVE"})) == [TAKEN]


def test_archived_contacts_are_listed_only_when_asked_for(api: httpx2.Client) -> None:
    contact = made(api)
    api.post(f"/Contacts/{contact['ContactID']}", json={"ContactStatus": "ARCHIVED"})

    assert contacts(api.get("/Contacts")) == []
    assert len(contacts(api.get("/Contacts?includeArchived=true"))) == 1
    assert contacts(api.get(f"/Contacts/{contact['ContactID']}"))[0]["ContactStatus"] == "ARCHIVED"


@pytest.mark.parametrize("known_by", ["ContactID", "ContactNumber"])
def test_post_changes_the_contact_that_is_known(api: httpx2.Client, known_by: str) -> None:
    contact = made(api, FirstName="Jane")

    (changed,) = contacts(
        api.post("/Contacts", json={known_by: contact[known_by], "Name": "J. Calloway"})
    )

    assert changed["ContactID"] == contact["ContactID"]
    assert (changed["Name"], changed["FirstName"]) == ("J. Calloway", "Jane")


def test_post_makes_the_contact_that_is_not_known(api: httpx2.Client) -> None:
    (contact,) = contacts(api.post("/Contacts", json=JANE))

    assert contacts(api.get("/Contacts")) == [contact]


def test_changing_one_address_leaves_the_other(api: httpx2.Client) -> None:
    contact = made(api, Addresses=[{"AddressType": "STREET", "City": "Sydney"}])
    box = {"AddressType": "POBOX", "City": "Newtown"}

    (changed,) = contacts(api.post(f"/Contacts/{contact['ContactID']}", json={"Addresses": [box]}))

    assert [one["City"] for one in changed["Addresses"]] == ["Sydney", "Newtown"]


@pytest.mark.parametrize("name", ["summarizeErrors", "SummarizeErrors", "summarizeerrors"])
@pytest.mark.parametrize("value", ["false", "False"])
def test_each_contact_answers_for_itself_when_errors_are_not_summarized(
    api: httpx2.Client, name: str, value: str
) -> None:
    made(api)
    sent = [{"Name": "Ravi Menon"}, JANE, {"Name": "Ada Whitlock"}]

    answer = api.put("/Contacts", params={name: value}, json={"Contacts": sent})

    told = contacts(answer)
    assert [one["StatusAttributeString"] for one in told] == ["OK", "ERROR", "OK"]
    assert told[1]["HasValidationErrors"] is True
    assert told[1]["ValidationErrors"][0] == {"Message": TAKEN}
    assert len(contacts(api.get("/Contacts"))) == 3


def test_all_contacts_are_refused_with_the_one_when_errors_are_summarized(
    api: httpx2.Client,
) -> None:
    made(api)

    answer = api.put(
        "/Contacts", json={"Contacts": [{"Name": "Ravi Menon"}, {"Name": JANE["Name"]}]}
    )

    assert messages(answer) == [TAKEN]
    assert len(answer.json()["Elements"]) == 1
    assert len(contacts(api.get("/Contacts"))) == 1


def test_two_of_one_name_in_a_request_are_seen(api: httpx2.Client) -> None:
    answer = api.put("/Contacts?summarizeErrors=false", json={"Contacts": [JANE, JANE]})

    assert [one["StatusAttributeString"] for one in contacts(answer)] == ["OK", "ERROR"]


def test_pages_are_counted(api: httpx2.Client) -> None:
    sent = [{"Name": f"Client {number:03}"} for number in range(7)]
    api.put("/Contacts", json={"Contacts": sent})

    answer = api.get("/Contacts?page=3&pageSize=3")

    assert [one["Name"] for one in contacts(answer)] == ["Client 006"]
    assert answer.json()["pagination"] == {"page": 3, "pageSize": 3, "pageCount": 3, "itemCount": 7}
    assert contacts(api.get("/Contacts?page=4&pageSize=3")) == []
    assert "pagination" not in api.get("/Contacts").json()


@pytest.mark.parametrize("asked", ["page=0", "page=x", "pageSize=-1", f"page={'9' * 5000}"])
def test_page_that_cannot_be_is_refused(api: httpx2.Client, asked: str) -> None:
    assert api.get(f"/Contacts?{asked}").status_code == 400


def test_contacts_are_found_by_ids_by_term_and_by_where(api: httpx2.Client) -> None:
    jane = made(api)
    ravi = made(api, Name="Ravi Menon", ContactNumber="C-7", EmailAddress="r@menon.example")

    def found(**asked: str) -> list[str]:
        return [one["Name"] for one in contacts(api.get("/Contacts", params=asked))]

    assert found(IDs=f"{jane['ContactID']},{ravi['ContactID']}") == ["Jane Calloway", "Ravi Menon"]
    assert found(IDs=ravi["ContactID"]) == ["Ravi Menon"]
    assert found(searchTerm="MENON.EX") == ["Ravi Menon"]
    assert found(where='ContactNumber=="C-1042"') == ["Jane Calloway"]
    assert found(where='Name=="Ravi Menon" AND ContactStatus=="ACTIVE"') == ["Ravi Menon"]
    assert found(order="Name DESC") == ["Ravi Menon", "Jane Calloway"]

from django.test import RequestFactory

from chancery.reports.sheets import Column, Sheet
from chancery.web.shell import spreadsheets

LIST = Sheet("Contacts", (Column("Name"),), [("Bennett",)])


def test_a_list_is_taken_out_as_csv_where_the_address_says_nothing() -> None:
    answer = spreadsheets.answer(RequestFactory().get("/"), "contacts", LIST)

    assert '\ufeff"Name"\r\n"Bennett"\r\n'.encode() == answer.content
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="contacts.csv"'


def test_a_list_is_taken_out_as_a_workbook_where_the_address_asks_for_one() -> None:
    answer = spreadsheets.answer(RequestFactory().get("/?format=xlsx"), "contacts", LIST)

    assert answer.content.startswith(b"PK")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["Content-Disposition"] == 'attachment; filename="contacts.xlsx"'

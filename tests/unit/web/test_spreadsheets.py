import pytest

from chancery.web.shell.spreadsheets import csv_answer


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_calculate_is_marked_as_words(start: str) -> None:
    answer = csv_answer("contacts", ["Name"], [[f"{start}1+1"]])

    assert f"'{start}1+1".encode() in answer.content


def test_a_file_opens_in_any_spreadsheet_with_its_letters_whole() -> None:
    answer = csv_answer("contacts", ["Name", "Phone"], [['José "Pepe" O, Brien', "02 5550"]])

    assert answer.content == '\ufeffName,Phone\r\n"José ""Pepe"" O, Brien",02 5550\r\n'.encode()
    assert answer["Content-Disposition"] == 'attachment; filename="contacts.csv"'

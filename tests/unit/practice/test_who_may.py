"""A refusal for want of a role names who may, as a person would say it."""

import pytest

from chancery.practice.permissions import Act, NotAllowed


@pytest.mark.parametrize(
    ("act", "who"),
    [
        (Act.MANAGE_FIRM, "Ask an administrator."),
        (Act.REFRESH_ACCOUNTING, "Ask an administrator or a bookkeeper."),
        (Act.EDIT_CONTACTS, "Ask an administrator, a bookkeeper, a lawyer or a reviewer."),
    ],
)
def test_the_refusal_names_each_role_with_its_article(act: Act, who: str) -> None:
    assert str(NotAllowed(act)) == f"Your roles do not allow you to {act}. {who}"

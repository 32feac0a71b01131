"""The sign-in library's forms in our words and looks."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm

from chancery.web.shell.forms import dress


class SignIn(LoginForm):  # type: ignore[misc]  # the library ships no types
    """E-mail address and password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _without_placeholders(self)
        self.fields["password"].help_text = ""
        dress(self)
        self.fields["login"].error_messages["required"] = "Enter your e-mail address"
        self.fields["login"].error_messages["invalid"] = (
            "Enter an e-mail address like name@firm.example"
        )
        self.fields["password"].error_messages["required"] = "Enter your password"


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]  # same reason
    """The present password and a new one, twice."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": "Present password",
            "password1": "New password",
            "password2": "New password, again",
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
        _without_placeholders(self)
        self.fields[
            "password1"
        ].help_text = "At least 12 characters. A few words in a row are good."
        dress(self)


class SignInAgain(ReauthenticateForm):  # type: ignore[misc]  # same reason
    """The password again, before money leaves."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_placeholders(self)
        self.fields["password"].label = "Password"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs["autofocus"] = True
        dress(self)
        self.fields["password"].error_messages["required"] = "Enter your password"


def _without_placeholders(form: LoginForm | ChangePasswordForm | ReauthenticateForm) -> None:
    """Leave the label to say what a field is: it stays when one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)

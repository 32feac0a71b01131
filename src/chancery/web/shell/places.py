"""Where one can go: the navigation, the tabs of Admin and the search box's "Go to" draw from this list.

A place is named by its URL; one that is not built has no URL and is shown nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from chancery.web.shell.words import plural


@dataclass(frozen=True)
class Place:
    """A page that one can go to. Its ``label`` may name the firm's words; ``keys`` are pressed in turn."""

    url_name: str
    label: str
    icon: str
    where: str = ""
    keys: str = ""

    @property
    def url(self) -> str:
        """Return the address, or nothing while the page is not built."""
        return address(self.url_name)

    def called(self, words: Mapping[str, str]) -> str:
        """Return the place's name in the firm's words."""
        name = self.label.format_map({**words, "work_units": plural(words["work_unit"])})
        return f"{name[:1].upper()}{name[1:]}"

    def holds(self, path: str) -> bool:
        """Return whether the reader of this path is at this place or below it."""
        return path == self.url or (self.url not in ("", "/") and path.startswith(self.url))


MAIN = (
    Place("home", "Home", "home", keys="g h"),
    Place("matter_list", "{work_units}", "matter", keys="g m"),
    Place("contact_list", "Contacts", "contact", keys="g c"),
    Place("trust_accounts", "{money}", "bank"),
)
ADMIN = (
    Place("admin_firm", "Firm", "admin", "Admin"),
    Place("admin_accounting", "Accounting", "swap", "Admin"),
    Place("admin_trust", "Trust accounting", "lock", "Admin"),
    Place("admin_people", "People and roles", "users", "Admin"),
    Place("help_answers", "Help answers", "help", "Admin"),
)
OTHER = (
    Place("contact_add", "Add a contact", "plus"),
    Place("matter_add", "Open a {work_unit}", "plus"),
    Place("admin_matter_types", "Types of {work_units}", "matter", "Admin, Firm"),
    Place("admin_trust", "Trust bank accounts", "bank", "Admin, Trust accounting"),
    Place("trust_account_add", "Add a trust bank account", "bank", "Admin, Trust accounting"),
    Place("admin_trust_settings", "Stricter rules and limits", "scale", "Admin, Trust accounting"),
    Place("office_accounts", "Office bank accounts", "case", "Admin, Accounting"),
    Place("admin_xero", "Xero", "swap", "Admin, Accounting"),
    Place("dormant_money", "Dormant money", "calendar"),
    Place("profile", "Your profile", "contact"),
    Place("help", "Help", "help"),
)


def built(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return those of the places that exist."""
    return tuple(place for place in places if place.url)


def everywhere() -> tuple[Place, ...]:
    """Return every place that exists."""
    return built((*MAIN, *ADMIN, *OTHER))


def address(url_name: str, *args: object) -> str:
    """Return a page's address, or nothing while it is not built."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""

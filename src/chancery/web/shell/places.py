"""Where one can go: the navigation, the tabs of Admin and the search box's "Go to" draw from this list.

A place is named by its URL; one that is not built has no URL and is shown nowhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from chancery.web.shell.words import plural


@dataclass(frozen=True)
class Place:
    """A page that one can go to. Its ``label`` may name the firm's words; ``keys`` are pressed in turn.

    ``argument`` completes an address that has a part; ``counts`` names what waits there for the reader;
    ``only_with`` names what the law of the firm's place must know for the page to be shown;
    ``is_of_account`` says whether the page can be narrowed to one trust account, ``is_of_matter``
    whether to one matter.
    """

    url_name: str
    label: str
    icon: str
    where: str = ""
    keys: str = ""
    argument: str = ""
    counts: str = ""
    only_with: str = ""
    is_of_account: bool = True
    is_of_matter: bool = False

    @property
    def url(self) -> str:
        """Return the address, or nothing while the page is not built."""
        return address(self.url_name, *([self.argument] if self.argument else []))

    def called(self, words: Mapping[str, str]) -> str:
        """Return the place's name in the firm's words."""
        many = {
            "work_units": plural(words["work_unit"]),
            "interest_accounts": plural(words["interest_account"]),
            "journals": plural(words.get("journal", "transfer")),
        }
        name = self.label.format_map({**words, **many})
        return f"{name[:1].upper()}{name[1:]}"

    def holds(self, path: str) -> bool:
        """Return whether the reader of this path is at this place or below it."""
        return path == self.url or (self.url not in ("", "/") and path.startswith(self.url))


MAIN = (
    Place("home", "Home", "home", keys="g h"),
    Place("matter_list", "{work_units}", "matter", keys="g m"),
    Place("contact_list", "Contacts", "contact", keys="g c"),
)
MONEY = (
    Place("trust_accounts", "Accounts", "bank"),
    Place("request_list", "Requests", "check", keys="g q", counts="requests"),
    Place("receipt_list", "Receipts", "receipt"),
    Place("withdrawal_list", "Withdrawals", "withdraw", keys="g w"),
    Place("transfer_list", "{journals}", "swap", keys="g t"),
    Place("register_hub", "Registers", "report", keys="g r"),
)
"""The group of client money in the navigation, under the firm's own word for it."""
REGISTERS = (
    Place("law_register", "Protected money", "shield", argument="protections", is_of_matter=True),
    Place("law_register", "Shortages", "alert", argument="shortages", is_of_matter=True),
    Place("movement_list", "Interest", "scale", argument="interest"),
    Place("movement_list", "Bank charges", "bill", argument="bank-charges"),
    Place("movement_list", "The firm's own money", "case", argument="own-money"),
    Place("movement_list", "Advances", "card", argument="advances", only_with="advances"),
    Place(
        "movement_list",
        "Statutory deposit",
        "bank",
        argument="statutory-deposit",
        only_with="statutory deposit",
    ),
    Place(
        "law_register",
        "{interest_accounts}",
        "bank",
        argument="own-accounts",
        only_with="own accounts",
        is_of_matter=True,
    ),
    Place(
        "law_register",
        "Transit money",
        "swap",
        argument="transit",
        only_with="transit money",
        is_of_account=False,
        is_of_matter=True,
    ),
    Place(
        "law_register",
        "Power money",
        "lock",
        argument="powers",
        only_with="power money",
        is_of_account=False,
        is_of_matter=True,
    ),
)
"""What is kept of client money besides its documents; the page of registers draws its cards from it."""
ADMIN = (
    Place("admin_firm", "Firm", "admin", "Admin"),
    Place("admin_accounting", "Accounting", "swap", "Admin"),
    Place("admin_trust", "Trust accounting", "lock", "Admin"),
    Place("admin_people", "People and roles", "users", "Admin"),
    Place("help_answers", "Help answers", "help", "Admin"),
)
OTHER = (
    Place("request_add", "Request a withdrawal", "withdraw", keys="n w", argument="withdrawal"),
    Place("request_add", "Request the payment of our {bill}", "bill", argument="bill"),
    Place("request_add", "Request a {journal}", "swap", argument="transfer"),
    Place("request_add", "Request a receipt", "receipt", argument="receipt"),
    Place("withdrawal_cheques", "Old {cheque}s", "withdraw", "Withdrawals"),
    Place("contact_add", "Add a contact", "plus"),
    Place("matter_add", "Open a {work_unit}", "plus"),
    Place("receipt_add", "Take a receipt", "receipt", keys="n r"),
    Place("admin_matter_types", "Types of {work_units}", "matter", "Admin, Firm"),
    Place("admin_trust", "Trust bank accounts", "bank", "Admin, Trust accounting"),
    Place("trust_account_add", "Add a trust bank account", "bank", "Admin, Trust accounting"),
    Place("admin_trust_settings", "Stricter rules and limits", "scale", "Admin, Trust accounting"),
    Place("office_accounts", "Office bank accounts", "case", "Admin, Accounting"),
    Place("admin_xero", "Xero", "swap", "Admin, Accounting"),
    Place(
        "deposit_due",
        "What is due on statutory deposit",
        "calendar",
        only_with="statutory deposit",
    ),
    Place("protection_add", "Protect money", "shield"),
    Place("shortage_add", "Record a shortage", "alert"),
    Place("own_account_add", "Open a {interest_account}", "bank", only_with="own accounts"),
    Place("transit_add", "Record transit money", "swap", only_with="transit money"),
    Place("power_add", "Record a power over money", "lock", only_with="power money"),
    Place("dormant_money", "Dormant money", "calendar"),
    Place("profile", "Your profile", "contact"),
    Place("help", "Help", "help"),
)


def built(places: tuple[Place, ...], known: Collection[str] = ()) -> tuple[Place, ...]:
    """Return those of the places that exist, where the law of the place knows what is ``known``."""
    return tuple(
        place for place in places if place.url and (not place.only_with or place.only_with in known)
    )


def everywhere(known: Collection[str] = ()) -> tuple[Place, ...]:
    """Return every place that exists, where the law of the place knows what is ``known``."""
    return built((*MAIN, *MONEY, *REGISTERS, *ADMIN, *OTHER), known)


def address(url_name: str, *args: object) -> str:
    """Return a page's address, or nothing while it is not built."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""

"""What the programs of an installation are told: one environment, made in one place."""

from collections.abc import Mapping

from chancery.cli import keys
from chancery.cli.folders import DataFolder
from chancery.cli.program import MARK
from chancery.lib.vault import Vault

SETTINGS = "chancery.config.settings"


def of_program(
    inherited: Mapping[str, str], *, folder: DataFolder, database: str, **more: str
) -> dict[str, str]:
    """Return the environment of a program that works on this folder and reaches this database.

    The first start makes the keys. A token key that was lost later is put back, not replaced: it alone
    opens what is stored.
    """
    if not keys.exists(folder.keys, "django.key"):
        Vault(folder.keys / "tokens.key").make_key()
    keys.obtain(folder.keys, "django.key")
    return {
        **_without_addresses(inherited),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "CHANCERY_DATA": str(folder.root),
        "CHANCERY_DATABASE_URL": database,
        "PYTHONUNBUFFERED": "1",
        MARK: str(folder.root),
        **more,
    }


def _without_addresses(inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without the addresses that only the start itself may use."""
    return {name: value for name, value in inherited.items() if not name.startswith("DATABASE_")}

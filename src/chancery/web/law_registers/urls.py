"""Addresses of the registers beside the ledger: their lists, files, forms and records."""

from django.urls import path, register_converter

from chancery.web.law_registers import (
    choosing,
    controlled,
    pages,
    powers,
    protections,
    shortage_acts,
    shortages,
    transit,
)
from chancery.web.movements.urls import RegisterName


class LawRegisterName(RegisterName):
    """A register beside the ledger, as an address names it."""

    regex = "|".join(pages.REGISTERS)


class PowerActName(RegisterName):
    """What is recorded of a power, as an address names it."""

    regex = "use|end"


class StepName(RegisterName):
    """What is noted of a shortage, as an address names it."""

    regex = "|".join(shortage_acts.STEPS)


register_converter(LawRegisterName, "law_register")
register_converter(PowerActName, "power_act")
register_converter(StepName, "shortage_step")

_BASE = "money/registers/"
urlpatterns = [
    path(f"{_BASE}matters/", choosing.matters, name="register_matters"),
    path(f"{_BASE}<law_register:register>/", pages.register_page, name="law_register"),
    path(f"{_BASE}<law_register:register>/file/", pages.file, name="law_register_file"),
    path(f"{_BASE}protections/add/", protections.add, name="protection_add"),
    path(f"{_BASE}protections/<uuid:protection_id>/", protections.protection, name="protection"),
    path(
        f"{_BASE}protections/<uuid:protection_id>/release/",
        protections.release,
        name="protection_release",
    ),
    path(f"{_BASE}shortages/add/", shortage_acts.add, name="shortage_add"),
    path(f"{_BASE}shortages/<uuid:deficiency_id>/", shortages.shortage, name="shortage"),
    path(f"{_BASE}shortages/<uuid:deficiency_id>/file/", shortages.file, name="shortage_file"),
    path(
        f"{_BASE}shortages/<uuid:deficiency_id>/restoration/",
        shortage_acts.restore,
        name="shortage_restore",
    ),
    path(
        f"{_BASE}shortages/<uuid:deficiency_id>/<shortage_step:step>/",
        shortage_acts.note,
        name="shortage_step",
    ),
    path(f"{_BASE}transit/add/", transit.add, name="transit_add"),
    path(f"{_BASE}transit/<uuid:entry_id>/", transit.entry, name="transit_entry"),
    path(f"{_BASE}powers/add/", powers.add, name="power_add"),
    path(f"{_BASE}powers/<uuid:power_id>/", powers.power, name="power"),
    path(f"{_BASE}powers/<uuid:power_id>/<power_act:done>/", powers.act, name="power_act"),
    path(f"{_BASE}own-accounts/add/", controlled.add, name="own_account_add"),
    path(f"{_BASE}own-accounts/<uuid:ledger_id>/", controlled.account, name="own_account"),
    path(f"{_BASE}own-accounts/<uuid:ledger_id>/file/", controlled.file, name="own_account_file"),
    path(
        f"{_BASE}own-accounts/<uuid:ledger_id>/change/",
        controlled.change,
        name="own_account_change",
    ),
]

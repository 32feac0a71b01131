"""Every address of the pages, area by area."""

from django.urls import include, path

from chancery.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/accounting/", include("chancery.web.accounting.urls")),
    path("", include("chancery.web.contacts.urls")),
    path("", include("chancery.web.deposit_slips.urls")),
    path("", include("chancery.web.dormant.urls")),
    path("", include("chancery.web.help.urls")),
    path("", include("chancery.web.home.urls")),
    path("", include("chancery.web.law_registers.urls")),
    path("", include("chancery.web.matter_money.urls")),
    path("", include("chancery.web.matters.urls")),
    path("", include("chancery.web.movements.urls")),
    path("", include("chancery.web.payees.urls")),
    path("", include("chancery.web.openings.urls")),
    path("", include("chancery.web.people.urls")),
    path("", include("chancery.web.profile.urls")),
    path("", include("chancery.web.receipts.urls")),
    path("", include("chancery.web.registers.urls")),
    path("", include("chancery.web.reversals.urls")),
    path("", include("chancery.web.requests.urls")),
    path("", include("chancery.web.search.urls")),
    path("", include("chancery.web.statutory_deposits.urls")),
    path("", include("chancery.web.trust_accounts.urls")),
    path("", include("chancery.web.transfers.urls")),
    path("", include("chancery.web.trust_setup.urls")),
    path("", include("chancery.web.withdrawals.urls")),
    path("sign-in/", include("chancery.web.sign_in.urls")),
]

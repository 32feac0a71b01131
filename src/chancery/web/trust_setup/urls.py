"""Addresses of Admin > Trust accounting."""

from django.urls import path

from chancery.web.trust_setup import (
    account_pages,
    add_account_pages,
    jurisdiction_pages,
    overview_pages,
    remedy_pages,
    settings_pages,
)

urlpatterns = [
    path("admin/trust/", overview_pages.trust_page, name="admin_trust"),
    path(
        "admin/trust/jurisdiction/",
        jurisdiction_pages.jurisdiction_page,
        name="admin_trust_jurisdiction",
    ),
    path(
        "admin/trust/jurisdiction/facts/",
        jurisdiction_pages.facts_of_place,
        name="admin_trust_facts",
    ),
    path("admin/trust/settings/", settings_pages.settings_page, name="admin_trust_settings"),
    path("admin/trust/settings/habits/", settings_pages.habits_page, name="admin_trust_habits"),
    path("admin/trust/settings/types/", settings_pages.types_page, name="admin_trust_types"),
    path(
        "admin/trust/settings/<str:path>/", settings_pages.setting_page, name="admin_trust_setting"
    ),
    path("admin/trust/system-accounts/", overview_pages.system_page, name="admin_trust_system"),
    path("admin/trust/bank-accounts/add/", add_account_pages.add_page, name="trust_account_add"),
    path(
        "admin/trust/bank-accounts/wording/",
        add_account_pages.wording,
        name="trust_account_wording",
    ),
    path(
        "admin/trust/bank-accounts/<uuid:account_id>/",
        account_pages.account_page,
        name="trust_account",
    ),
    path(
        "admin/trust/bank-accounts/<uuid:account_id>/closing/",
        account_pages.closing_page,
        name="trust_account_closing",
    ),
    path(
        "admin/trust/bank-accounts/<uuid:account_id>/standing/",
        account_pages.standing,
        name="trust_account_standing",
    ),
    path("admin/trust/in-package/<uuid:use_id>/", remedy_pages.remedy, name="admin_trust_remedy"),
    path(
        "admin/trust/in-package/<uuid:use_id>/name/",
        remedy_pages.rename_page,
        name="admin_trust_rename",
    ),
]

"""Addresses of Admin > Accounting."""

from django.urls import path

from chancery.web.accounting import choice_pages, connection_pages, office_pages, xero_page

urlpatterns = [
    path("", choice_pages.index, name="admin_accounting"),
    path("choose/<slug:package>/", choice_pages.choose, name="accounting_choose"),
    path("back-out/", choice_pages.back_out, name="accounting_back_out"),
    path("standalone/", office_pages.standalone, name="admin_standalone"),
    path("office-accounts/", office_pages.index, name="office_accounts"),
    path("office-accounts/offered/<uuid:account_id>/", office_pages.use, name="office_account_use"),
    path("office-accounts/<uuid:account_id>/", office_pages.stop_using, name="office_account_stop"),
    path("xero/", xero_page.status, name="admin_xero"),
    path("xero/refresh/", xero_page.refresh, name="xero_refresh"),
    path("xero/consent/", connection_pages.consent, name="xero_consent"),
    path("xero/return/", connection_pages.come_back, name="xero_return"),
    path("xero/organisations/", connection_pages.organisations, name="xero_organisations"),
    path("xero/disconnect/", connection_pages.disconnect, name="xero_disconnect"),
]

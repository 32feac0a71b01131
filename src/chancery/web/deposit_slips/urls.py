"""Addresses of deposit slips."""

from django.urls import path

from chancery.web.deposit_slips import pages

urlpatterns = [
    path("money/slips/", pages.slip_list, name="deposit_slip_list"),
    path("money/slips/export/", pages.export, name="deposit_slip_export"),
    path("money/slips/<uuid:slip_id>/", pages.slip, name="deposit_slip"),
    path("money/slips/<uuid:slip_id>/banking/", pages.banking, name="deposit_slip_banking"),
    path("money/slips/<uuid:slip_id>/removal/", pages.removal, name="deposit_slip_removal"),
    path("money/slips/of/<uuid:account_id>/", pages.filling, name="deposit_slip_filling"),
]

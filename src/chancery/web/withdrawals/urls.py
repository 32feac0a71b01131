"""Addresses of withdrawals."""

from django.urls import path

from chancery.web.withdrawals import cheque_pages, pages, release_pages

urlpatterns = [
    path("requests/<uuid:request_id>/release/", release_pages.release, name="request_release"),
    path("withdrawals/", pages.withdrawal_list, name="withdrawal_list"),
    path("withdrawals/export/", pages.export, name="withdrawal_export"),
    path("withdrawals/cheques/", pages.cheques, name="withdrawal_cheques"),
    path("withdrawals/<uuid:withdrawal_id>/", pages.withdrawal, name="withdrawal"),
    path(
        "withdrawals/<uuid:withdrawal_id>/requisition/",
        pages.requisition,
        name="withdrawal_requisition",
    ),
    path(
        "withdrawals/<uuid:withdrawal_id>/cheque/<slug:kind>/",
        cheque_pages.cheque,
        name="withdrawal_cheque",
    ),
]

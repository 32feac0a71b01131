"""Addresses of transfers."""

from django.urls import path

from chancery.web.transfers import pages

urlpatterns = [
    path("requests/<uuid:request_id>/transfer/", pages.make, name="request_transfer"),
    path("transfers/", pages.transfer_list, name="transfer_list"),
    path("transfers/export/", pages.export, name="transfer_export"),
    path("transfers/<uuid:transfer_id>/", pages.transfer, name="transfer"),
    path("transfers/<uuid:transfer_id>/journal/", pages.journal, name="transfer_journal"),
]

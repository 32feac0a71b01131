"""Addresses of bank details."""

from django.urls import path

from chancery.web.payees import pages

urlpatterns = [
    path("contacts/<uuid:contact_id>/bank-details/", pages.enter, name="payee_enter"),
    path("bank-details/<uuid:details_id>/call/", pages.check, name="payee_check"),
]

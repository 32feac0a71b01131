"""Addresses of money that lies still."""

from django.urls import path

from chancery.web.dormant import pages, register

urlpatterns = [
    path("dormant-money/", pages.dormant_list, name="dormant_money"),
    path("dormant-money/file/", register.file, name="dormant_money_file"),
    path("dormant-money/<uuid:ledger_id>/", pages.ledger_page, name="dormant_ledger"),
]

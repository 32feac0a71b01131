"""Addresses of a matter's money."""

from django.urls import path

from chancery.web.matter_money import ledger_pages, pages

urlpatterns = [
    path("matters/<str:number>/money/", pages.matter_money, name="matter_money"),
    path("matters/<str:number>/money/open/", ledger_pages.open_ledger, name="ledger_open"),
    path("matters/<str:number>/money/<uuid:ledger_id>/export/", pages.export, name="ledger_export"),
    path("matters/<str:number>/money/<uuid:ledger_id>/pdf/", pages.pdf, name="ledger_pdf"),
    path(
        "matters/<str:number>/money/<uuid:ledger_id>/closing/",
        ledger_pages.closing,
        name="ledger_closing",
    ),
]

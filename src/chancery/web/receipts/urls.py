"""Addresses of receipts."""

from django.urls import path

from chancery.web.receipts import clearance_pages, pages, taking

urlpatterns = [
    path("money/receipts/", pages.receipt_list_page, name="receipt_list"),
    path("money/receipts/export/", pages.export, name="receipt_export"),
    path("money/receipts/add/", taking.add, name="receipt_add"),
    path("money/receipts/effect/", taking.effect, name="receipt_effect"),
    path("money/receipts/ledgers/", taking.ledgers, name="receipt_ledgers"),
    path("money/receipts/<uuid:receipt_id>/", pages.receipt, name="receipt"),
    path("money/receipts/<uuid:receipt_id>/pdf/", pages.pdf, name="receipt_pdf"),
    path(
        "money/receipts/<uuid:receipt_id>/clearance/",
        clearance_pages.clearance,
        name="receipt_clearance",
    ),
    path(
        "money/receipts/<uuid:receipt_id>/clearance/answer/",
        clearance_pages.answer,
        name="receipt_clearance_answer",
    ),
]

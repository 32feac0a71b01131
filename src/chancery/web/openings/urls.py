"""Addresses of opening balances and imported histories."""

from django.urls import path

from chancery.web.openings import import_pages, opening_pages, proof_pages

_ONE = "admin/trust/bank-accounts/<uuid:account_id>/"

urlpatterns = [
    path(f"{_ONE}opening/", opening_pages.figures_page, name="opening"),
    path(f"{_ONE}opening/ledgers/", opening_pages.ledgers_page, name="opening_ledgers"),
    path(f"{_ONE}opening/items/", opening_pages.items_page, name="opening_items"),
    path(f"{_ONE}opening/proof/", proof_pages.proof_page, name="opening_proof"),
    path(f"{_ONE}opening/difference/", opening_pages.difference, name="opening_difference"),
    path(f"{_ONE}opening/<slug:which>.csv", opening_pages.template, name="opening_template"),
    path(f"{_ONE}imports/", import_pages.imports_page, name="history_imports"),
    path(f"{_ONE}imports/history.csv", import_pages.template, name="history_template"),
    path(f"{_ONE}imports/<uuid:import_id>/", import_pages.import_page, name="history_import"),
    path(
        f"{_ONE}imports/<uuid:import_id>/export/",
        import_pages.export,
        name="history_import_export",
    ),
]

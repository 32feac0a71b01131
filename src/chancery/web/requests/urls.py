"""Addresses of requests."""

from django.urls import path

from chancery.web.requests import ask_pages, list_pages, pages

urlpatterns = [
    path("requests/", list_pages.requests_page, name="request_list"),
    path("requests/export/", list_pages.export, name="request_export"),
    path("requests/payees/", ask_pages.payees, name="request_payees"),
    path("requests/ask/<slug:kind>/", ask_pages.add, name="request_add"),
    path("requests/<uuid:request_id>/", pages.request_page, name="request"),
    path("requests/<uuid:request_id>/edit/", ask_pages.edit, name="request_edit"),
    path("requests/<uuid:request_id>/turn/", pages.turn, name="request_turn"),
]

"""Addresses of the matters; a number has a figure in it, so no word stands in its way."""

from django.urls import path

from chancery.web.matters import edits, pages

urlpatterns = [
    path("matters/", pages.matter_list, name="matter_list"),
    path("matters/export/", pages.export, name="matter_export"),
    path("matters/add/", edits.add, name="matter_add"),
    path("matters/clients/", edits.clients, name="matter_clients"),
    path("matters/<str:number>/", pages.matter, name="matter"),
    path("matters/<str:number>/edit/", edits.edit, name="matter_edit"),
    path("matters/<str:number>/status/", edits.status, name="matter_status"),
]

"""Addresses of the contacts."""

from django.urls import path

from chancery.web.contacts import edits, pages

urlpatterns = [
    path("contacts/", pages.contact_list, name="contact_list"),
    path("contacts/export/", pages.export, name="contact_export"),
    path("contacts/add/", edits.add, name="contact_add"),
    path("contacts/look-alikes/", edits.look_alikes_of, name="contact_look_alikes"),
    path("contacts/<uuid:contact_id>/", pages.contact, name="contact"),
    path("contacts/<uuid:contact_id>/edit/", edits.edit, name="contact_edit"),
    path("contacts/<uuid:contact_id>/deletion/", edits.deletion, name="contact_deletion"),
]

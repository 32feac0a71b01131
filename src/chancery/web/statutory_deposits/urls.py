"""Addresses of what is due on statutory deposit."""

from django.urls import path

from chancery.web.statutory_deposits import pages

urlpatterns = [
    path("money/registers/statutory-deposit/due/", pages.due_page, name="deposit_due"),
    path("money/registers/statutory-deposit/due/file/", pages.file, name="deposit_due_file"),
]

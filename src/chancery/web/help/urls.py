"""Addresses of the guides."""

from django.urls import path

from chancery.web.help import pages

urlpatterns = [
    path("help/", pages.index, name="help"),
    path("help/<slug:slug>/", pages.guide, name="help_guide"),
    path("help/<slug:slug>/answers/", pages.answer, name="help_answer"),
    path("admin/help-answers/", pages.answers, name="help_answers"),
]

"""Addresses of the search."""

from django.urls import path

from chancery.web.search import pages

urlpatterns = [
    path("search/", pages.results_page, name="search"),
    path("search/now/", pages.as_typed, name="search_now"),
]

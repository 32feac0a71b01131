"""Addresses: nouns, and who answers them."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("chancery.api.urls")),
    path("", include("chancery.web.urls")),
]

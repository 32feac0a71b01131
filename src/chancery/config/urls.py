"""Addresses: nouns, and who answers them."""

from django.urls import include, path

urlpatterns = [path("", include("chancery.web.urls"))]

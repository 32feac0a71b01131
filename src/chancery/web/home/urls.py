"""The address of the first page."""

from django.urls import path

from chancery.web.home import pages

urlpatterns = [path("", pages.home, name="home")]

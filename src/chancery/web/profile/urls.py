"""The address of one's own page."""

from django.urls import path

from chancery.web.profile import pages

urlpatterns = [path("profile/", pages.profile, name="profile")]

"""The address of the page of registers."""

from django.urls import path

from chancery.web.registers import pages

urlpatterns = [path("money/registers/", pages.hub, name="register_hub")]

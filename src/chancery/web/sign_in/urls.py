"""The few addresses of the sign-in library that we use; the rest of it is not reachable."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("", views.login, name="account_login"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("out/", views.logout, name="account_logout"),
    path("password/", views.password_change, name="account_change_password"),
]

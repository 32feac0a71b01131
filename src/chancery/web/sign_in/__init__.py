"""Signing in and out, by e-mail and password; the pages themselves are django-allauth's with our templates."""

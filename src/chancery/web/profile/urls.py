"""The addresses of one's own pages."""

from django.urls import path

from chancery.web.profile import pages, tokens

urlpatterns = [
    path("profile/", pages.profile, name="profile"),
    path("profile/tokens/", tokens.tokens, name="api_tokens"),
    path("profile/tokens/<uuid:token_id>/secret/", tokens.secret, name="api_token_secret"),
    path(
        "profile/tokens/<uuid:token_id>/revocation/", tokens.revocation, name="api_token_revocation"
    ),
]

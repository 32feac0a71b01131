"""Every address of the API, each behind the door; whatever else begins so is answered as a problem too."""

from django.urls import URLPattern, include, path, re_path

from chancery.api.door import answering, api, nowhere, without_session
from chancery.api.openapi import openapi

_ROOT = "api-root"  # the library's own way to learn where it stands; ours is stated


def _operations() -> list[URLPattern]:
    """Return the library's addresses, its views behind our door."""
    return [
        URLPattern(found.pattern, answering(found.callback), found.default_args, found.name)
        for found in api.urls[0]
        if isinstance(found, URLPattern) and found.name != _ROOT
    ]


urlpatterns = [
    path("v1/openapi.json", without_session(openapi), name="api_openapi"),
    path("v1/", include(_operations())),
    re_path("", answering(nowhere), name="api_nowhere"),
]

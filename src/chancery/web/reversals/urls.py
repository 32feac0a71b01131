"""The address where a posted document is taken back."""

from django.urls import path, register_converter

from chancery.web.reversals import pages


class DocumentKind:
    """The kinds of documents that are posted and may be taken back."""

    regex = "receipt|withdrawal|transfer|movement"

    def to_python(self, value: str) -> str:
        """Return the kind that the address names."""
        return value

    def to_url(self, value: str) -> str:
        """Return the kind as an address names it."""
        return value


register_converter(DocumentKind, "posted")

urlpatterns = [
    path("money/<posted:kind>/<uuid:document_id>/reversal/", pages.reversal, name="reversal"),
]

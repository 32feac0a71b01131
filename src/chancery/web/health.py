"""Whether this process answers and reaches its database."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from chancery.web.firm_of_request import open_to_all


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` in plain text when the database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")

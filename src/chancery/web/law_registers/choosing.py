"""The matters that fit what is typed into a form of these registers."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers.matter_choice import MatterForm
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of


@require_safe
def matters(request: FirmRequest) -> HttpResponse:
    """Answer, while someone types, with the matters to choose among."""
    form = MatterForm(person=request.person, words=words_of(request), initial=request.GET.dict())
    typed = str(form["matter_text"].value() or "").strip()
    return show(request, "law_registers/matters.html", {"form": form, "typed": typed})

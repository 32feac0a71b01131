"""The first page of a firm."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from chancery.practice import permissions
from chancery.web.firm_of_request import FirmRequest
from chancery.web.home import facts, first_money, steps, tiles
from chancery.web.home.facts import SetupFacts
from chancery.web.home.steps import Doors, Step
from chancery.web.shell import answers
from chancery.web.shell.places import address
from chancery.web.shell.words import words_of


@require_GET
def home(request: FirmRequest) -> HttpResponse:
    """Show what is held and what waits, and what is left to set up."""
    known = facts.of(request.person)
    checklist = steps.checklist(
        known,
        words=words_of(request),
        doors=_doors(known),
        may=lambda act: permissions.allows(request.person, act),
    )
    done_count = sum(1 for step in checklist if step.since)
    is_set_up = done_count == len(checklist)
    first: tuple[Step, ...] = ()
    if known.trust_account:
        first = first_money.steps(
            request.person,
            words_of(request),
            may=lambda act: permissions.allows(request.person, act),
            is_set_up=is_set_up,
        )
    context = {
        "tiles": tiles.of(request.person, words_of(request)),
        "first_steps": first,
        "is_first_done": all(step.since for step in first),
        "steps": checklist,
        "done_count": done_count,
        "is_set_up": is_set_up,
        "sandbox_url": settings.XERO_SANDBOX_URL,
        "is_alone": known.person_count == 1,
        "people_url": address("admin_people"),
    }
    return answers.show(request, "home/home.html", context)


def _doors(known: SetupFacts) -> Doors:
    return Doors(
        bank=address("contact", known.bank_id) if known.bank_id else "",
        accounting=address("admin_accounting"),
        trust=address("admin_trust"),
        add_trust_account=address("trust_account_add"),
        office_accounts=address("office_accounts"),
    )

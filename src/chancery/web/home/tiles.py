"""The dashboard's tiles: what is held, what is not as it should be, what waits, and how far it is sealed."""

from collections.abc import Mapping
from datetime import date

from chancery.ledger import proofs, sealing
from chancery.lib import clock
from chancery.practice.people import Person
from chancery.trust import dormant, jurisdiction, request_list, standings
from chancery.trust.standings import AccountStanding, Sum
from chancery.web.home import due
from chancery.web.home.tile import Tile
from chancery.web.shell import times
from chancery.web.shell.places import address


def of(person: Person, words: Mapping[str, str]) -> tuple[Tile, ...]:
    """Return the tiles of a firm that has a trust account; before that there are none."""
    on = clock.today(person.firm.time_zone)
    stood = standings.of_firm(on=on)
    if not stood:
        return ()
    totals = standings.sums(stood)
    return (
        *(_held(total, words) for total in totals),
        _below(stood),
        *due.tiles(on),
        *(_not_free(total) for total in totals),
        *_dormant(on),
        _waiting(person),
        *_chain(),
        *_proof(person),
    )


def _held(total: Sum, words: Mapping[str, str]) -> Tile:
    count = total.holding_count
    ledgers = f"{count} {words['ledger']}{'' if count == 1 else 's'} with money"
    return Tile(
        label=f"{words['money'].capitalize()} held, {total.currency}",
        figure=str(total.bank),
        note=f"By our books, in {ledgers}",
        url=address("trust_accounts"),
        is_trust=True,
    )


def _below(stood: list[AccountStanding]) -> Tile:
    """Return how many ledgers are below zero: counted, and green only where both sides were added up."""
    count = sum(one.below_count for one in stood)
    short = [one for one in stood if one.shortage.minor]
    apart = [one for one in stood if not one.is_equal]
    label, url = "Ledgers below zero", address("trust_accounts")
    if count or apart:
        note = "Bank and ledgers differ by our books" if apart else "Stop, and find out why"
        return Tile(label, str(count or "none"), note, url, tone="bad")
    if short:
        note = f"Short by {', '.join(str(one.shortage) for one in short)}: the firm restores it"
        return Tile(label, "none", note, url, tone="warn")
    return Tile(label, "none", "Ledgers add up to the bank, by our books", url, tone="ok")


def _not_free(total: Sum) -> Tile:
    return Tile(
        label=f"Uncleared, {total.currency}",
        figure=str(total.uncleared),
        note=f"{total.protected} protected",
        url=address("trust_accounts"),
    )


def _dormant(on: date) -> tuple[Tile, ...]:
    if jurisdiction.of_firm() is None:
        return ()
    count, months = dormant.count(on=on), dormant.policy().care.dormancy.value.months
    tone = "warn" if count else ""
    note = f"Balances idle for {months} months"
    return (Tile("Dormant", str(count or "none"), note, address("dormant_money"), tone=tone),)


def _waiting(person: Person) -> Tile:
    count = request_list.count_waiting(person)
    url = address("request_list") or address("requests")
    tone = "warn" if count else ""
    return Tile("Waiting for you", str(count or "none"), "Requests to act on", url, tone=tone)


def _chain() -> tuple[Tile, ...]:
    head = sealing.head()
    if head is None:
        return ()
    note = f"Entries sealed in order; head {head.digest.hex()[:12]}"
    return (Tile("Chain head", f"{head.number:,}", note),)


def _proof(person: Person) -> tuple[Tile, ...]:
    """Return the last proof of the books, green only where it found nothing; before the first, none."""
    last = proofs.last()
    if last is None:
        return ()
    figure = times.day(times.day_of(last.proved_at, person.firm.time_zone))
    if last.finding_count:
        note = f"{last.finding_count} findings: stop, and run chancery verify"
        return (Tile("Last proof", figure, note, tone="bad"),)
    note = f"{last.entry_count:,} entries recomputed, nothing wrong"
    return (Tile("Last proof", figure, note, tone="ok"),)

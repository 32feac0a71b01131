"""The proof of an opening as a page shows it, as saved or as it would be with what is being typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from chancery.lib.money import Money, NotAnAmount
from chancery.trust.opening_drafts import Opening, proof_of
from chancery.trust.rules.openings import Proof


@dataclass(frozen=True)
class ProofView:
    """Four figures, whether they agree, and a sentence that says so."""

    bank: str
    deposits: str
    cheques: str
    book: str
    owed: str
    ledgers: str
    own: str
    apart: str
    agrees: bool
    is_typed: bool
    says: str


def of_opening(opening: Opening | None, currency: str) -> ProofView:
    """Return the proof as it is saved."""
    return _view(proof_of(opening) if opening else _nothing(currency), is_typed=False)


def as_typed(opening: Opening | None, currency: str, typed: QueryDict) -> ProofView:
    """Return the proof as it would be if what stands in the fields were saved."""
    saved = proof_of(opening) if opening else _nothing(currency)
    proof = saved
    if "bank" in typed:
        bank, own = _amount(typed, "bank", currency), _amount(typed, "own", currency)
        proof = replace(proof, bank=bank, own=own)
    elif "matter" in typed:
        proof = replace(proof, ledgers=proof.ledgers + _amount(typed, "amount", currency))
    elif typed.get("kind") == "deposit":
        proof = replace(proof, deposits=proof.deposits + _amount(typed, "amount", currency))
    elif typed.get("kind") == "cheque":
        proof = replace(proof, cheques=proof.cheques + _amount(typed, "amount", currency))
    return _view(proof, is_typed=proof != saved)


def _view(proof: Proof, *, is_typed: bool) -> ProofView:
    apart = Money(abs(proof.apart.minor), proof.apart.currency)
    lacks = "the ledgers lack" if proof.apart.minor > 0 else "the ledgers hold too much:"
    return ProofView(
        bank=str(proof.bank),
        deposits=str(proof.deposits),
        cheques=str(proof.cheques),
        book=str(proof.book),
        owed=str(proof.owed),
        ledgers=str(proof.ledgers),
        own=str(proof.own),
        apart=str(apart),
        agrees=proof.agrees,
        is_typed=is_typed,
        says="Both sides agree to the cent."
        if proof.agrees
        else f"Against the statement, {lacks} {apart}.",
    )


def _nothing(currency: str) -> Proof:
    nought = Money(0, currency)
    return Proof(nought, nought, nought, nought, nought)


def _amount(typed: Mapping[str, str], name: str, currency: str) -> Money:
    try:
        return Money.parse(typed.get(name) or "0", currency)
    except NotAnAmount:
        return Money(0, currency)

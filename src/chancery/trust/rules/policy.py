"""The law of a place as deeds decide by it: every value typed, ruled, and strict where unsure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import JsonValue

from chancery.lib.money import Money
from chancery.trust.rules import overrides
from chancery.trust.rules.packs import Pack
from chancery.trust.rules.policy_accounts import AccountsPolicy
from chancery.trust.rules.policy_care import CarePolicy
from chancery.trust.rules.policy_clearing import ClearingPolicy
from chancery.trust.rules.policy_costs import CostsPolicy
from chancery.trust.rules.policy_deposit import DepositPolicy
from chancery.trust.rules.policy_funds import FundsPolicy
from chancery.trust.rules.policy_ledger import LedgerPolicy
from chancery.trust.rules.policy_payments import PaymentsPolicy
from chancery.trust.rules.policy_receipts import ReceiptsPolicy
from chancery.trust.rules.ruled import Reading, Ruled, Words

NOTHING: Mapping[str, JsonValue] = MappingProxyType({})

Area = (
    LedgerPolicy
    | ReceiptsPolicy
    | ClearingPolicy
    | PaymentsPolicy
    | CostsPolicy
    | AccountsPolicy
    | FundsPolicy
    | DepositPolicy
    | CarePolicy
)


@dataclass(frozen=True)
class Policy:
    """What a firm's place, and the firm where it is stricter, asks of every deed."""

    pack: Pack
    ledger: LedgerPolicy
    receipts: ReceiptsPolicy
    clearing: ClearingPolicy
    payments: PaymentsPolicy
    costs: CostsPolicy
    accounts: AccountsPolicy
    funds: FundsPolicy
    deposit: DepositPolicy
    care: CarePolicy

    @classmethod
    def of(cls, pack: Pack, stricter: Mapping[str, JsonValue] = NOTHING) -> "Policy":
        """Return what a place asks, with what a firm set more strictly for itself.

        Refuses: UnknownSetting, NotStricter.
        """
        for path, value in stricter.items():
            overrides.check(pack, path, value)
        reading = Reading(pack, stricter)
        return cls(
            pack=pack,
            ledger=LedgerPolicy.of(reading),
            receipts=ReceiptsPolicy.of(reading),
            clearing=ClearingPolicy.of(reading),
            payments=PaymentsPolicy.of(reading),
            costs=CostsPolicy.of(reading),
            accounts=AccountsPolicy.of(reading),
            funds=FundsPolicy.of(reading),
            deposit=DepositPolicy.of(reading),
            care=CarePolicy.of(reading),
        )

    def money(self, whole: int) -> Money:
        """Return an amount in whole units of the place's currency."""
        return Money.of_whole(whole, self.pack.currency)

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return the areas of the policy in the order in which people read them."""
        return (
            *(self.ledger, self.receipts, self.clearing, self.payments, self.costs),
            *(self.accounts, self.funds, self.deposit, self.care),
        )

    def settings(self) -> Iterator[Ruled[object]]:
        """Yield every typed value with its rule, in the order in which people read them."""
        for area in self.areas:
            for value in vars(area).values():
                if isinstance(value, Ruled):
                    yield value

    def words(self) -> Iterator[Words]:
        """Yield what the place says in free text, in the order in which people read it."""
        for area in self.areas:
            yield from area.words

"""The tables of client money; nobody outside this area touches them."""

from chancery.trust.models.documents import Receipt as Receipt
from chancery.trust.models.documents import ReceiptLine as ReceiptLine
from chancery.trust.models.documents import Reversal as Reversal
from chancery.trust.models.documents import Transfer as Transfer
from chancery.trust.models.documents import Withdrawal as Withdrawal
from chancery.trust.models.ledgers import NumberSeries as NumberSeries
from chancery.trust.models.ledgers import TrustLedger as TrustLedger
from chancery.trust.models.ledgers import TrustMatterType as TrustMatterType
from chancery.trust.models.ledgers import TrustSettings as TrustSettings
from chancery.trust.models.movements import Deficiency as Deficiency
from chancery.trust.models.movements import DeficiencyStep as DeficiencyStep
from chancery.trust.models.movements import Movement as Movement
from chancery.trust.models.movements import MovementKind as MovementKind
from chancery.trust.models.movements import Protection as Protection
from chancery.trust.models.movements import ProtectionEnd as ProtectionEnd
from chancery.trust.models.payees import PayeeCheck as PayeeCheck
from chancery.trust.models.payees import PayeeDetails as PayeeDetails
from chancery.trust.models.registers import ControlledAccount as ControlledAccount
from chancery.trust.models.registers import PowerEntry as PowerEntry
from chancery.trust.models.registers import TransitEntry as TransitEntry
from chancery.trust.models.requests import MoneyRequest as MoneyRequest
from chancery.trust.models.requests import RequestStep as RequestStep
from chancery.trust.models.set_up import SERIES as SERIES
from chancery.trust.models.set_up import AccountKind as AccountKind
from chancery.trust.models.set_up import JurisdictionChoice as JurisdictionChoice
from chancery.trust.models.set_up import TrustBankAccount as TrustBankAccount

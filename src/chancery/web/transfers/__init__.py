"""Money that moves from one client ledger to another: the stop before it does, and the record afterwards."""

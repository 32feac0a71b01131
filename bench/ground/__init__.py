"""What the benchmarks of the ledger stand on: a durable server, firms with ledgers, and the bare database."""

"""Registers that the law asks for beside the ledger: protected, own-account, transit and power money."""

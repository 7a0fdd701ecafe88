"""Money as it arrives: statements of banks in every common form, wallets' bills, rates of currencies."""

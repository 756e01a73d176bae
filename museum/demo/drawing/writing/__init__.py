"""Writing by hand: a primer, patents and commissions, sentences for a hall, a land register."""

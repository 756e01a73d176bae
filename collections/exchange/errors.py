"""Why an import cannot begin or go on: sentences for the person who gave the command."""


class ExchangeError(Exception):
    """A sentence that says what, where and what to do."""


class LeaseLost(ExchangeError):
    """Another import has taken over; nothing of the current batch was written."""

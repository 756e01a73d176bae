"""Refusals of the image service: a status and a sentence that says what was wrong."""


class Refusal(Exception):
    """Answered with ``status`` and the sentence as plain text."""

    status = 400


class BadRequest(Refusal):
    """400: the request breaks the syntax or asks for the impossible."""


class NotImplementedHere(Refusal):
    """501: valid, but not offered by this service."""

    status = 501


class NotFound(Refusal):
    """404: no such picture, or none that this visitor may know of."""

    status = 404

    def __init__(self) -> None:
        super().__init__("There is no picture or file at this address.")


class NotAllowed(Refusal):
    """401: the picture or file exists, but only for those who may see it."""

    status = 401

    def __init__(self) -> None:
        super().__init__("This is restricted: it is shown on request at the museum.")


class Busy(Refusal):
    """503: too much is being made at once; the same request a little later will do."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The image service is busy. Ask again in a moment.")


class Unavailable(Refusal):
    """503: the storage does not answer, or the derivative is being made again."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The file cannot be read at the moment. Ask again later.")

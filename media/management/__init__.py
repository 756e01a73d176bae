"""Commands of the room ``media``."""

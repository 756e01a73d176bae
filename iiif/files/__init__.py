"""Recordings, models, captions and documents at addresses of their own: whole or in ranges, to whoever may have them."""

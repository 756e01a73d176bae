"""What a single request may ask for, and what answering may take."""

import os

MAX_WIDTH = 8192  # pixels; maxHeight is the same
MAX_AREA = 12_000_000  # pixels; a picture that is turned by an odd angle, with the corners around it, is no larger either

WORKERS = min(4, max(1, (os.cpu_count() or 2) // 2))  # pictures made at the same time in one of two web processes or more
# Requests that may wait for that. A web process is started with more threads than both together (``museum.serving``).
WAITING = 8
PATIENCE = 3.0  # seconds a request waits for its turn: with what it takes then, no answer comes after five
RETRY_AFTER = 2  # seconds

CACHE_LARGEST = 8 << 20  # bytes: a made picture that is larger is not kept

LOOKUP_SECONDS = 5.0  # how long a process trusts what it knows of a picture
LOOKUP_PICTURES = 4096
LOOKUP_TILES = 1_500_000  # 12 bytes each
KEPT_PLACES = 1_000  # addresses of tiles of which a process keeps what they mean, a megabyte of them
TILE_MAX_AGE = 20  # seconds that browsers and proxies keep pixels: a takedown holds within a minute
INFO_MAX_AGE = 20
STAFF_COOKIE_SECONDS = 3600
STAFF_OBJECTS = 200  # objects sent for review whose pictures a reviewer sees
STAFF_COOKIES = 1024  # whose holders' passes a process keeps

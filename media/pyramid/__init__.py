"""From an original to its access copy: a tiled pyramid of JPEG tiles with a packed index. Free of Django, run in a child process.

The recipe is part of every derivative's version: change its number when the pixels or the layout change.
"""

RECIPE = "1: tiled BigTIFF, 512 px, sRGB, JPEG 85 4:2:0, true edges, fixed sizes 200 400 800 1600"

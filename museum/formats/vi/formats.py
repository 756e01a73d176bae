"""Vietnamese: 3.476."""

NUMBER_GROUPING = 3

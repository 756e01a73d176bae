"""The museum's figures, measured: ``make bench`` runs these modules, docs/benchmarks.md keeps what they print."""

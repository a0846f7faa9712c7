"""The benchmark's own modules; `Benchmarks/run` performs it."""

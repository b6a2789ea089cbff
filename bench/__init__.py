"""What the README claims, measured: ``python -m bench.figures``."""

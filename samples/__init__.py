"""Fictional documents of the project, and the script that draws them (``python -m samples.make``)."""

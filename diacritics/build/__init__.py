"""Tools that make ``diacritics/data``: pages are drawn, read by OCR and aligned; counts become a language model.

Run ``python -m diacritics.build --help``. Nothing here is needed to repair a text.
"""

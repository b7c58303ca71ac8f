"""The reports: one formula a file, over records that are read once into plain facts (SPEC Z).

`answering.py` is the way in; `formulas/` holds the reports; who reads which cases stands in `readers.py`.
"""

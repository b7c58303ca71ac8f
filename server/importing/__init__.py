"""People and clients of a table, a county's spreadsheet, brought in by an administrator (SPEC A15–A18).

    table      a file → its heads and rows, or a problem: CSV and XLSX give the same
    targets    what may be brought, read from the declarations, and what it is called
    guessing   which column is what, by its head
    values     a cell → a value, or why not
    clients    rows → clients who can be entered, and those left out; then their case files
    people     the same of accounts
    bringing   what screen and command ask for: looked at, tried, brought

Nothing of a file is kept: each request brings it again.
"""

"""The PDF sheet of an object: what it says (``content``), how it is drawn (``sheet.typ``), and the process that draws it."""

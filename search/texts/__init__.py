"""Full text of pages: an index of its own beside that of the records, Content Search over it, and the page and line of an object that is found."""

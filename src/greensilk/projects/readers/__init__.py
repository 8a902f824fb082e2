"""One reader for each form in which projects come; all give :class:`~.table.RawTable`."""

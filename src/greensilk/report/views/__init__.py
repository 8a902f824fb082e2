"""Views: a result in, a document out, no arithmetic and no language."""

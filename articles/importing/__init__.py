"""Pages of other archives become stories here: `source` reads and checks a document, `pages` writes its rows."""

"""Reading: pure, one document, no store and no network."""

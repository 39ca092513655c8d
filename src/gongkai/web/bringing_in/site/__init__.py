"""Items from the pages of an existing site."""

"""What every page uses: the request's context, languages, labels, filters."""

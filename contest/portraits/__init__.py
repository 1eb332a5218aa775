"""Who the works tell of, for everybody: the list with its map, a page of each, a booklet, and the same as data."""

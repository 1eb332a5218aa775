"""What the public sees once results are published: lists, a page per work, feeds, cards to share."""

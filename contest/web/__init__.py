"""What all doors share: addresses, access, forms, refusals, pages, words."""

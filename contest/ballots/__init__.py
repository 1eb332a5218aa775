"""Paper ballots: score sheets and votes from paper, read from a spreadsheet, checked whole, recorded all or nothing."""

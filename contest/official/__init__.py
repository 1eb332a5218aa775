"""Official documents of a contest, from what is recorded: drafts to sign, lists, sums, letters and the final report."""

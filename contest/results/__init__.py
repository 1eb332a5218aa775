"""Standings, advancement, awards, and the way from sealing to publication."""

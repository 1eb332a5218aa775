"""How comparable the marks of a round are: works that all mark first, jurors beside each other, marks given twice."""

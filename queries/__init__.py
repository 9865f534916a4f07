"""The questions and checks of kijun, one SPARQL query a file."""

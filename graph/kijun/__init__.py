"""kijun (基準): the guideline on running government information-security measures as a graph."""

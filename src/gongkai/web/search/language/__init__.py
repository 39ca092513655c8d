"""Chinese text as the index compares it: folding, words, character pairs, synonyms, forgiveness."""

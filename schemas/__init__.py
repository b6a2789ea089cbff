"""The nouns of vanthu: texts with their evidence, records, gold and run folders. Imports no other package of ours."""

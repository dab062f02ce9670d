"""What groups ask for, from the first word to the answer: the verbs of a proposal."""

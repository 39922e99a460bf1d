"""Speech to text: which engine is used, and what it hears. An engine gets sound that a media step has decoded."""

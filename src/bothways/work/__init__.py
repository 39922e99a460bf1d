"""Background work: `enqueue` inside the data's transaction, `@job` and `@periodic` to say who does it."""

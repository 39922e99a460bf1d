"""A filled product for newcomers: an invented housing company, its people, and candidates in every state."""

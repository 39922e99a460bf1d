"""The way upward. A room below cannot name a room above it, but it can say what happens to something of its own."""

from django.dispatch import Signal

about_to_remove = Signal()
"""Sent inside the transaction of a verb that removes a row, or everything that was given in an interview, with the row
as `thing`; the sender is its model.

A preview shows a kit as candidates would meet it, and holds on to its stage, its kit version and its questions. What
was tried in previews lets go first. What a candidate asked the team goes with the rest that they gave.
"""

words_changed = Signal()
"""Sent inside the transaction of a verb that changes what others may read of a recording, with its `transcript`.

What is found by its words is kept by the room that knows who may find it.
"""

raters_changed = Signal()
"""Sent inside the transaction of a verb after which somebody else may have to rate, with what changed as `thing`; the
sender is its model: an interview was sent, a stage has other reviewers or another way to share them out, a member left
or came back.
"""

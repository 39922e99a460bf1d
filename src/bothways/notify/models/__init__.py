from .message import Message, MessageState

__all__ = ["Message", "MessageState"]

from .promise import BrokenPromise, PromiseReminder

__all__ = ["BrokenPromise", "PromiseReminder"]

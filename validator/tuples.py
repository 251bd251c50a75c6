"""Named tuples, declared as with `typing.NamedTuple`, but made when the first instance is.

Importing `typing` and making those that a check imports takes a sixth of a run on one file, which
uses half of them. Type checkers see `typing.NamedTuple`.
"""

from __future__ import annotations

from collections import namedtuple

__all__ = ["NamedTuple"]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterable
    from inspect import Signature
    from typing import Any, NamedTuple
else:

    class _Declared(type):
        """The type of the declared classes."""

        def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> type:
            """A class whose instances have no dictionary."""
            return super().__new__(cls, name, bases, {"__slots__": (), **members})

        @property
        def __signature__(cls) -> Signature:
            """What `help` shows as the parameters."""
            from inspect import Signature, signature

            if cls.__new__ is NamedTuple.__new__:
                _make(cls)
            return Signature([*signature(cls.__new__).parameters.values()][1:])

    class NamedTuple(tuple, metaclass=_Declared):
        """A named tuple that is not made yet."""

        def __init_subclass__(cls) -> None:
            if NamedTuple in cls.__bases__:
                cls._fields = tuple(cls.__annotations__)
                members = vars(cls)
                cls._field_defaults = {
                    name: members[name] for name in cls._fields if name in members
                }

        def __new__(cls, *values: Any, **named: Any) -> NamedTuple:
            _make(cls)
            return cls(*values, **named)

        @classmethod
        def _make(cls, values: Iterable[Any]) -> NamedTuple:
            _make(cls)
            return cls._make(values)

    def _make(cls: type[NamedTuple]) -> None:
        """Let the standard library make a named tuple, and take over what the class lacks."""
        declared = next(each for each in cls.__mro__ if NamedTuple in each.__bases__)
        fields, own = declared._fields, dict(vars(declared))
        defaults = declared._field_defaults.values()
        made = namedtuple(declared.__name__, fields, defaults=defaults)
        made.__new__.__annotations__ = declared.__annotations__
        for name, value in vars(made).items():
            if name != "__new__" and (name in fields or name not in own):
                setattr(declared, name, value)
        # Last, because it is by this that another thread knows that the class is complete.
        declared.__new__ = made.__new__

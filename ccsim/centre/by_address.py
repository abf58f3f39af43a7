"""Tables handed to compiled functions by address.

Compiled, a tuple of arrays is handed over value by value: every call of a handler that is not inlined would
pass some 190 of them. Behind its address it is one, and what a handler reads of it is loaded where it is
read. Only the compiled clock imports this file: it imports numba.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import types
from numba.core import cgutils
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    type_callable,
)


class Address(types.Type):  # type: ignore[misc]
    """The type of the address of a named tuple that stays as it is while the address is in use."""

    def __init__(self, to: Any) -> None:
        self.to = to
        super().__init__(name=f"Address({to})")


@register_model(Address)
class _AddressModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Address) -> None:
        super().__init__(manager, kind, manager.lookup(kind.to).get_value_type().as_pointer())


@infer_getattr
class _AddressAttributes(AttributeTemplate):  # type: ignore[misc]
    key = Address

    def generic_resolve(self, kind: Address, name: str) -> Any:
        """The type of a field."""
        return kind.to.types[kind.to.fields.index(name)] if name in kind.to.fields else None


@lower_getattr_generic(Address)  # type: ignore[untyped-decorator]
def _load(context: Any, builder: Any, kind: Address, value: Any, name: str) -> Any:
    index = kind.to.fields.index(name)
    found = builder.load(cgutils.gep_inbounds(builder, value, 0, index))
    # Tables grow only between calls of the loop: what was loaded once may be kept.
    found.set_metadata("invariant.load", builder.module.add_metadata([]))
    return impl_ret_borrowed(context, builder, kind.to.types[index], found)


def takes_address(function: Callable[..., Any]) -> None:
    """Compiled, `function` of a tuple is the address of a copy on the stack of whoever asks.

    It may only be read by functions called from there that are never inlined.
    """

    @type_callable(function)  # type: ignore[untyped-decorator]
    def returns_address(context: Any) -> Any:
        return lambda tables: Address(tables)

    @lower_builtin(function, types.BaseTuple)  # type: ignore[untyped-decorator]
    def keep(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return cgutils.alloca_once_value(builder, arguments[0])

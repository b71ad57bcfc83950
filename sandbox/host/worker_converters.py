"""Run functions through the SDK's converters, where Python is too old for the worker library."""

import asyncio
import inspect
import json
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import azure.functions as func
from azure.functions.http import HttpRequestConverter, HttpResponseConverter
from azure.functions.meta import Datum

from sandbox.host.errors import HostError
from sandbox.host.request import HostRequest, http_datum
from sandbox.host.settings import script_name
from sandbox.host.worker import IndexedFunction, Outcome, read_bindings


@dataclass(frozen=True)
class InvocationContext:
    """Offer what a handler may ask of its `context` parameter."""

    invocation_id: str
    function_name: str
    function_directory: str


@dataclass(frozen=True)
class _Handler:
    call: Callable[..., Any]
    has_return: bool
    wants_context: bool


class ConvertersWorker:
    """Call handlers directly, between the request and response converters of the SDK."""

    def __init__(self, script_root: Path) -> None:
        self._script_root = script_root
        self._handlers_by_id: dict[str, _Handler] = {}

    async def start(self) -> Sequence[IndexedFunction]:
        """Import the function app and return its HTTP functions; a process can do so once."""
        try:
            indexed = _only_app(script_name()).get_functions()
        except Exception as error:
            reason = f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
            raise HostError(f"{self._script_root}: {reason}") from error
        functions = []
        for item in indexed:
            name, raw_bindings = str(item.get_function_name()), item.get_raw_bindings()
            function = read_bindings(name, name, raw_bindings)
            if function is not None:
                self._handlers_by_id[name] = _handler(item.get_user_function(), raw_bindings)
                functions.append(function)
        return functions

    async def invoke(self, function: IndexedFunction, request: HostRequest) -> Outcome:
        """Run one function to its outcome; never raise for a fault of its handler."""
        handler = self._handlers_by_id[function.function_id]
        try:
            result = await _call(handler.call, self._arguments(function, handler, request))
            return Outcome(datum=_encode(result, has_return=handler.has_return))
        except Exception:  # noqa: BLE001 - a handler may raise anything, and the caller reports it
            return Outcome(failure=traceback.format_exc())

    def stop(self) -> None:
        """Let go of nothing: the event loop owns the threads that ran handlers."""

    def _arguments(
        self, function: IndexedFunction, handler: _Handler, request: HostRequest
    ) -> Mapping[str, Any]:
        datum = http_datum(request, Datum)
        arguments = {
            function.parameter_name: HttpRequestConverter.decode(datum, trigger_metadata={})
        }
        if handler.wants_context:
            context = InvocationContext(str(uuid4()), function.name, str(self._script_root))
            arguments.setdefault("context", context)
        return arguments


def _only_app(script: str) -> func.FunctionRegister:
    module = import_module(Path(script).stem)
    apps = [value for value in vars(module).values() if isinstance(value, func.FunctionRegister)]
    if len(apps) != 1:
        raise ValueError(f"{script} holds {len(apps)} top-level function apps instead of one")
    return apps[0]


def _handler(call: Callable[..., Any], raw_bindings: Iterable[str]) -> _Handler:
    return _Handler(
        call=call,
        has_return=any(json.loads(text)["name"] == "$return" for text in raw_bindings),
        wants_context="context" in inspect.signature(call).parameters,
    )


async def _call(handler: Callable[..., Any], arguments: Mapping[str, Any]) -> object:
    if inspect.iscoroutinefunction(handler):
        return await handler(**arguments)
    return await asyncio.to_thread(handler, **arguments)


def _encode(result: object, *, has_return: bool) -> Datum | None:
    if has_return:
        return HttpResponseConverter.encode(result, expected_type=None)
    if result is not None:
        raise TypeError("a function without a $return binding returned a value")
    return None

"""Run functions on Microsoft's own worker library, which Azure runs on Python 3.13 and later."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from sandbox.host.errors import HostError
from sandbox.host.request import HostRequest, http_datum
from sandbox.host.worker import IndexedFunction, Outcome, read_bindings

# By name, because the library is untyped and types are also checked where it cannot be installed.
_runtime: Any = import_module("azure_functions_runtime")
_native: Any = import_module("azure_functions_runtime.native_invocation")
_data: Any = import_module("azure_functions_runtime.bindings.datumdef")

_CONSTANTS_BY_MESSAGE: dict[str, dict[str, int]] = {
    "BindingInfo": {"in": 0, "out": 1, "inout": 2, "undefined": 0},
    "FunctionMetadataResponse": {},
    "RpcException": {},
    "RpcFunctionMetadata": {},
    "RpcRetryOptions": {},
    "StatusResult": {"Failure": 0, "Success": 1, "Cancelled": 2},
    "WorkerInitResponse": {},
    "WorkerMetadata": {},
}


class RuntimeWorker:
    """Drive the worker library without gRPC, as an in-process host may."""

    def __init__(self, script_root: Path) -> None:
        self._script_root = script_root

    async def start(self) -> Sequence[IndexedFunction]:
        """Import the function app and return its HTTP functions; a process can do so once."""
        _runtime.start_threadpool_executor()
        init_request = SimpleNamespace(
            capabilities={}, function_app_directory=str(self._script_root)
        )
        started = await _runtime.worker_init_request(_envelope(worker_init_request=init_request))
        if started.result.status != _PROTOS.StatusResult.Success:
            self.stop()
            fault = started.result.exception
            raise HostError(f"{self._script_root}: {fault.message}\n{fault.stack_trace}")
        if "HttpUri" in started.capabilities:
            raise HostError(
                f"{self._script_root}: the sandbox host serves no HTTP streams (HTTP v2)"
            )
        metadata = await _runtime.functions_metadata_request(
            _envelope(functions_metadata_request=SimpleNamespace())
        )
        functions = (
            read_bindings(item.name, item.function_id, item.raw_bindings)
            for item in metadata.function_metadata_results or ()
        )
        return [function for function in functions if function is not None]

    async def invoke(self, function: IndexedFunction, request: HostRequest) -> Outcome:
        """Run one function to its outcome; never raise for a fault of its handler."""
        inputs = [(function.parameter_name, http_datum(request, _data.Datum))]
        is_success, datum, _, error, traceback = await _native.invocation_request_native(
            str(uuid4()), function.function_id, inputs, {}
        )
        return Outcome(datum=datum) if is_success else Outcome(failure=traceback or error)

    def stop(self) -> None:
        """Let go of the threads that ran handlers."""
        _runtime.stop_threadpool_executor()


def _message_namespace() -> SimpleNamespace:
    classes = {
        name: type(name, (SimpleNamespace,), constants)
        for name, constants in _CONSTANTS_BY_MESSAGE.items()
    }
    return SimpleNamespace(**classes)


# Stands in for the protobuf messages, which the library only builds and never sends.
_PROTOS = _message_namespace()


def _envelope(**request: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(
        request=SimpleNamespace(**request),
        properties={"host": "127.0.0.1", "protos": _PROTOS},
    )

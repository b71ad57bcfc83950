"""Pydantic models of the description's schemas, made by datamodel-code-generator.

Models of answers are for readers and have every note. Models of what callers send are as lean as a
check can be, since the first call waits for them: no notes, and nothing built before its first use.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import datamodel_code_generator as dmcg
from datamodel_code_generator.enums import DataModelType, TargetPydanticVersion
from datamodel_code_generator.format import PythonVersion

from codegen.agent import Member
from codegen.checked import NOTES
from codegen.document import Document, join
from codegen.fault import DescriptionError, Fault
from codegen.ir import Api
from codegen.parameter import Parameter
from codegen.python import header
from codegen.reach import answered, sent
from codegen.schema import less

# Real answers hold empty strings where a URI or a date is promised, so that none of these may
# become a stricter type.
_READINGS = frozenset({"contentEncoding", "contentMediaType", "format"})
_SENT = "Sent"
_FOR_READERS = {"use_schema_description": True}
_FOR_CHECKS: Mapping[str, Any] = {
    "disable_future_imports": True,  # annotations that are text cost a quarter more to load
    "use_missing_sentinel": True,  # tells what was left out from what is null
}


def render_models(document: Document) -> str:
    """Render a model for each component schema that is not only sent."""
    return _render(document.source, answered(document), _READINGS, _FOR_READERS)


def render_parameters(api: Api) -> str:
    """Render a model for each operation that checks the parameters it takes."""
    schemas = {operation.model: _closed(operation.parameters) for operation in api.operations}
    return _render(api.source, schemas, NOTES - {"default"}, _for_checks(api.core))


def render_agent_parameters(api: Api) -> str:
    """Render a model for each operation that checks the parameters that language models send."""
    schemas = {o.model: _closed(agent.parameters) for o, agent in api.offered}
    return _render(api.source, schemas, NOTES - {"default"}, _for_checks(api.core))


def render_agent_bodies(api: Api) -> str:
    """Render a model for each operation that checks the body that language models send."""
    schemas = {o.agent_body: _closed(agent.members) for o, agent in api.offered if agent.members}
    return _render(api.source, schemas, NOTES - {"default"}, _for_checks(api.core))


def render_bodies(document: Document, core: str) -> str:
    """Render a model for each component schema that JSON request bodies lead to.

    Raise `DescriptionError` where a component's class name went to a member that holds a choice.
    """
    schemas = sent(document)
    text = _render(document.source, schemas, NOTES - {"default"}, _for_checks(core))
    objects = [name for name, schema in schemas.items() if schema.get("type") == "object"]
    lost = [name for name in objects if f"\nclass {name}({_SENT}):" not in text]
    if lost:
        raise DescriptionError(document.source, [_name_taken(document, name) for name in lost])
    return text


def _for_checks(core: str) -> dict[str, Any]:
    return {**_FOR_CHECKS, "base_class": f"{core}.validation.{_SENT}"}


def _name_taken(document: Document, name: str) -> Fault:
    message = f"a member with a choice of types makes the class name '{name}' too; rename one"
    return document.fault("SPEC013", message, join("/components/schemas", name), at_key=True)


def _closed(taken: Iterable[Parameter | Member]) -> dict[str, Any]:
    """Return the schema of an object that has what is taken, and nothing else."""
    values = list(taken)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [value.name for value in values if value.is_required],
        "properties": {value.name: value.schema for value in values},
    }


def _render(
    source: str, schemas: Mapping[str, Any], notes: frozenset[str], options: Mapping[str, Any]
) -> str:
    if not schemas:
        return f"{header(source)}\n"
    plain = {name: less(schema, notes.__contains__) for name, schema in schemas.items()}
    description = {
        "openapi": "3.1.0",
        "info": {"title": "schemas", "version": "0"},
        "paths": {},
        "components": {"schemas": plain},
    }
    text = dmcg.generate(
        json.dumps(description),
        input_file_type=dmcg.InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        target_pydantic_version=TargetPydanticVersion.V2_14,
        formatters=[],
        use_annotated=True,
        use_standard_collections=True,
        use_union_operator=True,
        use_double_quotes=True,
        collapse_root_models=True,
        enum_field_as_literal=dmcg.LiteralType.All,
        strict_nullable=True,
        custom_file_header=header(source),
        disable_timestamp=True,
        **options,
    )
    return str(text)

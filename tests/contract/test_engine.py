"""An engine that nobody here wrote imports the Action spec by its address, and every call works."""

import json
import re

import pytest
from openapi_llm.client.openapi import OpenAPIClient

from tests.offered import OFFERED
from tests.running_sandbox import sandbox

KEY = "engine-key"
# The engine takes 0 for a value that is missing.
CHOSEN = {"getFolderItems": {"folder_id": 1}}


@pytest.fixture(scope="module")
def address():
    """Where the sandbox answers; what is changed in it stays for the next call."""
    with sandbox("--lookalike", "--unlimited", X_API_KEY=KEY) as (_, greeting):
        yield re.search(r"The proxy answers on (\S+)", greeting)[1]


@pytest.fixture(scope="module")
def engine(address):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "*")  # the engine asks the environment how to reach localhost
        yield OpenAPIClient.from_spec(f"{address}/api/openapi.json", credentials=KEY)


def test_the_engine_finds_a_tool_for_every_operation_and_every_argument(engine):
    tools = {tool["function"]["name"]: tool["function"] for tool in engine.tool_definitions}

    assert tools.keys() == {offered.name for offered in OFFERED}
    for offered in OFFERED:
        found = tools[offered.name]
        assert found["description"]
        schema = offered.operation.get("requestBody", {}).get("content", {})
        members = schema.get("application/json", {}).get("schema", {}).get("properties", {})
        assert found["parameters"]["properties"].keys() == {*offered.parameters, *members}


@pytest.mark.parametrize("offered", OFFERED, ids=lambda offered: offered.name)
def test_the_engine_s_call_of_an_operation_succeeds(engine, offered):
    arguments = {**offered.values(), **CHOSEN.get(offered.name, {})}
    function = {"name": offered.name, "arguments": json.dumps(arguments)}

    content = engine.invoke({"tool_calls": [{"type": "function", "function": function}]})

    assert content["source"]["attribution"] == "Data provided by Discogs."
    assert content["budget"]["advice"]

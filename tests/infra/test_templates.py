"""Claim that the shipped templates are sound, and that what people know of them stays as it is."""

import re

import pytest

from tests.infra.bicep import defaults, shapes, syntax, types
from tests.infra.bicep.check import check
from tests.infra.bicep.document import parse, read
from tests.infra.bicep.evaluation import Evaluation
from tests.infra.bicep.resources import UNDESCRIBED
from tests.infra.deployment import INFRA, MAIN, evaluate, modules

MODULES = sorted((INFRA / "modules").glob("*.bicep"))
EXAMPLE = INFRA / "main.example.bicepparam"
LONGEST_MODULE = 120


@pytest.mark.parametrize("path", [MAIN, *MODULES], ids=lambda path: path.stem)
def test_a_template_is_sound(path):
    assert [str(finding) for finding in check(path)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_short(path):
    assert len(path.read_text().splitlines()) < LONGEST_MODULE


def test_every_module_is_used():
    assert modules() == {path.name for path in MODULES}


def test_nearly_every_resource_is_held_against_a_model_of_azure():
    written = {
        resource.target.partition("@")[0]
        for path in [MAIN, *MODULES]
        for resource in read(path).of("resource").values()
    }

    assert written - UNDESCRIBED <= shapes.MODELS.keys()
    assert shapes.MODELS.keys() | UNDESCRIBED <= written, "nothing is described for nothing"


def test_a_service_is_spoken_to_in_one_version():
    versions = {}
    for path in [MAIN, *MODULES]:
        for resource in read(path).of("resource").values():
            name, _, version = resource.target.partition("@")
            versions.setdefault(name.split("/")[:2][-1], set()).add(version)

    assert {service: each for service, each in versions.items() if len(each) > 1} == {}


@pytest.mark.parametrize("path", [MAIN, *MODULES], ids=lambda path: path.stem)
def test_a_version_is_no_newer_than_what_azures_libraries_speak(path):
    for resource in read(path).of("resource").values():
        name, _, version = resource.target.partition("@")
        if name not in UNDESCRIBED:
            assert version <= shapes.newest_version(name), name


def test_the_parameters_that_people_and_scripts_know_keep_their_names_and_defaults():
    parameters = evaluate().parameters

    known = {
        "rgName": "rg",
        "location": "canadacentral",
        "namePrefix": "jmd-discogs",
        "useFlexConsumption": True,
        "deployerObjectId": "",
        "allowedIpRanges": [],
        "useRedis": False,
        "useFixedOutboundAddress": False,
    }
    assert {name: parameters[name] for name in known} == known
    required = [name for name, each in read(MAIN).of("param").items() if each.is_required]
    assert required == ["rgName"]


def test_the_outputs_are_those_that_scripts_read():
    outputs = evaluate().outputs

    assert outputs.keys() == {
        "hostName",
        "actionSpecUrl",
        "keyVaultName",
        "functionAppName",
        "resourceGroupName",
        "outboundAddress",
        "deployerRoleAssignmentId",
    }
    assert outputs["actionSpecUrl"] == "https://<functionApp.outputs.hostName>/api/openapi.json"


def test_names_are_made_from_the_prefix():
    made = evaluate().modules

    assert made["functionApp"].parameters["name"] == "jmd-discogs-func"
    assert made["keyVault"].parameters["name"] == "jmd-discogs-kv"


def test_names_that_are_taken_can_end_in_letters_of_their_own():
    made = evaluate(uniqueNames=True).modules

    assert re.fullmatch(r"jmd-discogs-func-\w{5}", made["functionApp"].parameters["name"])
    assert re.fullmatch(r"jmd-discogs-kv-\w{5}", made["keyVault"].parameters["name"])
    elsewhere = evaluate(rgName="other", uniqueNames=True).modules
    assert elsewhere["keyVault"].parameters["name"] != made["keyVault"].parameters["name"]


@pytest.mark.parametrize("prefix", ["ab", "jmd-discogs", "A1-b2-C3-d4-e5x"])
@pytest.mark.parametrize("unique", [False, True])
def test_every_name_is_one_that_azure_takes(prefix, unique):
    made = evaluate(namePrefix=prefix, uniqueNames=unique, useRedis=True).modules

    given = {name: made[name].parameters for name in ("storage", "keyVault", "functionApp")}
    assert re.fullmatch(r"[a-z0-9]{3,24}", given["storage"]["name"])
    assert re.fullmatch(r"[a-z0-9-]{3,63}", given["storage"]["contentShareName"])
    assert re.fullmatch(r"[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]", given["keyVault"]["name"])
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]", given["functionApp"]["name"])
    assert re.fullmatch(
        r"(?=.{1,60}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*", made["redis"].parameters["name"]
    )
    assert re.fullmatch(r"[A-Za-z0-9]{1,60}", made["redis"].resources["appOnDatabase"]["name"])


def test_the_example_gives_parameters_that_the_template_takes():
    # A file of parameters is one of variables as far as the grammar is concerned.
    text = re.sub(r"^param ", "var ", EXAMPLE.read_text(), flags=re.MULTILINE)
    example = parse(EXAMPLE, text)

    assert syntax.mistakes(example.root) == []
    given = {each.name: syntax.literal(each.value) for each in example.of("var").values()}
    params = read(MAIN).of("param")
    assert given.keys() <= params.keys()
    assert [name for name, each in params.items() if each.is_required and name not in given] == []
    for each in example.of("var").values():
        kind = types.of(each.value, example)
        assert list(defaults.refusals(params[each.name], kind, each.value)) == []
    assert "redis" in Evaluation(read(MAIN), given).modules

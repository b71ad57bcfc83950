"""The shipped template, evaluated."""

from pathlib import Path

from tests.infra.bicep.document import read
from tests.infra.bicep.evaluation import Evaluation

INFRA = Path(__file__).parents[2] / "infra"
MAIN = INFRA / "main.bicep"
PLANS = {"flex": True, "classic": False}


def evaluate(**parameters: object) -> Evaluation:
    """Evaluate the template with parameters that differ from the defaults."""
    return Evaluation(read(MAIN), {"rgName": "rg", **parameters})


def deploy(plan: str, **parameters: object) -> Evaluation:
    """Evaluate the template on a plan."""
    return evaluate(useFlexConsumption=PLANS[plan], **parameters)


def site(evaluation: Evaluation) -> dict:
    """Return the properties of the Function App."""
    return evaluation.modules["functionApp"].resources["site"]["properties"]


def settings(evaluation: Evaluation) -> dict:
    """Return the settings of the Function App."""
    configuration = evaluation.modules["configuration"]
    return configuration.modules["settings"].resources["settings"]["properties"]


def modules() -> set[str]:
    """Return the modules that the template is made of, and those that they are made of."""
    read_ones, unread = {}, [read(MAIN)]
    while unread:
        document = unread.pop()
        read_ones[document.path.name] = document
        inner = (document.sibling(module.target) for module in document.of("module").values())
        unread += [each for each in inner if each.path.name not in read_ones]
    return read_ones.keys() - {MAIN.name}

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
    return evaluation.modules["configuration"].resources["settings"]["properties"]

"""What the Azure CLI's errors mean: whether they pass, and what helps against the others."""

import re

_NOT_SIGNED_IN = re.compile(r"az login|AADSTS70043|AADSTS50173|AADSTS700082", re.IGNORECASE)
_ROLE_UNDERWAY = re.compile(
    r"ForbiddenByRbac|\(Forbidden\)|Caller is not authorized|"
    # The name of a new vault takes its time as well.
    r"getaddrinfo|Failed to resolve|Name or service not known",
    re.IGNORECASE,
)
_BUSY = re.compile(
    r"DeploymentActive|AnotherOperationInProgress|ongoing deployment|"
    r"deployment (?:is )?(?:currently )?in progress|\bConflict\b|\b409\b",
    re.IGNORECASE,
)
# The first that fits; the narrow ones go before those that they may come wrapped in.
_HELP = (
    (
        r"VaultAlreadyExists|already exists in deleted state|ConflictError.*deleted",
        "A deleted vault keeps its name: run again with PARAMETERS=recoverKeyVault=true.",
    ),
    (
        r"Website with given name .* already exists|StorageAccountAlreadyTaken|"
        r"AlreadyInUse|NameNotAvailable",
        "Somebody else has that name: choose another prefix, or PARAMETERS=uniqueNames=true.",
    ),
    (
        r"subscription of .* doesn't exist|SubscriptionNotFound|InvalidSubscriptionId",
        "This sign-in does not reach that subscription: `az account list --all` shows those that "
        "it does, `az login --tenant …` changes it.",
    ),
    (
        r"roleAssignments/write|AuthorizationFailed|LinkedAuthorizationFailed",
        "Whoever deploys needs Owner, or Contributor with User Access Administrator, on the "
        "subscription.",
    ),
    (
        r"MissingSubscriptionRegistration|NoRegisteredProviderFound",
        "The subscription has never used such a resource: `az provider register --namespace …` "
        "with the one that is named above.",
    ),
    (
        r"LocationNotAvailableForResourceType|SkuNotAvailable|quota|InsufficientCapacity",
        "That plan cannot be had there now: choose another location; "
        "`az functionapp list-flexconsumption-locations` shows those of Flex Consumption.",
    ),
    (
        r"Bicep (?:CLI|version)|bicep install",
        "The Azure CLI could not fetch Bicep: `az bicep install` shows why.",
    ),
    (
        r"ForbiddenByFirewall|ForbiddenByConnection",
        "The vault does not take calls from this address.",
    ),
    (_BUSY.pattern, "Something else is being done to it: wait until that has ended."),
)


def is_not_signed_in(text: str) -> bool:
    """Tell whether a sign-in would help."""
    return bool(_NOT_SIGNED_IN.search(text))


def is_role_underway(text: str) -> bool:
    """Tell whether a role just given may not have got around yet."""
    return bool(_ROLE_UNDERWAY.search(text)) and "ForbiddenByFirewall" not in text


def is_busy(text: str) -> bool:
    """Tell whether what is asked for is only not possible now."""
    taken = any(re.search(pattern, text, re.IGNORECASE) for pattern, _ in _HELP[:2])
    return bool(_BUSY.search(text)) and not taken


def advice(text: str) -> str:
    """Return what helps, or nothing where nobody knows."""
    fitting = (words for pattern, words in _HELP if re.search(pattern, text, re.IGNORECASE))
    return next(fitting, "")

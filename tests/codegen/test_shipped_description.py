"""The description that this project ships is OpenAPI to others, too."""

import openapi_spec_validator
import yaml
from openapi_pydantic import OpenAPI


def test_it_is_openapi_to_two_independent_readers(shipped):
    description = yaml.safe_load(shipped)

    OpenAPI.model_validate(description)
    openapi_spec_validator.validate(description)

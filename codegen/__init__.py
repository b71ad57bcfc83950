"""The spec compiler: it turns the OpenAPI description into everything that has to agree with it."""

"""From this tree to a running proxy in Azure, through the Azure CLI."""

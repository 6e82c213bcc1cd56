import GateCLI

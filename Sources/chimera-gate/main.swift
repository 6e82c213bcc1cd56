import GateCLI

Program.run()

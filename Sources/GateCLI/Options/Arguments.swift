public import ArgumentParser
public import GateCore

// The choices of the configuration are the choices of the flags.
extension WorkloadKind: ExpressibleByArgument {}
extension ApprovalDoubt: ExpressibleByArgument {}
extension ServerAPI: ExpressibleByArgument {}
extension InconclusivePolicy: ExpressibleByArgument {}
extension ArrivalPattern: ExpressibleByArgument {}
extension ProxyPolicy: ExpressibleByArgument {}
extension PromptCachePolicy: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}

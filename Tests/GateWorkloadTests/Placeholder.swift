import Testing

@Suite struct GateWorkloadPlaceholder {}

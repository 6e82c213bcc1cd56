import Testing

@Suite struct GateReportsPlaceholder {}

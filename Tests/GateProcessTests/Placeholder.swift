import Testing

@Suite struct GateProcessPlaceholder {}

import Testing

@Suite struct GateStreamPlaceholder {}

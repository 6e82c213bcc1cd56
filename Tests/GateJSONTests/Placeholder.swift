import Testing

@Suite struct GateJSONPlaceholder {}

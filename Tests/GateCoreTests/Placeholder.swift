import Testing

@Suite struct GateCorePlaceholder {}

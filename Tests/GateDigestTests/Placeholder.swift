import Testing

@Suite struct GateDigestPlaceholder {}

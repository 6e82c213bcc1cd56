import Testing

@Suite struct GateCLIPlaceholder {}

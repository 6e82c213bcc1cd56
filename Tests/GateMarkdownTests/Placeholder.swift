import Testing

@Suite struct GateMarkdownPlaceholder {}

/// The words of a name as data writes them: `mean_tokens_s`, `Generation Time (ms)`, `gpu__time_duration.sum`,
/// `p95LatencyMs`, `Tokens/s`; in lower case.
func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previousIsLower = false
    func finish() {
        if !word.isEmpty { words.append(word) }
        word = ""
    }
    for scalar in name.unicodeScalars {
        let properties = scalar.properties
        if scalar == "%" {
            finish()
            words.append("percent")
        } else if properties.isAlphabetic || properties.numericType != nil || scalar == "'" || scalar == "°" {
            if previousIsLower, properties.isUppercase { finish() }
            word += properties.lowercaseMapping
        } else {
            finish()
        }
        previousIsLower = properties.isLowercase
    }
    finish()
    return words
}

extension [String] {
    func hasAny(_ others: Set<String>) -> Bool { contains { others.contains($0) } }
}

/// Why a text is no document that we read.
public enum YAMLError: Error, Sendable, Equatable {
    /// There is no value in it.
    case empty
    /// A control character or another that YAML 1.2.2 (production 1) does not allow.
    case character(Unicode.Scalar, YAMLPlace)
    /// It is no YAML; in libyaml's words, what was being read and what is wrong.
    case syntax(String, YAMLPlace)
    /// A tab where the indentation stands.
    case tab(YAMLPlace)
    case secondDocument(YAMLPlace)
    case anchor(YAMLPlace)
    case alias(YAMLPlace)
    /// Another tag than those of texts, lists and mappings.
    case tag(String, YAMLPlace)
    /// Where the key stands for the second time.
    case repeatedKey(String, YAMLPlace)
    case tooDeep(levels: Int, YAMLPlace)
}

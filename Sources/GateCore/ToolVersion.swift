/// The version of chimera-gate, as sessions, baselines and reports name it.
public enum ToolVersion {
    /// Semantic versioning.
    public static let current = "0.1.0"
}

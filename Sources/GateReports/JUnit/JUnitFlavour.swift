/// Which readers `junit.xml` is for: no one file is valid against every schema that is in use.
public enum JUnitFlavour: String, Sendable, CaseIterable {
    /// Valid against the XSD of Jenkins' xUnit plugin; read by every pipeline that we know of.
    case jenkins
    /// One suite at the root: valid against Maven Surefire's XSD, and Jenkins'.
    case surefire
    /// Valid against the Ant XSD by Windy Road, and Jenkins'; test cases have no data of their own.
    case ant
    /// With properties, file and line at each test case, for Testmo, GitLab and EnricoMi's action; valid against none.
    case rich

    /// The element at the root holds the suites.
    var hasSuites: Bool { self != .surefire }
}

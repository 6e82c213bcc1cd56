import GateProcess

/// The environment variables of this process.
enum Variables {
    static var all: [String: String] { InheritedEnvironment.with([:]) }
}

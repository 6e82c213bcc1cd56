import GateProcess
import Glibc

/// The environment variables of this process.
enum Variables {
    static var all: [String: String] { InheritedEnvironment.with([:]) }
}

/// The value of an environment variable; nil where it is not set.
func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

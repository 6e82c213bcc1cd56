import Glibc

/// Why not even a request could be prepared. A request that fails is no such error: it is data in its exchange.
public enum StreamSetupError: Error, CustomStringConvertible, Equatable {
    case curlUnavailable(String)
    /// The errno of epoll_create1.
    case pollerUnavailable(Int32)
    case invalidURL(String)
    /// What this libcurl was built without.
    case unsupported(String)

    public var description: String {
        switch self {
        case .curlUnavailable(let detail): "libcurl could not be started: \(detail). Check the installation of libcurl."
        case .pollerUnavailable(let code):
            "the kernel gave no epoll descriptor: \(String(cString: strerror(code))). Raise the limit of open files (ulimit -n)."
        case .unsupported(let what): "this libcurl was built without \(what); install another build of it."
        case .invalidURL(let url): "'\(url)' is no URL that libcurl accepts; use http://host:port or https://host:port."
        }
    }
}

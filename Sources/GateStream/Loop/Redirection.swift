import GateCore

/// What a redirecting answer makes of a call.
enum Redirection: Equatable {
    /// Asked again there, with the same method and body.
    case follow(String)
    case refuse(String)

    /// So many hops are followed; more are taken for a loop.
    static let mostHops = 5

    /// - Parameters:
    ///   - target: the whole address that the server names; nil where it names none.
    ///   - origin: the address that was asked.
    ///   - hops: redirects that were followed before.
    init(
        status: Int, to target: String?, from origin: String, hops: Int, follows: Bool, hasCredentials: Bool
    ) {
        let remedy = "give the server's final address"
        guard let target else {
            self = .refuse("HTTP \(status): the server redirects without saying where to; \(remedy)")
            return
        }
        guard let host = Authority(target) else {
            self = .refuse("HTTP \(status): the server redirects to an address that is none; \(remedy)")
            return
        }
        guard follows else {
            self = .refuse(
                "HTTP \(status): the server redirects to \(host), which is not followed; \(remedy), or set"
                    + " server.follow_redirects (--follow-redirects)")
            return
        }
        guard status != 303 else {
            self = .refuse("HTTP 303: the server answers elsewhere (\(host)), which is no answer of a model; \(remedy)")
            return
        }
        guard hops < Redirection.mostHops else {
            self = .refuse("HTTP \(status): the server redirects more than \(Redirection.mostHops) times; \(remedy)")
            return
        }
        guard !hasCredentials || (host == Authority(origin) && !host.hasUser) else {
            self = .refuse(
                "HTTP \(status): the server redirects to \(host), another host, to which the token is not sent; \(remedy)"
            )
            return
        }
        self = .follow(target)
    }
}

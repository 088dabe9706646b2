import Foundation
import HTTPTypes
import Hummingbird
import SlipwayCore
import SlipwayServices

/// Whom requests without credentials act as, at a port where the operator named somebody.
struct AnonymousAccess: Sendable {
    let users: UserService
    let userName: String
    /// Requests have to mean this machine by name: a site that makes its own name lead here is not answered.
    let wantsLocalHost: Bool

    /// - Throws: `Problem` for a request that a browser sends for another site, and where the user does not exist.
    func user(of request: Request) async throws -> User {
        if let refusal = Self.refusal(request, wantsLocalHost: wantsLocalHost) { throw Problem(.forbidden, refusal) }
        guard let user = try await users.user(named: userName) else {
            throw Problem(
                .serviceUnavailable,
                "Requests without a token act as the user “\(userName)” here, who does not exist: the operator adds it "
                    + "with “slipway user add \(userName)”.")
        }
        return user
    }

    /// Why a request without credentials is not taken for its sender's own wish; nil where it is.
    static func refusal(_ request: Request, wantsLocalHost: Bool) -> String? {
        let authority = request.head.authority ?? ""
        if let site = request.headers[.secFetchSite], !["same-origin", "none"].contains(site) {
            return "The request was made by another site, in a browser that need not say who it is here."
        }
        if let origin = request.headers[.origin], URLComponents(string: origin)?.authority != authority {
            return "The request comes from \(origin.prefix(100)), and this is \(authority.prefix(100))."
        }
        guard wantsLocalHost, !isLocal(host: URLComponents(string: "//\(authority)")?.host ?? "") else { return nil }
        return "Without a token this port is for this machine alone: call it localhost or 127.0.0.1, not "
            + "“\(authority.prefix(100))”."
    }

    /// A name like `127.example.org` is not local, nor is any other that an outsider can point here.
    private static func isLocal(host: String) -> Bool {
        let host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host.lowercased()
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host == "localhost" || host == "::1"
            || (numbers.count == 4 && numbers.first == 127 && !numbers.contains(nil))
    }
}

extension URLComponents {
    /// Host and port as a Host header has them.
    fileprivate var authority: String? { host.map { name in port.map { "\(name):\($0)" } ?? name } }
}

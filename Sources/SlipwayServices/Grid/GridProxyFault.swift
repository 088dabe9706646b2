import Foundation

/// Why a proxy does not serve.
enum GridProxyFault: Error, Sendable, Hashable {
    case missing
    /// With the system's words.
    case unreadable(String)
    case notRegular
    case tooLarge(bytes: Int64)
    /// Others than its owner may read or write it.
    case exposed(mode: UInt32)
    case noCertificate
    case noKey
    /// The certificate, counted from 1, cannot be read.
    case unintelligible(certificate: Int)
    case early(begin: Date)
    case expired(end: Date, now: Date)
    case endsEarly(end: Date, now: Date, minutes: Int)

    /// What is wrong with the file at a path, and what would be right.
    func sentence(path: String) -> String {
        let proxy = "The site's proxy for remote files, \(path),"
        switch self {
        case .missing:
            return "\(proxy) does not exist; an operator has to make it, as by voms-proxy-init --out \(path)."
        case .unreadable(let words):
            return "\(proxy) cannot be read (\(words)); it has to belong to the user that the server runs as."
        case .notRegular:
            return "\(proxy) is no file; it has to be the PEM file that voms-proxy-init writes."
        case .tooLarge(let bytes):
            return "\(proxy) has \(bytes) bytes and cannot be a proxy, which has at most \(GridProxy.limit)."
        case .exposed(let mode):
            let octal = String(mode, radix: 8)
            return
                "\(proxy) is open to others than its owner (mode \(octal)), and XRootD refuses that: chmod 600 mends it."
        case .noCertificate:
            return
                "\(proxy) holds no certificate in PEM; a proxy's file holds its certificate, its key and its issuers'."
        case .noKey:
            return "\(proxy) holds no private key; a proxy's file holds its certificate, its key and its issuers'."
        case .unintelligible(let number):
            return
                """
                \(proxy) holds a certificate, number \(number), that cannot be read; X.509 in PEM, as \
                voms-proxy-init writes it, would be right.
                """
        case .early(let begin):
            return "\(proxy) is not valid before \(Self.text(begin)); do the clocks differ?"
        case .expired(let end, let now):
            return
                "\(proxy) expired at \(Self.text(end)), \(Self.span(now.timeIntervalSince(end))) ago; it has to be renewed."
        case .endsEarly(let end, let now, let minutes):
            let left = end.timeIntervalSince(now)
            return
                """
                \(proxy) ends at \(Self.text(end)), in \(Self.span(left)), before a job with the time limit of \
                \(Self.span(Double(minutes) * 60)) would; a time limit of at most \(Self.span(left)), or a proxy that \
                lasts longer, would be right.
                """
        }
    }

    static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    /// `45 s`, `12 min`, `5 h 10 min`, `3 d 4 h`, rounded down.
    static func span(_ seconds: Double) -> String {
        let seconds = Int(max(0, seconds))
        func joined(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
            small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
        }
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<172_800: return joined(seconds / 3600, "h", seconds % 3600 / 60, "min")
        default: return joined(seconds / 86_400, "d", seconds % 86_400 / 3600, "h")
        }
    }
}

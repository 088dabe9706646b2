import Foundation

/// What a proxy's file says of itself (RFC 3820): the proxy's certificate, its private key, the certificates of its
/// issuers, all in PEM.
struct GridProxy: Sendable, Hashable {
    /// The latest beginning and the earliest end of all certificates of the file: it holds no longer than its weakest.
    let beginsAt: Date
    let endsAt: Date

    /// More bytes than this are no proxy.
    static let limit = 1 << 20

    /// - Parameter pem: The file's content. That there is a private key is seen by its heading; it is not read.
    init(pem: Data) throws(GridProxyFault) {
        var ends: [Date] = []
        var begins: [Date] = []
        var holdsKey = false
        for block in Self.blocks(of: String(decoding: pem, as: UTF8.self)) {
            if block.label.hasSuffix("PRIVATE KEY") { holdsKey = true }
            guard block.label == "CERTIFICATE" else { continue }
            guard let der = Data(base64Encoded: block.base64), let validity = CertificateValidity(der: der) else {
                throw .unintelligible(certificate: ends.count + 1)
            }
            begins.append(validity.begin)
            ends.append(validity.end)
        }
        guard let begin = begins.max(), let end = ends.min() else { throw .noCertificate }
        guard holdsKey else { throw .noKey }
        self.beginsAt = begin
        self.endsAt = end
    }

    /// The blocks from `-----BEGIN LABEL-----` to `-----END LABEL-----` (RFC 7468), whatever text is around them. What
    /// is no certificate comes without its content.
    private static func blocks(of text: String) -> [(label: String, base64: String)] {
        var blocks: [(label: String, base64: String)] = []
        var label: String?
        var base64 = ""
        for line in text.split(whereSeparator: \.isNewline) {
            if let opened = label {
                if line.hasPrefix("-----END \(opened)-----") {
                    blocks.append((opened, base64))
                    label = nil
                    base64 = ""
                } else if opened == "CERTIFICATE" {
                    base64 += line.filter { !$0.isWhitespace }
                }
            } else if line.hasPrefix("-----BEGIN "), let end = line.dropFirst(11).firstRange(of: "-----") {
                label = String(line.dropFirst(11)[..<end.lowerBound])
            }
        }
        return blocks
    }
}

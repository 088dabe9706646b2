import Foundation
import NIOHTTP1

/// Where the numbers stand in an answer.
enum ServeAnswer: Sendable {
    /// `{"outputs": [{"data": […]}]}`.
    case openInference
    /// `{"NAME": […]}`, nested or flat.
    case member(String)
    /// `[…]`, nested or flat.
    case bare
    /// 32-bit floats in little-endian order behind JSON, whose length a header tells.
    case binary
    /// The answer has none.
    case none

    /// - Returns: The numbers in their order; nil for an answer that has none.
    /// - Throws: `BenchError` where the answer has another form.
    func numbers(in body: Data, headers: HTTPHeaders) throws -> [Double]? {
        let numbers: [Double]?
        switch self {
        case .none: return nil
        case .openInference:
            let outputs = try Self.object(body)?["outputs"] as? [[String: Any]]
            numbers = Self.flat(outputs?.first?["data"])
        case .member(let name): numbers = Self.flat(try Self.object(body)?[name])
        case .bare: numbers = Self.flat(try JSONSerialization.jsonObject(with: body))
        case .binary:
            let length = headers.first(name: "Inference-Header-Content-Length").flatMap { Int($0) }
            numbers = length.flatMap { $0 <= body.count ? Self.floats(body.dropFirst($0)) : nil }
        }
        guard let numbers else {
            throw BenchError(.answer, "no numbers were found in \(String(decoding: body.prefix(500), as: UTF8.self))")
        }
        return numbers
    }

    private static func object(_ body: Data) throws -> [String: Any]? {
        try JSONSerialization.jsonObject(with: body) as? [String: Any]
    }

    private static func flat(_ value: Any?) -> [Double]? {
        switch value {
        case let list as [Any]:
            let parts = list.map { flat($0) }
            return parts.contains(nil) ? nil : parts.flatMap { $0 ?? [] }
        case let number as NSNumber: return [number.doubleValue]
        default: return nil
        }
    }

    private static func floats(_ bytes: Data) -> [Double]? {
        guard bytes.count % 4 == 0 else { return nil }
        return bytes.withUnsafeBytes { raw in
            (0..<(raw.count / 4)).map { index in
                let bits = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
                return Double(Float(bitPattern: bits))
            }
        }
    }
}

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Puts a connection that fails into words.
enum ConnectionFailure {
    /// Errors that are not the connection's (cancellation, `ClientError`) pass as they are.
    static func error(from error: any Error, url: String) -> any Error {
        if error is ClientError || error is CancellationError { return error }
        let (code, sentence) = judged(error)
        return ClientError(code, "\(sentence) (SLIPWAY_URL is \(url))", underlying: error)
    }

    private static func judged(_ error: any Error) -> (ClientError.Code, String) {
        switch error {
        case let error as NIOConnectionError:
            (.unreachable, sentence(for: error))
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            (.unreachable, "nothing listens there; is the server running?")
        case let error as IOError where [EHOSTUNREACH, ENETUNREACH, ETIMEDOUT].contains(error.errnoCode):
            (.unreachable, "no way leads to the server: \(String(cString: strerror(error.errnoCode)))")
        case HTTPClientError.connectTimeout as HTTPClientError, HTTPClientError.tlsHandshakeTimeout as HTTPClientError:
            (.unreachable, "the server did not take the connection in time")
        case HTTPClientError.readTimeout as HTTPClientError, HTTPClientError.writeTimeout as HTTPClientError:
            (.interrupted, "the server has been silent for too long")
        case HTTPClientError.remoteConnectionClosed as HTTPClientError:
            (.interrupted, "the server closed the connection before its answer was whole")
        case let error as HTTPClientError:
            (.interrupted, "the connection to the server failed: \(error.shortDescription)")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            (.unreachable, "no trusted TLS connection to the server came about: \(error)")
        default:
            (.interrupted, "the connection to the server broke: \(error)")
        }
    }

    private static func sentence(for error: NIOConnectionError) -> String {
        if error.connectionErrors.isEmpty { return "no machine is known as \(error.host)" }
        if error.connectionErrors.contains(where: { ($0.error as? IOError)?.errnoCode == ECONNREFUSED }) {
            return "nothing listens at \(error.host):\(error.port); is the server running?"
        }
        let causes = error.connectionErrors.map { "\($0.error)" }.joined(separator: ", ")
        return "\(error.host):\(error.port) cannot be reached: \(causes)"
    }
}

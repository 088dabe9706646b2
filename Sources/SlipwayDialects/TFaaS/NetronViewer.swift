import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayServer
import SlipwayServices

/// The viewer that the PyPI package `netron` ships: https://github.com/lutzroeder/netron
struct NetronViewer {
    /// The folder that holds `index.html`.
    private let folder: String

    /// What of the package is the viewer's, and what it is served as.
    private static let types = [
        "js": "text/javascript", "css": "text/css", "json": "application/json", "ico": "image/x-icon",
        "png": "image/png",
    ]

    /// Nothing is loaded from anywhere else, nor told to anybody.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"

    /// - Throws: `Problem` with status 501 that says how to get the viewer, where there is none.
    init(_ configuration: Configuration) throws {
        guard let configured = configuration.netron else { throw Self.missing("is not configured") }
        // The folder of the unpacked wheel, or the package in it.
        let candidates = [configured, configured + "/netron"]
        guard let folder = candidates.first(where: { FileManager.default.fileExists(atPath: $0 + "/index.html") })
        else { throw Self.missing("is not in \(configured)") }
        self.folder = folder
    }

    private static func missing(_ what: String) -> Problem {
        Problem(
            .notImplemented,
            "Graphs are drawn by Netron's viewer, which \(what): the operator unpacks the package with “pip install "
                + "--no-deps --target FOLDER netron” and names FOLDER as runtimes.netron in slipway.yml.")
    }

    /// The viewer's page, which opens a model.
    ///
    /// - Parameters:
    ///   - title: The model's name for people.
    ///   - file: Path of the model among its version's files.
    ///   - path: Where all such pages are.
    func page(of title: String, file: String, below path: String) async throws -> Response {
        guard let stored = try await StoredFile.installed("index.html", in: folder) else {
            throw Self.missing("cannot be read in \(folder)")
        }
        let html = String(buffer: try await stored.content.read(at: 0, count: Int(min(stored.bytes, 4 << 20))))
        let encoded = file.split(separator: "/").map { PathSegment.encode(String($0)) }.joined(separator: "/")
        let model: HTML = """
            <meta name="type" content="Python"><meta name="file" content="data/\(encoded)">\
            <meta name="name" content="\(title)"><meta name="identifier" content="\(file)">
            """
        // Without a version the viewer tells nobody of its use; without a date it does not ask to be replaced.
        let plain = html.replacing(#/<meta name="(version|date)" content="[^"]*">/#, with: "")
        let page = plain.replacing("<head>", with: "<head>" + model.markup, maxReplacements: 1)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: Self.policy,
                // What the viewer's question for consent would leave.
                .setCookie: "consent=1; Path=\(path); SameSite=Strict",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    /// One of the viewer's files, which lie in one folder.
    func file(_ name: String, for request: Request) async throws -> Response {
        guard let type = Self.types[(name as NSString).pathExtension], !name.hasPrefix("."),
            !name.contains("/"), let stored = try await StoredFile.installed(name, in: folder)
        else { throw Problem(.notFound, "The viewer has no file “\(name.prefix(100))”.") }
        var response = try Response.file(stored, for: request, contentType: type, tag: nil, isDownload: false)
        response.headers[.cacheControl] = "private, max-age=3600"
        // Workers have a policy of their own.
        response.headers[.contentSecurityPolicy] = Self.policy
        return response
    }
}

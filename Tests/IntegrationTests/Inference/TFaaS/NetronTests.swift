import Foundation
import SlipwayAPI
import Testing

@Suite("Pages that draw a model's graph")
struct NetronTests {
    /// A page such as the viewer's, with the marks that the real one has.
    private static let page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta name="version" content="9.3.3">
        <meta name="date" content="2020-01-01 00:00:00">
        <script type="text/javascript" src="index.js"></script>
        </head><body></body></html>
        """

    private static func upload(_ name: String, to server: TestServer) async throws {
        var form = MultipartForm()
        form.add(file: "graph.h5", Data("a graph".utf8), part: "path")
        let answer = try await server.send(
            "PUT", "/mlbuffet/api/v1/models/\(name)", body: form.body, contentType: form.contentType)
        #expect(answer.status == 201)
    }

    @Test("Without the viewer, how to get it is told")
    func missing() async throws {
        for lines in [[], ["  netron: /nonexistent"]] {
            var settings = ServerSettings()
            settings.runtimeLines = lines
            try await withTestServer(settings) { server in
                try await Self.upload("drawn", to: server)
                let answer = try await server.get("/tfaas/netron/drawn/")
                #expect(answer.status == 501)
                #expect(answer.text.contains("pip install"))
            }
        }
    }

    @Test("The page opens the model, its files lie beside it, and nothing else of the folder is served")
    func drawn() async throws {
        try await withTestServer(isStarted: false) { server in
            let viewer = server.folder + "/viewer/netron"
            try FileManager.default.createDirectory(atPath: viewer, withIntermediateDirectories: true)
            for (name, text) in ["index.html": Self.page, "index.js": "'use strict';", "server.py": "secret = 1"] {
                try text.write(toFile: "\(viewer)/\(name)", atomically: true, encoding: .utf8)
            }
            try FileManager.default.createSymbolicLink(atPath: viewer + "/link.js", withDestinationPath: "/etc/passwd")
            var settings = ServerSettings()
            settings.runtimeLines = ["  netron: \(server.folder)/viewer"]
            let drawing = server.companion(settings, name: "drawing")
            try FileManager.default.createDirectory(atPath: drawing.home, withIntermediateDirectories: true)
            try await server.start()
            try await drawing.start()
            try await Self.upload("drawn", to: drawing)

            let moved = try await drawing.get("/tfaas/netron/drawn")
            #expect(moved.status == 303)
            #expect(moved.headers["location"] == "/tfaas/netron/drawn/")
            let page = try await drawing.get("/tfaas/netron/drawn/")
            #expect(page.status == 200)
            #expect(page.text.contains(#"<meta name="file" content="data/graph.h5">"#))
            #expect(page.text.contains(#"<meta name="name" content="drawn:1">"#))
            #expect(!page.text.contains("9.3.3") && !page.text.contains("2020-01-01"))
            #expect(page.headers["content-security-policy"]?.contains("connect-src 'self'") == true)
            #expect(try await drawing.get("/tfaas/netron/drawn:1/").text == page.text)
            #expect(try await drawing.get("/tfaas/netron/drawn:7/").status == 404)

            let script = try await drawing.get("/tfaas/netron/drawn/index.js")
            #expect(script.text == "'use strict';")
            #expect(script.headers["content-type"] == "text/javascript")
            #expect(try await drawing.get("/tfaas/netron/drawn/data/graph.h5").text == "a graph")
            for path in ["server.py", "link.js", "..%2f..%2fslipway.yml", ".hidden.js", "data/..%2fmodel.tar.gz"] {
                #expect(try await drawing.get("/tfaas/netron/drawn/\(path)").status == 404, "\(path)")
            }
            #expect(try await drawing.get("/tfaas/netron/drawn/", as: nil).status == 401)
            try await drawing.stop()
        }
    }
}

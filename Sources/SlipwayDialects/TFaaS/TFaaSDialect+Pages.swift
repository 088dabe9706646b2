import Foundation
import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension TFaaSDialect {
    var pageEndpoints: [Endpoint] {
        [
            endpoint(
                .get, "/status",
                EndpointDocumentation(
                    Self.group, "The machine's memory, load and processors, and the requests so far.",
                    answer: .other("application/json"))
            ) { _, _ in try .json(TFaaSStatus.read(counts: counts)) },
            endpoint(
                .get, "/",
                EndpointDocumentation(Self.group, "A page that lists the models.", answer: .other("text/html"))
            ) { _, _ in page(try await allParameters()).response() },
        ]
    }

    private func page(_ models: JSONValue) -> Page {
        var rows: [HTML] = []
        if case .array(let list) = models {
            rows = list.compactMap { model in
                guard case .object(let members) = model else { return nil }
                func text(_ name: String) -> String {
                    if case .string(let text)? = members[name] { text } else { "" }
                }
                let graph = "\(prefix)/netron/\(PathSegment.encode(text("name")))/"
                let parameters = "\(prefix)/params/\(PathSegment.encode(text("name")))"
                return """
                    <tr><td><a href="\(parameters)">\(text("name"))</a></td><td>\(text("model"))</td>\
                    <td>\(text("inputNode"))</td><td>\(text("outputNode"))</td><td>\(text("description"))</td>\
                    <td>\(text("timestamp"))</td><td><a href="\(graph)">graph</a></td></tr>
                    """
            }
        }
        let list: HTML =
            rows.isEmpty
            ? "<p>There is no model yet: POST one to <code>\(prefix)/upload</code>.</p>"
            : """
            <table><tr><th>Model</th><th>File</th><th>Input</th><th>Output</th><th>Description</th><th>Since</th>\
            <th></th></tr>\(rows)</table>
            """
        return Page(title: "TFaaS", body: "<h1>Models</h1>\(list)")
    }
}

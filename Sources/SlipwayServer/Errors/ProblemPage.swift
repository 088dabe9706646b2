import HTTPTypes
import Hummingbird
import SlipwayAPI

/// A problem as a page, for people whose browser met it.
struct ProblemPage {
    let problem: Problem

    func response() -> Response {
        let fields = problem.fields.map { HTML("<li><code>\($0.path)</code> \($0.message)</li>") }
        let page = Page(
            title: problem.status.reasonPhrase,
            body: "<h1>\(problem.status.reasonPhrase)</h1><p>\(problem.detail)</p><ul>\(fields)</ul>")
        var response = page.response(status: problem.status)
        response.headers.append(contentsOf: problem.headers)
        return response
    }
}

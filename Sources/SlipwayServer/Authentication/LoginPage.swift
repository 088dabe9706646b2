import HTTPTypes
import Hummingbird

/// The form on which a person logs in.
struct LoginPage {
    var next: LocalPath?
    /// Why the last try failed.
    var problem: String?

    func response(status: HTTPResponse.Status = .ok) -> Response {
        let complaint = problem.map { HTML("<p class=\"failed\">\($0)</p>") }
        let body: HTML = """
            <h1>Slipway</h1>\(complaint)
            <form method="post" action="/login">
            <label>Name <input name="username" autocomplete="username" required autofocus></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <input type="hidden" name="next" value="\(next?.text ?? "/docs")">
            <button>Log in</button></form>
            """
        return Page(title: "Log in", body: body).response(status: status)
    }
}

extension BadRequest {
    /// Good forms from the wrong people, or with a header or a question that is wrong.
    static let callers: [BadRequest] = [
        .request("No token", ["Who are you?", "Authorization: Bearer"], status: 401, as: nil),
        .request(
            "A token that nobody has", ["token"], status: 401, as: nil, headers: ["Authorization": "Bearer slw_00"]),
        .request(
            "A token that is no text of ours", ["token"], status: 401, as: nil,
            headers: ["Authorization": "Bearer a.b.c"]),
        .request(
            "A name and a password in the place of a token", ["Bearer TOKEN"], status: 401, as: nil,
            headers: ["Authorization": "Basic YWRhOng="]),
        .request(
            "A cookie, which another site could make a browser send", ["Who are you?"], status: 401, as: nil,
            headers: ["Cookie": "slipway_session=a.b.c"]),
        .request("A viewer", ["viewer"], status: 403, as: .viewer),
        .request(
            "An Idempotency-Key of 300 characters", ["1 to 255"], at: ["Idempotency-Key"],
            headers: ["Idempotency-Key": String(repeating: "x", count: 300)]),
        .request(
            "An Idempotency-Key with a space", ["visible ASCII"], at: ["Idempotency-Key"],
            headers: ["Idempotency-Key": "a b"]),
        .request(
            "An Idempotency-Key of nothing", ["1 to 255"], at: ["Idempotency-Key"], headers: ["Idempotency-Key": ""]),
        .request("A dry run that is neither true nor false", ["dry_run"], at: ["dry_run"], query: "?dry_run=perhaps"),
        .request("A misspelled parameter", ["known: dry_run"], at: ["dryrun"], query: "?dryrun=true"),
    ]
}

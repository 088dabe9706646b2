import Foundation

extension BadRequest {
    private static func part(_ headers: String, _ content: String = "{}") -> String {
        "--abc\r\n\(headers)\r\n\r\n\(content)\r\n"
    }
    private static let file = #"Content-Disposition: form-data; name="files"; filename="a.json""#

    /// Bodies that are not what their Content-Type says.
    static let bodies: [BadRequest] = [
        .body(
            "JSON in the place of a form", ["takes multipart/form-data"], status: 415, contentType: "application/json",
            "{}"),
        .body("No Content-Type", ["no Content-Type", "curl -F"], status: 415, contentType: nil, "{}"),
        .body(
            "A form of the other kind", ["takes multipart/form-data"], status: 415,
            contentType: "application/x-www-form-urlencoded", "a=b"),
        .body("No boundary", ["names no boundary"], contentType: "multipart/form-data", part(file) + "--abc--\r\n"),
        .body("A boundary of nothing", ["boundary"], contentType: "multipart/form-data; boundary=\"\"", part(file)),
        .body(
            "A boundary that is too long", ["80 bytes long; 1 to 70"],
            contentType: "multipart/form-data; boundary=\(String(repeating: "x", count: 80))", part(file)),
        .body(
            "Another boundary than the body's", ["--xyz--", "another boundary"],
            contentType: "multipart/form-data; boundary=xyz", part(file) + "--abc--\r\n"),
        .body("No final boundary", ["without its final boundary", "--abc--"], at: ["files"], part(file)),
        .body("An end within a part's headers", ["without its final boundary"], "--abc\r\nContent-Dispo"),
        .body("A body of nothing", ["without its final boundary"], ""),
        .body(
            "A part without a disposition", ["no Content-Disposition"], part("Content-Type: text/plain") + "--abc--\r\n"
        ),
        .body(
            "A part without a name", ["gives no name"],
            part("Content-Disposition: form-data; filename=\"a.json\"") + "--abc--\r\n"),
        .body(
            "A part that is an attachment", ["must be form-data"],
            part("Content-Disposition: attachment; name=\"files\"") + "--abc--\r\n"),
        .body(
            "A form within the form", ["itself multipart/mixed"], at: ["files"],
            part(file + "\r\nContent-Type: multipart/mixed; boundary=x") + "--abc--\r\n"),
        .body(
            "A part in Base64", ["Content-Transfer-Encoding base64"], at: ["files"],
            part(file + "\r\nContent-Transfer-Encoding: base64") + "--abc--\r\n"),
        .body(
            "Headers of a part that do not end", ["longer than the 16384 bytes"], status: 413,
            part("X-Long: " + String(repeating: "x", count: 20_000)) + "--abc--\r\n"),
        .body(
            "A file name with an open quote", ["no closing quote"],
            part(#"Content-Disposition: form-data; name="files"; filename="a.json"#) + "--abc--\r\n"),
        .body(
            "A file name in an unknown encoding", ["filename*", "UTF-8''name"], at: ["files"],
            part("Content-Disposition: form-data; name=\"files\"; filename*=latin1'en'a%E9.json") + "--abc--\r\n"),
        BadRequest(name: "A body that is cut off", words: ["ended before its body was complete"]) { server in
            try await RawRequest.newTask(
                token: server.token(of: .ada), length: "100000", body: "--abc\r\n\(file)\r\n\r\n{"
            ).send(to: server)
        },
        BadRequest(
            name: "A body larger than allowed, as its length says, and sent to its end", status: 413,
            words: ["9437184 bytes", "at most 8388608"]
        ) { server in
            // Libraries give up sending once an answer is there; this one does not.
            try await RawRequest.newTask(
                token: server.token(of: .ada), length: "\(9 << 20)", body: String(repeating: "x", count: 9 << 20)
            ).send(to: server)
        },
        BadRequest(name: "A length of terabytes", status: 413, words: ["999999999999 bytes", "at most 8388608"]) {
            server in
            try await RawRequest.newTask(token: server.token(of: .ada), length: "999999999999", body: "--abc\r\n")
                .send(to: server)
        },
    ]
}

import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayCore
import Testing

@testable import SlipwayServer

@Suite("Problems")
struct ProblemTests {
    @Test(
        "Each kind of refusal has its status",
        arguments: [
            (.invalid, 400), (.unauthenticated, 401), (.forbidden, 403), (.notFound, 404), (.conflict, 409),
            (.tooLarge, 413), (.unavailable, 503), (.unsupported, 501), (.internal, 500),
        ] as [(SlipwayError.Code, Int)])
    func statuses(code: SlipwayError.Code, status: Int) {
        #expect(Problem(SlipwayError(code, "words")).status.code == status)
    }

    @Test("A fault on our side tells nothing of its cause")
    func internalIsSilent() {
        #expect(!Problem(SlipwayError(.internal, "password=secret")).detail.contains("secret"))
    }

    @Test("401 says how to log in, 503 when to come back")
    func headers() {
        #expect(Problem(SlipwayError(.unauthenticated, "no")).headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        #expect(Problem(SlipwayError(.unavailable, "no")).headers[.retryAfter] == "5")
        #expect(Problem.credentialsMissing.headers[.wwwAuthenticate] == "Bearer")
    }

    @Test("The faults of fields are in the body, under their paths")
    func fields() throws {
        let error = SlipwayError(
            .invalid, "The config has a fault.",
            faults: [FieldFault(path: "$.dataset_name", value: "wein", message: "is not known")])
        let answer = Problem(error).answer
        #expect(answer.detail == "The config has a fault.")
        #expect(answer.title == "Bad Request")
        let field = try #require(answer.errors?.first)
        #expect(field.path == "$.dataset_name")
        #expect(field.value == "wein")
    }

    @Test("A parameter's problem names the parameter and its value")
    func parameters() {
        let problem = Problem(parameter: "limit", value: "0", "must be more.")
        #expect(problem.detail == "“limit” is “0”; it must be more.")
        #expect(problem.fields.first?.path == "limit")
    }

    @Test("The native style is problem+json, the inference style one member")
    func styles() throws {
        let problem = Problem(.notFound, "There is no “x”.")
        let native = try ErrorStyle.problemJSON.response(for: problem)
        #expect(native.headers[.contentType] == "application/problem+json")
        #expect(native.status.code == 404)
        let inference = try ErrorStyle.errorMember.response(for: problem)
        #expect(inference.headers[.contentType] == "application/json")
        #expect(inference.body.contentLength == "{\"error\":\"There is no “x”.\"}".utf8.count)
    }
}

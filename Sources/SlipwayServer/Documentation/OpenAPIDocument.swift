import Foundation
import HTTPTypes
import NIOCore
import NIOFoundationCompat
import SlipwayAPI

/// OpenAPI 3.1, made from the very endpoints that the router has.
struct OpenAPIDocument {
    let registrations: [any RouteRegistration]

    func json() throws -> JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for registration in registrations {
            let errors = try answer(to: registration.errorStyle)
            for endpoint in registration.endpoints {
                let path = endpoint.path.replacing("/**", with: "/{path}")
                paths[path, default: [:]][endpoint.method.rawValue.lowercased()] = try operation(endpoint, errors)
            }
        }
        return .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string("Slipway"), "version": .string(SlipwayVersion.current),
                "description": .string(
                    "Training on Slurm clusters, a repository of models, and predictions from them."),
            ]),
            "paths": .object(paths.mapValues(JSONValue.object)),
            "webhooks": .object(["task_ended": try WebhookDocumentation.pathItem()]),
            "components": .object([
                "securitySchemes": .object([
                    "bearer": .object(["type": .string("http"), "scheme": .string("bearer")])
                ])
            ]),
        ])
    }

    private func operation(_ endpoint: Endpoint, _ errors: JSONValue) throws -> JSONValue {
        let documentation = endpoint.documentation
        var operation: [String: JSONValue] = [
            "summary": .string(documentation.summary), "tags": .array([.string(documentation.group)]),
            "parameters": .array(pathParameters(endpoint.path) + documentation.parameters.map(parameter)),
            "responses": .object([
                String(documentation.answer.status): try answer(documentation.answer),
                "default": errors,
            ]),
            "security": .array(endpoint.access == .open ? [] : [.object(["bearer": .array([])])]),
        ]
        if let body = documentation.body {
            operation["requestBody"] = .object([
                "required": .bool(true), "content": .object([body.contentType: .object([:])]),
            ])
        }
        return .object(operation)
    }

    /// How a dialect tells what was wrong, read from an example.
    private func answer(to style: ErrorStyle) throws -> JSONValue {
        let problem = Problem(
            .badRequest, "The config has one fault.",
            fields: [.init(path: "$.dataset_name", value: "wein", message: "There is no such dataset; known is wine.")])
        let (contentType, body) = try style.render(problem)
        let isText = contentType.hasPrefix("text/")
        let example = isText ? .string(String(buffer: body)) : try JSONDecoder().decode(JSONValue.self, from: body)
        return .object([
            "description": .string("What was wrong"),
            "content": .object([contentType: .object(["schema": JSONSchema.schema(of: example)])]),
        ])
    }

    private func pathParameters(_ path: String) -> [JSONValue] {
        path.split(separator: "/").compactMap { part in
            let name: String? =
                part == "**" ? "path" : part.hasPrefix("{") ? String(part.dropFirst().dropLast()) : nil
            return name.map { name in
                .object([
                    "name": .string(name), "in": .string("path"), "required": .bool(true),
                    "schema": .object(["type": .string("string")]),
                ])
            }
        }
    }

    private func parameter(_ parameter: EndpointDocumentation.Parameter) -> JSONValue {
        .object([
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "description": .string(parameter.meaning), "schema": .object(["type": .string("string")]),
        ])
    }

    private func answer(_ answer: EndpointDocumentation.Answer) throws -> JSONValue {
        var response: [String: JSONValue] = ["description": .string("Success")]
        if !answer.contentType.isEmpty {
            let media: JSONValue =
                if let sample = answer.sample {
                    .object(["schema": try JSONSchema.reading(sample)])
                } else {
                    .object([:])
                }
            response["content"] = .object([answer.contentType: media])
        }
        return .object(response)
    }
}

import SlipwayAPI
import SlipwayServices

/// What a receiver of webhooks is sent, for the OpenAPI document.
enum WebhookDocumentation {
    static func pathItem() throws -> JSONValue {
        .object([
            "post": .object([
                "summary": .string(
                    """
                    A task's end, told to the config's webhook_url as the Standard Webhooks specification has it. It \
                    may come more than once, with the same webhook-id each time.
                    """),
                "parameters": .array([
                    header("webhook-id", "Identifies the message, however often it is sent."),
                    header("webhook-timestamp", "When it was sent, in seconds since 1970."),
                    header("webhook-signature", "v1, and the base64 of HMAC-SHA256 over id.timestamp.body."),
                ]),
                "requestBody": .object([
                    "required": .bool(true),
                    "content": .object([
                        "application/json": .object(["schema": try JSONSchema.reading(WebhookBody.sample)])
                    ]),
                ]),
                "responses": .object([
                    "2XX": .object(["description": .string("The receiver has it.")]),
                    "410": .object(["description": .string("The receiver wants no more of this message.")]),
                    "default": .object(["description": .string("It is sent again later, for up to a day.")]),
                ]),
            ])
        ])
    }

    private static func header(_ name: String, _ meaning: String) -> JSONValue {
        .object([
            "name": .string(name), "in": .string("header"), "required": .bool(true),
            "description": .string(meaning), "schema": .object(["type": .string("string")]),
        ])
    }
}

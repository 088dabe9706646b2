import Foundation
import SlipwayAPI
import Testing

@Suite("Webhooks")
struct WebhookTests {
    @Test("A receiver that fails twice gets the task's end the third time: same id, same body, signed each time")
    func failsTwice() async throws {
        try await WebhookReceiver.answering([500, 503, 204]) { receiver in
            try await withTestServer(receiver.settings) { server in
                let task = try await server.submit(receiver.config())
                #expect(try await task.now().webhookURL == receiver.url)
                #expect(try await task.now().webhook == nil)
                try await task.until("succeeded")

                // A test that is held up for seconds finds the second try.
                let once = try await webhook(of: task) {
                    $0.lastError != nil && ($0.nextTryAt ?? .distantPast) > Date()
                }
                #expect(once.url == receiver.url)
                #expect(once.lastError == "The receiver answered \(once.tries == 1 ? 500 : 503).")
                #expect(once.deliveredAt == nil)
                #expect(try await figure("slipway_webhooks_waiting", of: server) == "1")

                let deliveries = try await receiver.received(3)
                let told = try await webhook(of: task) { $0.deliveredAt != nil }
                #expect(told.tries == 3)
                #expect(told.nextTryAt == nil)
                #expect(told.lastError == nil)
                #expect(receiver.deliveries.count == 3)

                let secret = try await server.operate("webhook", "secret").text
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(secret.hasPrefix("whsec_"))
                for delivery in deliveries {
                    #expect(delivery.path == "POST /hook")
                    #expect(delivery.headers["content-type"] == "application/json")
                    #expect(delivery.isSigned(with: secret))
                    #expect(delivery.body == deliveries[0].body)
                }
                #expect(UUID(uuidString: deliveries[0].id) != nil)
                #expect(Set(deliveries.map(\.id)).count == 1)
                // Four seconds at the least lie between the first two, twenty-four between the last.
                #expect(deliveries[1].timestamp - deliveries[0].timestamp >= 3)
                #expect(deliveries[2].timestamp - deliveries[1].timestamp >= 23)
                try await expect(deliveries[0], tells: task)

                #expect(try await figure(#"slipway_webhook_deliveries_total{outcome="delivered"}"#, of: server) == "1")
                #expect(try await figure(#"slipway_webhook_deliveries_total{outcome="failed"}"#, of: server) == "2")
                #expect(try await figure("slipway_webhooks_waiting", of: server) == "0")
                let list: TaskListAnswer = try await server.get("/api/v1/tasks").decoded()
                #expect(list.tasks.first?.webhookURL == receiver.url)
                #expect(list.tasks.first?.webhook == nil)
                #expect(!server.wholeLog.contains(secret.dropFirst(6)))
            }
        }
    }

    @Test("A failure and a cancellation are told, and a task that is retried tells each of its ends")
    func everyEnd() async throws {
        try await WebhookReceiver.answering([200]) { receiver in
            try await withTestServer(receiver.settings) { server in
                let failing = try await server.submit(receiver.config("failing"), .failing)
                try await failing.until("failed")
                var deliveries = try await receiver.received(1)
                try await expect(deliveries[0], tells: failing)

                try await failing.retry()
                try await failing.until("failed", attempt: 2)
                deliveries = try await receiver.received(2)
                try await expect(deliveries[1], tells: failing)
                #expect(deliveries[0].id != deliveries[1].id)

                let running = try await server.submit(receiver.config("running"), .gated)
                try await running.until("running")
                try await running.cancel()
                try await running.until("cancelled")
                deliveries = try await receiver.received(3)
                try await expect(deliveries[2], tells: running)

                let silent = try await server.submit()
                let quiet = try await silent.until("succeeded")
                #expect(quiet.webhook == nil)
                #expect(quiet.webhookURL == nil)
                #expect(receiver.deliveries.count == 3)
            }
        }
    }

    @Test(
        "A receiver that says 410 is given up; one that redirects is not followed and tried again",
        arguments: [(410, false), (302, true)])
    func noReceipt(status: Int, isTriedAgain: Bool) async throws {
        try await WebhookReceiver.answering([status]) { receiver in
            try await withTestServer(receiver.settings) { server in
                let task = try await server.submit(receiver.config())
                try await task.until("succeeded")
                let told = try await webhook(of: task) { $0.lastError != nil }
                #expect(told.lastError?.contains("\(status)") == true)
                #expect((told.nextTryAt != nil) == isTriedAgain)
                #expect(told.deliveredAt == nil)
                let outcome = isTriedAgain ? "failed" : "given_up"
                let name = "slipway_webhook_deliveries_total{outcome=\"\(outcome)\"}"
                // It is counted a moment after it is on record; a test that is held up for seconds finds another try.
                let count = try await Patience.value("the try is counted") {
                    try await figure(name, of: server).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
                }
                #expect(count == 1 || isTriedAgain)
                #expect(receiver.deliveries.count == 1 || isTriedAgain)
                #expect(Set(receiver.deliveries.map(\.path)) == ["POST /hook"])
                #expect(try await figure("slipway_webhooks_waiting", of: server) == (isTriedAgain ? "1" : "0"))
            }
        }
    }

    @Test("Where nobody listens, the user is told so")
    func nobodyListens() async throws {
        let port = try HeldPort()
        defer { withExtendedLifetime(port) {} }
        let host = "127.0.0.1:\(port.number)"
        try await withTestServer(WebhookReceiver.settings(allowing: host)) { server in
            let address = JSONValue.string("http://\(host)/hook")
            let task = try await server.submit(TaskConfig(further: ["webhook_url": address]))
            try await task.until("succeeded")
            let told = try await webhook(of: task) { $0.lastError != nil }
            #expect(told.lastError == "The receiver gave no answer: Connection refused.")
        }
    }

    @Test(
        "A server that is killed before it records the receipt tells the end again, with the same id",
        arguments: [("webhook.sent", 2), ("webhook.claimed", 1)])
    func killed(fault: String, requests: Int) async throws {
        try await WebhookReceiver.answering([200]) { receiver in
            try await withTestServer(receiver.settings, isStarted: false) { server in
                try await server.start(fault: fault)
                let task = try await server.submit(receiver.config())
                #expect(try await server.died() == -Int(SIGKILL))
                #expect(receiver.deliveries.count == requests - 1)
                try await server.start()
                let told = try await webhook(of: task) { $0.deliveredAt != nil }
                #expect(told.tries == 2)
                let deliveries = try await receiver.received(requests)
                #expect(deliveries.count == requests)
                #expect(Set(deliveries.map(\.id)).count == 1)
                #expect(Set(deliveries.map(\.body)).count == 1)
                try await expect(deliveries[0], tells: task)
                #expect(try await task.attempts().count == 1)
            }
        }
    }

    @Test("A receiver that hangs gets ten seconds, and does not hold up a server that is told to stop")
    func hanging() async throws {
        try await WebhookReceiver.answering([0, 0, 200]) { receiver in
            try await withTestServer(receiver.settings) { server in
                let patient = try await server.submit(receiver.config("patient"))
                try await patient.until("succeeded")
                let told = try await webhook(of: patient) { $0.lastError != nil }
                #expect(told.lastError == "The receiver gave no answer: none came within 10 seconds.")

                _ = try await receiver.received(2)
                let begin = ContinuousClock.now
                try await server.stop()
                #expect(ContinuousClock.now - begin < .seconds(8))
                try await server.start()
                // A claim that was given back is taken up at once; one that was not would run out after 20 seconds.
                let deliveries = try await receiver.received(3)
                #expect(deliveries[2].timestamp - deliveries[1].timestamp < 19)
                #expect(Set(deliveries.map(\.id)).count == 1)
                let after = try await webhook(of: patient) { $0.deliveredAt != nil }
                #expect(after.tries == 3)
            }
        }
    }

    @Test("Where the operator names no host, a webhook is refused")
    func noHosts() async throws {
        try await withTestServer { server in
            let config = TaskConfig(further: ["webhook_url": .string("https://hooks.example.org/")])
            let problem: ProblemAnswer = try await server.post("/api/v1/tasks", form: .task(config, .quick))
                .decoded(status: 400)
            #expect(problem.errors?.map(\.path) == ["$.webhook_url"])
            #expect(problem.errors?.first?.message.contains("allows no host") == true)
        }
    }

    /// What the task's answer says of its webhook, once that is so.
    private func webhook(
        of task: TestTask, when isSo: (WebhookAnswer) -> Bool
    ) async throws -> WebhookAnswer {
        try await Patience.value("the webhook of task \(task.id) has come so far") {
            try await task.now().webhook.flatMap { isSo($0) ? $0 : nil }
        }
    }

    private func figure(_ name: String, of server: TestServer) async throws -> String? {
        let lines = try await server.get("/metrics").text.split(separator: "\n")
        return lines.first { $0.hasPrefix(name + " ") }.map { String($0.dropFirst(name.utf8.count + 1)) }
    }

    /// The body says what the task's answer says, times to the last digit.
    private func expect(_ delivery: WebhookReceiver.Delivery, tells task: TestTask) async throws {
        let body = try delivery.object()
        let answer = try await task.server.get(task.path).object()
        guard case .string(let state)? = answer["state"] else { throw TestFailure("the task has no state") }
        #expect(body["type"] == .string("task.\(state)"))
        #expect(body["timestamp"] == answer["finished_at"])
        let shared = [
            "id", "state", "reason", "message", "experiment", "owner", "attempt", "job_id", "created_at", "finished_at",
        ]
        var facts = answer.filter { shared.contains($0.key) }
        if case .object(let model)? = answer["model"] {
            facts["model"] = .object(model.filter { ["name", "version", "sha256"].contains($0.key) })
        }
        #expect(body["data"] == .object(facts))
    }
}

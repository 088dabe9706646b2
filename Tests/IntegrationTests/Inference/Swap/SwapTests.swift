import Foundation
import Testing

@Suite("Versions change under load")
struct SwapTests {
    @Test("200 requests a second see no failure and no version that they did not ask for, whatever is done to versions")
    func swap() async throws {
        try await withTestServer { server in
            try await ShiftModels.make(1...12, in: server.folder)
            let load = SwapLoad(server: server)
            try await publish(1, server, load)
            try await move("stable", to: 1, server, load)
            try await withThrowingTaskGroup { group in
                group.addTask { try await load.run(rate: 200) }
                for number in 2...12 {
                    try await publish(number, server, load)
                    try await move("stable", to: number - 1, server, load)
                    try await answers(100, of: load)
                    if number > 3 { try await delete(number - 2, server, load) }
                    try await answers(100, of: load)
                }
                await load.end()
                try await group.waitForAll()
            }
            #expect(await load.faults == [])
            #expect(await load.answered >= 2200)
        }
    }

    @Test("What one server publishes, moves, deletes and revokes, the other one follows at once")
    func others() async throws {
        try await withTwoServers { first, second in
            try await ShiftModels.make(1...2, in: first.folder)
            try await ShiftModels.upload(1, as: "far", to: first, from: first.folder)
            // Asked twice: what the second server knows, it knows from memory.
            for _ in 1...2 { #expect(try await shift("far", on: second) == 1) }
            try await ShiftModels.upload(2, as: "far", to: first, from: first.folder)
            try await Patience.until("the second server serves version 2", within: .seconds(5)) {
                try await shift("far", on: second) == 2
            }
            #expect(try await first.send("DELETE", "/api/v1/models/far").status == 200)
            try await Patience.until("the second server has forgotten the model", within: .seconds(5)) {
                try await ShiftModels.infer("far", on: second).status == 404
            }
            try await Patience.until("the second server has let the model go", within: .seconds(10)) {
                try await second.get("/metrics", as: .admin).text.contains("slipway_models_loaded 0")
            }
        }
    }

    @Test("A token that is revoked is refused at once, also where its last inference needed no look at the database")
    func revoked() async throws {
        try await withTestServer { server in
            try await ShiftModels.make(1...1, in: server.folder)
            try await ShiftModels.upload(1, as: "guarded", to: server, from: server.folder)
            for _ in 1...3 { #expect(try await ShiftModels.infer("guarded", on: server, as: .bob).status == 200) }
            try await server.sql(
                """
                UPDATE api_tokens SET revoked_at = now() FROM users WHERE users.id = user_id AND users.name = 'bob'
                """)
            try await Patience.until("the token is refused", within: .seconds(5)) {
                try await ShiftModels.infer("guarded", on: server, as: .bob).status == 401
            }
        }
    }

    private func shift(_ name: String, on server: TestServer) async throws -> Double? {
        try await ShiftModels.infer(name, on: server).decoded(ShiftModels.Answer.self).outputs.first?.data.first
    }

    private func publish(_ number: Int, _ server: TestServer, _ load: SwapLoad) async throws {
        // Versions count from 1 as the numbers do.
        await load.willPublish(number, shift: number)
        let version = try await ShiftModels.upload(number, as: "swap", to: server, from: server.folder)
        #expect(version == number)
        await load.published(version)
    }

    private func move(_ alias: String, to version: Int, _ server: TestServer, _ load: SwapLoad) async throws {
        await load.willMove(alias, to: version)
        let answer = try await server.send(
            "PUT", "/api/v1/models/swap/aliases/\(alias)", body: Data("{\"version\": \(version)}".utf8),
            contentType: "application/json")
        #expect(answer.status == 204)
    }

    private func delete(_ version: Int, _ server: TestServer, _ load: SwapLoad) async throws {
        try await Patience.until("nobody waits for version \(version)") { await load.withdraw(version) }
        #expect(try await server.send("DELETE", "/api/v1/models/swap/versions/\(version)").status == 200)
    }

    /// Waits for so many more answers.
    private func answers(_ count: Int, of load: SwapLoad) async throws {
        let goal = await load.answered + count
        try await Patience.until("\(count) more answers") { await load.answered >= goal }
    }
}

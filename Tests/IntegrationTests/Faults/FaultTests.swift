import Foundation
import SlipwayAPI
import SlipwayServices
import Testing

@Suite("A server that is killed between two durable steps")
struct FaultTests {
    @Test("It loses nothing, submits nothing twice and leaves nothing lying", arguments: FaultRun.all)
    func killed(run: FaultRun) async throws {
        let settings = ServerSettings(
            accountingLag: 2, commandTimeout: 3, tools: ["sbatch": TaskKind.sbatch], lines: ["leftover_age: 6"])
        try await withTestServer(settings, isStarted: false) { server in
            var posted: [Posted] = []
            for point in run.points {
                // It may die before it listens.
                try? await server.start(fault: point.rawValue)
                posted.append(try await play(point, on: server))
                #expect(try await server.died() == -Int(SIGKILL), "at \(point.rawValue)")
            }
            try await server.start()
            var promised: [String: ExpectedEnd] = [:]
            for post in posted { promised[try await redeem(post, of: server)] = post.promise.kind.end }
            #expect(promised.count == run.points.count)
            let audit = try await Audit(of: server)
            try await server.cleared()
            #expect(try await Audit(of: server).findings(promised: promised) == [])
            #expect(audit.stopped == 0)
        }
    }

    @Test("A task that is cancelled over a server that died while it published leaves neither files nor a number")
    func cancelledInPublication() async throws {
        let settings = ServerSettings(commandTimeout: 3, lines: ["leftover_age: 6"])
        try await withTestServer(settings, isStarted: false) { server in
            try await server.start(fault: FaultPoint.filesPlaced.rawValue)
            // A server that lets little time pass before it takes something for left over may ask to try again.
            let promise = try Promise(.quick)
            let task = TestTask(server: server, id: try await promise.keep(with: server).id, owner: .ada)
            #expect(try await server.died() == -Int(SIGKILL))
            #expect(Audit.names(server.folder + "/models/shared") == ["1"])
            try await server.start()
            // The dead server's claim on the output has not lapsed yet.
            #expect(try await task.cancel().state == "cancelled")
            try await Patience.until("the janitor has removed the files") {
                Audit.names(server.folder + "/models/shared").isEmpty
            }
            try await server.cleared()
            // The row goes in the transaction that removes the files, a moment after them.
            try await Patience.until("nothing is left, neither files nor a number") {
                try await Audit(of: server).findings(promised: [task.id: .cancelled]).isEmpty
            }
        }
    }

    @Test("Each point has its run, or a suite of its own")
    func everyPoint() throws {
        let repository = try TestEnvironment.current().repository
        let played = FaultRun.all.flatMap(\.points)
        #expect(Set(played).count == played.count)
        for point in FaultPoint.allCases {
            switch FaultPlay(point) {
            case .task, .cancel, .retry: #expect(played.contains(point), "\(point.rawValue)")
            case .elsewhere(let file):
                #expect(!played.contains(point))
                let text = try String(
                    contentsOfFile: "\(repository)/Tests/IntegrationTests/\(file)", encoding: .utf8)
                #expect(text.contains("\"\(point.rawValue)\""), "\(point.rawValue) in \(file)")
            }
        }
    }

    /// A request over which a server was to die.
    private struct Posted {
        var point: FaultPoint
        var promise: Promise
        /// Nil: the client had no answer.
        var id: String?
    }

    private func play(_ point: FaultPoint, on server: TestServer) async throws -> Posted {
        let play = FaultPlay(point)
        let promise = try Promise(try #require(play.kind))
        var id: String?
        // It may ask to try again, and it may die over this request, or over an earlier task.
        try await Patience.until("the server answers or dies") {
            id = try await promise.post(to: server)?.id
            return id != nil || !OwnProcesses.isAlive(server.pid)
        }
        guard let id else { return Posted(point: point, promise: promise) }
        let task = TestTask(server: server, id: id, owner: .ada)
        switch play {
        case .cancel:
            // Of a job that starts at once squeue may tell before sbatch's answer is on record.
            let handedOver = try await task.follow { ["pending", "running"].contains($0.state) }
            #expect(handedOver != nil, "at \(point.rawValue)")
            // The server may die before it answers.
            _ = try? await task.cancel()
        case .retry:
            try await task.until("failed")
            _ = try? await task.retry()
        case .task, .elsewhere: break
        }
        return Posted(point: point, promise: promise, id: id)
    }

    /// What a client does whose server is back.
    private func redeem(_ posted: Posted, of server: TestServer) async throws -> String {
        let (status, id) = try await posted.promise.keep(with: server)
        let isUnanswered = posted.id == nil
        #expect(isUnanswered || posted.id == id)
        switch posted.point {
        // No row was there: the repeated request makes the task.
        case .uploadReceived, .uploadArranged, .folderPlaced: #expect(status == 201, "\(posted.point.rawValue)")
        case _: #expect(status == 200 || isUnanswered, "\(posted.point.rawValue)")
        }
        if posted.point == .taskStored { #expect(isUnanswered && status == 200) }
        let task = TestTask(server: server, id: id, owner: .ada)
        switch FaultPlay(posted.point) {
        case .cancel:
            // The wish outlived the server that had not answered it.
            #expect(try await task.now().cancelRequestedAt != nil)
            try await task.cancel()
        case .retry: #expect(try await server.post("\(task.path)/retry").status == 409)
        case .task, .elsewhere: break
        }
        return id
    }
}

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import SlipwayAPI
import Testing

@Suite("Following a task")
struct FollowingTests {
    @Test("Events come as they happen, and again from any of them on")
    func events() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .gated)
            var live: [TaskEventAnswer] = []
            _ = try await task.follow { event in
                live.append(event)
                if event.state == "running" { try task.openGate() }
                return false
            }
            let order = ["queued", "submitting", "pending", "running", "collecting", "succeeded"]
            let states = live.map(\.state)
            // squeue may show that the job runs before sbatch's answer is on record.
            #expect(states == order || states == order.filter { $0 != "pending" })
            #expect(live.map(\.id) == live.map(\.id).sorted())
            #expect(live.first { $0.state == "running" }?.witness == "squeue")
            for (index, event) in live.enumerated() {
                #expect(try await task.events(after: event.id).map(\.id) == live.dropFirst(index + 1).map(\.id))
            }
            let refused = try await server.get("\(task.path)/events", headers: ["Last-Event-ID": "first"])
            #expect(refused.status == 400)
        }
    }

    @Test("A log is read whole, in part, from its end, and not beyond it")
    func logRanges() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .loud(lines: 20_000))
            try await task.until("succeeded")
            let path = "\(task.path)/log"
            let whole = try await server.get(path).body
            #expect(whole.count > 20_000 * 64)
            let part = try await server.get(path, headers: ["Range": "bytes=100000-100063"])
            #expect(part.status == 206)
            #expect(part.body == whole[100_000..<100_064])
            #expect(part.headers["content-range"] == "bytes 100000-100063/\(whole.count)")
            let end = try await server.get(path, headers: ["Range": "bytes=-10"])
            #expect(end.status == 206)
            #expect(end.body == whole.suffix(10))
            let rest = try await server.get(path, headers: ["Range": "bytes=\(whole.count - 5)-"])
            #expect(rest.body == whole.suffix(5))
            let beyond = try await server.get(path, headers: ["Range": "bytes=\(whole.count)-"])
            #expect(beyond.status == 416)
            #expect(beyond.headers["content-range"] == "bytes */\(whole.count)")
        }
    }

    @Test("A log that is followed comes as the job writes, and ends with the task")
    func followedLog() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .gated)
            var text = ""
            try await server.stream("\(task.path)/log?follow=true") { response in
                #expect(response.status.code == 200)
                var isOpen = false
                for try await chunk in response.body {
                    text += String(buffer: chunk)
                    if !isOpen, text.contains("started\n") {
                        isOpen = true
                        try task.openGate()
                    }
                }
            }
            #expect(text.contains("started\nwent through\n"))
            #expect(try await task.now().state == "succeeded")
            #expect(try await task.log() == text)
        }
    }

    @Test("A long poll answers at the change, at once after the end, and in time where nothing changes")
    func longPoll() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .gated)
            try await task.until("running")
            let clock = ContinuousClock()
            var answer: TaskAnswer = try await task.now()
            let quiet = try await clock.measure { answer = try await server.get("\(task.path)?wait=1").decoded() }
            #expect(answer.state == "running")
            #expect(quiet > .milliseconds(900) && quiet < .seconds(30))

            async let change: TaskAnswer = server.get("\(task.path)?wait=60").decoded()
            let opened = clock.now
            try task.openGate()
            answer = try await change
            let waited = clock.now - opened
            #expect(["collecting", "succeeded"].contains(answer.state))
            #expect(waited < .seconds(55))

            try await task.until("succeeded")
            let after = try await clock.measure { answer = try await server.get("\(task.path)?wait=60").decoded() }
            #expect(answer.state == "succeeded")
            #expect(after < .seconds(30))
        }
    }
}

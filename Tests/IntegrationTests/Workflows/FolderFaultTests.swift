import Foundation
import SlipwayServices
import Testing

@Suite("A server that is killed over a folder to train from")
struct FolderFaultTests {
    private let folder = PackedFolder()

    @Test("An upload that was placed and not published leaves the folder as it was, and nothing lying")
    func placed() async throws {
        #expect(FaultPoint.uploadPlaced.rawValue == "folder.placed")
        try await withTestServer(PackedFolder.settings(leftoverAge: 6), isStarted: false) { server in
            // The first upload passes the point, the second dies there.
            try await server.start(fault: "folder.placed:2")
            #expect(try await folder.upload(to: server).status == 200)
            let before = folder.files(on: server, version: 1)
            var changed = folder
            changed.members[0].text = "other.root\n"
            await #expect(throws: (any Error).self) { try await changed.upload(to: server) }
            #expect(try await server.died() == -Int(SIGKILL))
            #expect(folder.files(on: server, version: 2).isEmpty == false)
            try await server.start()
            #expect(try await folder.process(on: server) == "luca_1")
            #expect(try await server.sql("SELECT version FROM processes") == "1")
            try await Patience.until("the janitor has removed what was not published") {
                try await server.sql("SELECT count(*) FROM folder_versions") == "1"
            }
            #expect(folder.files(on: server, version: 2) == [])
            #expect(folder.files(on: server, version: 1) == before)
            // Its number is not given again.
            #expect(try await changed.upload(to: server).status == 200)
            #expect(try await server.sql("SELECT version FROM folders") == "3")
        }
    }

    @Test(
        "A folder whose removal was on record is gone for submissions, and its files follow",
        arguments: ["folder.closed", "folder.retired"])
    func removed(point: String) async throws {
        #expect([FaultPoint.folderClosed, .folderRetired].map(\.rawValue).contains(point))
        try await withTestServer(PackedFolder.settings(leftoverAge: 6), isStarted: false) { server in
            try await server.start(fault: point)
            try await folder.upload(to: server)
            await #expect(throws: (any Error).self) { _ = try await folder.delete("folder", on: server) }
            #expect(try await server.died() == -Int(SIGKILL))
            #expect(folder.files(on: server, version: 1).isEmpty == false)
            try await server.start()
            #expect(try await folder.submit(to: server).status == 410)
            try await Patience.until("the janitor has removed the files") {
                folder.files(on: server, version: 1).isEmpty
            }
            try await Patience.until("that is on record") {
                try await server.sql("SELECT count(*) FROM folder_versions WHERE removed_at IS NULL") == "0"
            }
        }
    }
}

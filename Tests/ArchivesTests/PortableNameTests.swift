import ArchiveSamples
import Archives
import Testing

@Suite("Names in archives that people send")
struct PortableNameTests {
    @Test(
        "A name that another system or a reader could take for another one is refused",
        arguments: [
            ["model.", "x"], ["model ", "x"], [" model", "x"], ["folder./model", "x"],
            ["..\\..\\model", "x"], ["mo\u{202E}del", "x"], ["mo\u{200B}del", "x"], ["mo\u{E000}del", "x"],
            ["Model", "model"], ["Folder/a", "folder/b"], ["ÄPFEL", "äpfel"], ["caf\u{E9}", "cafe\u{301}"],
            [String(repeating: "a/", count: 32) + "b", "x"],
        ])
    func refused(_ names: [String]) throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        var zip = ZipBuilder()
        for name in names {
            tar.addExtended([("path", Array(name.utf8))])
            tar.add("y", [1])
            zip.add(name, [1])
        }
        let files: [(ArchiveReader.Format, [UInt8])] = [(.tar, tar.finished), (.zip, zip.finished)]
        for (format, bytes) in files {
            let path = try scratch.write("archive", bytes)
            let error = #expect(throws: ArchiveError.self, "\(format)") {
                try ArchiveReader.extract(path: path, into: scratch.path + "/out", format: format, limits: .upload)
            }
            let codes: [ArchiveError.Code?] = [.invalidPath, .duplicatePath, .parentPath]
            #expect(codes.contains(error?.code), "\(error?.message ?? "")")
            #expect(scratch.mode("out") == nil)
        }
    }

    @Test("A backslash is refused in a tar, and is what parts folders in a zip, as Windows packs it")
    func backslash() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        var zip = ZipBuilder()
        tar.add("a\\b", [1])
        zip.add("a\\b", [1])
        let tarPath = try scratch.write("a.tar", tar.finished)
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader.list(path: tarPath, limits: .upload) }
        #expect(error?.code == .invalidPath)
        let zipPath = try scratch.write("a.zip", zip.finished)
        #expect(try ArchiveReader.list(path: zipPath, format: .zip, limits: .upload).map(\.path) == ["a/b"])
    }

    @Test("Names that mean the same everywhere are taken, in any script")
    func taken() throws {
        let scratch = try Scratch()
        let names = [
            "variables/variables.data-00000-of-00001", "模型.onnx", ".hidden", "a b.txt", "Ä.pb", "x-1_2+3=4,5@6",
        ]
        var tar = TarBuilder()
        var zip = ZipBuilder()
        for name in names {
            tar.addExtended([("path", Array(name.utf8))])
            tar.add("y", [1])
            zip.add(name, [1])
        }
        let tarPath = try scratch.write("a.tar", tar.finished)
        let zipPath = try scratch.write("a.zip", zip.finished)
        #expect(try ArchiveReader.list(path: tarPath, limits: .upload).map(\.path) == names)
        #expect(try ArchiveReader.list(path: zipPath, format: .zip, limits: .upload).map(\.path) == names)
    }

    @Test("What a task's own job packed may differ in case alone")
    func ownOutput() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("Model.txt")
        tar.add("model.txt")
        let path = try scratch.write("a.tar", tar.finished)
        #expect(try ArchiveReader.list(path: path).count == 2)
    }
}

import Slurm
import Testing

@Suite("Host lists")
struct HostListTests {
    @Test(
        "A list stands for these names, in its order",
        arguments: [
            ("", []), ("vm", ["vm"]), ("n1,n3", ["n1", "n3"]), ("n[1-3]", ["n1", "n2", "n3"]),
            ("n[1-3,07-09],login1", ["n1", "n2", "n3", "n07", "n08", "n09", "login1"]),
            ("n[08-11]", ["n08", "n09", "n10", "n11"]), ("n[0005]", ["n0005"]), ("n[9-11]", ["n9", "n10", "n11"]),
            ("rack[0-1]node[1-2]", ["rack0node1", "rack0node2", "rack1node1", "rack1node2"]),
            ("c[1,3]-[1-2]-ib0.x", ["c1-1-ib0.x", "c1-2-ib0.x", "c3-1-ib0.x", "c3-2-ib0.x"]),
            ("[1-2]n", ["1n", "2n"]), ("a_b.c-d", ["a_b.c-d"]), ("n1,n1", ["n1", "n1"]),
        ])
    func expanded(text: String, names: [String]) {
        #expect(HostList.expand(text) == names)
    }

    @Test(
        "What is no list of names is refused",
        arguments: [
            ",", "n1,", "n[", "n]", "n[]", "n[1", "n[1-", "n[1-]", "n[-2]", "n[3-1]", "n[1-2-3]", "n[1,,2]", "n[a-b]",
            "n[1-[2]]", "n[1]]", "n 1", "n[1 -2]", "None assigned", "$(id)", "é", "-n1", "n[99999999999999999999]",
            "(null)", "a/b", "n\n1",
        ])
    func refused(text: String) {
        #expect(HostList.expand(text) == nil)
    }

    @Test("No list writes more than ten thousand names, however it asks for them")
    func bounded() {
        #expect(HostList.expand("n[1-10000]")?.count == 10_000)
        #expect(HostList.expand("n[0-99]m[0-99]")?.last == "n99m99")
        for text in [
            "n[1-10001]", "n[1-5000],m[1-5001]", "n[0-99]m[0-100]", "n[0-999999999999999999]",
            "a[0-9]b[0-9]c[0-9]d[0-9]e[0-9]f[0-9]g[0-9]h[0-9]",
        ] {
            #expect(HostList.expand(text) == nil)
        }
        #expect(HostList.expand("n[1-3]", limit: 2) == nil)
    }

    @Test("Lists that are too long to be written out can still stand in a list of nodes; other text cannot")
    func plain() {
        for text in ["n1", "n[1-20000]", "rack[0-1]node[1-2],x"] { #expect(HostList.isPlain(text)) }
        for text in ["", "-x", "n 1", "n1;id", "n1\n", "é"] { #expect(!HostList.isPlain(text)) }
        #expect(HostList.isName("n1.site-a") && !HostList.isName("n[1-2]") && !HostList.isName(""))
    }
}

import Foundation

/// A certificate authority in a folder, with certificates for a storage server and for a person, made by openssl.
struct GridAuthority: Sendable {
    let folder: String

    /// What `X509_CERT_DIR` names.
    var certificates: String { path("certificates") }

    init(folder: String) async throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.script.write(toFile: path("authority.sh"), atomically: true, encoding: .utf8)
        _ = try await run("authority")
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Makes a proxy of the person's that lasts so many days; 0 makes one that has expired when this returns.
    func proxy(_ name: String = "x509up", days: Int) async throws -> String {
        _ = try await run("proxy", name, "\(days)")
        if days == 0 {
            // Its end is the second that it was made in.
            try await Patience.until("the second is over") {
                Date().timeIntervalSince1970.rounded(.down) > modified(name)
            }
        }
        return path(name)
    }

    private func modified(_ name: String) -> Double {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path(name))
        return (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970.rounded(.down) ?? 0
    }

    private func run(_ arguments: String...) async throws -> String {
        try await Command(program: "bash", arguments: [path("authority.sh")] + arguments, folder: folder).succeed()
    }

    private static let script = #"""
        set -euo pipefail
        signed() { # NAME SUBJECT ISSUER DAYS EXTENSIONS
            openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2"
            printf '%b' "$5" >"$1.extensions"
            openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -set_serial 12345 -days "$4" \
                -extfile "$1.extensions" -out "$1.pem"
        }
        usage='keyUsage=critical,digitalSignature,keyEncipherment\n'
        case $1 in
        authority)
            mkdir certificates
            openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 60 -subj '/O=Grid/CN=Authority'
            hash=$(openssl x509 -hash -noout -in ca.pem)
            cp ca.pem "certificates/$hash.0"
            printf '%s\n' "access_id_CA X509 '/O=Grid/CN=Authority'" 'pos_rights globus CA:sign' \
                "cond_subjects globus '\"/O=Grid/*\"'" >"certificates/$hash.signing_policy"
            signed host /O=Grid/CN=localhost ca 30 'subjectAltName=DNS:localhost\n'
            signed user /O=Grid/CN=Ada ca 30 "$usage"
            chmod 600 host.key
            ;;
        proxy)
            signed proxy /O=Grid/CN=Ada/CN=12345 user "$3" "${usage}proxyCertInfo=critical,language:id-ppl-inheritAll\n"
            (umask 077 && cat proxy.pem proxy.key user.pem >"$2.new")
            mv "$2.new" "$2"
            ;;
        esac 2>>authority.log
        """#
}

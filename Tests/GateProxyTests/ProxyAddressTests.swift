import GateProxy
import Testing

@Suite("The address of a proxy")
struct ProxyAddressTests {
    @Test(
        "what is written is read again",
        arguments: [ProxyAddress.loopback(port: 0), .loopback(port: 65_535), .unixSocket("/tmp/a:b.sock")])
    func roundTrip(address: ProxyAddress) {
        #expect(ProxyAddress(address.description) == address)
    }

    @Test("a port alone and localhost are the loopback") func loopback() {
        #expect(ProxyAddress("11500") == .loopback(port: 11_500))
        #expect(ProxyAddress("localhost:1") == .loopback(port: 1))
    }

    @Test(
        "no other address is listened on",
        arguments: ["0.0.0.0:80", "gpu-host:11434", "127.0.0.1", "127.0.0.1:65536", "::1", "unix:", "", "1:2:3"])
    func others(text: String) {
        #expect(ProxyAddress(text) == nil)
    }
}

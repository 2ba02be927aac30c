"""Password guessers are told apart by the address that the proxy names."""

from dortmund_sozial.client_address import address_from_proxy


def test_address_named_by_the_proxy(rf):
    assert (
        address_from_proxy(rf.get("/", REMOTE_ADDR="172.18.0.5", headers={"X-Real-IP": "198.51.100.7"}))
        == "198.51.100.7"
    )


def test_without_proxy(rf):
    assert address_from_proxy(rf.get("/", REMOTE_ADDR="198.51.100.8")) == "198.51.100.8"

"""SEARCH_URL."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from search.engines.addresses import parse_address


def test_the_embedded_index_lies_in_the_museums_folder_unless_a_path_says_otherwise():
    assert parse_address("tantivy://", "/srv/var").folder == Path("/srv/var/search")
    assert parse_address("tantivy:///data/index", "/srv/var").folder == Path("/data/index")


def test_an_address_with_everything(tmp_path):
    authority = tmp_path / "ca.pem"
    authority.touch()
    address = parse_address(f"elasticsearch+https://cura%40tor:s%2Fcret@one:9201,two/hue-museum?ca_certs={authority}", "/srv/var")
    assert address.hosts == ("https://one:9201", "https://two:9200")
    assert (address.user, address.password, address.prefix, address.ca_certs) == ("cura@tor", "s/cret", "hue-museum", str(authority))
    assert "s/cret" not in repr(address)


def test_an_api_key_and_the_usual_prefix():
    address = parse_address("elasticsearch://localhost?api_key=abc", "/srv/var")
    assert (address.hosts, address.api_key, address.prefix) == (("http://localhost:9200",), "abc", "museum")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("solr://localhost", "solr"),
        ("elasticsearch:///museum", "lacks a host"),
        ("elasticsearch://localhost:99999/museum", "port"),
        ("elasticsearch://localhost/Mus%20eum", "prefix"),
        ("elasticsearch://localhost/m?apikey=1", "apikey"),
        ("elasticsearch://user:hush[2@localhost/m", "percent-encode"),
        ("elasticsearch://user:hush/hush@localhost/m", "prefix"),
        ("elasticsearch://user:hush@localhost:x/m", "port"),
        ("elasticsearch+https://localhost/m?ca_certs=/nowhere/ca.pem", "no such file"),
    ],
)
def test_a_wrong_address_is_one_sentence(url, says):
    with pytest.raises(ImproperlyConfigured, match=says) as refused:
        parse_address(url, "/srv/var")
    assert "hush" not in str(refused.value)  # passwords are not repeated

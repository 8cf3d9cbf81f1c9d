"""One file has one address: other spellings are not kept, nor answered."""

import pytest


@pytest.mark.parametrize("path", ["/assets/x/../15-live.js", "/assets/./15-live.js", "/assets//15-live.js"])
def test_other_spellings_of_a_file_are_not_found(demo, path):
    answer = demo.get(path, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 404
    assert demo.get("/assets/15-live.js", headers={"Accept-Encoding": "br"}).status_code == 200

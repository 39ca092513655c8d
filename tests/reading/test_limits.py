"""What a worker raises arrives whole."""

import pickle

from gongkai.reading.limits import CannotRead


def test_a_verdict_crosses_from_a_worker() -> None:
    there = pickle.loads(pickle.dumps(CannotRead("encrypted", "有密码。")))
    assert (there.code, there.message, str(there)) == ("encrypted", "有密码。", "encrypted: 有密码。")

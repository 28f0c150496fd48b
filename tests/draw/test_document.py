from __future__ import annotations

import pytest

from paperstui.draw.document import MOST_LABELS, labels


@pytest.mark.parametrize("count", [0, 1, 26, 27, 51, 52, 300, MOST_LABELS])
def test_letters_of_links_are_as_few_as_can_be_and_none_begins_another(count: int) -> None:
    found = labels(count)
    assert len(found) == len(set(found)) == count
    single = {label for label in found if len(label) == 1}
    assert not any(label[0] in single for label in found if len(label) > 1)
    assert len(single) == min(count, max(0, 26 - -(-(count - 26) // 25)))

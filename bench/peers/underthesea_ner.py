"""Names by underthesea, sentence by sentence: run by a row of the table in an environment of its own.

python underthesea_ner.py FILE    FILE holds a JSON list of texts; prints {"seconds": [of each text], "version": …}
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

from underthesea import ner, sent_tokenize


def main() -> None:
    """Process time of each text, loading the models left out."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    ner("Bộ trưởng đến thăm Hà Nội.")
    seconds = []
    for text in texts:
        start = time.process_time()
        for sentence in sent_tokenize(text):
            ner(sentence)
        seconds.append(time.process_time() - start)
    print(json.dumps({"seconds": seconds, "version": version("underthesea")}))


if __name__ == "__main__":
    main()

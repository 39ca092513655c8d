"""The recogniser: rapidocr with the models of its own wheel, loaded once a process.

The models are given by path, so rapidocr has nothing to look up and can't reach for the network; a wheel without
them is an error that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.reading.limits import CannotRead

Grey = NDArray[np.uint8]
Corners = NDArray[np.float32]

THREADS = 1
BATCH = 16
HEIGHT = 48
"""Pixels: the height at which the recogniser reads a line."""
NARROW = 64
"""Pixels: the least width of a batch; single digits are that narrow, and need no more."""
FIND_WIDTH = 900
"""Pixels: the shorter side of a page for finding lines; more finds no more and costs time and memory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a crop says, and how sure that is (0 to 1): the least sure of its letters, and all of them on average."""

    text: str
    confidence: float
    average: float


@cache
def _engine() -> Any:
    rapidocr = import_module("rapidocr")
    models = Path(str(rapidocr.__file__)).parent / "models"
    detection, recognition = _only(models, "*det*.onnx"), _only(models, "*rec*.onnx")
    params = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.return_word_box": True,
        "Global.max_side_len": 6000,
        "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
        "Det.model_path": str(detection),
        "Rec.model_path": str(recognition),
        "Rec.rec_img_shape": [3, HEIGHT, NARROW],
        "Rec.rec_batch_num": BATCH,
    }
    return rapidocr.RapidOCR(params=params)


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        message = "文字识别（OCR）组件缺少模型文件，无法读取图像。请重新安装：pip install --force-reinstall 'gongkai[ocr]'"
        raise CannotRead("ocr_missing", message)
    return found[0]


def recognise(crops: Sequence[Grey]) -> list[Reading]:
    """Read crops of one line of text each. An empty text means that nothing was recognised."""
    if not crops:
        return []
    found = _engine().recognize_txt([cv2.cvtColor(c, cv2.COLOR_GRAY2BGR) for c in crops])
    out = []
    for text, score, words in zip(found.txts, found.scores, found.word_results, strict=True):
        least = min(words.confs) if words is not None and words.confs else float(score)
        out.append(Reading(str(text), float(least), float(score)))
    return out


def detect(image: Grey) -> list[Corners]:
    """Lines of text in a picture, as four corners each (pixels), from the top left on clockwise."""
    scale = min(1.0, FIND_WIDTH / min(image.shape))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
    found = _engine()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(b, dtype=np.float32) / scale for b in found.boxes]

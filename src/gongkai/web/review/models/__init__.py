"""What the room of review keeps."""

from .attribute import AttributeChange
from .emergency import EmergencyReview
from .findings import CheckRun, FileCheck, LinkCheck, PassedOver
from .round import Act, Opinion, ReviewMark, ReviewRound, RoundState, RoundStep, StepState
from .route import CheckLevel, Level, ReadingRule, ReviewRoute, RouteStep

__all__ = [
    "Act", "AttributeChange", "CheckLevel", "CheckRun", "EmergencyReview", "FileCheck", "Level", "LinkCheck", "Opinion",
    "PassedOver", "ReadingRule", "ReviewMark", "ReviewRound", "ReviewRoute", "RoundState", "RoundStep", "RouteStep",
    "StepState",
]  # fmt: skip

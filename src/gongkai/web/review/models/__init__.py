"""What the room of review keeps."""

from .attribute import AttributeChange
from .emergency import EmergencyReview
from .findings import CheckRun, FileCheck, LinkCheck, PassedOver
from .joint import JointOpinion, Stand
from .original import Original
from .referral import AWAITED, Answer, Referral, ReferredTo
from .round import Act, Opinion, ReviewMark, ReviewRound, RoundState, RoundStep, StepState
from .route import CheckLevel, Level, ReadingRule, ReviewRoute, RouteStep

__all__ = [
    "AWAITED", "Act", "Answer", "AttributeChange", "CheckLevel", "CheckRun", "EmergencyReview", "FileCheck", "JointOpinion", "Level", "LinkCheck", "Opinion", "Original",
    "PassedOver", "ReadingRule", "Referral", "ReferredTo", "ReviewMark", "ReviewRound", "ReviewRoute", "RoundState", "RoundStep", "RouteStep",
    "Stand", "StepState",
]  # fmt: skip

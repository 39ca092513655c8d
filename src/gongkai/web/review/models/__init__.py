"""What the room of review keeps."""

from .attribute import AttributeChange
from .emergency import EmergencyConsent, EmergencyReview
from .findings import CheckRun, FileCheck, LinkCheck, PassedOver
from .joint import JointOpinion, Stand
from .original import Original
from .referral import AWAITED, Answer, Referral, ReferredTo
from .round import Act, Opinion, ReviewMark, ReviewRound, RoundState, RoundStep, StepState
from .route import CheckLevel, Level, OverdueRule, ReadingRule, ReviewRoute, RouteStep

__all__ = [
    "AWAITED", "Act", "Answer", "AttributeChange", "CheckLevel", "CheckRun", "EmergencyConsent", "EmergencyReview", "FileCheck", "JointOpinion", "Level", "LinkCheck", "Opinion", "Original",
    "OverdueRule", "PassedOver", "ReadingRule", "Referral", "ReferredTo", "ReviewMark", "ReviewRound", "ReviewRoute", "RoundState", "RoundStep", "RouteStep",
    "Stand", "StepState",
]  # fmt: skip

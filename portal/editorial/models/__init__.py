from portal.editorial.models.feedback import FeedbackReason, PageFeedback
from portal.editorial.models.tasks import NetworkApprovalTask, network_of

__all__ = ["FeedbackReason", "NetworkApprovalTask", "PageFeedback", "network_of"]
